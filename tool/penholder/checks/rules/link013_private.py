"""LINK013: a link into a private network."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.network.answer import State
from penholder.checks.links import answered
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "LINK013", Severity.WARNING, "A link into a private network",
    "Nobody outside can open it, and it tells strangers how the house is wired.",
    "Link to a public copy, or name the document without a link.",
    "https://www.rfc-editor.org/rfc/rfc6890",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Links to addresses that are not of the public Internet. They are never asked."""
    for link, answer in answered(paper, State.PRIVATE):
        yield link.hit(
            f"{link.name} {answer.reason}.",
            f"{link.human} opens only inside a private network. Is there a public copy?",
        )


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils publish [what they spend](http://192.168.1.20/spending)."),
    good=Example("Councils publish [what they spend](https://example.org/spending)."),
    network=True,
)  # fmt: skip
