"""PLAI012: "per cent" behind a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GAP, GOVUK, NUMBERS, starts_sentence, swept, written_so
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI012", Severity.NOTE, "“per cent” in letters",
    "A percentage in figures is found at a glance.",
    "Write 58%.",
    GOVUK,
)  # fmt: skip

_FIGURE = re.compile(rf"\d({GAP}(?:per{GAP}cent|percent|%)|-per-cent)(?![\w-])(?! point)")
_WORDS = re.compile(rf"(?<![\w-])({'|'.join(NUMBERS)})(?:-({'|'.join(list(NUMBERS)[:9])}))?{GAP}(?:per{GAP}cent|percent)(?![\w-])(?! point)", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """Figures and words alike; a number that begins a sentence stays in letters."""
    for passage, found in swept(section, _FIGURE, *DIGITS):
        start = _number_before(passage, found.start())
        yield written_so(section, passage, start, found.end(), passage.text[start : found.start() + 1] + "%")
    for passage, found in swept(section, _WORDS, "cent"):
        if not starts_sentence(passage, found.start()):
            value = NUMBERS[found[1].lower()] + (NUMBERS[found[2].lower()] if found[2] else 0)
            yield written_so(section, passage, found.start(), found.end(), f"{value}%")


def _number_before(passage: Passage, at: int) -> int:
    start = at
    while start and passage.text[start - 1] in "0123456789.,":
        start -= 1
    return start


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Of the councils, 58 per cent have a policy, and thirty percent apply it to 10 % of tenders [@alpha2020]."),
    good=Example("Of the councils, 58% have a policy [@alpha2020]. The per cent sign is short, and 5 per cent points are percentage points."),
)  # fmt: skip
