"""The running header and footer (ECMA-376 Part 1, 17.10) with live page fields."""

from __future__ import annotations

import re

from penholder.adapters.word.layout import Layout
from penholder.adapters.word.xml import HEAD, ROOT, escape
from penholder.model.theme import Furniture

_PLACE = re.compile(r"\{(page|pages)\}")
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_CHARACTER_EM = 0.47  # of a sans serif at most, on average; a page label is short
_TAB = "<w:r><w:tab/></w:r>"


def header_xml(furniture: Furniture) -> str:
    """``header1.xml``: one line, the running title."""
    return f'{HEAD}<w:hdr {ROOT}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_runs(furniture.header)}</w:p></w:hdr>'


def footer_xml(furniture: Furniture, page: Layout, *, size: float, draft: str) -> str:
    """``footer1.xml``: left, centre and right by tab stops; above them ``draft``, if any.

    Where the left part would run into the centre it takes a line of its own. ``size`` is
    the size of the footer's letters in points.
    """
    left, centre, right = furniture.footer_left, furniture.footer_centre, furniture.footer_right
    room = page.column / 20 / size / _CHARACTER_EM  # in letters
    reach = max(len(left), len(right)) + len(centre) / 2 + 2
    fits = len(left) + len(right) + 2 < room if not centre else reach < room / 2
    if fits or not left:
        line = _runs(left) + _TAB + _runs(centre) + _TAB + _runs(right)
    else:
        line = f"{_runs(left)}<w:r><w:br/></w:r>{_runs(centre)}{_TAB}{_TAB}{_runs(right)}"
    mark = ""
    if draft:
        style = '<w:rPr><w:rStyle w:val="DraftMark"/></w:rPr>'
        mark = f'<w:r>{style}<w:t xml:space="preserve">{escape(draft)}</w:t></w:r>'
        mark += "<w:r><w:br/></w:r>"
    return f'{HEAD}<w:ftr {ROOT}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{mark}{line}</w:p></w:ftr>'


def _runs(text: str) -> str:
    """Text with ``{page}`` and ``{pages}`` as PAGE and NUMPAGES fields (17.16.5)."""
    runs = []
    for index, part in enumerate(_PLACE.split(text)):
        if index % 2:
            field = _FIELDS[part]
            runs.append(f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        elif part:
            runs.append(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>')
    return "".join(runs)
