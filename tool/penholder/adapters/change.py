"""What happened to a stretch of a text from one version to the next: what trees are marked with, and what Word records."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["inserted", "deleted", "moved-from", "moved-to"]


class Change(NamedTuple):
    """What happened, by whom and when.

    ``date`` is ISO 8601 in UTC (``2030-01-31T12:00:00Z``), ``""`` for none; ``move`` is what the two ends of a
    move have in common, ``""`` for what was not moved.
    """

    kind: Kind
    author: str = ""
    date: str = ""
    move: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the newer version holds it; else the older one does."""
        return self.kind in ("inserted", "moved-to")
