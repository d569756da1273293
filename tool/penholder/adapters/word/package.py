"""The DOCX file as a container: parts by name (ECMA-376 Part 2)."""

from __future__ import annotations

from collections.abc import Mapping

from penholder.adapters import zipped

_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def read_parts(docx: bytes) -> dict[str, bytes]:
    """Every part of a DOCX by its name. Raises ``PenholderError`` for what is none, ``LimitError`` for what unpacks too large."""
    return zipped.read_parts(docx, "Word file", "Open it in Word and save it again as .docx, without a password.")


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A DOCX holding ``parts``: content types first (as Word wants), then by name."""
    return zipped.write_parts(parts, first=_FIRST)
