"""Word: the only room that knows WordprocessingML.

``reference_docx`` makes pandoc's reference document from a theme, ``markup`` gives the raw
pieces pandoc has no words for, ``finish`` completes what pandoc wrote, ``read_text`` reads
a DOCX back.
"""

from __future__ import annotations

from penholder.adapters.word.finish import FinishSpec, finish
from penholder.adapters.word.layout import PageSize
from penholder.adapters.word.markup import (
    ContentsEntry,
    bookmark,
    bookmark_name,
    contents,
    page_break,
    ref_field,
    run,
    seq_field,
    tab,
)
from penholder.adapters.word.read import Paragraph, WordText, read_text
from penholder.adapters.word.reference import ReferenceSpec, reference_docx

__all__ = [
    "ContentsEntry",
    "FinishSpec",
    "PageSize",
    "Paragraph",
    "ReferenceSpec",
    "WordText",
    "bookmark",
    "bookmark_name",
    "contents",
    "finish",
    "page_break",
    "read_text",
    "ref_field",
    "reference_docx",
    "run",
    "seq_field",
    "tab",
]
