"""Files as their authors wrote them, places in them, and the way back to those places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one file. Lines and columns count from 1; the end is exclusive.

    ``path`` is relative to the workspace, with forward slashes. ``line`` 0 means
    "the file as a whole".
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class _Read(NamedTuple):
    path: str
    text: str
    removed: tuple[int, ...] = ()


class SourceFile(_Read):
    """A text file of the workspace: its path (relative, POSIX) and its text with ``\\n`` ends.

    ``removed`` are the offsets, ascending, at which a character that cannot be
    printed was taken out of the text; places are those of the author's own file.
    """

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of a character offset (from 0)."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        gone = bisect_right(self.removed, offset) - bisect_left(self.removed, start) if self.removed else 0
        return line, offset - start + gone + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The character offset (from 0) of a line and column (from 1)."""
        line = max(1, min(line, len(self._starts)))
        return min(self._starts[line - 1] + column - 1, len(self.text))

    def span(self, start: int, end: int | None = None) -> Span:
        """The span between two character offsets (``end`` defaults to ``start``)."""
        line, column = self.position(start)
        end_line, end_column = self.position(start if end is None else end)
        return Span(self.path, line, column, end_line, end_column)

    def line_text(self, line: int) -> str:
        """The text of a line (from 1) without its end; empty where there is none."""
        if not 1 <= line <= len(self._starts):
            return ""
        return self.text[self._starts[line - 1] :].split("\n", 1)[0]


class LineMap(NamedTuple):
    """From places in a text made by a template back to the files it was made of.

    ``starts`` are ascending offsets into the made text; piece *i* runs from
    ``starts[i]`` to the next one. It came from ``files[i]`` at ``origins[i]``.
    A ``verbatim`` piece maps character by character; any other piece is the
    value of an expression and maps, whole, to the place of that expression.
    """

    starts: tuple[int, ...]
    files: tuple[SourceFile, ...]
    origins: tuple[int, ...]
    verbatim: tuple[bool, ...]

    @classmethod
    def identity(cls, source: SourceFile, offset: int = 0) -> LineMap:
        """The map of a text that is ``source`` from ``offset`` on, unchanged."""
        return cls((0,), (source,), (offset,), (True,))

    def locate(self, offset: int) -> tuple[SourceFile, int]:
        """The file and the character offset in it that made the character at ``offset``."""
        i = max(0, bisect_right(self.starts, offset) - 1)
        shift = offset - self.starts[i] if self.verbatim[i] else 0
        return self.files[i], self.origins[i] + shift

    def is_value(self, offset: int) -> bool:
        """Whether the character at ``offset`` was put there by an expression of a template."""
        return not self.verbatim[max(0, bisect_right(self.starts, offset) - 1)]

    def span(self, start: int, end: int | None = None) -> Span:
        """The authors' span behind ``start``..``end`` of the made text."""
        source, at = self.locate(start)
        if end is None or end <= start:
            return source.span(at)
        last_source, last = self.locate(end - 1)
        if last_source is not source or last < at:
            return source.span(at)
        return source.span(at, last + 1)
