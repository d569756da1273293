"""Changes in the Word file: the tree's marks as markers, which ``word.finish`` turns into tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from penholder.adapters import word
from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.sequences import matching
from penholder.stages.render.docx_front import inline, raw
from penholder.stages.render.emit import Versioned
from penholder.stages.resolve.changes import change_at

_NOBODY = "Penholder"  # of a number that changed with others, where no body publishes the paper: Word wants a name
_PARAGRAPHS = frozenset(("Para", "Plain"))


class WordChanges:
    """Puts markers around what has changed. What only counts anew is nobody's: ``house`` stands for its author, at ``date``."""

    def __init__(self, house: str, date: str = "") -> None:
        self._house, self._date = house, date
        self.revisions: list[Change] = []

    def number(self, change: Change) -> int:
        """The number by which markers tell of a change, counted anew at each call."""
        author, date = change.author or self._house or _NOBODY, change.date or self._date
        self.revisions.append(change._replace(author=author, date=date))
        return len(self.revisions) - 1

    def inlines(self, change: Change, inlines: Sequence[Node]) -> list[Node]:
        """Inlines that have changed."""
        number = self.number(change)
        return [inline(word.change_start(number)), *inlines, inline(word.change_end(number))]

    def blocks(self, change: Change, blocks: Sequence[Node]) -> list[Node]:
        """Whole blocks that have changed.

        The marker stands in the first paragraph where it can: pandoc takes a list for a tight one by the first block
        of its items, and the emitter a summary's first block for its heading. Before a formula with a line of its own
        it would become a paragraph.
        """
        if not blocks:
            return []
        number = self.number(change)
        start, end = word.blocks_start(number), raw(word.blocks_end(number))
        first, *rest = blocks
        if first["t"] in _PARAGRAPHS and not any(map(tree.displayed, first["c"][:1])):
            first = {"t": first["t"], "c": [inline(start), *first["c"]]}
        elif first["t"] == "Header":
            level, attributes, inlines = first["c"]
            first = tree.header(level, attributes, [inline(start), *inlines])
        else:
            rest = [first, *rest]
            first = raw(start)
        return [first, *rest, end]

    def row(self, change: Change, row: Sequence[Any]) -> list[Any]:
        """A row of a table that has changed: the marker stands in its first cell."""
        marker = inline(word.row_change(self.number(change)))
        attributes, (cell, *cells) = row
        blocks = cell[4]
        if blocks and blocks[0]["t"] in _PARAGRAPHS:
            blocks = [{"t": blocks[0]["t"], "c": [marker, *blocks[0]["c"]]}, *blocks[1:]]
        else:
            blocks = [raw(marker["c"][1]), *blocks] if blocks else [tree.plain([marker])]
        return [attributes, [[*cell[:4], blocks], *cells]]

    def versions(self, text: Versioned, markup: Callable[[str], str]) -> str:
        """Markup of a text as it is, behind that of the text it was, where it was another."""
        now = markup(text) if text else ""
        if text.was is None:
            return now
        old, new = self.number(Change("deleted")), self.number(Change("inserted"))
        was = f"{word.change_start(old)}{markup(text.was)}{word.change_end(old)}" if text.was else ""
        return f"{was}{word.change_start(new)}{now}{word.change_end(new)}" if now else was

    def lines(self, text: Versioned, line: Callable[[str], Node]) -> list[Node]:
        """A paragraph of its own for a text, if there is one; and for what it was, where it was another."""
        was = self.blocks(Change("deleted"), [line(text.was)]) if text.was else []
        now = [line(text)] if text else []
        return [*was, *(now if text.was is None else self.blocks(Change("inserted"), now))]

    def marked(self, blocks: list[Node]) -> list[Node]:
        """Blocks that are Word's already, the marks in them as markers."""

        def mark(node: Node) -> list[Node] | None:
            change = change_at(node)
            if change is None:
                return None
            return self.inlines(change, node["c"][1]) if node["t"] == "Span" else self.blocks(change, node["c"][1])

        return tree.rewrite(blocks, mark)

    def entries(self, old: Sequence[word.ContentsEntry], new: Sequence[word.ContentsEntry]) -> list[word.ContentsEntry]:
        """The lines of the contents of both versions: those with another number marked in it, others as a whole."""
        out: list[word.ContentsEntry] = []
        i = j = 0
        for start, at, size in [*matching([_line(e) for e in old], [_line(e) for e in new]), (len(old), len(new), 0)]:
            out += [entry._replace(revision=self.number(Change("deleted"))) for entry in old[i:start]]
            out += [entry._replace(revision=self.number(Change("inserted"))) for entry in new[j:at]]
            out += [self._entry(old[start + n], new[at + n]) for n in range(size)]
            i, j = start + size, at + size
        return out

    def _entry(self, old: word.ContentsEntry, new: word.ContentsEntry) -> word.ContentsEntry:
        if old.number == new.number:
            return new
        return new._replace(shown=self.versions(Versioned(new.number, old.number), word.contents_number) + word.run(new.text))


def _line(entry: word.ContentsEntry) -> str:
    """What makes a line of the contents the same line."""
    return f"{entry.level} {entry.text}"
