"""EVID009: a number that is not the ledger's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.claims import is_claim
from penholder.checks.ledgering import Stated, fact_of, index_of, match, stated
from penholder.checks.populations import counts_others
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger, shown
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.model.evidence import Fact

CODE = Code(
    "EVID009", Severity.WARNING, "Another number than the ledger's",
    "The ledger holds what the source says; a slip of the pen here goes out as a false figure.",
    "Compare both with the source, and correct the one that is wrong.",
)  # fmt: skip
_SURE = 0.6  # of the words of what is measured must stand in the sentence


def look(paper: PaperView) -> Iterator[Hit]:
    """A figure about a fact's measure, from its source, with another value."""
    if not paper.ledger.facts:
        return
    index = index_of(paper)
    for each in stated(paper):
        if not each.keys or each.fact or not is_claim(each) or fact_of(each, index):
            continue
        about = index.concerning(each.quantity, each.sentence.text, _SURE)
        near = [(share, f) for share, f in about if f.source is not None and f.source.key in each.keys and _same_time(f, each) and not counts_others(f, each)]
        if near and not _all_said([f for _, f in near], each):
            fact = max(near, key=lambda pair: pair[0])[1]
            yield each.section.hit(
                each.passage, each.quantity.start, each.quantity.end,
                f"“{each.words.strip()}” here; the ledger holds {shown(fact)} (fact `{fact.id}`).",
                ask=f"You write “{each.words.strip()}”; our ledger has {shown(fact)} from that source. Which is right?",
            )  # fmt: skip


def _same_time(fact: Fact, each: Stated) -> bool:
    """Whether fact and sentence can speak of one period."""
    mine, theirs = _years(fact.period), _years(each.sentence.text)
    return not mine or not theirs or bool(mine & theirs)


def _years(text: str) -> set[str]:
    return set(re.findall(r"\b(?:19|20)\d\d\b", text))


def _all_said(facts: list[Fact], each: Stated) -> bool:
    """Whether the sentence states each of the facts somewhere: the number is then another thing's."""
    from penholder.checks.quantities import quantities

    said = quantities(each.sentence.text)
    return all(any(match(f, q) for q in said) for f in facts)


RULE = Rule(
    CODE, Scope.PAPER, look, final=True,
    bad=Example("In the UK 14.1 million people were in poverty in 2021/22 [@alpha2020].", ledger()),
    good=Example("In the UK 14.4 million people were in poverty in 2021/22 [@alpha2020].", ledger()),
)  # fmt: skip
