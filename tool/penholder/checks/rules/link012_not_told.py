"""LINK012: a link of which nobody can tell whether it is alive."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.network.answer import State
from penholder.checks.links import answered, links_of
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "LINK012", Severity.NOTE, "A link that could not be checked",
    "It may be alive or dead: many sites turn programs away and let people in.",
    "Open it in a browser once, before the paper goes out.",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Refusals, delays and faults; one note for all where there is no network, and one for each site that was spared."""
    if paper.workspace.offline and paper is paper.workspace.papers[0]:
        asked = {link.asked for p in paper.workspace.papers for link in links_of(p)}
        yield Hit(
            paper.key_span("title"), f"There is no network here: {_links(len(asked - paper.workspace.answers.keys()))} not checked.",
            help="Check again where there is one; behind a proxy, set HTTPS_PROXY.",
        )  # fmt: skip
    for link, answer in answered(paper, State.UNSURE, State.SILENT):
        yield link.hit(
            f"{link.name} could not be checked: it {answer.reason}.",
            f"{link.human} could not be checked. Does it still open for you?",
        )
    spared: dict[str, int] = {}
    for _, answer in answered(paper, State.UNASKED):
        spared[answer.reason] = spared.get(answer.reason, 0) + 1
    for reason, count in spared.items():
        yield Hit(
            paper.key_span("title"), f"{_links(count)} not checked: {reason}.",
            help="Check again later; what was learnt is kept.",
        )  # fmt: skip


def _links(count: int) -> str:
    return "1 link was" if count == 1 else f"{count} links were"


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils publish [what they spend](https://example.org/refused)."),
    good=Example("Councils publish [what they spend](https://example.org/spending)."),
    network=True,
)  # fmt: skip
