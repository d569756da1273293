"""A table of pandoc's tree made ready for HTML: scopes of headers, widths and alignment of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from penholder.adapters.pandoc import tree

_NUMBER = re.compile(r"(?:[£$€]\s?)?[-−+]?\s?(?:[£$€]\s?)?\d[\d,.   ]*\s?(?:%|bn|m|k|pp)?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NOTHING = ("", "-", "–", "—", "n/a", "..")


def with_headers(content: list[Any]) -> list[Any]:
    """The content of a ``Table`` (a copy, changed in place) with ``scope`` on its header cells."""
    _, caption, columns, head, bodies, foot = content
    _bare_rows(head[1], "col")
    for body in bodies:
        _bare_rows(body[2], "colgroup")
        _bare_rows(body[3], "", body[1])
    _bare_rows(foot[1], "")
    bare = tree.attr()
    bodies = [[bare, *body[1:]] for body in bodies]
    return [bare, caption, _columns(columns, [row for body in bodies for row in body[3]]), [bare, head[1]], bodies, [bare, foot[1]]]


def _bare_rows(rows: list[Any], scope: str, heads: int = 0) -> None:
    """Rows and cells lose the attributes authors gave them; header cells with words in them get a scope."""
    for row in rows:
        row[0] = tree.attr()
        column = 0
        for cell in row[1]:
            wanted = "row" if column < heads else scope
            if wanted == "col" and cell[3] > 1:
                wanted = "colgroup"
            cell[0] = tree.attr(values={"scope": wanted} if wanted and tree.text_of(cell[4]).strip() else {})
            column += cell[3]


def _columns(columns: Sequence[Any], rows: Sequence[Any]) -> list[Any]:
    """Columns of numbers to the right where the author did not say; widths that nobody measured left to the browser."""
    widths = [width["c"] if width["t"] == "ColWidth" else 0 for _, width in columns]
    measured = all(widths) and max(widths) > 1.5 * min(widths)
    plain = all(cell[2] == 1 and cell[3] == 1 for row in rows for cell in row[1])
    out = []
    for i, (alignment, _) in enumerate(columns):
        numeric = plain and alignment["t"] == "AlignDefault" and _numbers([tree.text_of(row[1][i][4]).strip() for row in rows if i < len(row[1])])
        width = {"t": "ColWidth", "c": round(widths[i] / sum(widths), 4)} if measured else {"t": "ColWidthDefault"}
        out.append([{"t": "AlignRight"} if numeric else alignment, width])
    return out


def _numbers(texts: Sequence[str]) -> bool:
    told = [t for t in texts if t not in _NOTHING]
    return bool(told) and all(_NUMBER.fullmatch(t) for t in told) and not all(_YEAR.fullmatch(t) for t in told)
