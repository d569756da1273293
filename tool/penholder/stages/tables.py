"""``table("file.csv", ...)``: a pandoc table from a data file of the paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from penholder.adapters.jinja import AuthorFault

_NUMBER = re.compile(r"^[£$€]?[-−+]?[\d,]*\.?\d+\s?(%|bn|m|k)?$")
_ALIGN = {"l": ":{}-", "r": "-{}:", "c": ":{}:", "left": ":{}-", "right": "-{}:", "centre": ":{}:", "center": ":{}:"}
_ID = re.compile(r"[A-Za-z][\w.:-]*")
_FORMAT = re.compile(r"[<>=^]?[-+ ]?\d{0,2}[,_]?(?:\.\d{1,2})?[bdeEfFgGnx%]?")
_WIDEST = 60


def rows_of(text: str, name: str = "the data") -> list[dict[str, str]]:
    """The rows of a CSV text, by column name. Raises ``AuthorFault``, at its line of the file ``name``, for a ragged one."""
    head_line = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head_line.count))
    lines, first = [], 1
    for line in reader:
        if any(cell.strip() for cell in line):
            lines.append((first, line))
        first = reader.line_num + 1  # a cell in quotation marks may go over several lines
    if not lines:
        return []
    place, head = lines[0][0], [cell.strip() for cell in lines[0][1]]
    for column in head:
        if head.count(column) > 1:
            raise AuthorFault("TMPL003", f"{name}:{place}: two columns are called {column!r}")
    for place, line in lines[1:]:
        if len(line) != len(head):
            cells = "1 cell" if len(line) == 1 else f"{len(line)} cells"
            raise AuthorFault("TMPL003", f"{name}:{place}: this row has {cells}, the header {len(head)}")
    return [dict(zip(head, (cell.strip() for cell in line), strict=True)) for _, line in lines[1:]]


def table_text(
    rows: Sequence[Mapping[str, Any]],
    *,
    caption: str = "",
    columns: Sequence[str] | Mapping[str, str] | None = None,
    align: str | Sequence[str] = "",
    format: str | Mapping[str, str] = "",
    id: str = "",
    source: str = "",
) -> str:
    """Pandoc Markdown for a table.

    ``columns`` chooses and orders columns (a mapping renames them), ``align`` is
    one letter a column (``llr``) or a list, ``format`` a Python format for
    numbers (``,.0f``) or one a column, ``id`` a ``tbl-`` id, ``source`` Markdown
    for the line below. Raises ``AuthorFault`` for a column that is not there.
    """
    if not rows:
        raise AuthorFault("TMPL003", "the table has no rows")
    known = [str(name) for name in rows[0]]
    if columns is not None and not isinstance(columns, Mapping | list | tuple):
        raise AuthorFault("TMPL003", f"columns says {columns!r}; it should be a list of names, or names and headings")
    if not isinstance(align, str | list | tuple):
        raise AuthorFault("TMPL003", f"align says {align!r}; it should be a letter (l, r or c) for each column")
    if id and not _ID.fullmatch(id):
        raise AuthorFault("TMPL003", f"the id {id!r} should be like tbl-spend")
    names = list(columns) if columns else known
    for name in [*names, *(format if isinstance(format, Mapping) else ())]:
        if name not in known:
            raise AuthorFault("TMPL003", f"the data has no column {name!r} (its columns: {', '.join(known)})")
    heads = [_cell(columns[n] if isinstance(columns, Mapping) else n, "") for n in names]
    cells = [[_cell(row.get(n, ""), format.get(n, "") if isinstance(format, Mapping) else format) for n in names] for row in rows]
    letters = _letters(align, cells, len(names))
    lines = [_line(heads), _rule(letters, heads, cells), *map(_line, cells)]
    parts = ["\n".join(lines)]
    if caption or id:
        parts.append(f": {' '.join(caption.split())}{f' {{#{id}}}' if id else ''}")
    if source:
        parts.append(f"::: {{.table-source}}\n{source}\n:::")
    return "\n\n" + "\n\n".join(parts) + "\n\n"


def _letters(align: str | Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[str]:
    if not align:
        return ["r" if all(_NUMBER.match(row[i]) or not row[i] for row in cells) else "l" for i in range(width)]
    letters = list(align)
    if len(letters) != width or any(letter not in _ALIGN for letter in letters):
        raise AuthorFault("TMPL003", f"align says {align!r}, but the table has {width} columns (l, r or c for each)")
    return letters


def _cell(value: Any, pattern: str) -> str:
    text = str(value if value is not None else "")
    if pattern and not _FORMAT.fullmatch(pattern):
        raise AuthorFault("TMPL003", f"{pattern!r} is not a format for numbers, such as ',.0f'")
    if pattern and _NUMBER.match(text.strip()):
        plain = text.strip().replace(",", "")
        try:
            text = format(float(plain) if "." in plain or "f" in pattern else int(plain), pattern)
        except ValueError:
            raise AuthorFault("TMPL003", f"{text!r} cannot be written in the format {pattern!r}") from None
    return re.sub(r"\s+", " ", text).replace("\\|", "|").replace("|", "\\|").strip()


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rule(letters: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """The line under the header; its dashes give each column its share of the width."""
    dashes = []
    for i, letter in enumerate(letters):
        longest = max(len(heads[i]), *(len(row[i]) for row in cells))
        dashes.append(_ALIGN[letter].format("-" * max(6, min(longest, _WIDEST))))
    return "|" + "|".join(dashes) + "|"
