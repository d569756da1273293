"""FILE-TYPE, FILE-SIZE, FILE-SINGLE, FILE-MACRO, FILE-RESIDUE, FILE-NAME, IMG-LOGO, COLOUR: the files that go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from penholder.adapters import odt, pdf, word
from penholder.errors import PenholderError
from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Sent, Subject
from penholder.features.submission.filing import plain_name
from penholder.findings import Severity

_MB = 1_000_000  # the smaller of the two megabytes: what fits it fits the other
_FORM = Silent("no file is sent")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)  # learn.microsoft.com/windows/win32/fileio/naming-a-file
_LONGEST = 100
_TOO_SHORT = 3
_RTF_CODE = re.compile(rb"\\objocx|\\objdata|\\objemb")
_RTF_CHANGES = re.compile(rb"\\revised\b|\\deleted\b|\\revtbl\b")
_RTF_PEOPLE = re.compile(rb"\{\\(author|operator|manager|company) ([^}]*)\}")
_HTML_AUTHOR = re.compile(rb"<meta\s+name=[\"']?author[\"']?\s+content=[\"']([^\"']*)", re.I)


def file_type(subject: Subject, rule: Rule) -> Seen:
    """Each file is of a kind that the recipient accepts."""
    accepted = rule.setting.values
    if not subject.sent:
        return () if "form" in accepted else _FORM
    said = f"The recipient accepts {', '.join(accepted)}."
    return [Hit(subject.place("profile"), f"{s.name} is a .{s.kind}. {said}", "Let the profile make one of these (`makes`).") for s in subject.sent if s.kind not in accepted]


def file_size(subject: Subject, rule: Rule) -> Seen:
    """Each file is smaller than the recipient takes."""
    if not subject.sent:
        return _FORM
    most = rule.setting.max or 0
    place = subject.place("sections")
    return [Hit(place, f"{s.name} has {len(s.data) / _MB:,.1f} MB; less than {most:g} MB are taken.") for s in subject.sent if len(s.data) >= most * _MB]


def single(subject: Subject, rule: Rule) -> Seen:
    """Not more files than the recipient takes."""
    if not subject.sent:
        return _FORM
    most = int(rule.setting.max or 1)
    if len(subject.sent) <= most:
        return ()
    names = ", ".join(s.name for s in subject.sent)
    return [Hit(subject.place("profile"), f"{len(subject.sent)} files go out ({names}); {most} {'is' if most == 1 else 'are'} taken.", "Put the annexes into the document.")]


# what is inside them -------------------------------------------------------------------------------


class _Inside(NamedTuple):
    """What a file of any kind holds that it should not; ``macros`` of ``None``: nobody can tell."""

    macros: bool | None = None
    traces: tuple[str, ...] = ()
    people: dict[str, str] = {}  # noqa: RUF012
    internal: tuple[str, ...] = ()


def _of_docx(data: bytes) -> _Inside:
    found = word.look_inside(data)
    traces = [_many(found.tracked, "tracked change"), _many(found.comments, "comment"), f"hidden text (“{found.hidden[0][:40]}”)" if found.hidden else ""]
    return _Inside(found.macros, tuple(filter(None, traces)), dict(found.people), found.custom)


def _of_odt(data: bytes) -> _Inside:
    found = odt.look_inside(data)
    traces = [_many(found.tracked, "tracked change"), _many(found.comments, "comment"), _many(found.hidden, "hidden text")]
    return _Inside(found.macros, tuple(filter(None, traces)), found.people)


def _of_rtf(data: bytes) -> _Inside:
    traces = ["tracked changes" if _RTF_CHANGES.search(data) else "", "comments" if b"\\annotation" in data else "", "hidden text" if re.search(rb"\\v\b(?!0)", data) else ""]
    people = {k.decode(): v.decode("ascii", "replace").strip() for k, v in _RTF_PEOPLE.findall(data) if v.strip()}
    return _Inside(bool(_RTF_CODE.search(data)), tuple(filter(None, traces)), people)


def _of_pdf(data: bytes) -> _Inside:
    found = pdf.look_inside(data)
    return _Inside(found.active, (), {k: v for k, v in found.properties.items() if k == "Author"})


def _of_text(_: bytes) -> _Inside:
    """Plain text holds nothing but what one reads."""
    return _Inside(macros=False)


def _of_html(data: bytes) -> _Inside:
    return _Inside(macros=False, people={f"author {i}": v.decode("utf-8", "replace") for i, v in enumerate(_HTML_AUTHOR.findall(data), 1)})


_READERS: dict[str, Callable[[bytes], _Inside]] = {
    "docx": _of_docx, "docm": _of_docx, "odt": _of_odt, "rtf": _of_rtf, "pdf": _of_pdf, "html": _of_html, "txt": _of_text,
}  # fmt: skip


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number > 1)}" if number else ""


def _each(subject: Subject, look: Callable[[Subject, Sent, _Inside], Iterator[Hit]]) -> Seen:
    """Look into every file that can be looked into."""
    if not subject.sent:
        return _FORM
    hits: list[Hit] = []
    unread = [s for s in subject.sent if s.kind not in _READERS]
    for sent in subject.sent:
        if sent.kind not in _READERS:
            continue
        try:
            hits += look(subject, sent, _READERS[sent.kind](sent.data))
        except (PenholderError, ValueError) as error:
            hits.append(Hit(subject.place("profile"), f"{sent.name} cannot be read: {error}"))
    if unread and not hits:
        return Silent(f"nobody can look into a .{unread[0].kind} here", blind=True)
    return hits


def macros(subject: Subject, rule: Rule) -> Seen:
    """No file holds code that would run."""
    return _each(subject, _macros)


def _macros(subject: Subject, sent: Sent, inside: _Inside) -> Iterator[Hit]:
    if inside.macros:
        yield Hit(subject.place("profile"), f"{sent.name} holds macros or other code.", "Save it without them (in Word: as .docx).")


def residue(subject: Subject, rule: Rule) -> Seen:
    """No trace of editing, and nobody's name, is in a file."""
    return _each(subject, _residue)


