"""How many words came, went and moved: what a reader of the summary asks first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.atoms import words_of_text
from penholder.stages.resolve.changes import change_at, change_of


class Counts(NamedTuple):
    """Words by what happened to them. Words inserted less words deleted is by how much the text has grown."""

    kept: int = 0
    inserted: int = 0
    deleted: int = 0
    moved: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def changed(self) -> bool:
        return bool(self.inserted or self.deleted or self.moved)


def word_count(blocks: Iterable[Node]) -> int:
    """The words of plain blocks, footnotes among them, citations not."""
    return sum(len(words_of_text(text)) for text in _texts(blocks))


def counts_of(blocks: Sequence[Node]) -> Counts:
    """The words of merged blocks."""
    total = Counts()
    for node in blocks:
        change = change_at(node)
        if change is not None:
            total = total.plus(_of_change(change, word_count([node])))
        elif node["t"] == "Table":
            total = total.plus(_of_table(node))
        elif node["t"] in ("Cite", "Image"):
            continue
        elif node["t"] in tree.HOLDERS:
            for inner in tree.children(node):
                total = total.plus(counts_of(inner))
        else:
            total = total.plus(Counts(kept=word_count([node])))
    return total


def _of_table(table: Node) -> Counts:
    total = counts_of(table["c"][1][1])
    for row in tree.table_rows(table):
        cells = [block for cell in row[1] for block in cell[4]]
        change = change_of(row[0])
        total = total.plus(counts_of(cells) if change is None else _of_change(change, word_count(cells)))
    return total


def _of_change(change: Change, words: int) -> Counts:
    if change.move:
        return Counts(moved=words if change.is_new else 0)
    return Counts(inserted=words) if change.is_new else Counts(deleted=words)


def _texts(blocks: Iterable[Node]) -> Iterable[str]:
    """Every stretch of text by itself: none reaches from one node into the next."""
    for node in blocks:
        if node["t"] in tree.LEAVES:
            yield tree.leaf_text(node)
        elif node["t"] not in ("Cite", "Image") and node["t"] in tree.HOLDERS:
            for inner in tree.children(node):
                yield from _texts(inner)
