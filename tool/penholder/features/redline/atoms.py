"""Inlines as a row of atoms that can be compared, and back again.

An atom is a word, a sign, a space, or a thing that is whole or not there (a footnote, a
formula, a picture, a reference). What stands around it (emphasis, a link, a citation) is
its path: the nodes that hold it, outermost first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.stages.resolve.changes import mark_inlines

_PIECE = re.compile(r"\w+(?:[’'.,/-]\w+)*|\s+|[^\w\s]")
_SPACES = frozenset(("Space", "SoftBreak"))
NOTE = "\0note"


class Place(NamedTuple):
    """Which word an atom is of: the leaf of the tree that holds it, by identity, and which of the leaf's words."""

    leaf: int
    word: int


class Atom(NamedTuple):
    """``key`` is what is compared; ``node`` is the thing, ``None`` for text; ``path`` are the nodes around it."""

    key: str
    text: str
    node: Node | None
    path: tuple[Node, ...]
    place: Place

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word, or says as much as one."""
        return self.node is not None or any(c.isalnum() for c in self.text)

    @property
    def look(self) -> tuple[str, ...]:
        """How it is formatted: emphasis and its like, outermost first."""
        return tuple(n["t"] for n in self.path if n["t"] in tree.LOOKS)


def atoms_of(inlines: Iterable[Node]) -> list[Atom]:
    """Inlines as atoms, in reading order."""
    out: list[Atom] = []
    _gather(inlines, (), "", out)
    return out


def _gather(inlines: Iterable[Node], path: tuple[Node, ...], target: str, out: list[Atom]) -> None:
    for node in inlines:
        kind: str = node["t"]
        if kind == "Str":
            _pieces(node, path, target, out)
        elif kind in _SPACES:
            out.append(Atom(" " + target, " ", None, path, Place(id(node), 0)))
        elif kind == "Quoted":
            opening, closing = tree.QUOTES[node["c"][0]["t"]]
            out.append(Atom(opening, opening, None, path, Place(id(node), 0)))
            _gather(node["c"][1], path, target, out)
            out.append(Atom(closing, closing, None, path, Place(id(node), 0)))
        elif (inner := _held(node)) is not None:
            _gather(inner, (*path, node), _beyond(node, target), out)
        else:
            out.append(Atom(_key(node) + target, _text(node), node, path, _place(node)))


def _beyond(node: Node, target: str) -> str:
    """What keeps words in a holder apart from the same words elsewhere: the address of a link, that they are a citation."""
    if node["t"] == "Link" and not node["c"][2][0].startswith("#"):
        return f"\0{node['c'][2][0]}"
    return f"{target}\0cite" if node["t"] == "Cite" else target


def _place(node: Node) -> Place:
    """The place of a whole thing: that of the first words in it."""
    leaf = next((n for n in tree.visit([node]) if n["t"] in tree.LEAVES), node)
    return Place(id(leaf), 0)


def _pieces(node: Node, path: tuple[Node, ...], target: str, out: list[Atom]) -> None:
    """The words, signs and spaces of a text."""
    word, apart = -1, True
    for piece in _PIECE.findall(node["c"]):
        if piece.isspace():
            apart = True
        elif apart:
            word, apart = word + 1, False
        out.append(Atom(piece + target, piece, None, path, Place(id(node), max(word, 0))))


def words_of_text(text: str) -> list[str]:
    """The words among the pieces of a text: those with a letter or a digit."""
    return [piece for piece in _PIECE.findall(text) if any(c.isalnum() for c in piece)]


def _held(node: Node) -> list[Node] | None:
    """The inlines that a node holds, if they can be told apart; ``None`` for a thing that is whole."""
    kind = node["t"]
    if kind in tree.LOOKS:
        return node["c"]  # type: ignore[no-any-return]
    if kind == "Cite":
        return node["c"][1]  # type: ignore[no-any-return]
    if kind == "Span" and not (len(node["c"][1]) == 1 and node["c"][1][0]["t"] == "Math"):
        return node["c"][1]  # type: ignore[no-any-return]
    if kind == "Link" and "xref" not in node["c"][0][1]:
        return node["c"][1]  # type: ignore[no-any-return]
    return None


def _key(node: Node) -> str:
    """What makes a whole thing what it is."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Note":
        return NOTE
    if kind == "Image":
        return f"\0image {content[2][0]} {content[0][2]} {tree.text_of(content[1])}"
    if kind == "Link":
        return f"\0reference {tree.text_of([node])}"
    return f"\0{kind} {content}"


def _text(node: Node) -> str:
    return "" if node["t"] in ("Note", "Image") else tree.text_of([node])


# and back -----------------------------------------------------------------------------------------

Marked = tuple[Atom, Change | None]


def inlines_of(marked: Sequence[Marked]) -> list[Node]:
    """Atoms as inlines, a mark around each stretch that has changed."""
    out: list[Node] = []
    for change, stretch in groupby(marked, key=lambda m: m[1]):
        made = _nested([atom for atom, _ in stretch], 0)
        out += made if change is None else [mark_inlines(change, made)]
    return out


def _nested(atoms: Sequence[Atom], depth: int) -> list[Node]:
    """Atoms whose first ``depth`` holders stand around them already."""
    out: list[Node] = []
    for _, group in groupby(atoms, key=lambda a: id(a.path[depth]) if len(a.path) > depth else 0):
        stretch = list(group)
        if len(stretch[0].path) > depth:
            out.append(_around(stretch[0].path[depth], _nested(stretch, depth + 1)))
        else:
            out += _flat(stretch)
    return out


def _around(holder: Node, inner: list[Node]) -> Node:
    content: Any = holder["c"]
    if holder["t"] in tree.LOOKS:
        content = inner
    elif holder["t"] == "Link":
        content = [content[0], inner, content[2]]
    else:  # a span or a citation
        content = [content[0], inner]
    return {"t": holder["t"], "c": content}


def _flat(atoms: Iterable[Atom]) -> Iterator[Node]:
    """Text of one leaf as one string again, spaces at its ends as nodes of their own; things as they are."""
    for leaf, group in groupby(atoms, key=lambda a: a.place.leaf if a.node is None else None):
        if leaf is None:
            yield from (atom.node for atom in group if atom.node is not None)
            continue
        text = "".join(atom.text for atom in group)
        inner = text.strip(" ")
        if text.startswith(" "):
            yield tree.SPACE
        if inner:
            yield tree.string(inner)
            if text.endswith(" "):
                yield tree.SPACE
