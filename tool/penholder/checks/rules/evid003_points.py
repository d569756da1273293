"""EVID003: per cent where percentage points are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.ledgering import Stated, stated
from penholder.checks.quantities import quantities
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID003", Severity.WARNING, "Per cent where percentage points are meant",
    "From 30% to 35% is a rise of 5 percentage points, and of about 17%: the two are easily confused.",
    "Write “percentage points”, or the change in per cent.",
)  # fmt: skip
_BY = re.compile(
    r"\b(?:by|(?:rise|increase|fall|drop|decrease|reduction|decline|gain|loss|growth|jump|climb|change|difference) of)\s+(?:a\s+|an?\s+\w+\s+|about\s+|around\s+|nearly\s+|some\s+|almost\s+)?$", re.I
)


def look(paper: PaperView) -> Iterator[Hit]:
    """A change "by N%" or "of N%" in a sentence whose two other percentages lie N apart."""
    for each in stated(paper):
        q = each.quantity
        if q.kind == "percent" and _BY.search(each.passage.text[max(0, q.start - 40) : q.start]) and _apart(each):
            yield each.section.hit(
                each.passage, q.start, q.end, f"“{each.words}” is the difference of two percentages.",
                ask=f"Is “{each.words}” meant as percentage points? It is the difference of the two percentages beside it.",
                help=f"Write “{q.value:g} percentage points”.",
            )  # fmt: skip


def _apart(each: Stated) -> bool:
    start = each.quantity.start - each.sentence.start
    others = [o.value for o in quantities(each.sentence.text) if o.kind == "percent" and o.start != start]
    return any(abs(abs(a - b) - each.quantity.value) < 0.051 for i, a in enumerate(others) for b in others[:i])


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",), final=True,
    bad=Example("The share rose by 5%, from 30% to 35% [@beta2021]."),
    good=Example("The share rose by 5 percentage points, from 30% to 35% [@beta2021]."),
)  # fmt: skip
