"""ACCE008: merged or blank cells in a table."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.grids import Grid
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._tables import is_layout, named, tables
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE008", Severity.NOTE, "Merged or blank cells in a table",
    "Screen readers lose count in merged cells, and a blank one may be nought, unknown, or forgotten.",
    "Repeat what stands in a merged cell; write “none”, “not known” or “-” where there is nothing to say.",
    "https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Once for a table. A header over several columns is no merged cell; the body's cells count."""
    for grid, cells in tables(section):
        if is_layout(grid):
            continue
        said = _said(grid)
        if said:
            first = cells[0]
            yield section.hit(
                first, 0, len(first.text), f"This table has {said}.",
                ask=f"The table that begins with “{named(first)}” has {said}. Could each cell have a value of its own?",
            )  # fmt: skip


def _said(grid: Grid) -> str:
    body = [cell for row in grid.body for cell in row]
    merged = sum(cell.across > 1 or cell.down > 1 for cell in body)
    blank = sum(cell.blank for cell in body)
    parts = [f"{n} {what} {'cell' if n == 1 else 'cells'}" for n, what in ((merged, "merged"), (blank, "blank")) if n]
    return " and ".join(parts)


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("| Place | Homes | Beds |\n|-------|-------|------|\n| Wales | 12    |      |\n| Kent  |       | 15   |"),
    good=Example("| Place | Homes | Beds      |\n|-------|-------|-----------|\n| Wales | 12    | not known |\n| Kent  | none  | 15        |"),
)  # fmt: skip
