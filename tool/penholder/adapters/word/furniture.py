"""The running header and footer (ECMA-376 Part 1, 17.10) with live page fields."""

from __future__ import annotations

import re

from penholder.adapters.word.layout import Layout, twips
from penholder.adapters.word.xml import HEAD, ROOT, escape
from penholder.model.theme import Furniture

_PLACE = re.compile(r"\{(page|pages)\}")
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_CHARACTER_EM = 0.47  # of a sans serif at most, on average; a page label is short
_TAB = "<w:r><w:tab/></w:r>"
_NO_RULE = '<w:pBdr><w:{side} w:val="nil"/></w:pBdr>'  # nothing to set apart from the text


def header_xml(furniture: Furniture) -> str:
    """``header1.xml``: one line, the running title."""
    bare = "" if furniture.header else _NO_RULE.format(side="bottom")
    return f'{HEAD}<w:hdr {ROOT}><w:p><w:pPr><w:pStyle w:val="Header"/>{bare}</w:pPr>{_runs(furniture.header)}</w:p></w:hdr>'


def footer_xml(furniture: Furniture, page: Layout, *, size: float, draft: str) -> str:
    """``footer1.xml``: left, centre and right by tab stops; below them ``draft``, if any.

    Where left or right would run into the centre, that goes to the line below. ``size`` is
    the size of the footer's letters in points.
    """
    left, centre, right = furniture.footer_left, furniture.footer_centre, furniture.footer_right
    room = page.column / 20 / size / _CHARACTER_EM  # in letters
    reach = max(len(left), len(right)) + len(centre) / 2 + 2
    fits = not centre or reach < room / 2
    below = [] if fits else [_runs(centre)]
    if draft:
        below.append(draft_mark(draft))
    if fits and centre:
        stops, line = "", _runs(left) + _TAB + _runs(centre) + _TAB + _runs(right)
    else:
        stops = f'<w:tabs><w:tab w:val="clear" w:pos="{page.column // 2}"/></w:tabs>'
        line = _runs(left) + _TAB + _runs(right)
    if not (left or centre or right or draft):
        stops, line = _NO_RULE.format(side="top") + stops, ""
    last = f"<w:r><w:br/></w:r>{_runs(' · ').join(below)}" if below else ""
    return f'{HEAD}<w:ftr {ROOT}><w:p><w:pPr><w:pStyle w:val="Footer"/>{stops}</w:pPr>{line}{last}</w:p></w:ftr>'


def first_header_xml(page: Layout) -> str:
    """The cover's header: a band down the edge of the page, in a frame (17.3.1.11).

    Not a drawing, which would want an alternative text.
    """
    frame = (
        f'<w:framePr w:w="{twips(9)}" w:h="{page.height}" w:hRule="exact" w:hSpace="0" w:wrap="around" '
        'w:vAnchor="page" w:hAnchor="page" w:x="1" w:y="1"/>'
    )
    return (
        f'{HEAD}<w:hdr {ROOT}><w:p><w:pPr><w:pStyle w:val="CoverBand"/>{frame}'
        f'<w:spacing w:before="0" w:after="0" w:line="{page.height}" w:lineRule="exact"/></w:pPr></w:p>'
        '<w:p><w:pPr><w:pStyle w:val="PageBreak"/></w:pPr></w:p></w:hdr>'
    )


def draft_mark(draft: str) -> str:
    """A run that says that this is a draft."""
    style = '<w:rPr><w:rStyle w:val="DraftMark"/></w:rPr>'
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(draft)}</w:t></w:r>'


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
