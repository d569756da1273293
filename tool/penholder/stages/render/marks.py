"""Marks of change made ready to be shown: on every stretch of words, each enclosed by signs that print, copy and speech keep."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.resolve.changes import change_at, change_of, mark_inlines
from penholder.stages.resolve.parts import Document

INSERTED, DELETED = "+", "−"


def sign_of(change: Change) -> str:
    """What stands before and after a stretch of words that has changed."""
    return INSERTED if change.is_new else DELETED


# marks on every stretch of words --------------------------------------------------------------------


def spread(document: Document) -> Document:
    """The document with the marks of whole blocks and rows put on the words in them too, those in notes as well.

    Changes of nothing but spaces have none.
    """
    return _with(document, lambda blocks: _blocks(blocks, None))


def signed(document: Document) -> Document:
    """The document as its text reads where signs stand for marks."""

    def sign(node: Node) -> list[Node] | None:
        change = change_at(node) if node["t"] == "Span" else None
        if change is None or not _has_words(node["c"][1]):
            return None
        return [tree.string(sign_of(change)), *node["c"][1], tree.string(sign_of(change))]

    return _with(spread(document), lambda blocks: tree.rewrite(copy.deepcopy(list(blocks)), sign))


def _with(document: Document, made: Callable[[Sequence[Node]], list[Node]]) -> Document:
    sections = tuple(section._replace(blocks=tuple(made(section.blocks))) for section in document.sections)
    return document._replace(sections=sections, references=tuple(made(document.references)))


def _blocks(blocks: Sequence[Node], change: Change | None) -> list[Node]:
    return [_block(block, change) for block in blocks]


def _block(node: Node, change: Change | None) -> Node:
    kind, content = node["t"], node.get("c")
    spreading = _SPREAD.get(kind)
    return {"t": kind, "c": spreading(content, change)} if spreading else node


def _div(content: Any, change: Change | None) -> Any:
    attributes, blocks = content
    return [attributes, _blocks(blocks, change_of(attributes) or change)]


def _lists(items: Sequence[Sequence[Node]], change: Change | None) -> list[list[Node]]:
    return [_blocks(item, change) for item in items]


def _definitions(content: Any, change: Change | None) -> Any:
    return [[_line(term, change), _lists(described, change)] for term, described in content]


def _table(content: Any, change: Change | None) -> Any:
    attributes, caption, columns, head, bodies, foot = content
    return [
        attributes,
        [caption[0], _blocks(caption[1], change)],
        columns,
        [head[0], _rows(head[1], change)],
        [[b[0], b[1], _rows(b[2], change), _rows(b[3], change)] for b in bodies],
        [foot[0], _rows(foot[1], change)],
    ]


def _rows(rows: Sequence[Any], change: Change | None) -> list[Any]:
    return [[at, [[*cell[:4], _blocks(cell[4], change_of(at) or change)] for cell in cells]] for at, cells in rows]


def _line(inlines: Sequence[Node], change: Change | None) -> list[Node]:
    """Stretches of words; a picture, or a formula that has a line of its own, has no room for signs: its block has the mark."""
    made = _inlines(inlines, change)
    if not change:
        return made
    out: list[Node] = []
    for formula, stretch in groupby(made, key=tree.displayed):
        nodes = list(stretch)
        out += [mark_inlines(change, nodes)] if not formula and _has_words(nodes) else nodes
    return out


def _mark(content: Any, change: Change) -> list[Node]:
    """A mark on inlines close around their words, without the spaces at its ends; one on spaces alone is not worth showing."""
    attributes, inlines = content
    words = [at for at, node in enumerate(inlines) if not _is_blank(node)]
    if not words:
        return list(inlines) if change.is_new else []
    first, last = words[0], words[-1] + 1
    return [*inlines[:first], tree.span(attributes, _inlines(inlines[first:last], change)), *inlines[last:]]


def _is_blank(node: Node) -> bool:
    return node["t"] in ("Space", "SoftBreak") or (node["t"] == "Str" and node["c"].isspace())


def _has_words(inlines: Sequence[Node]) -> bool:
    return any(_is_word(n) or (n["t"] != "Image" and any(map(_has_words, tree.children(n)))) for n in inlines)


def _is_word(node: Node) -> bool:
    return node["t"] in ("Str", "Code") or (node["t"] == "Math" and node["c"][0]["t"] == "InlineMath")


def _inlines(inlines: Sequence[Node], change: Change | None) -> list[Node]:
    """Inlines with the marks around them on the notes in them."""
    out: list[Node] = []
    for node in inlines:
        kind, content = node["t"], node.get("c", ())
        if kind == "Note":
            content = _blocks(content, change)
        elif kind in tree.LOOKS:
            content = _inlines(content, change)
        elif kind == "Span" and (own := change_at(node)):
            out += _mark(content, own)
            continue
        elif kind in ("Span", "Link"):
            content = [content[0], _inlines(content[1], change), *content[2:]]
        elif kind in ("Quoted", "Cite"):
            content = [content[0], _inlines(content[1], change)]
        out.append(node if content is node.get("c", ()) else {"t": kind, "c": content})
    return out


_SPREAD: Mapping[str, Callable[[Any, Change | None], Any]] = {
    "Para": _line,
    "Plain": _line,
    "Header": lambda c, change: [c[0], c[1], _line(c[2], change)],
    "LineBlock": lambda c, change: [_line(line, change) for line in c],
    "BlockQuote": _blocks,
    "BulletList": _lists,
    "OrderedList": lambda c, change: [c[0], _lists(c[1], change)],
    "DefinitionList": _definitions,
    "Figure": lambda c, change: [c[0], [c[1][0], _blocks(c[1][1], change)], _blocks(c[2], change)],
    "Div": _div,
    "Table": _table,
}


# what was moved -------------------------------------------------------------------------------------


class Move(NamedTuple):
    """The numbers that what was moved had and has; ``""`` for what has none, ``None`` for an end that is not there."""

    was: str | None = None
    now: str | None = None

    def other(self, change: Change) -> str | None:
        """The number at the end that ``change`` is not."""
        return self.was if change.is_new else self.now


def moves(document: Document) -> dict[str, Move]:
    """What was moved in a document, by what the two ends of a move have in common."""
    found: dict[str, Move] = {}
    for section in document.sections:
        for node in tree.visit(section.blocks):
            change = change_at(node) if node["t"] == "Div" else None
            if change and change.move:
                move, number = found.get(change.move, Move()), _number_in(node["c"][1])
                found[change.move] = move._replace(now=number) if change.is_new else move._replace(was=number)
    return found


def _number_in(blocks: Sequence[Node]) -> str:
    numbered: list[Attr] = [n["c"][0] for n in tree.visit(blocks) if n["t"] == "Div" and tree.has_class(n["c"][0], "numbered")]
    return tree.value_of(numbered[0], "number") if numbered else ""


def moved_words(change: Change, move: Move, words: Mapping[str, str]) -> tuple[str, str, str]:
    """What is said at one end of a move: the words before the other place, its name, those behind."""
    number = move.other(change)
    said = words["redline_moved_here" if change.is_new else "redline_moved_away"]
    place = f"{words['paragraph']} {number}" if number else words["redline_earlier_place" if change.is_new else "redline_new_place"]
    before, _, behind = said.partition("{place}")
    return before, place, behind
