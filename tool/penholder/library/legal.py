"""UK legislation and official papers, set so that each style prints them as its own guide asks.

CSL styles print a title and then a year; the short title of a British Act ends
with its year. What is right was checked style by style:

* OSCOLA 4th ed. 2.4.1, 2.5.1: *Procurement Act 2023*; devolved Acts with their
  number in brackets (Crofting Reform etc Act 2007 (asp 7)); instruments with
  theirs after a comma; 3.4.2 command papers (Cm 7656, 2009), 3.4.1 committee
  reports (HC 2008-09, 151-I), titles in italics.
* Cite Them Right 12th ed.: title with its year and the chapter number in
  italics, no year in brackets; instruments and devolved Acts alike; papers with
  their number in brackets.
* APA Manual 7th ed. 11.5: Name of Act, source (year); cited as (Name of Act, year).
* Chicago 17th ed. 14.300: title with its year, chapter number; and any other style.

A style that must print no year gets an empty one: with none at all it would
print "no date".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from penholder.library.titles import nocase
from penholder.patterns import later

Item = dict[str, Any]

_LAW = frozenset({"legislation", "regulation"})
_NO_YEAR = {"literal": ""}
_END_YEAR = later(r",?\s+(\d{4})\s*((?:</span>)*)$")
_SPAN = later(r'<span class="nocase">|</span>')
_CHAPTER = later(r"^(?:ch?\.?|chapter)?\s*([\divxlc]+)$", re.I)
_INSTRUMENT = later(r"^(?:(SSI|WSI|SI|SR)\s*)?(\d{4})\s*(?:/|No\.?\s*)\s*(\d+.*)$", re.I)
_DEVOLVED = later(r"^(asp|asc|anaw|nawm|mccc|nia|dccc)\.?\s*(\d+)$", re.I)
_NI = later(r"^c\.?\s*(\d+)\s*\((NI|N\.I\.)\)$", re.I)
_PAPER = later(r"^(HC|HL)(?:\s+Paper)?\s*(?:(\d{4}\s*[-–/]\s*\d{2,4}),?\s*)?(\d[\w-]*)$", re.I)
_COMMAND = later(r"^(CP|Cm|Cmnd|Cmd|Cd|C)\.?\s*(\d+(?:-[IVX\d]+)?)$")
_SESSION = later(r"\b(?:of\s+)?Session\s+(\d{4})\s*[-–/]\s*(\d{2,4})", re.I)
_ADDRESS = later(r"legislation\.gov\.uk/(?:id/)?([a-z]+)/(\d{4})/(\d+)")
_SERIES = {
    "ukpga": "c. {n}", "uksi": "SI {y}/{n}", "ssi": "SSI {y}/{n}", "wsi": "SI {y}/{n}", "nisr": "SR {y}/{n}",
    "asp": "asp {n}", "asc": "asc {n}", "anaw": "anaw {n}", "mwa": "nawm {n}", "nia": "c. {n} (NI)",
}  # fmt: skip


def prepare(items: Iterable[Item], style: str) -> list[Item]:
    """CSL items as ``style`` (a style's name, ``oscola``) needs them to print law and official papers rightly.

    Titles of legislation and reports keep the capitals typed in every style.
    Items of other types are handed on as they are; nothing is changed in place.
    """
    return [_prepared(item, style) for item in items]


def _prepared(item: Item, style: str) -> Item:
    kind = str(item.get("type"))
    if kind in _LAW and item.get("title"):
        return _family(style, _LAW_STYLES, _law_plain)({**item, "type": "legislation"})
    if kind == "report":
        kept = {**item, **{n: nocase(str(item[n])) for n in ("title", "title-short") if item.get(n)}}
        return _family(style, _REPORT_STYLES, _report_plain)(kept)
    return item


def _family(style: str, known: dict[str, Callable[[Item], Item]], other: Callable[[Item], Item]) -> Callable[[Item], Item]:
    return next((rule for prefix, rule in known.items() if style.startswith(prefix)), other)


# Legislation


def _short_title(item: Item) -> str:
    """The short title with its year, whether the library's entry repeats it or not."""
    title = _SPAN.sub("", str(item["title"])).strip()
    year = _year(item)
    return title if _END_YEAR.search(title) or not year else f"{title} {year}"


def _year(item: Item) -> str:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    return str(first[0]) if isinstance(first, list) and first else ""


def _number(item: Item) -> tuple[str, str]:
    """The number in the series and which it is: ``chapter``, ``instrument``, ``devolved``, ``other``."""
    number = " ".join(str(item.get("number") or item.get("chapter-number") or "").split())
    if not number and (found := _ADDRESS.search(str(item.get("URL", "")))) and found.group(1) in _SERIES:
        number = _SERIES[found.group(1)].format(y=found.group(2), n=found.group(3))
    if match := _INSTRUMENT.match(number):
        return f"{(match.group(1) or 'SI').upper()} {match.group(2)}/{match.group(3)}", "instrument"
    if match := _DEVOLVED.match(number):
        return f"{match.group(1).lower()} {match.group(2)}", "devolved"
    if match := _NI.match(number):
        return f"c. {match.group(1)} (NI)", "chapter"
    if match := _CHAPTER.match(number):
        return f"c. {match.group(1)}", "chapter"
    return number, "other" if number else ""


def _law(item: Item, title: str, **fields: Any) -> Item:
    kept = {k: v for k, v in item.items() if k not in ("number", "chapter-number", "title-short", "container-title")}
    return {**kept, "title": nocase(title), **{k: v for k, v in fields.items() if v}}


def _law_oscola(item: Item) -> Item:
    title = _short_title(item)
    number, series = _number(item)
    full = f"{title}, {number}" if series in ("instrument", "other") else title
    bracketed = number if series == "devolved" else ""
    short = nocase(title)
    return _law(item, full, issued=_NO_YEAR, **{"title-short": short, "container-title": bracketed})


def _law_harvard(item: Item) -> Item:
    number, series = _number(item)
    shown = f"({number})" if series == "devolved" else f", {number}" if number else ""
    return _law(item, _short_title(item), issued=_NO_YEAR, **{"container-title": shown})


def _law_apa(item: Item) -> Item:
    full = _short_title(item)
    year = _END_YEAR.search(full)
    name = full[: year.start()] if year else full
    issued = {"date-parts": [[int(year.group(1))]]} if year else item.get("issued")
    return _law(item, name, issued=issued, **{"container-title": _number(item)[0]})


def _law_plain(item: Item) -> Item:
    return _law(item, _short_title(item), issued=_NO_YEAR, **{"container-title": _number(item)[0]})


# Command papers and papers of the Houses


def _paper(item: Item) -> tuple[str, str, str]:
    """Series (``HC``, ``CP``; empty for none), number, session (``2023–24``; empty for none)."""
    number = " ".join(str(item.get("number", "")).split())
    if match := _PAPER.match(number):
        session = match.group(2) or ""
        if not session and (found := _SESSION.search(str(item.get("genre", "")))):
            session = f"{found.group(1)}–{found.group(2)[-2:]}"
        return match.group(1).upper(), match.group(3), re.sub(r"\s*[-/]\s*", "–", session)
    if match := _COMMAND.match(number):
        return match.group(1), match.group(2), ""
    return "", number, ""


def _without(item: Item, *names: str, **fields: Any) -> Item:
    return {**{k: v for k, v in item.items() if k not in names}, **fields}


def _report_oscola(item: Item) -> Item:
    series, number, session = _paper(item)
    if not series:
        return item
    # OSCOLA 3.4: official papers are set as books; "publisher" holds all that stands in the brackets.
    if series in ("HC", "HL") and session:
        return _without(item, "number", "genre", "issued", type="book", publisher=f"{series} {session}, {number}")
    return _without(item, "number", "genre", type="book", publisher=f"{series} {number},")


def _report_harvard(item: Item) -> Item:
    series, number, session = _paper(item)
    if not series:
        return item
    shown = f"({series} {session}, {number})" if session else f"({series} {number})"
    return _without(item, "genre", number=shown)


def _report_apa(item: Item) -> Item:
    plain = _report_plain(item)
    authors = plain.get("author") or []
    names = {str(a.get("literal", "")) for a in authors if isinstance(a, dict)}
    # APA Manual 9.29: a publisher that is the author is not named again.
    return _without(plain, "publisher") if plain.get("publisher") in names else plain


def _report_plain(item: Item) -> Item:
    series, _, _ = _paper(item)
    if not series or not item.get("genre"):
        return item
    genre = re.sub(r"(\d{4})\s*-\s*(\d{2,4})", r"\1–\2", str(item["genre"]))
    return {**item, "genre": f"{genre},"}


_LAW_STYLES: dict[str, Callable[[Item], Item]] = {
    "oscola": _law_oscola,
    "harvard": _law_harvard,
    "apa": _law_apa,
}
_REPORT_STYLES: dict[str, Callable[[Item], Item]] = {
    "oscola": _report_oscola,
    "harvard": _report_harvard,
    "apa": _report_apa,
}
