"""Whose change a word is that no step of its file's history put in or took out.

A comparison of trees and a history of words need not agree: a short sentence is shown as replaced though two of its
words stayed, and a rendered citation stands in no source. Such a word is of whoever changed the text nearest to it, in
its own version or at the same place of the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

_NEAR = 12  # tokens: how far a word may lean on its neighbours


class Neighbours:
    """The tokens near any place of one version that a step put in or took out."""

    def __init__(self, own: Sequence[int | None], other: Sequence[int | None], across: Mapping[int, int]) -> None:
        """``own`` and ``other`` are the steps of the tokens of this version and of the other; ``across`` leads over."""
        self._own, self._other = own, other
        self._touched = [n for n, step in enumerate(own) if step is not None]
        self._touched_there = [n for n, step in enumerate(other) if step is not None]
        self._across = across
        self._crossings = sorted(across)

    def step(self, place: int) -> int | None:
        """The step that changed what is nearest to a place; None where nothing near was changed."""
        here = _nearest(self._touched, place)
        there = _nearest(self._touched_there, self._led_over(place))
        near = min((found for found in (here, there) if found is not None), key=lambda found: found[0], default=None)
        if near is None:
            return None
        return (self._own if near is here else self._other)[near[1]]

    def _led_over(self, place: int) -> int:
        """The same place in the other version: that of the last token before it that both have."""
        before = bisect_right(self._crossings, place)
        return self._across[self._crossings[before - 1]] if before else -1


def _nearest(touched: Sequence[int], place: int) -> tuple[int, int] | None:
    """Of ascending places the nearest, of two alike the former, and how far it is; None where all are too far."""
    after = bisect_left(touched, place)
    found = [(abs(touched[n] - place), touched[n]) for n in (after - 1, after) if 0 <= n < len(touched)]
    near = min(found, default=None)
    return near if near is not None and near[0] <= _NEAR else None
