"""A letter to an author: what a check found, as one would write it in a mail. No codes, no paths, no lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from penholder.checks.prose import without_holes
from penholder.checks.record import Checked, Report
from penholder.findings import Severity

_WIDTH = 72
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
# A code in a message of ours; one in backticks is what somebody wrote.
_CODE = re.compile(r" ?\([A-Z]{3,8}\d{3}\)|(?<!`)\b(?P<bare>(?:rules? )?[A-Z]{3,8}\d{3})\b(?!`)")
# A file's name in a message of ours; an address of the web is none.
_PATH = re.compile(
    r"(?P<web>https?://\S+)|(?:papers|sections|citations|templates|figures|data)/[\w./-]*\w"
    r"|(?:[\w.-]+/)*[\w-]+\.(?:md|qmd|markdown|yaml|yml|bib|toml|csv|json|png|jpe?g|svg|pdf)\b"
)
# A statement that can go on where the place was named; a question begins anew.
_GOES_ON = re.compile(r"(?:“|(?:A|An|The|This|These|There|It|Its) )[^?]*?[.](?:\s|$)")
_LEADS = (
    ("These must be answered before the paper can go out:", Severity.ERROR),
    ("These would make it better:", Severity.WARNING),
)
_STRAIGHT = re.compile(r'(?<!\w)"([^"]*)"')
_KINDS = {
    "heading": "In the heading",
    "item": "In the list item",
    "cell": "In the table, at",
    "caption": "In the caption",
    "note": "In the footnote",
    "term": "At the term",
    "line": "In the line",
}


def to_letter(report: Report, root: Path) -> str:
    """A letter for each section that something was found in, one below the other."""
    sections: dict[str, list[Checked]] = {}
    for item in report.open:
        sections.setdefault(item.section, []).append(item)
    letters = [_letter(items) for path, items in sections.items() if path]
    general = [item for item in sections.get("", []) if item.finding.severity > Severity.NOTE]
    if general:
        letters.append(_about_all(general))
    if not letters:
        return "Nothing in the text needs an answer. Thank you."
    return f"\n\n{'-' * 20}\n\n".join(letters)


def _letter(items: Sequence[Checked]) -> str:
    title, owner = items[0].title, next((i.owner for i in items if i.owner), "")
    asked = [part for lead, severity in _LEADS for part in _part(lead, [i for i in items if i.finding.severity is severity])]
    notes = [i for i in items if i.finding.severity is Severity.NOTE]
    thanks = f"Thank you for {_quoted(title)}." if title else "Thank you for your section."
    parts = [f"Dear {owner}," if owner else "Hello,"]
    if not asked:
        few = "a small remark" if len(notes) == 1 else "small remarks"
        parts += [_wrapped(f"{thanks} Nothing in it needs an answer. We have {few} only, if you like:"), *_asked(notes)]
        return "\n\n".join([*parts, "Many thanks."])
    parts += [_wrapped(f"{thanks} Going through it we came upon {'a few things' if len(items) > 1 else 'one thing'}."), *asked]
    if notes:
        some = "one small remark" if len(notes) == 1 else f"{len(notes)} small remarks"
        parts.append(_wrapped(f"There {'is' if len(notes) == 1 else 'are'} {some} besides, which can wait."))
    parts.append("Just answer to this mail, or change the text yourself. Many thanks.")
    return "\n\n".join(parts)


def _part(lead: str, items: Sequence[Checked]) -> list[str]:
    return [lead, *_asked(items)] if items else []


def _about_all(items: Sequence[Checked]) -> str:
    parts = ["For the editor, about the paper as a whole:"]
    parts += [_wrapped("- " + _human(i.finding.message), "  ") for i in items]
    return "\n\n".join(parts)


def _asked(items: Iterable[Checked]) -> Iterator[str]:
    """Each question with its place; one that is asked many times is asked once."""
    groups: dict[str, list[Checked]] = {}
    for item in items:
        groups.setdefault(_question(item), []).append(item)
    for question, same in groups.items():
        text = f"- {_placed(same[0], question)}"
        if len(same) > 1:
            others = "; ".join(dict.fromkeys(_short(i) for i in same[1:6] if _short(i)))
            more = f" and {len(same) - 6} more places" if len(same) > 6 else ""
            text += f" The same goes for {others}{more}." if others else f" ({len(same)} times.)"
        yield _wrapped(text, "  ")


def _placed(item: Checked, question: str) -> str:
    """A question with its place in words: ``In your third paragraph (“More than half ...”) a number has no source.``"""
    opening = _plain(item.opening)
    if item.nth and item.kind == "paragraph":
        place = f"In your {_ordinal(item.nth)} paragraph ({_quoted(opening)})"
        if _GOES_ON.match(question):
            return f"{place} {question[0].lower()}{question[1:]}"
        return f"{place}: {question}"
    if item.kind in _KINDS and opening:
        return f"{_KINDS[item.kind]} {_quoted(opening)}: {question}"
    return question


def _short(item: Checked) -> str:
    if item.nth:
        return f"your {_ordinal(item.nth)} paragraph"
    return _quoted(_plain(item.quote or item.opening)) if item.quote or item.opening else ""


def _question(item: Checked) -> str:
    return _nested(_plain(item.ask)) if item.ask else _human(item.finding.message)


def _human(text: str) -> str:
    """A message without codes and file names. What an author wrote is left as it is: `and/or` is no file."""
    bare = _CODE.sub(lambda found: "that rule" if found["bare"] else "", text)
    return _nested(_plain(_PATH.sub(lambda found: found["web"] or "the file", bare)))


def _plain(text: str) -> str:
    """Words on one line, without marks of code and of what was left out."""
    return without_holes(text.replace("`", ""))


def _quoted(text: str) -> str:
    """An author's words in quotation marks; marks among them become single ones."""
    return f"“{_STRAIGHT.sub(lambda m: f'‘{m[1]}’', text).replace('“', '‘').replace('”', '’')}”"


def _nested(text: str) -> str:
    """Double marks within double marks become single ones, where each that opens also closes."""
    made, depth = [], 0
    for letter in text:
        depth -= letter == "”"
        if depth < 0:
            return text
        made.append({"“": "‘", "”": "’"}.get(letter, letter) if depth else letter)
        depth += letter == "“"
    return text if depth else "".join(made)


def _ordinal(number: int) -> str:
    words = _ORDINALS.split()
    if number <= len(words):
        return words[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
