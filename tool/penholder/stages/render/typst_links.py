"""Links in Typst's text, so written that a paragraph with one is laid out once (``attempts.typ`` says why)."""

from __future__ import annotations

from collections.abc import Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.typst.compiler import quoted

_NAMED = frozenset(("Span", "Div", "Code", "CodeBlock", "Link", "Image"))


def waiting(node: Node, made: Sequence[Node]) -> list[Node]:
    """The Typst text ``made`` of a block of the paper, put off to the second attempt if that saves laying it out twice."""
    if not _is_paragraph(node) or not _leads_away(node):
        return list(made)
    return [tree.raw_block("typst", "#waiting["), *made, tree.raw_block("typst", "]")]


def _is_paragraph(node: Node) -> bool:
    return node["t"] == "Para" or (node["t"] == "Div" and tree.has_class(node["c"][0], "numbered"))


def _leads_away(node: Node) -> bool:
    """Whether there are links to other places of the paper in it, and nothing that the first attempt has to know of."""
    linked = False
    for each in tree.visit([node]):
        kind = each["t"]
        if kind == "Note" or (kind in _NAMED and each["c"][0][0]):
            return False
        linked = linked or (kind == "Link" and each["c"][2][0].startswith("#"))
    return linked


def entry(identifier: str, blocks: Sequence[Node]) -> list[Node]:
    """An entry of the list of references, with a place in it for links to lead to."""
    opening = tree.raw_block("typst", f"#block[\n#entry({quoted(identifier)})")
    return [opening, *blocks, tree.raw_block("typst", "]")]
