"""Markers of change: raw markup that pandoc leaves alone, and ``finish`` turns into Word's tracked changes.

A marker is a processing instruction: no text and no id of an author's can be taken for one. It stands for an entry
of the list of revisions that ``finish`` is given.

- ``change_start`` and ``change_end`` stand around inlines of one paragraph;
- ``blocks_start`` and ``blocks_end`` stand around whole blocks, paragraph marks and rows included. The start may also
  stand first in the first paragraph, where a block of its own would change how pandoc writes a list's item;
- ``row_change`` stands anywhere in a row that has changed as a whole.
"""

from __future__ import annotations

from lxml import etree

MARKER = etree.ProcessingInstruction
"""What ``iter`` takes for the markers of a tree."""
_TARGET = "penholder-change"


def change_start(revision: int) -> str:
    """Before the first inline of a change; ``revision`` counts from 0."""
    return _marker("start", revision)


def change_end(revision: int) -> str:
    """Behind the last inline of a change."""
    return _marker("end", revision)


def blocks_start(revision: int) -> str:
    """Before the first of the blocks that have changed, or first in it."""
    return _marker("blocks", revision)


def blocks_end(revision: int) -> str:
    """Behind the last of the blocks that have changed."""
    return _marker("blocks-end", revision)


def row_change(revision: int) -> str:
    """In a row that has changed as a whole."""
    return _marker("row", revision)


def read_marker(node: etree._Element) -> tuple[str, int] | None:
    """What a marker says, and of which revision; ``None`` for another program's instruction."""
    if getattr(node, "target", "") != _TARGET:
        return None
    what, _, number = (node.text or "").partition(" ")
    return what, int(number)


def _marker(what: str, revision: int) -> str:
    return f"<?{_TARGET} {what} {revision}?>"
