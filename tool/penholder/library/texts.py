"""The bytes of a library file as UTF-8 with ``\\n`` line ends, whatever was saved."""

from __future__ import annotations

from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"


class Canonical(NamedTuple):
    """A file's text as UTF-8 bytes; ``bad_line`` is the first line that was not UTF-8 (0: none)."""

    body: bytes
    bad_line: int = 0


def canonical(data: bytes) -> Canonical:
    """Drop a byte order mark, make line ends ``\\n``, and read what is not UTF-8 as cp1252.

    cp1252 is what older reference managers on Windows saved as "ANSI"; bytes
    it does not know become U+FFFD. Nothing is raised.
    """
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Canonical(data.decode("cp1252", errors="replace").encode("utf-8"), line)
    return Canonical(data)


def byte_offsets(text: str, offsets: list[int]) -> list[int]:
    """The UTF-8 byte offsets of ascending character offsets into ``text``."""
    if text.isascii():
        return offsets
    result, at, total = [], 0, 0
    for offset in offsets:
        total += len(text[at:offset].encode("utf-8"))
        at = offset
        result.append(total)
    return result
