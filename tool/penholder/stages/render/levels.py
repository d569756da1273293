"""Levels of headings in a redline: those of one version never skip one, but those of two side by side might."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from penholder.adapters.pandoc.tree import Node, children
from penholder.stages.resolve.changes import change_at
from penholder.stages.resolve.parts import Document


def stepped(document: Document) -> Document:
    """The document, in whose own nodes headings that are no more give way: to read on no level is skipped.

    Each stands one below the heading before it at most, and high enough for the next that is still there.
    """
    found = [heading for section in document.sections for heading in _headings(section.blocks, False)]
    needed = 1  # by the next heading that is still there, of the one before it
    least: list[int] = []
    for node, gone in reversed(found):
        least.append(needed)
        needed = needed if gone else node["c"][0] - 1
    before = 0
    for (node, gone), lowest in zip(found, reversed(least), strict=True):
        if gone:
            node["c"][0] = max(1, lowest, min(node["c"][0], before + 1))
        before = node["c"][0]
    return document


def _headings(blocks: Sequence[Node], gone: bool) -> Iterator[tuple[Node, bool]]:
    """The headings among blocks, in order, and whether each is no more."""
    for node in blocks:
        if node["t"] == "Header":
            yield node, gone
        elif node["t"] in ("Div", "BlockQuote", "BulletList", "OrderedList"):
            change = change_at(node)
            for inner in children(node):
                yield from _headings(inner, gone or (change is not None and not change.is_new))
