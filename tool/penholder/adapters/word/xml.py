"""Names and text of WordprocessingML: namespaces, qualified names, escaping.

The namespaces are those of ECMA-376 Part 1 (transitional), as Word itself writes them.
"""

from __future__ import annotations

import re
from html import escape as _escape

from lxml import etree

from penholder.errors import PenholderError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = f'xmlns:w="{W}" xmlns:r="{R}"'

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def w(name: str) -> str:
    """``p`` as lxml names it: ``{...wordprocessingml/2006/main}p``."""
    return f"{{{W}}}{name}"


def escape(text: str) -> str:
    """``text`` for an attribute or an element, without the characters XML 1.0 forbids."""
    return _escape(_ILLEGAL.sub("", text), quote=True)


def style_id(name: str) -> str:
    """The id of one of our styles: its name without spaces, as Word makes them."""
    return "".join(name.split())


def insert(parent: etree._Element, index: int, name: str) -> etree._Element:
    """A new empty child ``w:name`` of ``parent`` at ``index``."""
    child = etree.SubElement(parent, w(name))
    if index < len(parent) - 1:
        parent.insert(index, child)
    return child


def parse(data: bytes) -> etree._Element:
    """The root of one XML part. Entities are not expanded and nothing is fetched.

    Raises ``PenholderError`` if it is not well-formed: a damaged file, or a raw Word block
    that an author wrote.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PenholderError(
            f"The Word file is damaged inside ({error}).",
            "Open it in Word and save it again, or look for a raw openxml block in the sections.",
        ) from error


def serialise(root: etree._Element) -> bytes:
    """One XML part, always written the same way."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
