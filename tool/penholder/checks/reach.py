"""How far a comment in Markdown reaches: the paragraph, list item or table row it stands in, or the block that follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from penholder.checks.typed import Place, blanked

_HIDDEN = "\0"  # stands for a comment: neither blank nor a word, and its line ends are none
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|[:~]|\(?(?:\d{1,9}|[A-Za-z]|[ivxlcIVXLC]{1,7}|#|@[\w-]{0,40})[.)])[ \t]")
_DIV = re.compile(r"[ \t>]*:{3,}+[^\n]*")


@dataclass(frozen=True)
class _Block:
    """Lines between two blank ones: where they begin and end, where the first words stand, where each item or row begins."""

    start: int
    end: int
    words: int | None
    parts: list[int]


class Reach:
    """The blocks of a text, read once for all its comments."""

    def __init__(self, markdown: str, comments: Iterable[Place]) -> None:
        self._blocks = list(_blocks(blanked(markdown, comments, _HIDDEN)))
        self._starts = [b.start for b in self._blocks]
        self._following: list[_Block | None] = []  # for each block the next one with words
        following = None
        for block in reversed(self._blocks):
            self._following.append(following)
            following = following if block.words is None else block
        self._following.reverse()

    def of(self, start: int, end: int) -> Place:
        """What the comment from ``start`` to ``end`` is for; standing alone before nothing, only itself."""
        i = bisect_right(self._starts, start) - 1
        block = self._blocks[i]
        if block.words is None:
            following = self._following[i]
            return start, following.end if following else end
        if end <= block.words:
            return start, block.end
        part = bisect_right(block.parts, start)
        low = block.parts[part - 1] if part else block.start
        return low, block.parts[part] - 1 if part < len(block.parts) else block.end


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at, line))
        elif lines:
            yield _block(lines)
            lines = []
        at += len(line) + 1
    if lines:
        yield _block(lines)


def _block(lines: list[tuple[int, str]]) -> _Block:
    worded = [(at, shown) for at, line in lines if (shown := line.replace(_HIDDEN, " ")).strip() and not _DIV.fullmatch(shown)]
    last, line = lines[-1]
    return _Block(lines[0][0], last + len(line), worded[0][0] if worded else None, list(_parts(worded)))


def _parts(lines: list[tuple[int, str]]) -> Iterator[int]:
    """Where list items or table rows begin, in a block that is a list or a table."""
    borders = [line.strip() for _, line in lines if _is_border(line)]
    if any(b.startswith("+") for b in borders):  # a grid: a row may have several lines
        yield from (at for at, line in lines if _is_border(line))
    elif borders:
        yield from (at for at, _ in lines)
    elif lines and (_ITEM.match(lines[0][1]) or lines[0][1].lstrip().startswith("|")):
        yield from (at for at, line in lines if _ITEM.match(line) or line.lstrip().startswith("|"))


def _is_border(line: str) -> bool:
    """Whether a line is the rule below a table's header, or between the rows of a grid."""
    plain = line.strip()
    return bool(plain.strip(" \t|:+")) and not plain.strip(" \t|:+=-") and ("|" in plain or plain.startswith("+") or ("--" in plain and " --" in plain))
