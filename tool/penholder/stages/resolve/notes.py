"""Footnotes where no format can have them: those within footnotes, and those within citations, which may become footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.findings import Finding
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import AFFIXES

Told = Callable[[str], None]



def notes_in(nodes: Sequence[Node]) -> bool:
    """Whether a footnote stands anywhere in some nodes."""
    return any(node["t"] == "Note" for node in tree.visit(nodes))


def in_brackets(nodes: list[Node], told: Told) -> None:
    """Put the text of footnotes in ``nodes``, which a footnote holds, in brackets where they stand: in place.

    ``told`` hears the words of each.
    """
    out: list[Node] = []
    for node in nodes:
        for inner in tree.children(node):
            in_brackets(inner, told)
        if node["t"] != "Note":
            out.append(node)
            continue
        told(tree.text_of(node["c"]).strip())
        if inlines := _in_a_line(node["c"]):
            apart = [tree.SPACE] if out and out[-1]["t"] not in tree.SPACES else []
            out += [*apart, tree.string("["), *inlines, tree.string("]")]
    nodes[:] = out


def note_in_note(finder: Finder, text: str) -> Finding:
    """The finding for a footnote of these words."""
    return codes.NOTE_INSIDE.at(finder.note(text), "This footnote stands within another one; it is printed there, in brackets.")


def behind(cite: Node) -> list[Node] | None:
    """A citation, and behind it the footnotes that stood beside its sources; ``None`` where there are none."""
    taken: list[Node] = []

    def take(node: Node) -> list[Node] | None:
        if node["t"] != "Note":
            return None
        taken.append(node)
        return []

    for citation in cite["c"][0]:
        for place in AFFIXES:
            if notes_in(citation[place]):
                tree.rewrite(citation[place], take)
                while citation[place] and citation[place][-1]["t"] in tree.SPACES:
                    citation[place].pop()
    return [cite, *taken] if taken else None


def _in_a_line(blocks: Sequence[Node]) -> list[Node]:
    """All that blocks hold, in one line: a space between one paragraph, item or cell and the next."""
    out: list[Node] = []
    for inlines in _lines(blocks):
        out += [tree.SPACE] if out and inlines else []
        out += inlines
    return out


def _lines(blocks: Sequence[Node]) -> Iterator[list[Node]]:
    for block in blocks:
        if block["t"] == "CodeBlock":
            content: Any = block["c"]
            yield [{"t": "Code", "c": [content[0], " ".join(content[1].split())]}]
        for inner in tree.children(block):
            if inner and inner[0]["t"] in tree.BLOCKS:
                yield from _lines(inner)
            else:
                yield inner
