"""EVID012: one measure counted in two ways, without a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from penholder.checks.ledgering import Use, uses
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._facts import ledger, words
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID012", Severity.WARNING, "One measure on two bases",
    "Figures counted in different ways cannot be compared, and here nothing says that they were.",
    "Use one basis throughout, or name the basis beside each figure.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Facts of one measure with several bases in a paper, where a sentence does not name its own."""
    groups: dict[str, list[Use]] = defaultdict(list)
    for use in uses(paper):
        if use.fact.measure and use.fact.basis:
            groups[use.fact.measure.casefold()].append(use)
    for group in groups.values():
        if len({u.fact.basis.casefold() for u in group}) < 2:
            continue
        for use in group:
            if not _named(use):
                yield use.section.hit(
                    use.passage, use.start, use.end,
                    f"“{words(use)}” is {use.fact.measure} on the basis “{use.fact.basis}”; the paper has other bases, too.",
                    ask=f"“{words(use)}” is counted as “{use.fact.basis}”, and other figures in the paper are not. Can you name the basis?",
                )  # fmt: skip


def _named(use: Use) -> bool:
    """Whether the paragraph names the fact's basis: most of its words."""
    wanted = {w for w in re.findall(r"[a-z]{4,}", use.fact.basis.lower())}
    there = set(re.findall(r"[a-z]{4,}", use.passage.text.lower()))
    return bool(wanted) and len(wanted & there) * 2 >= len(wanted)


def _two() -> dict[str, str]:
    first = ledger(id="spend-a", value='"259"', unit="£bn", measure="annual spend", basis="government accounts")["citations/evidence.yaml"]
    other = ledger(id="spend-b", value='"385"', unit="£bn", measure="annual spend", basis="gross public sector", source="beta2021")
    return {"citations/evidence.yaml": first + other["citations/evidence.yaml"].split("facts:\n", 1)[1]}


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Government buys for £259bn [@alpha2020]. It is now £385bn [@beta2021].", _two()),
    good=Example(
        "By the government accounts it buys for £259bn [@alpha2020]. The gross figure for the public sector is £385bn [@beta2021].", _two()
    ),
)  # fmt: skip
