"""An export of a reference manager taken into the library: compared, shown, and written file by file.

The library decides what is new, the same, changed or renamed. On top of it
stand the rules that keep people's work:

* an entry that says something else is replaced only when that is asked for, and
  keeps the fields that only the library has (marks, notes);
* an entry under a new key keeps its text and gets the old key as an alias;
* an entry is never changed across formats (`.bib` and CSL), nor in a `.yaml`;
* files are written only when every key, old and new, is found in them again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from penholder.adapters import bibtex, files
from penholder.errors import UsageError
from penholder.features.references import owner_of, target_of
from penholder.features.references_compare import BOOKKEEPING, MODERN, Import, Taken, aliases, compared, raw
from penholder.findings import Finding
from penholder.library import Library, open_library
from penholder.library.importing import (
    ImportPlan,
    NewEntry,
    merged_bib,
    merged_json,
    read_export,
    with_aliases,
)
from penholder.stages.discover import Workspace
from penholder.stages.resolve.cite import library_of, library_paths

_BOM = b"\xef\xbb\xbf"


def prepare_import(workspace: Workspace, export: Path, into: str | None, *, update: bool) -> Import:
    """Everything that taking in ``export`` would do, the files' new bytes included. Nothing is written.

    Raises ``UsageError`` where the export holds nothing or the target cannot take it.
    """
    shown = files.relative(workspace.root, export)
    new, findings = read_export(shown, _read(export))
    if not new and not findings:
        known = "a BibLaTeX (.bib), CSL-JSON (.json) or CSL-YAML file, or Word's Sources.xml"
        raise UsageError(f"{export.name} holds no references", f"Export {known}.")
    kind = new[0].kind if new else "bib"
    target = target_of(workspace, export, into, kind)
    library, _ = library_of(workspace.root, owner_of(workspace, target), workspace.cache)
    taken = compared(new, library, files.relative(workspace.root, target), findings)
    writes, found = _writes(workspace, taken, library, kind, update=update)
    return replace(taken, writes=writes, findings=(*findings, *found))


def write_import(workspace: Workspace, taken: Import) -> None:
    """Write the files of an import, each whole or not at all."""
    for name, data in taken.writes.items():
        files.write_whole(_real(workspace.root, workspace.root / name), data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}", "Name the exported file.") from error


def _real(root: Path, path: Path) -> Path:
    """The file behind a path, links followed, so that a link is not replaced by a file."""
    try:
        return files.inside(root, path)
    except files.OutsideError:
        raise UsageError(f"{path} leads out of the workspace", "Put the library file itself into citations/.") from None


# what is written


def _writes(workspace: Workspace, taken: Import, library: Library, kind: str, *, update: bool) -> tuple[dict[str, bytes], list[Finding]]:
    """The new bytes of each file that changes, and what is wrong with the library afterwards and was not before."""
    edits = [(t, _edited(t, library, update=True, key=t.held)) for t in taken.changed if update]
    edits += [(t, _edited(t, library, update=update, key=t.entry.key)) for t in taken.renamed]
    writes: dict[str, bytes] = {}
    for name in sorted({t.path for t, _ in edits} | ({taken.target} if taken.added else set())):
        path = workspace.root / name
        plan = ImportPlan(
            adds=tuple(t.entry for t in taken.added) if name == taken.target else (),
            changed=tuple(e for t, e in edits if t.path == name and t in taken.changed),
            renamed=tuple((e, t.held) for t, e in edits if t.path == name and t in taken.renamed),
        )
        before = _read(_real(workspace.root, path)) if path.exists() else b""
        writes[name] = _merged(name, before, plan, library, merged_bib if kind == "bib" else merged_json)
    return writes, _read_back(workspace, taken, library, writes, edits)


def _read_back(
    workspace: Workspace, taken: Import, library: Library, writes: dict[str, bytes], edits: Iterable[tuple[Taken, NewEntry]]
) -> list[Finding]:
    """Open the library as it would be. Raises ``UsageError`` where a key, old or new, is not found again."""
    paper = owner_of(workspace, workspace.root / taken.target)
    texts = {files.relative(workspace.root, p): b"" for p in library_paths(workspace.root, paper)}
    now = {name: files.read_bytes(workspace.root, workspace.root / name)[0] for name in texts}
    after = open_library(list({**now, **writes}.items()))
    wanted = [*library.keys(), *library.aliases(), *(t.entry.key for t in taken.added), *(e.key for _, e in edits)]
    lost = [key for key in wanted if key not in after]
    if lost:
        raise UsageError(
            f"{', '.join(writes)} would not hold {', '.join(lost[:5])} afterwards; nothing was written",
            "A broken entry in that file is the usual cause: `penholder cite list` names it. Mend it and import again.",
        )
    known = {(f.code.id, f.message) for f in library.findings}
    return [f for f in after.findings if (f.code.id, f.message) not in known]


def _merged(name: str, before: bytes, plan: ImportPlan, library: Library, merge: Callable[[str, ImportPlan, Library], str]) -> bytes:
    """A file with the plan carried out, its byte order mark and its line ends as they were."""
    mark = _BOM if before.startswith(_BOM) else b""
    try:
        text = before[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8, so that nothing can be written into it", "Save it as UTF-8 and import again.") from error
    windows = "\r\n" in text and text.count("\r\n") == text.count("\n") == text.count("\r")
    made = merge(text.replace("\r\n", "\n") if windows else text, plan, library)
    made = made if text else made.lstrip("\n")
    return mark + (made.replace("\n", "\r\n") if windows else made).encode("utf-8")


def _edited(taken: Taken, library: Library, *, update: bool, key: str) -> NewEntry:
    """The library's entry under ``key``, with the export's values where an update is wanted; other bytes stay."""
    text = library.text(taken.held)
    if update and taken.differences:
        text = _patched_bib(text, taken) if taken.entry.kind == "bib" else _patched_json(text, taken)
    entry = _under_key(replace(taken.entry, text=text), key)
    others = [a for a in aliases(taken.entry) if library.resolve(a) == taken.held]
    return replace(entry, text=with_aliases(entry.text, others)) if others else entry


def _under_key(entry: NewEntry, key: str) -> NewEntry:
    """The entry with another key; nothing else of a `.bib` entry's text changes."""
    if entry.kind != "bib":
        item = json.loads(entry.text)
        text = entry.text if str(item["id"]) == key else json.dumps({**item, "id": key}, ensure_ascii=False, indent=1)
        return replace(entry, key=key, text=text)
    found = bibtex.scan(entry.text).entries[0]
    head = entry.text[: found.body]
    at = head.rindex(found.key)
    return replace(entry, key=key, text=head[:at] + key + head[at + len(found.key) :] + entry.text[found.body :])


