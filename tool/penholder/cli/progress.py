"""One line that says what is being done, on a terminal only."""

from __future__ import annotations

import sys
from typing import Self


class StatusLine:
    """A line on standard error that is written over, and gone in the end."""

    def __init__(self, *, enabled: bool) -> None:
        self._on = enabled and sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.show("")

    def show(self, text: str) -> None:
        """Say something else."""
        if self._on:
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()

    def doing(self, what: str, *, of: str = "") -> None:
        """Say that something is being done, of one of several things."""
        self.show(f"{of}: {what} ..." if of else f"{what} ...")
