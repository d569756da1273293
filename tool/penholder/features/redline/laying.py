"""Where the blocks of two versions go: in which section of the redline, so that either version reads on in its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Place = tuple[bool, int]
"""A section: whether it is one of the newer version, else it is gone; and which of that version's."""


class Layout:
    """Gives each block its section; asked in the order of the redline. ``places`` are those sections, as they are met.

    What went stands in a section that was met last, or in one behind: in none before, where the older version had
    something else.
    """

    def __init__(self, homes: Mapping[int, int], sections: Sequence[int], kept: Mapping[int, int]) -> None:
        """``homes`` are the newer sections that have most of what an older one had, ``sections`` those of the newer blocks.

        ``kept`` is for each newer section the last older block that is in it still.
        """
        self._homes, self._kept = homes, kept
        self._waiting = Counter(sections)  # blocks of each newer section that are still to come
        self._last = max(sections, default=0)
        self._at = 0
        self.places: list[Place] = []

    def come(self, section: int) -> Place:
        """Where the next block of the newer version goes."""
        self._at = section
        self._waiting[section] -= 1
        return self._met((True, section))

    def gone(self, block: int, section: int) -> Place:
        """Where a block of an older section goes, which the newer version has not, or has elsewhere."""
        here = (True, self._at)
        home = self._homes.get(section)
        if home is None:
            return here if here in self.places and block < self._kept.get(self._at, -1) else self._met((False, section))
        if not self._waiting[self._at] and self._at < self._last and (home == self._at + 1 or self._is_left()):
            self._at += 1
        return self.places[-1] if self._is_left() else self._met((True, self._at))

    def _is_left(self) -> bool:
        """Whether another section has begun behind the newer one that was met last."""
        return (True, self._at) in self.places and self.places[-1] != (True, self._at)

    def _met(self, place: Place) -> Place:
        if place not in self.places:
            self.places.append(place)
        return place
