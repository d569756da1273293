"""LINK010: a link whose page is gone."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.network.answer import State
from penholder.checks.links import answered, archived
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "LINK010", Severity.WARNING, "A link whose page is gone",
    "A reader who wants to see for themselves cannot, and what the paper says rests on nothing they can look at.",
    "Link to the page's new address, or to an archived copy (https://web.archive.org/).",
    "https://www.rfc-editor.org/rfc/rfc9110#name-404-not-found",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Links of which the site says that there is no page, or of which there is no site."""
    for link, answer in answered(paper, State.DEAD, State.NO_HOST):
        copy = archived(paper, link)
        if answer.reason.startswith("answers"):
            gone = f"{link.name} is gone: the site {answer.reason}."
            ask = f"{link.human} leads to a page that is gone."
        else:
            gone, ask = f"{link.name} {answer.reason}.", f"{link.human} leads nowhere."
        if copy:
            ask += " There is an archived copy of it in our library. May we link to that one?"
            yield link.hit(gone, ask, f"The library holds an archived copy: {copy}")
        else:
            yield link.hit(gone, f"{ask} Do you know where it is now?")


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils publish [what they spend](https://example.org/gone)."),
    good=Example("Councils publish [what they spend](https://example.org/spending)."),
    network=True,
)  # fmt: skip
