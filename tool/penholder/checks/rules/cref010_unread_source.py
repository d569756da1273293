"""CREF010: a final paper cites a source that was not read at first hand."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.library_sources import first_citations, sources
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF010", Severity.WARNING, "A source nobody has read at first hand",
    "What it says may differ from what others report of it.",
    "Read the source, correct what is said of it, and change its mark in the library to `status-verified`.",
)  # fmt: skip

_MARKS = {
    "unverified": "marked in the library as unverified: nobody has read it",
    "secondary": "known only from a page that reports it",
}


def look(paper: PaperView) -> Iterator[Hit]:
    """Each such source once, where it is cited first; drafts may still have them."""
    if not paper.final:
        return
    for key, source in sources(paper).items():
        mark = next((m for m in _MARKS if f"status-{m}" in source.keywords), "")
        if mark:
            section, passage, citation = first_citations(paper)[key]
            yield section.hit(
                passage, citation.start, citation.end, f"{source.name} is {_MARKS[mark]}.",
                ask=f"Have you read {source.name} itself, and does it say this?",
            )  # fmt: skip


_BIB = "@book{heard, author = {Say, Hear}, title = {What They Say}, date = {2020}, publisher = {Press}, keywords = {status-secondary}}\n"
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Many say so [@heard].", {"citations/more.bib": _BIB}, "final"),
    good=Example("Some say so [@alpha2020].", {"citations/more.bib": _BIB}, "final"),
)  # fmt: skip