def _patched_bib(text: str, taken: Taken) -> str:
    """The library's text with the differing fields changed in place, and new ones at its end."""
    ours, theirs = raw(text), raw(taken.entry.text)
    named = {MODERN.get(name, name): name for name in reversed(theirs)}
    added: list[str] = []
    for name, value in ((d.field, theirs.get(named.get(d.field, d.field), "")) for d in taken.differences if d.field != "type"):
        old = next((n for n in ours if n == name or MODERN.get(n) == name), None)
        if old is None or (old != name and "month" in ours):
            added.append(f"{name} = {value},")
        else:
            place = re.compile(rf"(?<![\w-]){re.escape(old)}(\s*=\s*){re.escape(ours[old])}", re.I)
            text = place.sub(lambda m, n=name, v=value: n + m[1] + v, text, count=1)  # type: ignore[misc]
    if any(d.field == "type" for d in taken.differences):
        text = re.sub(r"^@[ \t]*[\w-]+", lambda _: f"@{taken.entry.words[0]}", text)
    return _with_fields(text, added) if added else text


def _with_fields(text: str, added: Sequence[str]) -> str:
    """An entry with lines added at its end; at its beginning, where its end cannot be read as fields."""
    found = bibtex.scan(text).entries[0]
    indent = re.search(r"\n([ \t]+)\w", text)
    lines = "".join(f"\n{indent[1] if indent else '  '}{line}" for line in added)
    readable = not bibtex.parse_fields(text[found.body : found.end - 1]).rest
    at = found.end - 1 if readable else found.body
    before = text[:at].rstrip()
    return f"{before}{'' if before.endswith(',') else ','}{lines}\n{text[at:].lstrip(chr(10))}"


def _patched_json(text: str, taken: Taken) -> str:
    theirs = {k: v for k, v in json.loads(taken.entry.text).items() if k not in BOOKKEEPING}
    return json.dumps({**json.loads(text), **theirs}, ensure_ascii=False, indent=1)
