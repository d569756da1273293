"""What the emitters share: a copy of the tree with each neutral construct handed to one method.

An emitter for a format says how a numbered paragraph, a table, a figure, a
recommendation, a reference, a gap and a picture are written; all else is pandoc's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Self

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.render.front import Front
from penholder.stages.resolve import changes
from penholder.stages.resolve.parts import Document

_AS_IT_IS = frozenset(("RawInline", "RawBlock"))
_OF_NODES = tree.LOOKS | {"Para", "Plain", "BlockQuote", "Note"}
_OF_LISTS = frozenset(("BulletList", "LineBlock"))
_OWN = {  # the kinds of nodes with a method of their own
    "Header": "header", "Div": "in_div", "Span": "span", "Link": "link", "Image": "image", "Quoted": "quoted",
    "Cite": "cite", "Math": "math", "OrderedList": "ordered", "DefinitionList": "definitions",
    "Table": "whole_table", "Figure": "whole_figure",
}  # fmt: skip


_FEW = 8  # entries of contents that do not keep the text off their page


def has_front_pages(document: Document, front: Front) -> bool:
    """Whether summary and contents are enough for pages of their own; a few lines are not."""
    entries = [t for t in document.targets.values() if t.kind == "sec" and 0 < t.level <= front.contents_depth]
    return any(s.kind == "summary" for s in document.sections) or (front.contents and len(entries) > _FEW)


class Versioned(str):
    """A number or an addressee as it is now, which knows what it ``was`` in the older version: ``None`` if the same."""

    was: str | None

    def __new__(cls, text: str, was: str | None = None) -> Self:
        made = super().__new__(cls, text)
        made.was = was
        return made

    def of_annex(self, word: str) -> Versioned:
        """With the paper's ``word`` for an annex."""
        return Versioned(self.replace("annex", word, 1), self.was and self.was.replace("annex", word, 1))


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
        if kind in ("Code", "CodeBlock"):
            return self.code(node)
        if "c" not in node or kind in _AS_IT_IS:
            return node
        if kind in _OF_NODES:
            return {"t": kind, "c": self._list(node["c"])}
        if kind in _OF_LISTS:
            return {"t": kind, "c": [self._list(item) for item in node["c"]]}
        if kind not in _OWN:
            return node
        made: Node | list[Node] = getattr(self, f"_{_OWN[kind]}")(node["c"])
        return made

    def _header(self, content: Any) -> Node | list[Node]:
        return self.header(content[0], content[1], self._list(content[2]))

    def _in_div(self, content: Any) -> Node | list[Node]:
        return self._div(content[0], content[1])

    def _span(self, content: Any) -> Node | list[Node]:
        attributes, inner = content
        if change := changes.change_of(attributes):
            return self.changed(change, self._list(inner))
        if "equation" in attributes[1] and [n["t"] for n in inner] == ["Math"]:
            kind, source = inner[0]["c"]
            return self.math(kind["t"] == "DisplayMath", source, tree.value_of(attributes, "alt"))
        inlines = self._list(inner)
        return self.gap(inlines) if "gap" in attributes[1] else self.span(attributes, inlines)

    def _link(self, content: Any) -> Node | list[Node]:
        attributes, inlines, target = content[0], self._list(content[1]), content[2]
        if "xref" in attributes[1]:
            return self.reference(attributes, inlines, target[0][1:])
        return self.link(attributes, inlines, target)

    def _image(self, content: Any) -> Node | list[Node]:
        return self.picture(content[0], content[2][0])

    def _quoted(self, content: Any) -> Node:
        return {"t": "Quoted", "c": [content[0], self._list(content[1])]}

    def _cite(self, content: Any) -> Node | list[Node]:
        return self.cite(self._list(content[1]))

    def _math(self, content: Any) -> Node | list[Node]:
        return self.math(content[0]["t"] == "DisplayMath", content[1], "")

    def _ordered(self, content: Any) -> Node:
        return {"t": "OrderedList", "c": [content[0], [self._list(item) for item in content[1]]]}

    def _definitions(self, content: Any) -> Node:
        items = [[self.term(term), [self._list(d) for d in described]] for term, described in content]
        return {"t": "DefinitionList", "c": items}

    def _whole_table(self, content: Any) -> Node | list[Node]:
        return {"t": "Table", "c": self._table(content)}

    def _whole_figure(self, content: Any) -> Node:
        caption = [content[1][0], self._list(content[1][1])]
        return {"t": "Figure", "c": [content[0], caption, self._list(content[2])]}

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
        out: list[Any] = []
        for attributes, cells in rows:
            made = [[*cell[:4], self._list(cell[4])] for cell in cells]
            change = changes.change_of(attributes)
            out += self.changed_row(change, [tree.attr(), made]) if change else [[attributes, made]]
        return out

    def _div(self, attributes: Attr, blocks: Sequence[Node]) -> Node | list[Node]:
        if change := changes.change_of(attributes):
            return self.changed_blocks(change, self._list(blocks))
        classes = attributes[1]
        identifier = attributes[0]
        number = versioned(attributes, "number", changes.WAS_NUMBER)
        if "numbered" in classes:
            return self.numbered(number, identifier, self._list(blocks))
        if "table-block" in classes:
            caption, table, source = _pieces(blocks, "table-source")
            return self.table(number, identifier, self._list(caption), self._list(table), self._list(source))
        if "figure" in classes and blocks and any(n["t"] == "Image" for n in tree.visit([blocks[0]])):
            caption, shown, source = _pieces(blocks, "figure-source")
            return self.figure(number, identifier, shown, self._list(caption), self._list(source))
        if "recommendation" in classes:
            return self.recommendation(number, identifier, versioned(attributes, "to", changes.WAS_TO), self._list(blocks))
        if "gap" in classes:
            return self.gap_block(self._list(blocks))
        return self.div(attributes, self._list(blocks))

    # what every format says in its own way ------------------------------------

    @abstractmethod
    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def numbered(self, number: Versioned, identifier: str, blocks: list[Node]) -> Node | list[Node]: ...

    @abstractmethod
    def table(self, number: Versioned, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]: ...

    @abstractmethod
    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]: ...

    @abstractmethod
    def recommendation(self, number: Versioned, identifier: str, to: Versioned, blocks: list[Node]) -> Node | list[Node]: ...

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

    # what has changed between two versions: without marks of it, only the newer one is written ---

    def changed(self, change: Change, inlines: list[Node]) -> Node | list[Node]:
        return inlines if change.is_new else []

    def changed_blocks(self, change: Change, blocks: list[Node]) -> Node | list[Node]:
        return blocks if change.is_new else []

    def changed_row(self, change: Change, row: list[Any]) -> list[Any]:
        """The rows for one row, which comes without the mark."""
        return [row] if change.is_new else []

    # what most leave as it is ---------------------------------------------------

    def string(self, node: Node) -> Node:
        return node

    def code(self, node: Node) -> Node:
        return node

    def term(self, inlines: list[Node]) -> list[Node]:
        """What a list defines, from neutral inlines."""
        return self._list(inlines)

    def div(self, attributes: Attr, blocks: list[Node]) -> Node | list[Node]:
        return tree.div(attributes, blocks)

    def span(self, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        return tree.span(attributes, inlines)

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node | list[Node]:
        return {"t": "Link", "c": [attributes, inlines, target]}

    def cite(self, inlines: list[Node]) -> Node | list[Node]:
        return inlines


def versioned(attributes: Attr, key: str, was: str) -> Versioned:
    """The value of ``key``, with the one of ``was``."""
    return Versioned(tree.value_of(attributes, key), changes.was(attributes, was))


def _pieces(blocks: Sequence[Node], source_class: str) -> tuple[list[Node], list[Node], list[Node]]:
    """The caption, the thing itself and the source of a table or figure div."""
    caption: list[Node] = []
    shown: list[Node] = []
    source: list[Node] = []
    for block in blocks:
        attributes: Attr = block["c"][0] if block["t"] == "Div" else tree.attr()
        classes = attributes[1]
        if changes.change_of(attributes):
            inside = _pieces(block["c"][1], source_class)
            for whole, part in zip((caption, shown, source), inside, strict=True):
                whole.extend([tree.div(attributes, part)] if part else [])
        elif "caption" in classes:
            caption += block["c"][1]
        elif source_class in classes:
            source += block["c"][1]
        else:
            shown.append(block)
    return caption, shown, source
