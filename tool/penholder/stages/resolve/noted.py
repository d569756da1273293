"""The numbers of footnotes that citations stand in, over the whole paper: what "(n 3)" names in a note style.

Pandoc counts them as it reads a text, and each section is read alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.stages.resolve.parts import Part


def as_printed(parts: Iterable[Part]) -> list[Part]:
    """Sections in the order in which all outputs print them: the summary first."""
    return sorted(parts, key=lambda part: part.kind != "summary")


def number_notes(parts: Sequence[Part]) -> None:
    """Give each citation, in place, the number of the note it stands in or will become.

    Each footnote of the author's counts, and each citation in the text, which a note
    style makes one note of, however many sources it has.
    """
    number = 0
    inside: set[int] = set()
    for node in tree.visit(block for part in parts for block in part.blocks):
        if node["t"] == "Note":
            number += 1
            for cite in _cites(node["c"]):
                inside.add(id(cite))
                _set(cite, number)
        elif node["t"] == "Cite" and id(node) not in inside:
            number += 1
            _set(node, number)


def _cites(blocks: Sequence[Node]) -> list[Node]:
    return [node for node in tree.visit(blocks) if node["t"] == "Cite"]


def _set(cite: Node, number: int) -> None:
    for citation in cite["c"][0]:
        citation["citationNoteNum"] = number
