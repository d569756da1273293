"""Words in a row as one node of pandoc's tree."""

from __future__ import annotations

import re

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

_WORDS = frozenset(("Str", "Space", "SoftBreak"))
_OWN = re.compile(r"\[\^|\{#|--|\.\.\.|-\?|[\u2610\u2612]")  # notes, ids, dashes and boxes: looked for as words of their own


def join_words(nodes: list[Node]) -> None:
    """Make one ``Str`` of words in a row, in place: a fifth of the nodes to pass on and to walk, and the same text.

    (Pandoc's DOCX writer does so itself.) What citeproc looks at is left alone:
    citations, and the two nodes on either side of one.
    """
    out: list[Node] = []
    start = 0
    for i, node in enumerate(nodes):
        kind = node["t"]
        if kind in _WORDS:
            continue
        _join(nodes, start, i, out)
        out.append(node)
        start = i + 1
        if kind != "Cite" and kind in tree.HOLDERS:
            for inner in tree.children(node):
                join_words(inner)
    _join(nodes, start, len(nodes), out)
    if len(out) < len(nodes):
        nodes[:] = out


def _join(nodes: list[Node], start: int, stop: int, out: list[Node]) -> None:
    """Add the words ``nodes[start:stop]`` to ``out``, those in the middle as one."""
    low = start + 2 if start and nodes[start - 1]["t"] == "Cite" else start
    high = stop - 2 if stop < len(nodes) and nodes[stop]["t"] == "Cite" else stop
    while low < high and nodes[low]["t"] != "Str":
        low += 1
    while low < high and nodes[high - 1]["t"] != "Str":
        high -= 1
    text = "".join([node["c"] if node["t"] == "Str" else " " for node in nodes[low:high]])
    if high - low < 3 or _OWN.search(text):
        out += nodes[start:stop]
        return
    out += nodes[start:low]
    out.append(tree.string(text))
    out += nodes[high:stop]
