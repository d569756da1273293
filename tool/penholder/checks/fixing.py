"""A change a rule proposes, and how safe it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Safety(Enum):
    """Whether ``--fix`` may make a change by itself: ``UNSAFE`` ones want ``--unsafe-fixes``."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Fix:
    """A change to one file: what stands from ``start`` to ``end`` (character offsets) becomes ``text``.

    ``was`` is what stood there when the rule looked: where something else does, nothing is
    changed. ``None`` is for a change whose rule does not know.
    """

    path: str
    start: int
    end: int
    text: str
    was: str | None = None

    def over(self, text: str, start: int, end: int, mend: str) -> Fix:
        """The same change of another stretch of the file, whose text is ``text``."""
        return Fix(self.path, start, end, mend, text[start:end])
