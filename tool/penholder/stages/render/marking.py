"""What the emitters share that show both versions: in which mark they are, while they write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from penholder.adapters.change import Change
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.render.emit import Emitter
from penholder.stages.resolve.changes import change_of


class MarkingEmitter(Emitter):
    """An emitter of a tree whose marks are spread on the words (``marks.spread``): a row's stand in its cells already."""

    _change: Change | None = None
    """That of the blocks around what is being written."""
    _in_mark = False
    """Whether inlines that have changed are being written."""

    @property
    def _gone(self) -> bool:
        """Whether what is being written is in blocks that only the older version has."""
        return self._change is not None and not self._change.is_new

    @contextmanager
    def _within(self, change: Change | None) -> Iterator[None]:
        """While blocks inside a mark are written; for ``None`` all stays as it is."""
        outer, self._change = self._change, change or self._change
        yield
        self._change = outer

    def _div(self, attributes: Attr, blocks: Sequence[Node]) -> Node | list[Node]:
        with self._within(change_of(attributes)):
            return super()._div(attributes, blocks)

    def _span(self, content: Any) -> Node | list[Node]:
        outer, self._in_mark = self._in_mark, self._in_mark or change_of(content[0]) is not None
        made = super()._span(content)
        self._in_mark = outer
        return made

    def changed_row(self, change: Change, row: list[Any]) -> list[Any]:
        return [row]
