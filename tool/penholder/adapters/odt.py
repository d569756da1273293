"""The last hand on an ODT that pandoc wrote: page, font, footer and properties as the document wants them.

Source: OpenDocument 1.3, part 3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/): 16.5 page layout, 7.5.6 page
number, 3.3 and 4.3 metadata.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from lxml import etree

from penholder.adapters import zipped
from penholder.errors import PenholderError

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_STYLE, _TEXT, _OFFICE, _META = (f"{{{_URN}:{name}:1.0}}" for name in ("style", "text", "office", "meta"))
_FO = f"{{{_URN}:xsl-fo-compatible:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_AGAIN = "Open it and save it again as .odt."
_PLACE = re.compile(r"\{(page|pages)\}")
_FONTS = re.compile(rb"Times New Roman|Arial|Lucida Sans Unicode|Tahoma1?")


class OdtSpec(NamedTuple):
    """What the finished file looks like and says of itself.

    ``creator``: the body, never a person. ``page_of``: the footer, with ``{page}`` and ``{pages}``; ``""`` for none.
    Lengths are in millimetres, ``size`` in points; ``headings`` are the sizes of levels 1 to 3.
    """

    title: str
    creator: str
    epoch: int
    font: str
    size: float
    headings: tuple[float, float, float]
    page_of: str
    paper: tuple[float, float]
    margins: tuple[float, float, float, float]


def finish(odt: bytes, spec: OdtSpec) -> bytes:
    """The finished ODT; the same input gives the same bytes. Raises ``PenholderError`` if ``odt`` is none."""
    parts = _parts(odt)
    font = spec.font.encode("ascii", "ignore") or b"Arial"
    try:
        for name in ("styles.xml", "content.xml"):
            parts[name] = _FONTS.sub(font, parts[name])
        parts["styles.xml"] = _styles(parts["styles.xml"], spec)
        parts["meta.xml"] = _meta(parts["meta.xml"], spec)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise PenholderError(f"The ODT cannot be finished: {error}.", "Build it again.") from error
    return zipped.write_parts(parts, first=("mimetype",), plain=("mimetype",))  # part 2, 3.3: first, and not compressed


def _parts(odt: bytes) -> dict[str, bytes]:
    return zipped.read_parts(odt, "ODT", _AGAIN)


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False))


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _styles(data: bytes, spec: OdtSpec) -> bytes:
    root = _parse(data)
    for properties in root.iter(f"{_STYLE}page-layout-properties"):
        for key, value in zip(("page-width", "page-height"), spec.paper, strict=True):
            properties.set(_FO + key, f"{value:g}mm")
        for key, value in zip(("margin-top", "margin-right", "margin-bottom", "margin-left"), spec.margins, strict=True):
            properties.set(_FO + key, f"{value:g}mm")
    for style in root.iter(f"{_STYLE}default-style"):
        if style.get(f"{_STYLE}family") == "paragraph":
            for text in style.iter(f"{_STYLE}text-properties"):
                text.set(f"{_FO}font-size", f"{spec.size:g}pt")
    for style in root.iter(f"{_STYLE}style"):
        found = re.fullmatch(r"Heading_20_([1-9])", style.get(f"{_STYLE}name", ""))
        if found:
            _heading(style, spec.headings[min(int(found[1]), 3) - 1])
    for master in root.iter(f"{_STYLE}master-page"):
        _footer(master, spec.page_of)
    return _serialise(root)


def _heading(style: etree._Element, size: float) -> None:
    for text in style.iter(f"{_STYLE}text-properties"):
        text.set(f"{_FO}font-size", f"{size:g}pt")
        text.set(f"{_FO}font-style", "normal")
        text.set(f"{_FO}font-weight", "bold")
        text.set(f"{_FO}color", "#000000")


def _footer(master: etree._Element, page_of: str) -> None:
    """``Page 3 of 24`` with live fields, or no footer at all."""
    for footer in master.findall(f"{_STYLE}footer"):
        if not page_of:
            master.remove(footer)
            continue
        paragraph = footer.find(f"{_TEXT}p")
        if paragraph is None:
            continue
        for child in list(paragraph):
            paragraph.remove(child)
        pieces = _PLACE.split(page_of)
        paragraph.text = pieces[0]
        for kind, after in zip(pieces[1::2], pieces[2::2], strict=True):
            field = etree.SubElement(paragraph, f"{_TEXT}page-number" if kind == "page" else f"{_TEXT}page-count")
            field.text, field.tail = "1", after


def _meta(data: bytes, spec: OdtSpec) -> bytes:
    """The body and the date, no person; nothing that is empty."""
    root = _parse(data)
    moment = datetime.fromtimestamp(spec.epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {
        f"{_META}generator": "Penholder",
        f"{_DC}title": spec.title,
        f"{_META}initial-creator": spec.creator,
        f"{_DC}creator": spec.creator,
        f"{_META}creation-date": moment,
        f"{_DC}date": moment,
    }
    for holder in root.iter(f"{_OFFICE}meta"):
        for child in list(holder):
            text = said.get(str(child.tag), child.text)
            if not text:
                holder.remove(child)
            child.text = text
    return _serialise(root)


# what is inside one -----------------------------------------------------------------------------


class OdtInside(NamedTuple):
    """What an ODT holds besides its text: scripts, tracked changes, comments, hidden text, and the people it names."""

    macros: bool
    tracked: int
    comments: int
    hidden: int
    people: dict[str, str]
    pictures: int


def look_inside(odt: bytes) -> OdtInside:
    """Raises ``PenholderError`` for what is no readable ODT (OpenDocument 1.3, part 3: 5.5 changes, 14.1 annotations)."""
    parts = _parts(odt)
    try:
        content, meta = _parse(parts["content.xml"]), _parse(parts["meta.xml"])
    except (KeyError, etree.XMLSyntaxError) as error:
        raise PenholderError(f"This is not a readable ODT ({error}).", _AGAIN) from error
    said = [*meta.iter(f"{_DC}creator"), *meta.iter(f"{_META}initial-creator"), *meta.iter(f"{_META}printed-by")]
    return OdtInside(
        macros=any(n.startswith(("Basic/", "Scripts/")) for n in parts),
        tracked=sum(1 for _ in content.iter(f"{_TEXT}changed-region")),
        comments=sum(1 for _ in content.iter(f"{_OFFICE}annotation")),
        hidden=sum(1 for _ in content.iter(f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph")),
        people={etree.QName(e).localname: (e.text or "").strip() for e in said if (e.text or "").strip()},
        pictures=sum(n.startswith(("Pictures/", "media/")) for n in parts),
    )
