"""The text of a DOCX in reading order, to prove that none was lost.

Text is what a reader sees: results of fields but not their instructions, with tracked changes
accepted, not what is hidden (ECMA-376 Part 1, 17.3.2.41), once where Word stores a drawing
twice (``mc:Fallback``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from lxml import etree

from penholder.adapters.word.package import read_parts
from penholder.adapters.word.revised import revised
from penholder.adapters.word.xml import MC, WP, M, parse, w
from penholder.errors import PenholderError

Kind = Literal["paragraph", "heading", "cell", "caption"]

_DOCUMENT = "word/document.xml"
_READ = re.compile(r"(word|docProps)/(document|styles|footnotes|core|custom|(header|footer)\d*)\.xml")
_P, _RUN, _PROPERTIES, _STYLE = w("p"), w("r"), w("pPr"), w("pStyle")
_FALLBACK = f"{{{MC}}}Fallback"
_SKIPPED = frozenset(  # a paragraph inside a paragraph stands in a text box and counts by itself
    (_P, _PROPERTIES, _FALLBACK, w("instrText"))
)
_RARE = (_FALLBACK, w("vanish"), w("txbxContent"))
_LITERAL = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_TEXT = frozenset((w("t"), f"{{{M}}}t"))
_HEADINGS = {"SummaryHeading": 1, "BackHeading": 1}
_CAPTIONS = frozenset({"Caption", "TableCaption", "ImageCaption"})


class Paragraph(NamedTuple):
    """One paragraph. ``level`` is 1-9 for headings, else 0; ``hidden`` is text nobody sees."""

    text: str
    style: str
    kind: Kind
    level: int = 0
    hidden: str = ""


class WordText(NamedTuple):
    """What a DOCX says. ``body`` in reading order, notes in the order of their references.

    ``alternatives``: the alternative texts of pictures, "" for those without.
    ``properties``: core and custom properties by name.
    """

    body: tuple[Paragraph, ...]
    footnotes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    properties: Mapping[str, str] = MappingProxyType({})

    @property
    def text(self) -> str:
        """The body's paragraphs, a line each."""
        return "\n".join(paragraph.text for paragraph in self.body)


def read_text(docx: bytes) -> WordText:
    """Read a DOCX; raises ``PenholderError`` if it is none or is damaged."""
    parts = read_parts(docx)
    roots = {name: parse(data) for name, data in parts.items() if _READ.fullmatch(name)}
    if _DOCUMENT not in roots:
        raise PenholderError("This is not a Word file: it holds no document.", "Save it from Word as .docx.")
    if revised(roots.values()):
        from penholder.adapters.word.accept import resolve

        resolve(roots, accept=True)
    document = roots[_DOCUMENT]
    reader = _Reader(_hidden_styles(roots.get("word/styles.xml")))
    return WordText(
        body=tuple(reader.paragraphs(document)),
        footnotes=tuple(_footnotes(reader, document, roots.get("word/footnotes.xml"))),
        headers=tuple(_furniture(reader, roots, "header")),
        footers=tuple(_furniture(reader, roots, "footer")),
        alternatives=tuple(e.get("descr", "") for e in document.iter(f"{{{WP}}}docPr")),
        properties=dict(_properties(roots)),
    )


class _Reader(NamedTuple):
    hidden_styles: frozenset[str]

    def paragraphs(self, root: etree._Element) -> Iterator[Paragraph]:
        """Every paragraph, those in cells, content controls and text boxes too."""
        cells = {id(p): p for cell in root.iter(w("tc")) for p in cell.iter(_P)}
        doubled = {id(p): p for fallback in root.iter(_FALLBACK) for p in fallback.iter(_P)}
        for literal in root.iter(*_LITERAL):
            parent = literal.getparent()
            if parent is not None and parent.tag == _RUN:  # not the tab stops of a paragraph
                literal.text = _LITERAL[literal.tag]
        plain = not self.hidden_styles and next(root.iter(*_RARE), None) is None
        for element in root.iter(_P):
            if id(element) not in doubled:
                yield self.paragraph(element, in_cell=id(element) in cells, plain=plain)

    def paragraph(self, element: etree._Element, *, in_cell: bool, plain: bool) -> Paragraph:
        """One paragraph; ``plain`` says that nothing around it is hidden or boxed."""
        properties = element.find(_PROPERTIES)
        style = _value(None if properties is None else properties.find(_STYLE))
        seen: list[str] = []
        unseen: list[str] = []
        if plain:
            seen = [str(piece) for piece in element.itertext(*_TEXT, *_LITERAL, with_tail=False)]
        else:
            self._collect(element, seen, unseen, hidden=style in self.hidden_styles)
        heading = re.fullmatch(r"Heading([1-9])", style)
        level = int(heading[1]) if heading else _HEADINGS.get(style, 0)
        kind: Kind = "cell" if in_cell else "paragraph"
        if level:
            kind = "heading"
        elif style in _CAPTIONS:
            kind = "caption"
        return Paragraph("".join(seen), style, kind, level, "".join(unseen))

    def _collect(self, element: etree._Element, seen: list[str], unseen: list[str], *, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag in _TEXT or tag in _LITERAL:
                (unseen if hidden else seen).append(child.text or "")
            elif tag == _RUN:
                self._collect(child, seen, unseen, hidden=hidden or self._is_hidden(child))
            else:
                self._collect(child, seen, unseen, hidden=hidden)

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(w("rPr"))
        if properties is None:
            return False
        vanish = properties.find(w("vanish"))
        if vanish is not None:
            return vanish.get(w("val"), "1") not in ("0", "false", "off")
        return _value(properties.find(w("rStyle"))) in self.hidden_styles


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")


def _hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    """Ids of styles that hide text, also by what they are based on."""
    if styles is None:
        return frozenset()
    hidden = {
        style.get(w("styleId"), "")
        for style in styles.iterfind(w("style"))
        if style.find(f"{w('rPr')}/{w('vanish')}") is not None
    }
    grown = bool(hidden)
    while grown:
        heirs = {
            style.get(w("styleId"), "")
            for style in styles.iterfind(w("style"))
            if _value(style.find(w("basedOn"))) in hidden
        }
        grown = not heirs <= hidden
        hidden |= heirs
    return frozenset(hidden)


def _footnotes(reader: _Reader, document: etree._Element, notes: etree._Element | None) -> Iterator[str]:
    if notes is None:
        return
    by_id = {note.get(w("id")): note for note in notes.iterfind(w("footnote"))}
    for reference in document.iter(w("footnoteReference")):
        note = by_id.get(reference.get(w("id")))
        if note is not None:
            yield "\n".join(p.text for p in reader.paragraphs(note)).strip()


def _furniture(reader: _Reader, roots: Mapping[str, etree._Element], kind: str) -> Iterator[str]:
    for name in sorted(roots):
        if re.fullmatch(rf"word/{kind}\d*\.xml", name):
            yield "\n".join(p.text for p in reader.paragraphs(roots[name]))


def _properties(roots: Mapping[str, etree._Element]) -> Iterator[tuple[str, str]]:
    core, custom = roots.get("docProps/core.xml"), roots.get("docProps/custom.xml")
    for element in () if core is None else core:
        yield etree.QName(element).localname, element.text or ""
    for element in () if custom is None else custom:
        yield element.get("name", ""), "".join(str(t) for t in element.itertext())
