"""Word: the only room that knows WordprocessingML.

``reference_docx`` makes pandoc's reference document from a theme, ``markup`` gives the raw
pieces pandoc has no words for, ``finish`` completes what pandoc wrote, ``read_text`` reads
a DOCX back, ``look_inside`` and ``numbered_paragraphs`` say what else is in it. Markers of
change in the text (``markers``) become tracked changes; ``accepted`` and ``rejected`` resolve them.

The names are loaded when they are first used: no build needs all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from penholder.lazily import names_of

if TYPE_CHECKING:
    from penholder.adapters.word.accept import accepted, rejected
    from penholder.adapters.word.adapt import adapted
    from penholder.adapters.word.finishing import FinishSpec, finish
    from penholder.adapters.word.inspect import WordInside, look_inside
    from penholder.adapters.word.layout import HANG_MM, PageSize, lines_of, page_layout, twips
    from penholder.adapters.word.markers import blocks_end, blocks_start, change_end, change_start, row_change
    from penholder.adapters.word.markup import (
        ContentsEntry,
        bookmark,
        bookmark_name,
        contents,
        contents_number,
        page_break,
        ref_field,
        run,
        separator,
        seq_field,
        tab,
    )
    from penholder.adapters.word.numbers import Numbered, numbered_paragraphs
    from penholder.adapters.word.read import Paragraph, WordText, read_text
    from penholder.adapters.word.reference import Reference, ReferenceSpec, bare_reference, reference_docx

__all__ = [
    "HANG_MM",
    "ContentsEntry",
    "FinishSpec",
    "Numbered",
    "PageSize",
    "Paragraph",
    "Reference",
    "ReferenceSpec",
    "WordInside",
    "WordText",
    "accepted",
    "adapted",
    "bare_reference",
    "blocks_end",
    "blocks_start",
    "bookmark",
    "bookmark_name",
    "change_end",
    "change_start",
    "contents",
    "contents_number",
    "finish",
    "lines_of",
    "look_inside",
    "numbered_paragraphs",
    "page_break",
    "page_layout",
    "read_text",
    "ref_field",
    "reference_docx",
    "rejected",
    "row_change",
    "run",
    "separator",
    "seq_field",
    "tab",
    "twips",
]

__getattr__ = names_of(
    __name__,
    {
        "accept": "accepted rejected",
        "adapt": "adapted",
        "finishing": "FinishSpec finish",
        "inspect": "WordInside look_inside",
        "layout": "HANG_MM PageSize lines_of page_layout twips",
        "markers": "blocks_end blocks_start change_end change_start row_change",
        "markup": "ContentsEntry bookmark bookmark_name contents contents_number page_break ref_field run separator seq_field tab",
        "numbers": "Numbered numbered_paragraphs",
        "read": "Paragraph WordText read_text",
        "reference": "Reference ReferenceSpec bare_reference reference_docx",
    },
)
