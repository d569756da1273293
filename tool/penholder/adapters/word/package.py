"""The DOCX file as a container: parts by name, in and out of a ZIP (ECMA-376 Part 2).

The same parts always give the same bytes: fixed order, fixed time, fixed permissions.
(The packed bytes also depend on the zlib that Python was built with.)
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from penholder.errors import LimitError, PenholderError

MAX_UNPACKED = 512 * 1024 * 1024
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".odttf")
_LEVEL = 4


def read_parts(docx: bytes) -> dict[str, bytes]:
    """Every part of a DOCX by its name.

    Raises ``PenholderError`` if the bytes are no readable ZIP, ``LimitError`` if they
    would unpack to more than half a gigabyte.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise LimitError(
                    "The Word file unpacks to more than 512 MB.",
                    "Ask for it again without its large pictures.",
                )
            return {entry.filename.lstrip("/"): archive.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise PenholderError(
            f"This is not a readable Word file ({error}).",
            "Open it in Word and save it again as .docx, without a password.",
        ) from error


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A DOCX holding ``parts``: content types first (as Word wants), then by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=_canonical):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed = name.lower().endswith(_PACKED_ALREADY)
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=None if packed else _LEVEL)
    return buffer.getvalue()


def _canonical(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
