"""Pandoc's tree in JSON: making nodes, walking them, and their plain text.

A node is ``{"t": kind, "c": content}`` as in pandoc-types 1.23; an attribute is
``[id, [classes], [[key, value]]]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Node = dict[str, Any]
Attr = list[Any]
Rewrite = Callable[[Node], "Node | list[Node] | None"]

VERSION = [1, 23, 1]


def attr(identifier: str = "", classes: Sequence[str] = (), values: Mapping[str, str] | None = None) -> Attr:
    return [identifier, list(classes), [[k, v] for k, v in (values or {}).items()]]


def string(text: str) -> Node:
    return {"t": "Str", "c": text}


SPACE: Node = {"t": "Space"}


def words(text: str) -> list[Node]:
    """A text as inlines: words with spaces between."""
    nodes: list[Node] = []
    for i, word in enumerate(text.split(" ")):
        if i:
            nodes.append(SPACE)
        if word:
            nodes.append(string(word))
    return nodes


def para(inlines: Sequence[Node]) -> Node:
    return {"t": "Para", "c": list(inlines)}


def plain(inlines: Sequence[Node]) -> Node:
    return {"t": "Plain", "c": list(inlines)}


def div(attributes: Attr, blocks: Sequence[Node]) -> Node:
    return {"t": "Div", "c": [attributes, list(blocks)]}


def span(attributes: Attr, inlines: Sequence[Node]) -> Node:
    return {"t": "Span", "c": [attributes, list(inlines)]}


def header(level: int, attributes: Attr, inlines: Sequence[Node]) -> Node:
    return {"t": "Header", "c": [level, attributes, list(inlines)]}


def link(inlines: Sequence[Node], target: str, attributes: Attr | None = None) -> Node:
    return {"t": "Link", "c": [attributes or attr(), list(inlines), [target, ""]]}


def raw_block(fmt: str, text: str) -> Node:
    return {"t": "RawBlock", "c": [fmt, text]}


def raw_inline(fmt: str, text: str) -> Node:
    return {"t": "RawInline", "c": [fmt, text]}


def gap(text: str) -> Node:
    """The visible mark of something that could not be placed: ``[text]``."""
    return span(attr(classes=["gap"]), words(f"[{text}]"))


def gap_block(text: str) -> Node:
    return div(attr(classes=["gap"]), [para(words(f"[{text}]"))])


def document(blocks: Sequence[Node], meta: Mapping[str, Node] | None = None) -> Node:
    return {"pandoc-api-version": VERSION, "meta": dict(meta or {}), "blocks": list(blocks)}


def value_of(attributes: Attr, key: str, default: str = "") -> str:
    return next((v for k, v in attributes[2] if k == key), default)


def has_class(attributes: Attr, name: str) -> bool:
    return name in attributes[1]


def children(node: Node) -> Iterator[list[Node]]:
    """The lists of nodes directly inside a node, in reading order."""
    kind, content = node["t"], node.get("c")
    if kind in ("Para", "Plain", "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "BlockQuote", "Note"):
        yield content
    elif kind in ("Div", "Span", "Image", "Link", "Quoted"):
        yield content[1]
    elif kind == "Cite":
        for citation in content[0]:
            yield citation["citationPrefix"]
            yield citation["citationSuffix"]
        yield content[1]
    elif kind == "Header":
        yield content[2]
    elif kind in ("BulletList", "LineBlock"):
        yield from content
    elif kind == "OrderedList":
        yield from content[1]
    elif kind == "DefinitionList":
        for term, definitions in content:
            yield term
            yield from definitions
    elif kind == "Figure":
        yield content[2]
        yield content[1][1]
    elif kind == "Table":
        yield content[1][1]
        for row in table_rows(node):
            for cell in row[1]:
                yield cell[4]


def table_rows(node: Node) -> Iterator[list[Any]]:
    """The rows of a table, head, bodies and foot, in order."""
    _, _, _, head, bodies, foot = node["c"]
    yield from head[1]
    for body in bodies:
        yield from body[2]
        yield from body[3]
    yield from foot[1]


def rewrite(nodes: list[Node], change: Rewrite) -> list[Node]:
    """Rewrite a list of nodes in place, from the leaves up, and return it.

    ``change`` gives a node, a list of nodes in its stead, or ``None`` to keep it.
    """
    for node in nodes:
        for inner in children(node):
            if inner:
                rewrite(inner, change)
    out: list[Node] = []
    touched = False
    for node in nodes:
        made = change(node)
        if made is None:
            out.append(node)
            continue
        touched = True
        out.extend(made if isinstance(made, list) else [made])
    if touched:
        nodes[:] = out
    return nodes


def visit(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, parents before children, in reading order."""
    for node in nodes:
        yield node
        for inner in children(node):
            yield from visit(inner)


def text_of(nodes: Iterable[Node], *, notes: bool = False, cites: bool = True) -> str:
    """The plain text of nodes; footnotes are left out unless ``notes``, citations kept unless not ``cites``."""
    parts: list[str] = []
    _gather(nodes, parts, notes, cites)
    return "".join(parts)


_QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def _gather(nodes: Iterable[Node], parts: list[str], notes: bool, cites: bool) -> None:
    for node in nodes:
        kind = node["t"]
        if kind == "Str":
            parts.append(node["c"])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
        elif kind in ("Code", "CodeBlock", "Math"):
            parts.append(node["c"][1])
        elif kind == "Quoted":
            marks = _QUOTES[node["c"][0]["t"]]
            parts.append(marks[0])
            _gather(node["c"][1], parts, notes, cites)
            parts.append(marks[1])
        elif kind == "Cite":
            if cites:
                _gather(node["c"][1], parts, notes, cites)
        elif kind == "Note" and not notes:
            continue
        elif kind in ("RawInline", "RawBlock", "Image"):
            continue
        else:
            for inner in children(node):
                _gather(inner, parts, notes, cites)
                if kind in ("BulletList", "OrderedList", "DefinitionList", "Table", "LineBlock"):
                    parts.append(" ")
            if kind in ("Para", "Plain", "Header"):
                parts.append(" ")
