"""The way back through a template: private-use marks in its plain text become a ``LineMap``.

``:`` opens text that came, character by character, from an offset of a file;
``;`` says that what follows is a value put there by the place at that offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream, ignored_tokens

from penholder.printable import printable
from penholder.source import LineMap, SourceFile

OPEN, SHUT = "\uf8f0", "\uf8f1"  # private use; taken out of authors' text before this
_MARK = re.compile(f"{OPEN}([0-9]{{1,9}})([:;])([0-9]{{1,9}}){SHUT}")
_HELD = ("set", "filter")  # their text is a value: it is measured and compared, so no marks in it


def without_marks(value: Any) -> Any:
    """A text without marks; anything else as it is."""
    return _MARK.sub("", value) if isinstance(value, str) and OPEN in value else value


class Marks(Extension):
    """Puts marks around the plain text of a template."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        environment: Any = self.environment
        index, source = environment.now_reading
        return _marked(stream, index, source, _offsets(environment, source))


def _offsets(environment: Any, source: SourceFile) -> Iterator[int]:
    """The offset of every token of the stream that is coming, in order."""
    at = 0
    for _, kind, value in environment.lexer.tokeniter(source.text, None):
        found = source.text.find(value, at)
        begin = found if found >= 0 else at
        at = begin + len(value)
        if kind not in ignored_tokens and kind not in ("raw_begin", "raw_end"):
            yield begin


def _marked(stream: TokenStream, index: int, source: SourceFile, offsets: Iterator[int]) -> Iterator[Token]:
    held = _Held()
    for token in stream:
        begin = next(offsets, len(source.text))
        inside = held.see(token)
        if token.type == "variable_begin" and not inside:
            yield Token(token.lineno, "data", f"{OPEN}{index};{begin}{SHUT}")
        if token.type == "data" and not inside:
            end = begin + len(token.value)
            yield Token(token.lineno, "data", f"{OPEN}{index}:{begin}{SHUT}{token.value}{OPEN}{index};{end}{SHUT}")
        else:
            yield token


class _Held:
    """Whether the tokens seen so far leave us in a ``{% set x %}`` or ``{% filter %}`` block."""

    def __init__(self) -> None:
        self._depth = 0
        self._tag: str | None = None
        self._fresh = False
        self._brackets = 0
        self._assigned = False

    def see(self, token: Token) -> bool:
        if token.type == "block_begin":
            self._tag, self._fresh, self._brackets, self._assigned = None, True, 0, False
        elif self._fresh:
            self._tag, self._fresh = str(token.value), False
        elif token.type in ("lparen", "lbracket", "lbrace"):
            self._brackets += 1
        elif token.type in ("rparen", "rbracket", "rbrace"):
            self._brackets -= 1
        elif token.type == "assign" and self._brackets == 0:
            self._assigned = True
        elif token.type == "block_end" and self._tag in _HELD and not (self._tag == "set" and self._assigned):
            self._depth += 1
        if token.type == "name" and self._tag in ("endset", "endfilter"):
            self._depth, self._tag = max(0, self._depth - 1), None
        return self._depth > 0


def unmark(marked: str, files: list[SourceFile]) -> tuple[str, LineMap]:
    """Take the marks out of a rendered text and make its line map of them."""
    starts, owners, origins, verbatim = [0], [files[0]], [0], [False]
    pieces: list[str] = []
    at = made = 0

    def take(piece: str) -> int:
        if not verbatim[-1]:
            piece = printable(piece)
        pieces.append(piece)
        return len(piece)

    for mark in _MARK.finditer(marked):
        made += take(marked[at : mark.start()])
        at = mark.end()
        owner, origin = int(mark[1]), int(mark[3])
        if owner >= len(files) or origin > len(files[owner].text):
            continue  # no mark of ours
        if starts[-1] == made:
            for kept in (starts, owners, origins, verbatim):
                kept.pop()
        starts.append(made)
        owners.append(files[owner])
        origins.append(origin)
        verbatim.append(mark[2] == ":")
    take(marked[at:])
    return "".join(pieces), LineMap(tuple(starts), tuple(owners), tuple(origins), tuple(verbatim))


def shifted(line_map: LineMap, skip: int) -> LineMap:
    """The map of a text whose first ``skip`` characters were cut off."""
    keep = [i for i, s in enumerate(line_map.starts) if i + 1 >= len(line_map.starts) or line_map.starts[i + 1] > skip]
    starts, origins = [], []
    for i in keep:
        cut = max(0, skip - line_map.starts[i])
        starts.append(max(0, line_map.starts[i] - skip))
        origins.append(line_map.origins[i] + (cut if line_map.verbatim[i] else 0))
    return LineMap(
        tuple(starts), tuple(line_map.files[i] for i in keep), tuple(origins), tuple(line_map.verbatim[i] for i in keep)
    )
