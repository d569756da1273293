"""LINK011: a link to a page that has moved for good."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from penholder.adapters.network.answer import Answer, State
from penholder.checks.library_sources import address
from penholder.checks.links import Link, answered
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "LINK011", Severity.WARNING, "A link to a page that has moved for good",
    "The old address works only as long as somebody keeps the signpost; a printed paper outlives many of them.",
    "Look whether the new page still says what the paper needs, and link to it.",
    "https://www.rfc-editor.org/rfc/rfc9110#name-301-moved-permanently",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Permanent redirects, and pages whose address now leads to the front page."""
    for link, answer in answered(paper, State.ALIVE, State.UNSURE):
        if _lost(link, answer):
            yield link.hit(
                f"{link.name} leads to the front page of {urlsplit(answer.end).hostname}: the page itself is probably gone.",
                f"{link.human} leads to the front page of the site only. Do you know where the page is now?",
                "Link to the page's new address, or to an archived copy (https://web.archive.org/).",
            )
        elif answer.moved and address(answer.moved) != address(link.asked):
            yield link.hit(
                f"{link.name} has moved for good to {answer.moved}",
                f"{link.human} leads to a page that has moved. Does the new page still say what you need?",
                f"Look whether {answer.moved} still says what the paper needs, and link to it.",
            )


def _lost(link: Link, answer: Answer) -> bool:
    """Whether a page deep in a site has become its front page."""
    if not answer.end or answer.state is not State.ALIVE:
        return False
    was, now = urlsplit(link.asked), urlsplit(answer.end)
    return len(was.path.strip("/")) > 3 and now.path.strip("/") == "" and not now.query and not was.query


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils publish [what they spend](https://example.org/moved)."),
    good=Example("Councils publish [what they spend](https://example.org/spending)."),
    network=True,
)  # fmt: skip
