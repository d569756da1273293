"""LibreOffice Writer, driven by a Basic macro in a profile of its own: what changes it sees, and what it makes of them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from secondopinions import program

_MACRO = """\
Sub Resolve(source As String, command As String, target As String, listed As String)
  On Error GoTo Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  Open ConvertFromURL(listed) For Output As #1
  found = document.Redlines.createEnumeration()
  Do While found.hasMoreElements()
    change = found.nextElement()
    Print #1, change.RedlineType &amp; Chr(9) &amp; change.RedlineAuthor
  Loop
  Close #1
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  helper.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim as_word(0) As New com.sun.star.beans.PropertyValue
  as_word(0).Name = "FilterName"
  as_word(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, as_word())
  document.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open ConvertFromURL(listed) For Output As #2
  Print #2, "failed" &amp; Chr(9) &amp; Error(Err) &amp; " in line " &amp; Erl
  Close #2
  StarDesktop.terminate()
End Sub
"""
_OPENING = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
_FILES = {
    "Standard/script.xlb": (
        "library:library",
        '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Changes"/></library:library>',
    ),
    "Standard/Changes.xba": (
        "script:module",
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">'
        f"{_MACRO}</script:module>",
    ),
}


class Resolved(NamedTuple):
    """A file with its changes resolved by Writer, and those it saw: kind and author of each."""

    docx: bytes
    changes: list[tuple[str, str]]


def resolved(docx: bytes, folder: Path, *, accept: bool) -> Resolved:
    """Let Writer accept or reject all changes of a file; ``folder`` is for its profile and its files."""
    soffice = [program("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    basic = folder / "profile/user/basic"
    _run(*soffice, "--terminate_after_init")  # it makes a new profile, and would write over what is there
    for name, (root, text) in _FILES.items():
        path = basic / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_OPENING.format(root, root.partition(":")[2]) + text, encoding="utf-8")
    source, target, listed = (folder / name for name in ("source.docx", "target.docx", "changes.txt"))
    source.write_bytes(docx)
    command = ".uno:AcceptAllTrackedChanges" if accept else ".uno:RejectAllTrackedChanges"
    arguments = ",".join(f'"{a}"' for a in (source.as_uri(), command, target.as_uri(), listed.as_uri()))
    _run(*soffice, f"macro:///Standard.Changes.Resolve({arguments})")
    lines = listed.read_text(encoding="utf-8").splitlines()
    return Resolved(target.read_bytes(), [(kind, author) for kind, _, author in (line.partition("\t") for line in lines)])


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=60)
