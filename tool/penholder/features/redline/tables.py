"""Two versions of a table as one: rows paired, cells merged one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from penholder.adapters.change import Change
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.pairing import Thing, pairs
from penholder.features.redline.things import thing_of
from penholder.stages.resolve.changes import mark_row

Row = list[Any]
Blocks = Callable[[Sequence[Node], Sequence[Node]], list[Node]]
Whose = Callable[[Sequence[Node]], Change]
_LIKELY = 0.34  # a row of figures has few words in common with what it was


def merge_table(old: Any, new: Any, blocks: Blocks, gone: Whose, come: Whose) -> list[Any] | None:
    """The content of one ``Table`` for both; ``None`` where columns or parts differ.

    ``blocks`` merges the blocks of two cells; ``gone`` and ``come`` say whose change a row is.
    """
    if len(old[2]) != len(new[2]) or len(old[4]) != len(new[4]) or _spans(old) or _spans(new):
        return None
    if (not old[3][1]) != (not new[3][1]) or (not old[5][1]) != (not new[5][1]):
        return None

    def rows(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
        return _rows(before, after, blocks, gone, come)

    bodies = [
        [after[0], after[1], rows(before[2], after[2]), rows(before[3], after[3])]
        for before, after in zip(old[4], new[4], strict=True)
    ]
    caption = [new[1][0], blocks(old[1][1], new[1][1])]
    return [new[0], caption, new[2], [new[3][0], rows(old[3][1], new[3][1])], bodies, [new[5][0], rows(old[5][1], new[5][1])]]


def _rows(old: Sequence[Row], new: Sequence[Row], blocks: Blocks, gone: Whose, come: Whose) -> list[Row]:
    out: list[Row] = []
    for i, j in pairs([_thing(r) for r in old], [_thing(r) for r in new], _LIKELY):
        if i is not None and j is not None:
            cells = [[*after[:4], blocks(before[4], after[4])] for before, after in zip(old[i][1], new[j][1], strict=True)]
            out.append([new[j][0], cells])
        elif i is not None:
            out.append(mark_row(gone(_cells(old[i])), old[i]))
        elif j is not None:
            out.append(mark_row(come(_cells(new[j])), new[j]))
    return out


def _thing(row: Row) -> Thing:
    """A row to be paired: by its first cell it has its name."""
    cells = [[word for block in cell[4] for word in thing_of(block).words] for cell in row[1]]
    return Thing("row", tuple(word for cell in cells for word in cell), " ".join(cells[0]) if cells else "")


def _cells(row: Row) -> list[Node]:
    return [block for cell in row[1] for block in cell[4]]


def _spans(content: Any) -> bool:
    """Whether cells reach over rows or columns, or a row lacks some."""
    rows = [*content[3][1], *(r for b in content[4] for r in [*b[2], *b[3]]), *content[5][1]]
    columns = len(content[2])
    return any(len(row[1]) != columns or any(cell[2] != 1 or cell[3] != 1 for cell in row[1]) for row in rows)
