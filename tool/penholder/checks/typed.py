"""Code and comments in Markdown as its author typed it, found in one walk however the text is made."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

Place = tuple[int, int]

_MARK = re.compile(r"^ {0,3}(?P<fence>`{3,}+(?=[^`\n]*$)|~{3,}+)|(?P<ticks>`++)|<!--", re.M)
_CLOSING = re.compile(r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[ \t]*$", re.M)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?:(?=[\s/])(?:[^<>\n\0]|\n(?![ \t]*\n)){0,600})?>")


class Typed:
    """The places of ``comments``, of ``code`` (in backticks or fenced) and of HTML ``tags`` in a text, each in order.

    What opens first counts, as in pandoc: a comment in code is code, a backtick in a
    comment is part of it. What is not closed is text. A walk never looks twice at the
    same stretch: which marks close what is known beforehand.
    """

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self.code: list[Place] = []
        self.comments: list[Place] = []
        at = 0
        while found := _MARK.search(markdown, at):
            place = self._fenced(found) or self._ticked(found) if found[0][-1] in "`~" else self._comment(found.start())
            if place is None:
                at = found.end()
                continue
            (self.comments if found[0] == "<!--" else self.code).append(place)
            at = place[1]

    def _comment(self, start: int) -> Place | None:
        if start > self._last_end:
            return None
        end = self.markdown.find("-->", start + 4)
        return (start, end + 3) if end >= 0 else None

    @cached_property
    def _last_end(self) -> int:
        return self.markdown.rfind("-->")

    def _fenced(self, opening: re.Match[str]) -> Place | None:
        fence = opening["fence"]
        if not fence:
            return None
        starts, lengths, ends, longest = self._closings[fence[0]]
        i = bisect_right(starts, opening.end())
        if i == len(starts) or longest[i] < len(fence):
            return None
        while lengths[i] < len(fence):
            i += 1
        return opening.start(), ends[i]

    @cached_property
    def _closings(self) -> dict[str, tuple[list[int], list[int], list[int], list[int]]]:
        """Of lines that can close a fence: starts, lengths of the fence, ends, and the longest fence from each on."""
        made: dict[str, tuple[list[int], list[int], list[int], list[int]]] = {"`": ([], [], [], []), "~": ([], [], [], [])}
        for found in _CLOSING.finditer(self.markdown):
            starts, lengths, ends, _ = made[found["fence"][0]]
            starts.append(found.start())
            lengths.append(len(found["fence"]))
            ends.append(found.end())
        for _, lengths, _, longest in made.values():
            longest.extend(accumulate(reversed(lengths), max))
            longest.reverse()
        return made

    def _ticked(self, opening: re.Match[str]) -> Place | None:
        start = opening.start("fence") if opening["fence"] else opening.start()
        if self.markdown[start] != "`" or (self.markdown[start - 1 : start] == "\\" and self.markdown[start - 2 : start - 1] != "\\"):
            return None
        length = opening.end() - start
        same = self._ticks[length]
        i = bisect_right(same, start)
        if i == len(same) or bisect_left(self._gaps, start) != bisect_left(self._gaps, same[i]):
            return None
        return start, same[i] + length

    @cached_property
    def _ticks(self) -> dict[int, list[int]]:
        """Where runs of backticks begin, by their length."""
        runs: dict[int, list[int]] = {}
        for found in re.finditer("`++", self.markdown):
            runs.setdefault(len(found[0]), []).append(found.start())
        return runs

    @cached_property
    def _gaps(self) -> list[int]:
        """Where blank lines are: no code in a line runs over one."""
        return [found.start() for found in _BLANK_LINE.finditer(self.markdown)]

    @cached_property
    def tags(self) -> list[Place]:
        """Where HTML tags are, neither in code nor in comments; a bare address (``<https://...>``) is none."""
        bare = blanked(self.markdown, sorted([*self.code, *self.comments]), "\0")
        return [found.span() for found in _TAG.finditer(bare)]

    def in_code(self, start: int, end: int) -> bool:
        """Whether code stands anywhere from ``start`` to ``end``."""
        i = bisect_left(self.code, (end, 0)) - 1
        return i >= 0 and self.code[i][1] > start


def blanked(text: str, places: Iterable[Place], by: str = " ") -> str:
    """``text`` with every character of the places replaced, line ends kept where it is replaced by blanks."""
    return "".join(_pieces(text, places, by))


def _pieces(text: str, places: Iterable[Place], by: str) -> Iterator[str]:
    at = 0
    for start, end in places:
        yield text[at:start]
        yield re.sub(r"[^\n]", by, text[start:end]) if by == " " else by * (end - start)
        at = end
    yield text[at:]
