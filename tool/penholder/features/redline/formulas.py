"""Lines that are broken by formulas: a formula in display makes a paragraph of what stands before it, and of what stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

_BLANK = frozenset(("Space", "SoftBreak"))


def parted(line: Sequence[Node]) -> list[list[Node]]:
    """A line cut at such formulas, each of which is a part of its own; a line without any is one part."""
    parts = []
    for formula, stretch in groupby(line, key=tree.displayed):
        nodes = list(stretch)
        parts += [[node] for node in nodes] if formula else [nodes]
    if len(parts) < 2:
        return parts or [[]]
    return [part for part in parts if not all(node["t"] in _BLANK for node in part)]


def trimmed(part: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node], Sequence[Node]]:
    """A part without the spaces at its ends, between those before it and those behind."""
    words = [at for at, node in enumerate(part) if node["t"] not in _BLANK] or [0]
    first, last = words[0], words[-1] + 1
    return part[:first], part[first:last], part[last:]


def displayed(part: Sequence[Node]) -> str:
    """The source of the formula that a part is, ``""`` for words."""
    return tree.displayed(part[0]) if len(part) == 1 else ""
