"""EVID008: a figure nobody has read in its source."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.ledgering import uses
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger, words
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID008", Severity.NOTE, "A fact that nobody has verified",
    "It was taken from memory or at second hand; the source may say something else.",
    "Read the source, correct the fact, and set its status to `verified`.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Unverified facts: a note in a draft, an error in a final paper; those at second hand stay notes."""
    for use in uses(paper):
        if use.fact.status == "unverified":
            yield use.section.hit(
                use.passage, use.start, use.end, f"“{words(use)}” (fact `{use.fact.id}`) is unverified.",
                ask=f"Who has read “{words(use)}” in its source?",
                severity=Severity.ERROR if paper.final else None,
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("In the UK 14.4 million people were poor in 2021/22 [@alpha2020].", ledger(status="unverified"), mode="final"),
    good=Example("In the UK 14.4 million people were poor in 2021/22 [@alpha2020].", ledger(), mode="final"),
)  # fmt: skip
