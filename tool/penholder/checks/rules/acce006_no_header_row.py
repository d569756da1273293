"""ACCE006: a table without a header row."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._tables import is_layout, named, tables
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE006", Severity.WARNING, "A table without a header row",
    "A screen reader cannot say what a cell is about, and a table that goes over a page is read without its headings.",
    "Write the headings of the columns above the line of dashes.",
    "https://www.w3.org/WAI/tutorials/tables/one-header/",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Tables of data, at their first cell."""
    for grid, cells in tables(section):
        if not is_layout(grid) and not any(not cell.blank for row in grid.rows[: grid.head] for cell in row):
            first = cells[0]
            yield section.hit(
                first, 0, len(first.text), "This table has no header row.",
                ask=f"The table that begins with “{named(first)}” has no headings. What stands in each column?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, final=True,
    bad=Example("|       |    |\n|-------|----|\n| Wales | 12 |\n| Kent  | 15 |"),
    good=Example("| Place | Homes |\n|-------|-------|\n| Wales | 12    |\n| Kent  | 15    |"),
)  # fmt: skip
