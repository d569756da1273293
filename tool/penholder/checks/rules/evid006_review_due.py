"""EVID006: a fact that should have been looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.ledgering import uses
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger, words
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID006", Severity.WARNING, "A fact whose review is due",
    "A newer figure may have come out, and the other side will have it.",
    "Look whether the source has a newer figure; then move `review_by` in the ledger, or add the new fact.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Facts used after the day by which they were to be reviewed."""
    for use in uses(paper):
        due = use.fact.review_by
        if due is not None and due < paper.today:
            yield use.section.hit(
                use.passage, use.start, use.end, f"“{words(use)}” (fact `{use.fact.id}`) was to be reviewed by {due.isoformat()}.",
                ask=f"Is there a newer figure than “{words(use)}”? It was to be looked at again by {due.day} {due:%B %Y}.",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("In the UK 14.4 million people were poor in 2021/22 [@alpha2020].", ledger(review_by="2024-01-01")),
    good=Example("In the UK 14.4 million people were poor in 2021/22 [@alpha2020].", ledger(review_by="2099-01-01")),
)  # fmt: skip
