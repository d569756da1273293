"""Pinpoints into a source: read from a citation's suffix, and handed to citeproc so that each style prints them right.

Citation processors know pages well and legal divisions hardly: pandoc reads a
label by the terms of a style's locale ("sect. 3" for ``s 3``), and a style
prints its own idea of it. So Penholder reads the pinpoint itself. Pages go to
citeproc as pages; everything else goes as finished text, behind ``{}``, which
tells pandoc to look for no locator (pandoc manual, "Citation syntax").
"""

from __future__ import annotations

import re
from typing import NamedTuple

LEGAL_TYPES = frozenset({"legislation", "bill", "regulation", "treaty"})

# Label, one, many; and how they may be written. Abbreviations: OSCOLA (4th ed.) 2.4.2 and 2.5.1.
_WORDS: dict[str, tuple[str, ...]] = {
    "section": ("s", "ss", "section", "sections", "sec", "secs", "§", "§§"),
    "regulation": ("reg", "regs", "regulation", "regulations"),
    "schedule": ("sch", "schs", "schedule", "schedules"),
    "paragraph": ("para", "paras", "paragraph", "paragraphs", "¶", "¶¶"),
    "article": ("art", "arts", "article", "articles"),
    "part": ("pt", "pts", "part", "parts"),
    "clause": ("cl", "cls", "clause", "clauses"),
    "page": ("p", "pp", "page", "pages"),
    "chapter": ("ch", "chs", "chap", "chaps", "chapter", "chapters"),
    "rule": ("r", "rr", "rule", "rules"),
}
_LABELS = {word: label for label, words in _WORDS.items() for word in words}
_NUMBER = r"(?:\d+[A-Za-z]{0,3}|[ivxlcdm]+(?![A-Za-z])|[A-Z]{1,2}\d*)(?:\.\d+)*(?:\([0-9A-Za-z]{1,5}\))*"
_RANGE = rf"{_NUMBER}(?:\s*(?:--?|–|to|and|&)\s*{_NUMBER}|,\s+{_NUMBER}(?!\s*[A-Za-z]))*"
_LABEL = "|".join(sorted((re.escape(w) for w in _LABELS), key=len, reverse=True))
_ONE = re.compile(rf"((?i:{_LABEL}))(?:\.|(?![A-Za-z]))\s*({_RANGE})(?![\w(])")
_BARE = re.compile(r"(\d+(?:\s*(?:--?|–)\s*\d+)?(?:,\s+\d+(?:\s*(?:--?|–)\s*\d+)?)*)(?![\w(])")
_LEAD = re.compile(r"[\s,]*")
_DASH = re.compile(r"\s*(?:--?|–|\bto\b)\s*")
_MANY = re.compile(r"–|,|&|\band\b")

# How styles write a label: (one, many). OSCOLA 4th ed. 2.4.2, 2.5.1: no full stops.
_OSCOLA = {
    "section": ("s", "ss"), "regulation": ("reg", "regs"), "schedule": ("sch", "schs"), "paragraph": ("para", "paras"),
    "article": ("art", "arts"), "part": ("pt", "pts"), "clause": ("cl", "cls"), "page": ("p", "pp"),
    "chapter": ("ch", "chs"), "rule": ("r", "rr"),
}  # fmt: skip
_STOPLESS = ("oscola", "harvard", "cite-them-right")


class Locator(NamedTuple):
    """A pinpoint: its parts from the outside in, as (label, value), and the text after it."""

    parts: tuple[tuple[str, str], ...]
    rest: str = ""

    @property
    def label(self) -> str:
        return self.parts[0][0]

    @property
    def value(self) -> str:
        return self.parts[0][1]


def parse_locator(text: str) -> Locator | None:
    """The pinpoint at the start of a citation's suffix text; None where there is none.

    Reads ``s 1(3)``, ``ss 12-13``, ``reg 4``, ``sch 2 para 3``, ``paras 12 to 14``,
    ``art 5``, ``pt 3``, ``cl 7``, ``pp 3-7``, ``ch 2``, ``§ 3``, a bare page ``12-14``,
    with or without full stops, behind an optional comma or inside braces.
    """
    at = _past(text, 0)
    braced = text[at : at + 1] == "{" and (close := text.find("}", at)) > 0
    if braced:
        inner = parse_locator(text[at + 1 : close])
        return Locator(inner.parts, text[close + 1 :]) if inner and not inner.rest.strip() else None
    parts: list[tuple[str, str]] = []
    end = at
    while match := _ONE.match(text, _past(text, end) if parts else at):
        parts.append((_label(match.group(1)), _tidy(match.group(2))))
        end = match.end()
    if not parts and (bare := _BARE.match(text, at)):
        parts, end = [("page", _tidy(bare.group(1)))], bare.end()
    return Locator(tuple(parts), text[end:]) if parts else None


def cite_suffix(locator: Locator, item_type: str, style: str) -> str:
    """The suffix text for pandoc's Citation so that ``style`` prints the pinpoint as its guide asks.

    ``style`` is a style's name (``oscola``, ``apa``, ...), ``item_type`` the CSL
    type of the cited item. The caller makes inlines of the text, one word
    each. The page labels are English: pandoc reads them by the document's language.
    """
    legal = item_type in LEGAL_TYPES
    if [label for label, _ in locator.parts] == ["page"] and not legal:
        # Labelled, since pandoc 3.9 takes a bare number of two digits or more for no page at all.
        label = "pp." if _MANY.search(locator.value) else "p."
        return f"{{{label} {locator.value}}}{locator.rest}"
    printed = written(locator, style)
    if style.startswith("oscola") and not legal:
        # A page there has no label, so a finished text passes as a "page", also behind "ibid".
        return f"{{p. {printed}}}{locator.rest}"
    return f"{{}}, {printed}{locator.rest}"


def written(locator: Locator, style: str) -> str:
    """The pinpoint as the style writes it: ``s 1(3)`` (OSCOLA, Cite Them Right), ``s. 1(3)`` (APA, Chicago).

    Sources: OSCOLA 4th ed. 2.4.2 (parts of statutes, no full stops); Cite Them
    Right follows OSCOLA for law; APA Manual 7th ed. 8.13 and CMOS 17th ed. 10.42
    abbreviate with full stops ("para. 4", "chap. 2"; APA spells out Chapter).
    """
    between = " " if style.startswith(_STOPLESS) else ", "
    return between.join(_one(label, value, style) for label, value in locator.parts)


def _one(label: str, value: str, style: str) -> str:
    short = _OSCOLA[label][bool(_MANY.search(value))]
    if style.startswith(_STOPLESS):
        return f"{short} {value}"
    if label == "chapter":
        return f"{'Chapter' if style.startswith('apa') else 'chap.'} {value}"
    return f"{short}. {value}"


def _past(text: str, at: int) -> int:
    lead = _LEAD.match(text, at)
    return lead.end() if lead else at


def _label(word: str) -> str:
    return _LABELS[word.lower()]


def _tidy(value: str) -> str:
    return " ".join(_DASH.sub("–", value).split())
