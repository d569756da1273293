"""Tables for spreadsheets: CSV (RFC 4180) in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a spreadsheet may take for the beginning of one


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a table, each cell guarded."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip(" ").startswith(_FORMULA) else text
