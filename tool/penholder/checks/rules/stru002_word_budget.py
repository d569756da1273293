"""STRU002: a section over its word budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU002", Severity.WARNING, "A section over its word budget",
    "The paper grows too long, at the cost of the other sections.",
    "Cut the section, or agree on another `word_budget` with the editor.",
)  # fmt: skip

_LITTLE = 0.05  # of the budget: said, but only as a note


def look(section: SectionView) -> Iterator[Hit]:
    """Headings, tables and notes count, citations do not."""
    budget = section.front.word_budget
    if budget is None or section.words <= budget:
        return
    over = section.words - budget
    words = "1 word" if over == 1 else f"{over:,} words"
    hit = section.at(
        section.front_span("word_budget"), f"The section has {section.words:,} words, {words} over its budget of {budget:,}.",
        ask=f"Your section has {section.words:,} words, {words} over its {budget:,}. Could you cut it?",
    )  # fmt: skip
    yield replace(hit, severity=Severity.NOTE) if over <= budget * _LITTLE else hit


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("---\ntitle: Costs\nword_budget: 5\n---\n\nCare costs councils more with every year."),
    good=Example("---\ntitle: Costs\nword_budget: 20\n---\n\nCare costs councils more with every year."),
)  # fmt: skip
