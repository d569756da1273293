"""A redline in Typst: the marks of change, and the page that says how to read them. Their look is in ``redline.typ``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.adapters.typst.compiler import quoted
from penholder.packaged import DEFAULT_THEME
from penholder.stages.render.emit import Versioned
from penholder.stages.render.front import Front
from penholder.stages.render.legend import Legend, how_to_read
from penholder.stages.render.marking import MarkingEmitter
from penholder.stages.render.marks import Move, moved_words, sign_of
from penholder.stages.render.typst import TypstEmitter, around, inline, picture_of, raw
from penholder.stages.resolve.changes import change_at, change_of

IMPORT = '#import "redline.typ": *\n'
RULES = "#show: redline\n"
_WIDE = ("#paper-figure(", "#paper-table(", "#recommendation(")  # what has much room above and below


def redline_files(legend: Legend, words: Mapping[str, str]) -> dict[str, bytes]:
    """The file of the marks' look, and its data."""
    data = {
        "title": legend.title,
        "facts": legend.facts,
        "how": how_to_read(words),
        "rows": [row._asdict() for row in legend.rows],
        "cover": [change._asdict() for change in legend.cover],
    }
    look = (DEFAULT_THEME / "redline.typ").read_bytes()
    return {"redline.typ": look, "redline.json": json.dumps(data, ensure_ascii=False).encode()}


class RedlineEmitter(MarkingEmitter, TypstEmitter):
    """Writes what both versions hold, marked; ``moves`` is what was moved, the marks are spread on the words."""

    def __init__(self, front: Front, moves: Mapping[str, Move]) -> None:
        super().__init__(front)
        self._moves = moves
        self._labels: set[str] = set()
        self._in_heading = False

    def _node(self, node: Node) -> Node | list[Node]:
        """PDF/UA has no word for a line under or through what has one already: the mark's is drawn, the author's is not."""
        if node["t"] in ("Underline", "Strikeout") and (self._in_mark or _holds_mark(node)):
            return self._list(node["c"])
        return super()._node(node)

    def _link(self, content: Any) -> Node | list[Node]:
        if not (self._in_mark or any(_holds_mark(node) for node in content[1])):
            return super()._link(content)
        made = super()._link(content)
        return [inline("#within[") if n == inline("#outward[") else n for n in made] if isinstance(made, list) else made

    def _div(self, attributes: Attr, blocks: Sequence[Node]) -> Node | list[Node]:
        change = change_of(attributes)
        if change is None:
            return super()._div(attributes, blocks)
        with self._within(change):
            return self._barred(change, blocks)

    def _header(self, content: Any) -> Node | list[Node]:
        self._in_heading = True
        made = super()._header(content)
        self._in_heading = False
        return made

    # words, rows, blocks

    def changed(self, change: Change, inlines: list[Node]) -> list[Node]:
        hidden = self._in_heading and not self._gone  # a heading that is gone as a whole is in no contents, and must have a title
        kind = "inserted" if change.is_new else "deleted-in-heading" if hidden else "deleted"
        return [inline(f"#{kind}["), *inlines, inline("];")]

    def _barred(self, change: Change, blocks: Sequence[Node]) -> list[Node]:
        """What has changed, with bars: headings by themselves, for they keep their room above."""
        out: list[Node] = []
        opening = self._moved(change)
        for heading, run in groupby(blocks, lambda block: block["t"] == "Header"):
            if not heading:
                out += self.changed_blocks(change, [*opening, *self._list(list(run))])
            else:
                out += self.changed_blocks(change, opening) if opening else []
                out += [node for block in run for node in around(f"#barred-heading({quoted(sign_of(change))})", self._list([block]))]
            opening = []
        return out

    def changed_blocks(self, change: Change, blocks: list[Node]) -> list[Node]:
        wide = ", wide: true" if any(_begins(node, *_WIDE) for node in blocks) else ""
        return around(f"#barred({quoted(sign_of(change))}{wide})", blocks)

    def _moved(self, change: Change) -> list[Node]:
        """The line that says where what was moved is or was, and leads there."""
        if not change.move or change.move not in self._moves:
            return []
        move = self._moves[change.move]
        before, place, behind = map(quoted, moved_words(change, move, self._words))
        here, there = (f"\ue000{change.move}-{end}" for end in (("now", "was") if change.is_new else ("was", "now")))
        to = "none" if move.other(change) is None else f"label({quoted(there)})"
        own = "none" if here in self._labels else f"label({quoted(here)})"
        self._labels.add(here)
        return [raw(f"#moved({quoted(sign_of(change))}, {own}, {to}, {before}, {place}, {behind})")]

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        made = super().header(level, attributes, inlines)
        if not self._gone or isinstance(made, list):
            return made
        return [raw(f"#gone-heading({level})["), tree.plain(made["c"][2]), raw("]")]

    # pictures

    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]:
        """Every picture that the figure had or has; the caption stands below the last."""
        pictures = list(_pictures(shown, self._change))
        change, main = next((p for p in reversed(pictures) if p[0] is None or p[0].is_new), pictures[-1])
        out = [self._other(*p) for p in pictures if p[1] is not main]
        made = super().figure(number, identifier, [tree.para([self._described(change, main)])], caption, source)
        return [*out, *(made if change in (None, self._change) else self.changed_blocks(change, made))]

    def _other(self, change: Change | None, image: Node) -> Node:
        attributes, _, (name, _) = self._described(change, image)["c"]
        sign = quoted(sign_of(change)) if change else "none"
        return raw(f"#other-picture({sign}, {picture_of(attributes, name)})")

    def _described(self, change: Change | None, image: Node) -> Node:
        """The picture with words that say it was inserted or deleted before those that say what it shows."""
        attributes, inlines, target = image["c"]
        alt = tree.value_of(attributes, "alt")
        if change is None or not alt:
            return image
        said = self._words["redline_inserted" if change.is_new else "redline_deleted"]
        values = dict(attributes[2]) | {"alt": f"{said}: {alt}"}
        return {"t": "Image", "c": [tree.attr(attributes[0], attributes[1], values), inlines, target]}

    # numbers and addressees

    def _number(self, number: Versioned) -> str:
        if self._gone:
            return f"gone-number({quoted(number)})"
        return f"renumbered({quoted(number.was)}, {quoted(number)})" if number.was else quoted(number)

    def _addressee(self, to: Versioned) -> str:
        if self._gone and to:
            return f"altered({quoted(to)}, {quoted('')})"
        return quoted(to) if to.was is None else f"altered({quoted(to.was)}, {quoted(to)})"

    def _name(self, kind: str, number: Versioned) -> str:
        return f"{quoted(self._label(kind))} + {self._number(number)}"


def _holds_mark(node: Node) -> bool:
    return any(n["t"] == "Span" and change_at(n) for n in tree.visit([node]))


def _begins(node: Node, *openings: str) -> bool:
    return node["t"] == "RawBlock" and str(node["c"][1]).startswith(openings)


def _pictures(nodes: Sequence[Node], change: Change | None) -> Iterator[tuple[Change | None, Node]]:
    """The pictures in some blocks, each with what happened to it."""
    for node in nodes:
        if node["t"] == "Image":
            yield change, node
            continue
        own = change_at(node)
        for inner in tree.children(node):
            yield from _pictures(inner, own or change)
