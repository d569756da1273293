"""EVID001: a figure that nobody can look up."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.claims import unsourced
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID001", Severity.WARNING, "A figure without a source",
    "A committee asks where it is from, and a figure nobody can look up costs the others their credit.",
    "Cite its source in the same sentence, write it as a fact of the ledger, or say in a waiver why none is needed.",
)  # fmt: skip

_WHAT = {"record": "is called a record", "factor": "is stated as a change"}


def look(paper: PaperView) -> Iterator[Hit]:
    """Shares, money, counts, multiples and records in sentences that cite nothing."""
    for each in unsourced(paper):
        q = each.quantity
        what = _WHAT.get(q.kind, "is stated")
        where = "the table" if each.passage.table >= 0 else "the sentence"
        yield each.section.hit(
            each.passage, q.start, q.end, f"“{each.words.strip()}” {what} and {where} cites no source.",
            ask=f"“{each.words.strip()}” has no source. Which report is it from?",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",), final=True,
    bad=Example("More than half of councils have a policy, and 58% of them publish it."),
    good=Example("Of all councils 58% have a policy [@beta2021, p. 3]. We propose that 10% of marks should be for it."),
)  # fmt: skip
