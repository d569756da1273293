"""ACCE007: a column without a heading."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.grids import Grid
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._tables import is_layout, named, tables
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE007", Severity.WARNING, "A column without a heading",
    "A screen reader has nothing to say of the cells below it.",
    "Give the column a heading.",
    "https://www.w3.org/WAI/tutorials/tables/",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """The last header row counts; the corner above a first column of row titles may be empty."""
    for grid, cells in tables(section):
        if is_layout(grid):
            continue
        missing = _missing(grid)
        if missing:
            first = cells[0]
            which = ", ".join(str(column + 1) for column in missing)
            columns = f"column {which} has" if len(missing) == 1 else f"columns {which} have"
            yield section.hit(
                first, 0, len(first.text), f"In this table {columns} no heading.",
                ask=f"In the table that begins with “{named(first)}”, {columns} no heading. What should it say?",
            )  # fmt: skip


def _missing(grid: Grid) -> list[int]:
    """The columns, from 0, over which no header cell with words stands; none where the table has no header at all."""
    told = {c for row in grid.rows[: grid.head] for cell in row if not cell.blank for c in range(cell.column, cell.column + cell.across)}
    return [column for column in range(1, grid.columns) if column not in told] if told else []


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("| Place | Homes |    |\n|-------|-------|----|\n| Wales | 12    | 15 |\n| Kent  | 15    | 11 |"),
    good=Example("|       | 2019 | 2020 |\n|-------|------|------|\n| Wales | 12   | 15   |\n| Kent  | 15   | 11   |"),
)  # fmt: skip
