"""EVID011: a figure that a later one replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.ledgering import Use, uses
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger, shown, words
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.model.evidence import Fact

CODE = Code(
    "EVID011", Severity.WARNING, "A figure that has been superseded",
    "A later figure is known, and the reader may know it.",
    "Use the later figure, or say in the sentence which period the older one is for.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Superseded facts in sentences that neither state the later one nor say when theirs was."""
    for use in uses(paper):
        later = paper.ledger.current(use.fact)
        if later.id != use.fact.id and not _dated(use) and not _beside(paper, use, later):
            yield use.section.hit(
                use.passage, use.start, use.end, f"“{words(use)}” (fact `{use.fact.id}`) is superseded by {shown(later)} (`{later.id}`).",
                ask=f"There is a later figure than “{words(use)}”: {shown(later)}. Can you use it?",
            )  # fmt: skip


def _dated(use: Use) -> bool:
    """Whether the sentence names the fact's own period: a reader then knows that it is of its time."""
    years = set(re.findall(r"\b(?:19|20)\d\d\b", use.fact.period))
    return bool(years) and bool(years & set(re.findall(r"\b(?:19|20)\d\d\b", use.passage.sentence_at(use.start).text)))


def _beside(paper: PaperView, use: Use, later: Fact) -> bool:
    return any(other.fact.id == later.id and other.passage is use.passage for other in uses(paper))


def _example(successor: str) -> dict[str, str]:
    first = ledger(superseded_by=successor)["citations/evidence.yaml"] if successor else ledger()["citations/evidence.yaml"]
    later = ledger(id="poverty-later", value='"14.3"', period="2022/23")["citations/evidence.yaml"].split("facts:\n", 1)[1]
    return {"citations/evidence.yaml": first + later}


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("In the UK 14.4 million people are in poverty [@alpha2020].", _example("poverty-later")),
    good=Example("In the UK 14.4 million people were in poverty in 2021/22 [@alpha2020].", _example("poverty-later")),
)  # fmt: skip
