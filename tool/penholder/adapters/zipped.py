"""Word and OpenDocument files as containers: parts by name, in and out of a ZIP (ECMA-376 Part 2; OpenDocument 1.3 part 2, 3).

The same parts always give the same bytes: fixed order, fixed time, fixed permissions.
(The packed bytes also depend on the zlib that Python was built with.)
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from penholder.errors import LimitError, PenholderError

MAX_UNPACKED = 512 * 1024 * 1024
_PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".odttf")
_LEVEL = 4


def read_parts(data: bytes, name: str, remedy: str) -> dict[str, bytes]:
    """Every part by its name; ``name`` is what such a file is called (``Word file``), ``remedy`` what to do with one that is not.

    Raises ``PenholderError`` if the bytes are no readable ZIP, ``LimitError`` if they
    would unpack to more than half a gigabyte.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise LimitError(f"The {name} unpacks to more than 512 MB.", "Ask for it again without its large pictures.")
            return {entry.filename.lstrip("/"): archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise PenholderError(f"This is not a readable {name} ({error}).", remedy) from error


def write_parts(parts: Mapping[str, bytes], *, first: Sequence[str], plain: Sequence[str] = ()) -> bytes:
    """A file holding ``parts``: those named ``first`` in that order, then by name; ``plain`` ones are not packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda n: (first.index(n) if n in first else len(first), n)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            stored = name in plain or name.lower().endswith(_PACKED_ALREADY)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts[name], compresslevel=None if stored else _LEVEL)
    return buffer.getvalue()
