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
SPACES = frozenset(("Space", "SoftBreak", "LineBreak"))


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


LOOKS = frozenset(("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"))
"""What only says how words look: each holds inlines and nothing else."""
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
LEAVES = frozenset(("Str", "Code", "CodeBlock", "Math"))
"""What has words of its own (``leaf_text``)."""
BLOCKS = frozenset(
    (
        "Para", "Plain", "Div", "Table", "BulletList", "OrderedList", "DefinitionList", "BlockQuote", "CodeBlock", "Header",
        "LineBlock", "HorizontalRule", "RawBlock", "Figure",
    )
)  # fmt: skip


def leaf_text(node: Node) -> str:
    """The text of one of ``LEAVES``."""
    return str(node["c"] if node["t"] == "Str" else node["c"][1])


def value_of(attributes: Attr, key: str, default: str = "") -> str:
    return next((v for k, v in attributes[2] if k == key), default)


def has_class(attributes: Attr, name: str) -> bool:
    return name in attributes[1]


def displayed(node: Node) -> str:
    """The source of a formula with a line of its own, in a span or not; ``""`` for any other node."""
    if node["t"] == "Span" and len(node["c"][1]) == 1:
        node = node["c"][1][0]
    return str(node["c"][1]) if node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath" else ""


def children(node: Node) -> Iterator[list[Node]]:
    """The lists of nodes directly inside a node, in reading order."""
    find = _INSIDE.get(node["t"])
    return iter(find(node["c"])) if find else iter(())


def _in_cite(content: Any) -> Iterator[list[Node]]:
    for citation in content[0]:
        yield citation["citationPrefix"]
        yield citation["citationSuffix"]
    yield content[1]


def _in_definitions(content: Any) -> Iterator[list[Node]]:
    for term, definitions in content:
        yield term
        yield from definitions


def _in_table(content: Any) -> Iterator[list[Node]]:
    yield content[1][1]
    for row in _rows_in(content):
        for cell in row[1]:
            yield cell[4]


_INSIDE: dict[str, Callable[[Any], Iterable[list[Node]]]] = {
    **dict.fromkeys((*LOOKS, "Para", "Plain", "BlockQuote", "Note"), lambda content: (content,)),
    **dict.fromkeys(("Div", "Span", "Image", "Link", "Quoted"), lambda content: (content[1],)),
    **dict.fromkeys(("BulletList", "LineBlock"), lambda content: content),
    "OrderedList": lambda content: content[1],
    "Header": lambda content: (content[2],),
    "Figure": lambda content: (content[2], content[1][1]),
    "Cite": _in_cite,
    "DefinitionList": _in_definitions,
    "Table": _in_table,
}
HOLDERS = frozenset(_INSIDE)
"""The kinds of nodes that may hold others: most nodes are words, and not worth a call of ``children``."""


def table_rows(node: Node) -> Iterator[list[Any]]:
    """The rows of a table, head, bodies and foot, in order."""
    yield from _rows_in(node["c"])


def _rows_in(content: Any) -> Iterator[list[Any]]:
    _, _, _, head, bodies, foot = content
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
        if node["t"] in HOLDERS:
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
    waiting = [iter(nodes)]
    while waiting:
        for node in waiting[-1]:
            yield node
            if node["t"] in HOLDERS:
                waiting += [iter(inner) for inner in reversed(list(children(node)))]
                break
        else:
            waiting.pop()


def outermost(nodes: Iterable[Node], *kinds: str) -> Iterator[Node]:
    """The nodes of some kinds in reading order, but for those within another of them: quicker than ``visit``."""
    for node in nodes:
        if node["t"] in kinds:
            yield node
        elif node["t"] in HOLDERS:
            for inner in children(node):
                yield from outermost(inner, *kinds)


def text_of(nodes: Iterable[Node], *, notes: bool = False, cites: bool = True) -> str:
    """The plain text of nodes; footnotes are left out unless ``notes``, citations kept unless not ``cites``."""
    parts: list[str] = []
    _gather(nodes, parts, notes, cites)
    return "".join(parts)


_NO_QUOTES = ("", "")


_SKIPPED = frozenset(("RawInline", "RawBlock", "Image"))
_LISTS = frozenset(("BulletList", "OrderedList", "DefinitionList", "Table", "LineBlock"))
_LINES = frozenset(("Para", "Plain", "Header"))


def _leaf(node: Node) -> str | None:
    """The text of a node that holds no others; ``None`` for one that may."""
    kind = node["t"]
    if kind == "Str":  # as most are
        return str(node["c"])
    if kind in LEAVES:
        return leaf_text(node)
    if kind in SPACES:
        return " "
    return "" if kind in _SKIPPED else None


def _gather(nodes: Iterable[Node], parts: list[str], notes: bool, cites: bool) -> None:
    for node in nodes:
        text = _leaf(node)
        if text is not None:
            parts.append(text)
            continue
        kind = node["t"]
        if (kind == "Note" and not notes) or (kind == "Cite" and not cites):
            continue
        opening, closing = QUOTES[node["c"][0]["t"]] if kind == "Quoted" else _NO_QUOTES
        parts.append(opening)
        for inner in (node["c"][1],) if kind == "Cite" else children(node):
            _gather(inner, parts, notes, cites)
            if kind in _LISTS:
                parts.append(" ")
        parts.append(" " if kind in _LINES else closing)
