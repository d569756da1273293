"""Marks of change in a document's tree: what one version has and another has not, as every output shows it.

A document with such marks stands for two. Where they stand:

- a ``Span`` around inlines, a ``Div`` around whole blocks, the attributes of a table's row: all that is inside has changed
  alike, and no mark stands inside a mark;
- ``was-number`` and ``was-to`` on what is numbered or addressed and was so otherwise before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from penholder.adapters.change import Change, Kind
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node

WAS_NUMBER, WAS_TO = "was-number", "was-to"
_CLASS = "\ue000change"  # no text of an author's holds this character
_KINDS: tuple[Kind, ...] = get_args(Kind)


def mark_inlines(change: Change, inlines: Sequence[Node]) -> Node:
    """Inlines that have changed."""
    return tree.span(_attr(change), inlines)


def mark_blocks(change: Change, blocks: Sequence[Node]) -> Node:
    """Blocks that have changed."""
    return tree.div(_attr(change), blocks)


def mark_row(change: Change, row: Sequence[Any]) -> list[Any]:
    """A table's row that has changed."""
    return [_attr(change), row[1]]


def change_of(attributes: Attr) -> Change | None:
    """The change that the attributes of a span, a div or a row tell of."""
    if _CLASS not in attributes[1]:
        return None
    kind = next((k for k in _KINDS if k == tree.value_of(attributes, "kind")), None)
    if kind is None:
        return None
    return Change(kind, *(tree.value_of(attributes, key) for key in ("author", "date", "move")))


def change_at(node: Node) -> Change | None:
    """The change that a node is a mark of."""
    return change_of(node["c"][0]) if node["t"] in ("Span", "Div") else None


def was(attributes: Attr, key: str) -> str | None:
    """What ``number`` or ``to`` was before, where it was something else; ``key`` is ``WAS_NUMBER`` or ``WAS_TO``."""
    return next((v for k, v in attributes[2] if k == key), None)


def _attr(change: Change) -> Attr:
    values = {"kind": change.kind, "author": change.author, "date": change.date, "move": change.move}
    return tree.attr(classes=[_CLASS], values={k: v for k, v in values.items() if v})
