"""The numbers of footnotes that citations stand in, over the whole paper: what "(n 3)" names in a note style.

Pandoc counts them as it reads a text, and each section is read alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from penholder.adapters.pandoc import tree
from penholder.stages.resolve.parts import Part


def number_notes(parts: Sequence[Part]) -> None:
    """Give each citation, in place, the number of the note it stands in or will become.

    Each footnote of the author's counts, and each citation in the text, which a note
    style makes one note of, however many sources it has.
    """
    blocks = (block for part in parts for block in part.blocks)
    for number, node in enumerate(tree.outermost(blocks, "Note", "Cite"), 1):
        for cite in tree.outermost([node], "Cite"):
            for citation in cite["c"][0]:
                citation["citationNoteNum"] = number
