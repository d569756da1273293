"""Tables as rules of accessibility see them: every cell, the empty and the merged ones too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node


class Cell(NamedTuple):
    """A cell: its column (from 0, as it is seen), its words, how many columns and rows it goes over, whether it is blank."""

    column: int
    text: str
    across: int
    down: int
    blank: bool


@dataclass(frozen=True)
class Grid:
    """A table: how many columns, how many of its rows are headers, and its rows from the top.

    Its place among the tables of the section is that of ``Passage.table``.
    """

    columns: int
    head: int
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.rows[self.head :]


def grid_of(table: Node) -> Grid:
    """The grid of a pandoc table."""
    content = table["c"]
    rows: list[tuple[Cell, ...]] = []
    taken: dict[int, int] = {}  # columns that a cell from above goes on in, and for how many rows
    for _, cells in tree.table_rows(table):
        rows.append(_row(cells, taken))
    return Grid(len(content[2]), len(content[3][1]), tuple(rows))


def _row(cells: list[Any], taken: dict[int, int]) -> tuple[Cell, ...]:
    row: list[Cell] = []
    above = {column: left - 1 for column, left in taken.items() if left > 1}
    column = 0
    for _, _, down, across, blocks in cells:
        while column in taken:
            column += 1
        row.append(Cell(column, tree.text_of(blocks).strip(), across, down, _is_blank(blocks)))
        if down > 1:
            above.update(dict.fromkeys(range(column, column + across), down - 1))
        column += across
    taken.clear()
    taken.update(above)
    return tuple(row)


def _is_blank(blocks: list[Node]) -> bool:
    return not tree.text_of(blocks).strip() and not any(node["t"] in ("Image", "Math", "CodeBlock") for node in tree.visit(blocks))
