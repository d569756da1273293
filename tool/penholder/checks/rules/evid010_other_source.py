"""EVID010: the right number with the wrong source."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.ledgering import about, index_of, stated
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID010", Severity.WARNING, "Another source than the ledger's",
    "A reader who follows the reference does not find the figure there.",
    "Cite the fact's source, or add the other source to the ledger.",
)  # fmt: skip
_SURE = 0.6


def look(paper: PaperView) -> Iterator[Hit]:
    """A figure that is a fact's, about the fact's measure, and cites something else."""
    if not paper.ledger.facts:
        return
    index = index_of(paper)
    for each in stated(paper):
        if not each.keys or each.fact:
            continue
        found = [f for f in index.saying(each.quantity) if f.source is not None and about(f, each.sentence.text) >= _SURE]
        sources = [f.source.key for f in found if f.source is not None]
        if found and not set(sources) & set(each.keys):
            yield each.section.hit(
                each.passage, each.quantity.start, each.quantity.end,
                f"“{each.words.strip()}” cites {', '.join(each.keys)}; the ledger has it from {sources[0]} (fact `{found[0].id}`).",
                ask=f"“{each.words.strip()}” stands in our ledger with another source ({_title(paper, sources[0])}). Is it in the one you cite, too?",
            )  # fmt: skip


def _title(paper: PaperView, key: str) -> str:
    try:
        return paper.library.entry(key).title or key
    except KeyError:
        return key


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("In the UK 14.4 million people were in poverty in 2021/22 [@beta2021].", ledger()),
    good=Example("In the UK 14.4 million people were in poverty in 2021/22 [@alpha2020].", ledger()),
)  # fmt: skip
