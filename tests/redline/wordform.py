"""The normal form of a Word file: what two files must have in common to be the same paper.

In it: paragraphs with style, list (its depth, format and start) and direct looks, runs with theirs, links with their
targets, fields, formulas, pictures, breaks, tables with columns, spans and header rows, notes in place. Not in it is
what follows from the length of a text or the count of lists and not from the paper: ids, widths of columns,
what is kept on one page, the space after a table. ``FirstParagraph`` is ``BodyText`` under another name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Form = list[Any]
_ALIKE = {"FirstParagraph": "BodyText"}
_LAYOUT = frozenset(f"{W}{name}" for name in ("keepNext", "keepLines", "spacing", "rPr", "numPr", "pStyle", "pPrChange", "sectPr"))
_NO_CONTENT = frozenset(f"{W}{name}" for name in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))


def word_form(docx: bytes) -> Form:
    """The normal form of a file; two files with the same are the same paper."""
    return _File(docx).form()


def changes_in(docx: bytes) -> list[str]:
    """What a file still says of changes: the names of such elements."""
    names = {"ins", "del", "moveFrom", "moveTo", "delText", "delInstrText"}
    found = []
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        for part in ("word/document.xml", "word/footnotes.xml"):
            for element in etree.fromstring(file.read(part)).iter(etree.Element):
                name = etree.QName(element).localname
                if name in names or name.endswith("Change") or "Range" in name:
                    found.append(name)
    return found


class _File:
    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as file:
            self._parts = {name: file.read(name) for name in file.namelist()}
        self._document = self._part("word/document.xml")
        notes = self._part("word/footnotes.xml")
        self._notes = {note.get(f"{W}id"): note for note in notes.iterchildren(f"{W}footnote")}
        self._links = {r.get("Id"): r.get("Target") for r in self._part("word/_rels/document.xml.rels")}
        self._links |= {f"note {r.get('Id')}": r.get("Target") for r in self._part("word/_rels/footnotes.xml.rels")}
        self._lists = dict(self._read_lists())
        self._begun: dict[str, int] = {}

    def _part(self, name: str) -> Any:
        return etree.fromstring(self._parts.get(name, b"<none/>"))

    def form(self) -> Form:
        used = [r.get(f"{W}id") for r in self._document.iter(f"{W}footnoteReference")]
        ordinary = [n for n, note in self._notes.items() if note.get(f"{W}type") is None]
        assert sorted(used) == sorted(ordinary), "notes that nothing refers to"
        return list(self._blocks(self._document.find(f"{W}body")))

    # lists ------------------------------------------------------------------------

    def _read_lists(self) -> Iterator[tuple[str, Form]]:
        root = self._part("word/numbering.xml")
        formats = {
            a.get(f"{W}abstractNumId"): [
                [next((e.get(f"{W}val") for e in level.iterchildren(f"{W}{name}")), "") for name in ("numFmt", "lvlText", "start")]
                for level in a.iterchildren(f"{W}lvl")
            ]
            for a in root.iterchildren(f"{W}abstractNum")
        }
        for number in root.iterchildren(f"{W}num"):
            starts = [o.get(f"{W}val") for o in number.iter(f"{W}startOverride")]
            yield number.get(f"{W}numId"), [formats[number.find(f"{W}abstractNumId").get(f"{W}val")], starts]

    def _list_of(self, properties: Any) -> Form | None:
        """Depth, format and which list of the paper it is, counted by first use."""
        number = properties.find(f"{W}numPr")
        if number is None:
            return None
        depth = number.find(f"{W}ilvl")
        name = number.find(f"{W}numId").get(f"{W}val")
        level = 0 if depth is None else int(depth.get(f"{W}val"))
        if name not in self._lists:
            return [level, name]
        formats, starts = self._lists[name]
        begun = self._begun.setdefault(name, len(self._begun)) if formats[level][1].strip() else -1
        return [level, formats[level], starts[level : level + 1], begun]

    # blocks -----------------------------------------------------------------------

    def _blocks(self, container: Any) -> Iterator[Form]:
        for child in container:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag == f"{W}sdt":
                yield ["control", *self._blocks(child.find(f"{W}sdtContent"))]
            elif child.tag not in _NO_CONTENT:
                yield [etree.QName(child).localname]

    def _paragraph(self, paragraph: Any) -> Form:
        properties = paragraph.find(f"{W}pPr")
        style, items, looks = "", None, []
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style = "" if named is None else named.get(f"{W}val")
            items = self._list_of(properties)
            looks = [_plain(child) for child in properties if child.tag not in _LAYOUT]
        return ["paragraph", _ALIKE.get(style, style), items, looks, _joined(self._inlines(paragraph))]

    def _table(self, table: Any) -> Form:
        rows = []
        for row in table.iterchildren(f"{W}tr"):
            cells = []
            for cell in row.iterchildren(f"{W}tc"):
                shape = [_plain(child) for child in cell.iterfind(f"{W}tcPr/*") if child.tag != f"{W}tcW"]
                cells.append([shape, *(b for b in self._blocks(cell) if b[0] != "tcPr")])
            rows.append([row.find(f"{W}trPr/{W}tblHeader") is not None, cells])
        style = table.find(f"{W}tblPr/{W}tblStyle")
        return ["table", None if style is None else style.get(f"{W}val"), len(table.findall(f"{W}tblGrid/{W}gridCol")), rows]

    # inlines ----------------------------------------------------------------------

    def _inlines(self, holder: Any, around: tuple[str, ...] = ()) -> Iterator[tuple[Any, str]]:
        for child in holder:
            if child.tag == f"{W}r":
                yield from self._run(child, around)
            elif child.tag == f"{W}hyperlink":
                target = child.get(f"{W}anchor") or self._links.get(child.get(f"{R}id"), "note")
                yield from self._inlines(child, (*around, f"link to {target}"))
            elif child.tag.startswith(M):
                yield (around, "formula"), _plain(child)
            elif child.tag not in _NO_CONTENT:
                yield (around, "other"), etree.QName(child).localname

    def _run(self, run: Any, around: tuple[str, ...]) -> Iterator[tuple[Any, str]]:
        look = (*around, *(_plain(child) for child in run.iterfind(f"{W}rPr/*")))
        for child in run:
            if child.tag == f"{W}t":
                yield look, child.text or ""
            elif child.tag == f"{W}footnoteReference":
                yield (look, "note"), repr(list(self._blocks(self._notes[child.get(f"{W}id")])))
            elif child.tag == f"{W}drawing":
                yield (look, "picture"), f"{next(child.iter(f'{WP}docPr')).get('descr')} {next(child.iter(f'{WP}extent')).attrib}"
            elif child.tag != f"{W}rPr":
                yield (look, "sign"), _plain(child)


def _plain(element: Any) -> str:
    """An element without what names spaces and with its text."""
    values = [f"{etree.QName(name).localname}={value}" for name, value in sorted(element.attrib.items())]
    inner = "".join(_plain(child) for child in element)
    return f"<{etree.QName(element).localname} {' '.join(values)}>{element.text or ''}{inner}"


def _joined(inlines: Iterator[tuple[Any, str]]) -> Form:
    """Text of the same look as one, however many runs it came in."""
    out: Form = []
    for look, text in inlines:
        if out and out[-1][0] == look and isinstance(look, tuple) and (not look or look[-1] not in ("note", "picture", "sign")):
            out[-1][1] += text
        else:
            out.append([look, text])
    return [piece for piece in out if piece[1]]
