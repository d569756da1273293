"""Tables, figures and recommendations: each gets its number, its id and its caption, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.resolve.ids import Register, classes_of, take_id

_SOURCES = frozenset(("table-source", "figure-source"))


def lower_headings(block: Node) -> None:
    """A source opens no part of the paper: where ``block`` is one, its headings become words like the others."""
    if _SOURCES & set(classes_of(block)):
        tree.rewrite(block["c"][1], lambda node: tree.para(node["c"][2]) if node["t"] == "Header" else None)


class Floats:
    """Numbers a paper's tables, figures and recommendations in order."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._counts = {"tbl": 0, "fig": 0, "rec": 0}

    def number(self, blocks: list[Node]) -> None:
        """Number those of one section; its blocks are rewritten in place."""
        tree.rewrite(blocks, self._floating)
        blocks[:] = _merged_sources(blocks)

    def _floating(self, node: Node) -> Node | list[Node] | None:
        if node["t"] == "Table":
            return self._table(node)
        if node["t"] != "Div":
            return None
        return self._div(node)

    def _div(self, node: Node) -> Node | None:
        attributes, blocks = node["c"]
        if "figure" in attributes[1]:
            return self._figure(node)
        if attributes[0].startswith("tbl-") and len(blocks) >= 1 and "table-block" in classes_of(blocks[0]):
            return self._captioned_div(attributes, blocks)
        if attributes[0].startswith("fig-") and _picture_in(blocks):
            return self._figure_div(node)
        if "recommendation" in attributes[1]:
            return self._recommendation(node)
        return None

    def _table(self, node: Node) -> Node:
        attributes, caption, *_ = node["c"]
        described = caption[1]
        identifier = attributes[0] or _take_caption_id(described)
        attributes[0] = ""
        node["c"][1] = [None, []]
        number = ""
        if described or identifier:
            number = self._next("tbl")
            identifier = self._register.claim(identifier, "tbl", number, tree.text_of(described).strip()) if identifier else ""
        return tree.div(
            tree.attr(identifier, ["table-block"], {"number": number}), [tree.div(tree.attr(classes=["caption"]), described), node]
        )

    def _captioned_div(self, attributes: Attr, blocks: list[Node]) -> Node:
        """Quarto's ``::: {#tbl-x}`` around a table, its last paragraph the caption."""
        inner = blocks[0]
        caption = [b for b in blocks[1:] if b["t"] in ("Para", "Plain")]
        number = tree.value_of(inner["c"][0], "number") or self._next("tbl")
        inner["c"][0][0] = self._register.claim(attributes[0], "tbl", number, tree.text_of(caption).strip())
        inner["c"][0][2] = [["number", number]]
        if caption:
            inner["c"][1][0] = tree.div(tree.attr(classes=["caption"]), caption)
        return _with_rest(inner, [b for b in blocks[1:] if b not in caption])

    def _figure(self, node: Node) -> Node | None:
        attributes, blocks = node["c"]
        caption = next((b for b in blocks if "caption" in classes_of(b)), None)
        described = caption["c"][1] if caption else []
        identifier = attributes[0]
        if not (tree.text_of(described).strip() or identifier):
            return tree.para(blocks[0]["c"])
        number = self._next("fig")
        attributes[0] = self._register.claim(identifier, "fig", number, tree.text_of(described).strip()) if identifier else ""
        attributes[2] = [["number", number]]
        return node

    def _figure_div(self, node: Node) -> Node | None:
        """Quarto's ``::: {#fig-x}`` around a picture, its last paragraph the caption."""
        attributes, blocks = node["c"]
        inner = blocks[0]
        if "figure" in classes_of(inner):  # pandoc made a figure of it already, and it has its number
            number = tree.value_of(inner["c"][0], "number")
            shown = inner["c"][1]
        else:
            number, shown = "", [tree.plain(inner["c"]), tree.div(tree.attr(classes=["caption"]), [])]
        number = number or self._next("fig")
        caption = [b for b in blocks[1:] if b["t"] in ("Para", "Plain")]
        if caption:
            shown[1] = tree.div(tree.attr(classes=["caption"]), caption)
        identifier = self._register.claim(attributes[0], "fig", number, tree.text_of(shown[1:]).strip())
        figure = tree.div(tree.attr(identifier, ["figure"], {"number": number}), shown)
        return _with_rest(figure, [b for b in blocks[1:] if b not in caption])

    def _recommendation(self, node: Node) -> Node:
        attributes, blocks = node["c"]
        number = self._next("rec")
        to = tree.value_of(attributes, "to")
        identifier = attributes[0]
        if identifier:
            identifier = self._register.claim(identifier, "rec", number, tree.text_of(blocks).strip()[:80])
        return tree.div(tree.attr(identifier, ["recommendation"], {"number": number, "to": to}), blocks)

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return str(self._counts[kind])


def _merged_sources(blocks: Sequence[Node]) -> list[Node]:
    """A ``.table-source`` or ``.figure-source`` div joins the table or figure before it."""
    out: list[Node] = []
    for block in blocks:
        classes = classes_of(block)
        if out and (("table-source" in classes and "table-block" in classes_of(out[-1])) or ("figure-source" in classes and "figure" in classes_of(out[-1]))):
            out[-1]["c"][1].append(block)
        else:
            out.append(block)
    return out


def _with_rest(thing: Node, rest: Sequence[Node]) -> Node:
    """A table or figure, and what else its author put into the div around it: its source, or blocks that follow it."""
    made = _merged_sources([thing, *rest])
    return tree.div(tree.attr(), made) if len(made) > 1 else made[0]


def _take_caption_id(blocks: list[Node]) -> str:
    return (take_id(blocks[-1]["c"]) or "") if blocks and blocks[-1]["t"] in ("Plain", "Para") else ""


def _picture_in(blocks: Sequence[Node]) -> bool:
    if not blocks:
        return False
    first = blocks[0]
    return "figure" in classes_of(first) or (first["t"] in ("Para", "Plain") and len(first["c"]) == 1 and first["c"][0]["t"] == "Image")
