"""ACCE015: underlined words."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE015", Severity.WARNING, "Underlined words",
    "Readers take them for a link, and lines under words make them harder to read.",
    "Mark words that matter with **strong**, titles with *emphasis*.",
    "https://www.gov.uk/guidance/content-design/writing-for-gov-uk",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Everywhere, quotations too: the line is the author's."""
    for passage in section.passages:
        for mark in passage.marks:
            if mark.kind != "underline" or not passage.text[mark.start : mark.end].strip():
                continue
            words = " ".join(passage.text[mark.start : mark.end].split()[:8])
            yield section.hit(
                passage, mark.start, mark.end, f"“{words}” is underlined.",
                ask=f"“{words}” is underlined. Does it matter more than the rest, or is it a title?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("Councils [must publish]{.underline} their contracts."),
    good=Example("Councils **must publish** their contracts."),
)  # fmt: skip
