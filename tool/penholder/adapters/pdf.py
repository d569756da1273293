"""PDF read back (PDFium): its text, what it says of itself, whether it is in colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2


class PdfText(NamedTuple):
    """The text of each page, in the order it was drawn."""

    pages: tuple[str, ...]


def read_text(pdf: bytes) -> PdfText:
    """The text of a PDF. Raises ``ValueError`` for what is not one."""
    with _opened(pdf) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded())
            text.close()
            page.close()
        return PdfText(tuple(pages))


class PdfInside(NamedTuple):
    """What a PDF says of itself: its properties by name (``Author``, ``Title`` ...), and whether it claims PDF/UA-1.

    ``active`` says that it holds scripts or files (ISO 32000-1, 12.6.4.16, 7.11.4).
    """

    properties: dict[str, str]
    pages: int
    accessible: bool
    active: bool


_UA = re.compile(rb"<pdfuaid:part>\s*1\s*</pdfuaid:part>|pdfuaid:part=[\"']1[\"']")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles)\b")


def look_inside(pdf: bytes) -> PdfInside:
    """Raises ``ValueError`` for what is no PDF."""
    with _opened(pdf) as document:
        properties = {k: v for k, v in document.get_metadata_dict().items() if v}
        return PdfInside(properties, len(document), bool(_UA.search(pdf)), bool(_ACTIVE.search(pdf)))


_DULL = 24  # how far the three lights of a pixel may lie apart and still look grey


def coloured_pages(pdf: bytes, scale: float = 0.5) -> list[int]:
    """The pages (from 1) on which something is in colour, pictures too. Raises ``ValueError`` for what is no PDF."""
    found = []
    with _opened(pdf) as document:
        for number, page in enumerate(document, 1):
            bitmap = page.render(scale=scale, rev_byteorder=False)
            data, width, step, stride = bytes(bitmap.buffer), bitmap.width, bitmap.n_channels, bitmap.stride
            if step >= 3 and any(_coloured(data[at : at + width * step], step) for at in range(0, stride * bitmap.height, stride)):
                found.append(number)
            bitmap.close()
            page.close()
    return found


def _coloured(row: bytes, step: int) -> bool:
    blue, green, red = row[0::step], row[1::step], row[2::step]
    if blue == green == red:
        return False
    return any(max(p) - min(p) > _DULL for p in zip(blue, green, red, strict=True))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        yield document
    finally:
        document.close()
