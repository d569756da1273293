"""ACCE009: a table that only sets text out on the page."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._tables import is_layout, named, tables
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE009", Severity.WARNING, "A table that only sets text out on the page",
    "A screen reader announces rows and columns that mean nothing, and reads across where one should read down.",
    "Write paragraphs or a list; put a text that should stand out into a block quotation or a recommendation.",
    "https://www.w3.org/WAI/WCAG22/Techniques/failures/F49",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """A table of one column, or of one row."""
    for grid, cells in tables(section):
        if is_layout(grid):
            first = cells[0]
            size = "column" if grid.columns == 1 else "row"
            yield section.hit(
                first, 0, len(first.text), f"This table has one {size} only.",
                ask=f"The table that begins with “{named(first)}” has one {size} only. May we make it a {'list' if size == 'column' else 'sentence or a list'}?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("| What we ask for         |\n|-------------------------|\n| Publish every contract. |\n| Count what was bought.  |"),
    good=Example("We ask councils to:\n\n- publish every contract\n- count what was bought"),
)  # fmt: skip
