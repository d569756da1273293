"""What the emitters share: a copy of the tree with each neutral construct handed to one method.

An emitter for a format says how a numbered paragraph, a table, a figure, a
recommendation, a reference, a gap and a picture are written; all else is pandoc's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node


class Emitter(ABC):
    """Rewrites a section's blocks for one format. The blocks given stay as they are."""

    def blocks(self, nodes: Sequence[Node]) -> list[Node]:
        """The blocks of the format for some neutral blocks."""
        return self._list(nodes)

    def _list(self, nodes: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for node in nodes:
            made = self._node(node)
            if isinstance(made, list):
                out.extend(made)
            else:
                out.append(made)
        return out

    def _node(self, node: Node) -> Node | list[Node]:
        kind = node["t"]
        if kind == "Str":
            return self.string(node)
        if "c" not in node or kind in ("Code", "CodeBlock", "RawInline", "RawBlock"):
            return node
        content = node["c"]
        match kind:
            case "Para" | "Plain" | "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript" | "SmallCaps" | "BlockQuote" | "Note":
                return {"t": kind, "c": self._list(content)}
            case "Header":
                return self.header(content[0], content[1], self._list(content[2]))
            case "Div":
                return self._div(content[0], content[1])
            case "Span":
                if "gap" in content[0][1]:
                    return self.gap(self._list(content[1]))
                return self.span(content[0], self._list(content[1]))
            case "Link":
                inner = self._list(content[1])
                if "xref" in content[0][1]:
                    return self.reference(content[0], inner, content[2][0][1:])
                return self.link(content[0], inner, content[2])
            case "Image":
                return self.picture(content[0], content[2][0])
            case "Quoted":
                return {"t": kind, "c": [content[0], self._list(content[1])]}
            case "Cite":
                return self.cite(self._list(content[1]))
            case "Math":
                return self.math(content[0]["t"] == "DisplayMath", content[1], "")
            case "BulletList" | "LineBlock":
                return {"t": kind, "c": [self._list(item) for item in content]}
            case "OrderedList":
                return {"t": kind, "c": [content[0], [self._list(item) for item in content[1]]]}
            case "DefinitionList":
                return {"t": kind, "c": [[self._list(term), [self._list(d) for d in ds]] for term, ds in content]}
            case "Table":
                return {"t": kind, "c": self._table(content)}
            case "Figure":
                return {"t": kind, "c": [content[0], [content[1][0], self._list(content[1][1])], self._list(content[2])]}
        return node

    def _table(self, content: list[Any]) -> list[Any]:
        attributes, caption, columns, head, bodies, foot = content
        return [
            attributes,
            [caption[0], self._list(caption[1])],
            columns,
            [head[0], self._rows(head[1])],
            [[b[0], b[1], self._rows(b[2]), self._rows(b[3])] for b in bodies],
            [foot[0], self._rows(foot[1])],
        ]

    def _rows(self, rows: list[Any]) -> list[Any]:
        return [[row[0], [[*cell[:4], self._list(cell[4])] for cell in row[1]]] for row in rows]

    def _div(self, attributes: Attr, blocks: Sequence[Node]) -> Node | list[Node]:
        classes = attributes[1]
        identifier = attributes[0]
        number = tree.value_of(attributes, "number")
        if "numbered" in classes:
            return self.numbered(number, identifier, self._list(blocks))
        if "table-block" in classes:
            caption, table, source = _pieces(blocks, "table-source")
            return self.table(number, identifier, self._list(caption), self._list(table), self._list(source))
        if "figure" in classes and blocks and any(n["t"] == "Image" for n in tree.visit([blocks[0]])):
            caption, shown, source = _pieces(blocks, "figure-source")
            return self.figure(number, identifier, shown, self._list(caption), self._list(source))
        if "recommendation" in classes:
            return self.recommendation(number, identifier, tree.value_of(attributes, "to"), self._list(blocks))
        if "gap" in classes:
            return self.gap_block(self._list(blocks))
        return self.div(attributes, self._list(blocks))

    # what every format says in its own way ------------------------------------

    @abstractmethod
    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def numbered(self, number: str, identifier: str, blocks: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def table(self, number: str, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]: ...

    @abstractmethod
    def figure(self, number: str, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]: ...

    @abstractmethod
    def recommendation(self, number: str, identifier: str, to: str, blocks: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def reference(self, attributes: Attr, inlines: list[Node], target: str) -> Node | list[Node]: ...

    @abstractmethod
    def gap(self, inlines: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def gap_block(self, blocks: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def picture(self, attributes: Attr, name: str) -> Node | list[Node]: ...

    @abstractmethod
    def math(self, display: bool, source: str, words: str) -> Node | list[Node]: ...

    # what most leave as it is ---------------------------------------------------

    def string(self, node: Node) -> Node:
        return node

    def div(self, attributes: Attr, blocks: list[Node]) -> Node | list[Node]:
        return tree.div(attributes, blocks)

    def span(self, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        return tree.span(attributes, inlines)

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node | list[Node]:
        return {"t": "Link", "c": [attributes, inlines, target]}

    def cite(self, inlines: list[Node]) -> Node | list[Node]:
        return inlines


def _pieces(blocks: Sequence[Node], source_class: str) -> tuple[list[Node], list[Node], list[Node]]:
    """The caption, the thing itself and the source of a table or figure div."""
    caption: list[Node] = []
    shown: list[Node] = []
    source: list[Node] = []
    for block in blocks:
        classes = block["c"][0][1] if block["t"] == "Div" else ()
        if "caption" in classes:
            caption += block["c"][1]
        elif source_class in classes:
            source += block["c"][1]
        else:
            shown.append(block)
    return caption, shown, source
