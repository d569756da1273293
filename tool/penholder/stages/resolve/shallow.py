"""Nesting that no page can show (and no program should recurse into) is closed up, its words kept."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

DEEPEST = 20  # nodes within nodes: Typst gives up at 64 nested rules, of which some kinds cost more
_WEIGHT = {"BlockQuote": 2, "DefinitionList": 3}
_LEAVES = ("Para", "Plain", "Header", "CodeBlock")


def closed_up(blocks: list[Node]) -> str:
    """Set what is nested deeper than ``DEEPEST`` as plain text, in place.

    Returns the first words that were, or ``""`` where nothing was so deep. Does
    not recurse, however deep the tree.
    """
    first = ""
    waiting: list[tuple[list[Node], int]] = [(blocks, 0)]
    while waiting:
        nodes, depth = waiting.pop()
        if depth < DEEPEST:
            holders = [node for node in nodes if node["t"] in tree.HOLDERS]
            waiting += [(inner, depth + _WEIGHT.get(node["t"], 1)) for node in holders for inner in tree.children(node)]
        elif not all(_flat(node) for node in nodes):
            made = list(_plain(nodes))
            first = first or tree.text_of(made).strip()
            nodes[:] = made
    return first


def _flat(node: Node) -> bool:
    """Whether nothing within the node holds anything."""
    return not any(any(tree.children(inner)) for content in tree.children(node) for inner in content)


def _plain(nodes: list[Node]) -> Iterator[Node]:
    """The words of nodes without what was around them: a paragraph for each, or inlines for inlines."""
    words: list[str] = []
    blocks = not _inline(nodes)
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        kind = node["t"]
        if blocks and kind in _LEAVES and words:
            yield tree.para(tree.words(" ".join("".join(words).split())))
            words = []
        if kind == "Str":
            words.append(node["c"])
        elif kind in ("Code", "CodeBlock", "Math"):
            words.append(node["c"][1])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            words.append(" ")
        else:
            if kind not in tree.LOOKS and kind not in ("Span", "Link"):
                words.append(" ")
            lists = [content for content in tree.children(node)]
            for content in reversed(lists[-1:] if kind == "Cite" else lists):
                stack += reversed(content)
    if "".join(words).strip():
        inlines = tree.words(" ".join("".join(words).split()))
        yield from [tree.para(inlines)] if blocks else inlines


def _inline(nodes: list[Node]) -> bool:
    return nodes[0]["t"] not in tree.BLOCKS
