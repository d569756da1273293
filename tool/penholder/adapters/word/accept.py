"""All tracked changes of a DOCX accepted or rejected (ECMA-376 Part 1, 17.13.5), as Word does it.

Runs, paragraph marks, rows, cells, moves, formatting and the notes whose reference went; in the text, the notes, headers
and footers of any program's file. What was accepted carries no trace of the changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from penholder.adapters.word.formerly import resolve_properties
from penholder.adapters.word.merge import UnendedParagraphs
from penholder.adapters.word.package import read_parts, write_parts
from penholder.adapters.word.revised import CELL_MARKS, CELLS_MERGED, NEW, OLD, RANGES, revised
from penholder.adapters.word.xml import parse, serialise, w
from penholder.errors import PenholderError

_DOCUMENT = "word/document.xml"
_RESOLVED = re.compile(r"word/(document|footnotes|endnotes|comments|(header|footer)\d*)\.xml")
_APART = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"), ("word/comments.xml", "comment"))

_FROM_DELETION = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_ROW, _TABLE, _CELL, _P = w("tr"), w("tbl"), w("tc"), w("p")
_LINK, _START, _END, _ID = w("hyperlink"), w("bookmarkStart"), w("bookmarkEnd"), w("id")


def accepted(docx: bytes) -> bytes:
    """The newer version: what was deleted or moved away is gone, the rest is plain text. Raises ``PenholderError`` for no DOCX."""
    return _resolved(docx, accept=True)


def rejected(docx: bytes) -> bytes:
    """The older version. Raises ``PenholderError`` for no DOCX."""
    return _resolved(docx, accept=False)


def _resolved(docx: bytes, *, accept: bool) -> bytes:
    parts = read_parts(docx)
    if _DOCUMENT not in parts:
        raise PenholderError("This is not a Word file: it holds no document.", "Save it from Word as .docx.")
    roots = {name: parse(data) for name, data in parts.items() if _RESOLVED.fullmatch(name)}
    if resolve(roots, accept=accept):
        parts |= {name: serialise(root) for name, root in roots.items()}
    return write_parts(parts)


def resolve(roots: Mapping[str, etree._Element], *, accept: bool) -> bool:
    """Resolve the changes of the parts, by name, in place; say whether there were any.

    Notes and comments that are then referred to no more are left out.
    """
    if not revised(roots.values()):
        return False
    before = {name: _references(roots, kind) for name, kind in _APART if name in roots}
    for root in roots.values():
        _resolve_part(root, gone=OLD if accept else NEW, accept=accept)
    for name, kind in _APART:
        if name in roots:
            _drop_notes(roots[name], kind, before[name] - _references(roots, kind))
    return True


def _resolve_part(root: etree._Element, *, gone: frozenset[str], accept: bool) -> None:
    hollow = set(_hollow_bookmarks(root))
    _resolve_cells(root, gone)
    _resolve_rows(root, gone)
    resolve_properties(root, accept=accept)
    merger = UnendedParagraphs(root, gone)
    _resolve_runs(root, gone)
    _remove(start for start in _hollow_bookmarks(root) if start not in hollow)
    _remove(link for link in list(root.iter(_LINK)) if not any(child.tag not in (_START, _END) for child in link))
    merger.merge()
    _remove(list(root.iter(*RANGES)))
    _drop_lone_marks(root)


def _remove(elements: Iterable[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """Put what is in an element in its place."""
    for child in element:
        element.addprevious(child)
    _remove([element])


# runs ----------------------------------------------------------------------------


def _resolve_runs(root: etree._Element, gone: frozenset[str]) -> None:
    """Runs, formulas and what else stands in a change: by now only those are left."""
    for element in list(root.iter(*NEW, *OLD)):
        if element.tag in gone:
            _remove([element])
        else:
            _unwrap(element)
    for text in list(root.iter(*_FROM_DELETION)):
        text.tag = _FROM_DELETION[str(text.tag)]


def _hollow_bookmarks(root: etree._Element) -> Iterable[etree._Element]:
    """Starts of bookmarks that hold nothing, apart from other bookmarks' ends."""
    for start in list(root.iter(_START)):
        after = start.getnext()
        while after is not None and after.tag in (_START, _END) and after.get(_ID) != start.get(_ID):
            after = after.getnext()
        if after is not None and after.tag == _END:
            yield start


def _drop_lone_marks(root: etree._Element) -> None:
    """Ends of bookmarks without a start, and starts without an end."""
    starts = {start.get(_ID): start for start in root.iter(_START)}
    ends = {end.get(_ID): end for end in root.iter(_END)}
    _remove(mark for number, mark in starts.items() if number not in ends)
    _remove(mark for number, mark in ends.items() if number not in starts)


# tables --------------------------------------------------------------------------


def _resolve_cells(root: etree._Element, gone: frozenset[str]) -> None:
    """Cells that came or went (17.13.5.1, .2); of merged ones (.3) the mark alone goes."""
    for mark in list(root.iter(*CELL_MARKS, CELLS_MERGED)):
        cell = next(mark.iterancestors(_CELL), None)
        if cell is not None and CELL_MARKS.get(str(mark.tag), frozenset()) & gone:
            _remove([cell])
        else:
            _remove([mark])


def _resolve_rows(root: etree._Element, gone: frozenset[str]) -> None:
    """Rows that came or went (17.13.5.12, .16), and tables of which no row is left."""
    for row in list(root.iter(_ROW)):
        marks = [mark for mark in row.iterfind(f"{w('trPr')}/*") if mark.tag in NEW | OLD]
        if any(mark.tag in gone for mark in marks) or (row.find(_CELL) is None and row.find(f".//{_CELL}") is None):
            _remove([row])
        else:
            _remove(marks)
    for table in [t for t in root.iter(_TABLE) if t.find(f".//{_ROW}") is None]:
        cell = table.getparent()
        _remove([table])
        if cell is not None and cell.tag == _CELL and cell.find(_P) is None:
            etree.SubElement(cell, _P)  # a cell ends with a paragraph (17.4.65)


# notes ---------------------------------------------------------------------------


def _references(roots: Mapping[str, etree._Element], kind: str) -> set[str]:
    """Ids of the notes of a kind that are referred to."""
    return {e.get(_ID, "") for root in roots.values() for e in root.iter(w(f"{kind}Reference"))}


def _drop_notes(notes: etree._Element, kind: str, numbers: set[str]) -> None:
    _remove([note for note in notes.iterchildren(w(kind)) if note.get(_ID) in numbers])
