"""PDF read back as text (PDFium)."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True)
class PdfText:
    """The text of each page, in the order it was drawn."""

    pages: tuple[str, ...]


def read_text(pdf: bytes) -> PdfText:
    """The text of a PDF. Raises ``ValueError`` for what is not one."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded())
            text.close()
            page.close()
        return PdfText(tuple(pages))
    finally:
        document.close()
