"""Find words on pages whose lines may be read either way round.

A PDF holds letters as they are drawn, and readers turn lines of two directions back by guesswork: pieces of a line
change places, and some are read backwards. No line is left, though, so a passage is there if its pages have all its words,
as often as it and those before it there want them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from penholder.stages.render.expected import RIGHT_TO_LEFT

_ROOM = 4  # so many times its own length may a passage take up: notes stand below it


class EitherWay:
    """The search in one text, a passage after the other. ``pages`` are the offsets at which pages begin."""

    def __init__(self, text: str, pages: Sequence[int]) -> None:
        self._text = text
        self._pages = pages
        self._page = 0
        self._wanted: Counter[str] = Counter()  # on this page, up to now
        self._counts: dict[tuple[str, int, int], int] = {}

    @cached_property
    def possible(self) -> bool:
        """Whether there are lines of two directions at all."""
        return bool(self._pages) and RIGHT_TO_LEFT.search(self._text) is not None

    def find(self, wanted: str, words: Sequence[str], start: int, exact: int | None, *, straight: bool) -> int | None:
        """Where the search goes on behind a passage: ``wanted`` when folded, ``words`` as they may stand in any order.

        ``exact`` is where it ends if it was found as it stands, from ``start`` on. Unless nothing lies between, that may be
        another like it, further down or on than the one that is meant: an earlier page with all the words comes first, and
        the search goes on from the beginning of the page. What is ``straight`` has no word from the right itself, but may be
        a part of a line that has: it is found as it stands, or on pages with such lines.
        """
        counted = Counter(words)
        begins = -1 if exact is None else exact - len(wanted)
        if begins == start and self._text.startswith(wanted, start):
            self._take(self._at(start), counted)
            return exact
        known = self._at(begins)
        for page in range(max(self._page, self._at(start - 1)), len(self._pages)):  # not the page that begins where a find ended
            if straight and page == known and exact is not None:
                return exact
            high = known if page + 1 == known else self._reach(page, len(wanted))
            if (not straight or self._turns(page, high)) and self._holds(page, high, counted):
                self._take(page, counted)
                return max(start, self._pages[page])
        return exact if straight else None

    def _at(self, offset: int) -> int:
        return max(0, bisect_right(self._pages, offset) - 1)

    def _take(self, page: int, counted: Mapping[str, int]) -> None:
        if page != self._page:
            self._page = page
            self._wanted.clear()
        self._wanted.update(counted)

    def _reach(self, page: int, length: int) -> int:
        """The page before which a passage that begins on ``page`` or the next one ends, notes and all between its pieces."""
        high = page + 2
        while high < len(self._pages) and self._pages[high] - self._pages[page] < _ROOM * length:
            high += 1
        return high

    def _holds(self, page: int, high: int, counted: Mapping[str, int]) -> bool:
        """Whether the pages from one to before another have the words."""
        taken = self._wanted if page == self._page else Counter[str]()
        return all(self._count(word, page, high) >= times + taken[word] for word, times in counted.items())

    def _turns(self, page: int, high: int) -> bool:
        """Whether pages have words from the right."""
        return RIGHT_TO_LEFT.search(self._text, self._pages[page], self._stop(high)) is not None

    def _stop(self, high: int) -> int:
        return self._pages[high] if high < len(self._pages) else len(self._text)

    def _count(self, word: str, low: int, high: int) -> int:
        """How often a word stands on pages, either way round; as a part of others, too."""
        key = (word, low, high)
        if key not in self._counts:
            stop = self._stop(high)
            back = word[::-1]
            found = self._text.count(word, self._pages[low], stop)
            self._counts[key] = found + (self._text.count(back, self._pages[low], stop) if back != word else 0)
        return self._counts[key]
