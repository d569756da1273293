"""What rules of tables share."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.grids import Grid
from penholder.checks.prose import Passage
from penholder.checks.views import SectionView


def tables(section: SectionView) -> Iterator[tuple[Grid, list[Passage]]]:
    """The tables of a section that hold any words, each with the passages of its cells."""
    if not section.grids:
        return
    cells: dict[int, list[Passage]] = {}
    for passage in section.passages:
        if passage.table >= 0 and passage.kind != "caption":
            cells.setdefault(passage.table, []).append(passage)
    for n, grid in enumerate(section.grids):
        if n in cells:
            yield grid, cells[n]


def is_layout(grid: Grid) -> bool:
    """Whether a table orders no data: all of it in one column, or in one row."""
    return grid.columns == 1 or len(grid.rows) == 1


def named(cell: Passage) -> str:
    """A table as a letter names it: by its first words."""
    words = cell.text.split()
    return " ".join(words[:6])
