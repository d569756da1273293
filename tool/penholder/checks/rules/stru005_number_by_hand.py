"""STRU005: a heading numbered by hand where the tool numbers headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Fix, Hit, Rule, Safety, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU005", Severity.WARNING, "A heading numbered by hand",
    "It is printed with two numbers, and the one typed by hand is wrong as soon as a section moves.",
    "Take the number out; headings are numbered when the paper is built.",
)  # fmt: skip

# "14.4 million" is a figure: behind a number of a heading stands a capital, or a script that has none.
_SURE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+[.)]?(?!\s+[a-z])|(?:Section|Chapter|Annex|Appendix|Atodiad|Pennod)\s+(?:\d{1,2}|[A-Z]|[IVX]+)\s*[:.–—-])\s+(?=[^\W\d_])")
_PLAIN = re.compile(r"(?P<n>\d{1,2})(?P<mark>[.)]?)\s+(?=[^\W_])|(?P<roman>[IVX]{1,5})[.)]\s+(?=[^\W\d_])|(?P<letter>[A-Z])[.)]\s+(?=[^\W\d_])")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}


def look(paper: PaperView) -> Iterator[Hit]:
    """Headings and titles of sections; a bare "1" counts only where the others are counted on."""
    if not paper.paper.headings_numbered:
        return
    headings = [(s, h) for s in paper.sections for h in s.headings]
    counted = _counted([(h.level, h.text) for _, h in headings] + [(1, s.front.title) for s in paper.sections])
    for section, heading in headings:
        end = _number(heading.text, heading.level, counted)
        if end:
            yield _hit(section, heading, end)
    for section in paper.sections:
        end = _number(section.front.title, 1, counted)
        if end:
            shown = section.front.title[:end].strip()
            yield section.at(
                section.front_span("title"), f"The number “{shown}” is typed by hand.", quote=shown,
                ask=f"Sections are numbered when the paper is built. May we take the “{shown}” out of the title?",
            )  # fmt: skip


def _hit(section: SectionView, heading: Passage, end: int) -> Hit:
    shown = heading.text[:end].strip()
    hit = section.hit(
        heading, 0, len(shown), f"The number “{shown}” is typed by hand.",
        ask=f"Headings are numbered when the paper is built. May we take the “{shown}” out?",
    )  # fmt: skip
    return replace(hit, fix=_with_space(section, section.fix(heading, 0, len(shown), "")))


def _with_space(section: SectionView, fix: Fix | None) -> Fix | None:
    """The change, and the space behind the number with it."""
    source = next((f for f in section.text.files if fix is not None and f.path == fix.path), None)
    if fix is None or source is None:
        return fix
    rest = source.text[fix.end :]
    return fix.over(source.text, fix.start, fix.end + len(rest) - len(rest.lstrip(" \t")), fix.text)


def _number(title: str, level: int, counted: frozenset[tuple[int, str]]) -> int:
    """Where a typed number ends in a title; 0 where there is none."""
    sure = _SURE.match(title)
    if sure:
        return sure.end()
    plain = _PLAIN.match(title)
    return plain.end() if plain and (level, _style(plain)) in counted else 0


def _style(found: re.Match[str]) -> str:
    return "roman" if found["roman"] else "letter" if found["letter"] else "number" + found["mark"]


def _value(found: re.Match[str]) -> int:
    if found["n"]:
        return int(found["n"])
    return _ROMAN.get(found["roman"], 0) if found["roman"] else ord(found["letter"]) - 64


def _counted(titles: list[tuple[int, str]]) -> frozenset[tuple[int, str]]:
    """Levels and ways of writing in which titles are counted from one on: 1 and 2 at least, most of the level's titles."""
    values: dict[tuple[int, str], set[int]] = {}
    for level, title in titles:
        found = _PLAIN.match(title)
        if found:
            values.setdefault((level, _style(found)), set()).add(_value(found))
            if found["roman"] and len(found["roman"]) == 1:
                values.setdefault((level, "letter"), set()).add(ord(found["roman"]) - 64)
    return frozenset(place for place, seen in values.items() if {1, 2} <= seen)


RULE = Rule(
    CODE, Scope.PAPER, look, fix=Safety.UNSAFE,
    bad=Example("## 1.2 Background\n\nCare costs money."),
    good=Example("## 5 stages of care\n\nCare costs money.\n\n## Background\n\nIt did so before."),
)  # fmt: skip