def _residue(subject: Subject, sent: Sent, inside: _Inside) -> Iterator[Hit]:
    place = subject.place("profile")
    if inside.traces:
        yield Hit(place, f"{sent.name} holds {', '.join(inside.traces)}.", "Accept or reject the changes, and delete the comments and what is hidden, before it is sent.")
    bodies = {subject.submission.submitter.casefold(), subject.resolved.front.body.casefold(), ""}
    people = {k: v for k, v in inside.people.items() if v.casefold() not in bodies}
    if people:
        said = ", ".join(f"{v} ({k})" for k, v in people.items())
        yield Hit(place, f"{sent.name} names in its properties: {said}.", "Remove personal information from the file (in Word: File, Info, Inspect Document).")
    if inside.internal and not subject.profile.file.document.identity:
        yield Hit(place, f"{sent.name} has properties of the workspace: {', '.join(inside.internal)}.", "Remove the custom properties (in Word: File, Info, Inspect Document).")


# names ---------------------------------------------------------------------------------------------


def names(subject: Subject, rule: Rule) -> Seen:
    """Names that any system takes, and that say whose file it is."""
    if not subject.sent:
        return _FORM
    place = subject.place("profile")
    return [Hit(place, f"{s.name}: {fault}.") for s in subject.sent for fault in _name_faults(subject, s.name)]


def _name_faults(subject: Subject, name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield "letters without accents, digits, hyphens and full stops are what every system takes"
    if _RESERVED.fullmatch(name):
        yield "Windows keeps this name for itself"
    if len(name) > _LONGEST:
        yield f"{len(name)} characters are more than some systems take ({_LONGEST})"
    if name.lower().count(".") > 1:
        yield "two endings look like a disguise to a mail filter"
    body = subject.submission.submitter
    named = [w for w in re.split(r"[-_. ]+", plain_name(body).lower()) if len(w) >= _TOO_SHORT]
    initials = "".join(w[0] for w in re.findall(r"[A-Za-z]+", body)).lower()
    if body and not any(w in name.lower() for w in named) and (len(initials) < _TOO_SHORT or initials not in name.lower()):
        yield f"it does not say that it is from {body}"


# what they show --------------------------------------------------------------------------------------


def logos(subject: Subject, rule: Rule) -> Seen:
    """No logo; and not more pictures than the recipient wants, where it says how many."""
    if not subject.sent:
        return _FORM
    if subject.inside is None:
        return Silent("there is no readable Word file", blind=True)
    return list(_logos(subject, rule))


def _logos(subject: Subject, rule: Rule) -> Iterator[Hit]:
    assert subject.inside is not None
    found, most = subject.inside, rule.setting.max
    if found.logos:
        yield Hit(subject.place("profile"), f"{_many(found.logos, 'picture')} in the header, the footer or before the text: a logo.", "Take it out: logo = false in the profile's [document].")
    if most is not None and found.pictures > most:
        yield Hit(subject.place("sections"), f"{_many(found.pictures, 'picture')}; at most {most:g} are wanted.", "Leave out what can be said in words.")
    elif most is None and found.pictures:
        yield Hit(subject.place("sections"), f"{_many(found.pictures, 'picture')} in the text.", "Keep those that say what words cannot.", Severity.NOTE)


def colour(subject: Subject, rule: Rule) -> Seen:
    """Nothing is in colour: words and grounds of the Word file, and every page of the PDF as it looks, pictures too."""
    if not subject.sent:
        return _FORM
    place = subject.place("profile")
    hits = []
    if subject.inside and subject.inside.colours:
        colours = ", ".join(f"#{c}" if re.fullmatch("[0-9A-F]{6}", c) else c for c in subject.inside.colours[:3])
        hits.append(Hit(place, f"Words or grounds in the Word file are in colour ({colours}).", "Set colour = false in the profile's [document]."))
    if not any(s.given for s in subject.sent) and subject.pdf:
        pages = pdf.coloured_pages(subject.pdf)
        if pages and not hits:
            said = ", ".join(map(str, pages[:5]))
            hits.append(Hit(subject.place("sections"), f"Something on page {said} is in colour.", "Give its pictures in black, white and grey."))
    return hits


_SEND_BACK = "What a recipient cannot open or file is sent back."
CHECKS = (
    Check("FILE-TYPE", file_type, _SEND_BACK, "Send one of the kinds it accepts."),
    Check("FILE-SIZE", file_size, "Mail servers and portals refuse what is too large.", "Make the pictures smaller, or leave some out."),
    Check("FILE-SINGLE", single, "What is not in the document is lost when it is published.", "Put the annexes into the document."),
    Check("FILE-MACRO", macros, "Filters refuse files that hold code.", "Save it without macros."),
    Check("FILE-RESIDUE", residue, "What was meant for colleagues would be published.", "Take it out before the file is sent."),
    Check("FILE-NAME", names, "A clerk with two hundred files must know whose this is.", "Name it after the body and the inquiry, like Example-Body-pac-2026.docx."),
    Check("IMG-LOGO", logos, "Evidence is set in the recipient's own layout, where pictures cost most.", "Leave out logos, and pictures that say no more than words."),
    Check("COLOUR", colour, "The recipient prints in black.", "Take the colours out."),
)
