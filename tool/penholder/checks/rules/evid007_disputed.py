"""EVID007: a figure that is known to be wrong or in dispute."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.claims import is_claim
from penholder.checks.ledgering import FactIndex, Stated, about, stated, uses
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity
from penholder.model.evidence import Fact

CODE = Code(
    "EVID007", Severity.ERROR, "A disputed figure",
    "The ledger holds it as wrong, mis-stated or impossible to verify; one such figure discredits a paper.",
    "Use the figure that holds (the fact's note says which), or leave the claim out.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Disputed facts, also where they are stated without their source."""
    seen = set()  # a number that is one fact's and cited so is no other's
    for use in uses(paper):
        seen.add((use.passage, use.start))
        if use.fact.status == "disputed":
            yield _hit(use.section, use.passage, use.start, use.end, use.fact)
    disputed = [f for f in paper.ledger.facts.values() if f.status == "disputed"]
    index = FactIndex(disputed)
    for each in stated(paper) if disputed else ():
        fact = _disputed(each, index) if (each.passage, each.quantity.start) not in seen else None
        if fact:
            yield _hit(each.section, each.passage, each.quantity.start, each.quantity.end, fact)


def _disputed(each: Stated, index: FactIndex) -> Fact | None:
    if not is_claim(each):
        return None
    return next((f for f in index.saying(each.quantity) if about(f, each.sentence.text) >= 0.6), None)


def _hit(section: SectionView, passage: Passage, start: int, end: int, fact: Fact) -> Hit:
    note = f" {fact.note.rstrip('.')}." if fact.note else ""
    said = passage.text[start:end]
    return section.hit(
        passage, start, end, f"“{said.strip()}” is the disputed fact `{fact.id}`.{note}",
        ask=f"“{said.strip()}” is disputed.{note} Can you use another figure, or leave it out?",
    )  # fmt: skip


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("In the UK 14.5 million people in poverty were counted.", ledger(value='"14.5"', status="disputed", note="It is 14.4 million.")),
    good=Example("In the UK 14.4 million people in poverty were counted [@alpha2020].", ledger()),
)  # fmt: skip
