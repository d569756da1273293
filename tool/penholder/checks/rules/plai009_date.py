"""PLAI009: a date in another form than that of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters.dates import MONTHS
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GAP, GOVUK, MONTH, swept, written_so
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI009", Severity.WARNING, "A date in another form",
    "Many forms in one paper look careless, and 03/04/2026 is a day in March or in April, as the reader was brought up.",
    "Write 14 March 2012: no “th”, no comma, the month in letters.",
    GOVUK,
)  # fmt: skip

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ORDINAL = re.compile(rf"(?P<the>\b[Tt]he )?(?<![\w/-])(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?P<of> of)?{GAP}(?P<m>{MONTH})\b(?:,?{GAP}(?P<y>\d{{4}})\b)?")
_MONTH_FIRST = re.compile(rf"(?:(?P<day>{_DAY}), )?\b(?P<m>{MONTH}){GAP}(?P<d>0?[1-9]|[12]\d|3[01])(?:(?:st|nd|rd|th)\b(?:,?{GAP}(?P<y>\d{{4}})\b)?|,?{GAP}(?P<z>\d{{4}})\b)")
_COMMA = re.compile(rf"(?<![\w/-])(?:(?P<d>0?[1-9]|[12]\d|3[01]){GAP}(?P<m>{MONTH}),{GAP}(?P<y>(?:19|20)\d\d)\b|(?P<n>{MONTH}),{GAP}(?P<z>(?:19|20)\d\d)(?=[.;:)]|,{GAP}|$))")
_FIGURES = re.compile(r"(?<![\w/.:-])(?:(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d)|(?P<v>(?:19|20)\d\d)-(?P<c>0[1-9]|1[0-2])-(?P<e>0[1-9]|[12]\d|3[01]))(?![\w/-]|[.:]\d)")


def look(section: SectionView) -> Iterator[Hit]:
    """No mend where a date in figures has two readings."""
    for passage, found in swept(section, _ORDINAL, *MONTHS):
        if found["the"] and not found["of"] and not found["y"]:  # the 14th March meeting
            start, mend = found.start("d"), f"{int(found['d'])} {found['m']}"
        else:
            start, mend = found.start() if found["of"] or not found["the"] else found.start("d"), _date(found["d"], found["m"], found["y"])
        yield written_so(section, passage, start, found.end(), mend)
    for passage, found in swept(section, _MONTH_FIRST, *MONTHS):
        day = f"{found['day']} " if found["day"] else ""
        yield written_so(section, passage, found.start(), found.end(), day + _date(found["d"], found["m"], found["y"] or found["z"]))
    for passage, found in swept(section, _COMMA, *MONTHS):
        plain = f"{found['n']} {found['z']}" if found["n"] else _date(found["d"], found["m"], found["y"])
        yield written_so(section, passage, found.start(), found.end(), plain)
    for passage, found in swept(section, _FIGURES, "19", "20"):
        yield from _in_figures(section, passage, found)


def _in_figures(section: SectionView, passage: Passage, found: re.Match[str]) -> Iterator[Hit]:
    if found["v"]:
        yield written_so(section, passage, found.start(), found.end(), _date(found["e"], MONTHS[int(found["c"]) - 1], found["v"]))
        return
    a, b = int(found["a"]), int(found["b"])
    if not (1 <= a <= 31 and 1 <= b <= 12) and not (1 <= b <= 31 and 1 <= a <= 12):
        return
    if a == b or b > 12 or a > 12:
        day, month = (a, b) if b <= 12 else (b, a)
        yield written_so(section, passage, found.start(), found.end(), _date(str(day), MONTHS[month - 1], found["y"]))
        return
    one, two = f"{a} {MONTHS[b - 1]} {found['y']}", f"{b} {MONTHS[a - 1]} {found['y']}"
    yield section.hit(
        passage, found.start(), found.end(), f"“{found[0]}” is {one} to some readers and {two} to others.",
        ask=f"Is “{found[0]}” {one} or {two}?", help="Write the month in letters.",
    )  # fmt: skip


def _date(day: str, month: str, year: str | None) -> str:
    return f"{int(day)} {month}" + (f" {year}" if year else "")


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("It began on 14th March 2012, was changed on March 20, 2013, and ended on 31/12/2014, not on 03/04/2014."),
    good=Example("It began on 14 March 2012 and ended in December 2014. The May 2015 report says so, and so does SI 2015/102."),
)  # fmt: skip
