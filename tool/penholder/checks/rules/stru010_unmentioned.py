"""STRU010: a table or figure that the text never refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Div, Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU010", Severity.NOTE, "A table or figure that the text does not mention",
    "The reader does not learn what to see in it.",
    "Refer to it where you speak of it: @tbl-spend, @fig-cycle.",
    "https://quarto.org/docs/authoring/cross-references.html",
)  # fmt: skip

_FLOAT = ("tbl-", "fig-")


def look(paper: PaperView) -> Iterator[Hit]:
    """Only what has an id, by which it could be referred to; a link to it counts."""
    named = {mark.value.lstrip("#") for _, p in paper.passages for mark in p.marks if mark.kind in ("xref", "link")}
    told: set[str] = set()
    for section, passage in paper.passages:
        for identifier in _ids(passage):
            if identifier in named or identifier in told:
                continue
            told.add(identifier)
            yield _hit(section, passage, identifier)


def _ids(passage: Passage) -> Iterator[str]:
    if passage.kind == "caption":
        if passage.identifier.startswith(_FLOAT):
            yield passage.identifier
        yield from (m[1] for m in re.finditer(r"\{#((?:tbl|fig)-[\w-]+)\}\s*$", passage.text))
    div: Div | None = passage.div
    while div is not None:
        if div.identifier.startswith(_FLOAT):
            yield div.identifier
        div = div.outer


def _hit(section: SectionView, passage: Passage, identifier: str) -> Hit:
    what = "table" if identifier.startswith("tbl-") else "figure"
    shown = f" “{passage.text.strip()[:60]}”" if passage.kind == "caption" and passage.text.strip() else ""
    return section.hit(
        passage, 0, len(passage.text), f"The text never refers to the {what} `{identifier}`.",
        ask=f"The text never mentions the {what}{shown}. Where do you speak of it?",
    )  # fmt: skip


_TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n\n: What councils spend {#tbl-spend}\n"
RULE = Rule(
    CODE, Scope.PAPER, look, default=False,
    bad=Example("Councils spend more.\n\n" + _TABLE),
    good=Example("Councils spend more (@tbl-spend).\n\n" + _TABLE),
)  # fmt: skip
