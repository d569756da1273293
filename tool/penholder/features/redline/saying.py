"""What has changed, in words: a stretch of a tree as one line that can be quoted.

Footnotes and pictures stand in brackets, items of a list behind a dot each, cells of a table between bars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

_LINES = frozenset(("Para", "Plain", "Header"))


def said(nodes: Iterable[Node], *, whole: bool = False) -> str:
    """What stands there; ``whole`` names the addresses that links lead to as well."""
    return " ".join("".join(_pieces(nodes, whole)).split())


def row_said(row: Sequence[list[Node]]) -> str:
    """The cells of a row, given by their blocks."""
    return " | ".join(said(cell) for cell in row)


def _pieces(nodes: Iterable[Node], whole: bool) -> Iterator[str]:
    for node in nodes:
        kind = node["t"]
        if kind == "Note":
            yield f" [note: {said(node['c'], whole=whole)}]"
        elif kind == "Image":
            yield _picture(node)
        elif kind == "Table":
            yield f" {_table(node)} "
        elif kind in ("BulletList", "OrderedList"):
            yield from _items(node["c"] if kind == "BulletList" else node["c"][1], whole)
        elif kind == "Quoted":
            opening, closing = tree.QUOTES[node["c"][0]["t"]]
            yield f"{opening}{said(node['c'][1], whole=whole)}{closing}"
        elif kind not in tree.HOLDERS:
            yield tree.text_of([node])
        else:
            yield from _inside(node, whole)


def _inside(node: Node, whole: bool) -> Iterator[str]:
    """What a node holds that has no look of its own."""
    kind = node["t"]
    for inner in (node["c"][1],) if kind == "Cite" else tree.children(node):
        yield from _pieces(inner, whole)
        yield " " if kind in ("DefinitionList", "LineBlock") else ""
    if kind == "Link" and whole and not node["c"][2][0].startswith("#"):
        yield f" ({node['c'][2][0]})"
    if kind in _LINES:
        yield " "


def _picture(node: Node) -> str:
    return f"[picture: {tree.value_of(node['c'][0], 'alt') or said(node['c'][1])}] "


def _items(items: Iterable[list[Node]], whole: bool) -> Iterator[str]:
    for item in items:
        yield f" • {said(item, whole=whole)} "


def _table(node: Node) -> str:
    rows = [row_said([cell[4] for cell in row[1]]) for row in tree.table_rows(node)]
    caption = said(node["c"][1][1])
    return f"[table: {' / '.join(filter(None, (caption, *rows)))}]"
