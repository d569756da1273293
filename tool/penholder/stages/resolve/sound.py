"""Whether a picture is what it says it is, before a typesetter falls over it. Nothing is decoded into memory."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from penholder.patterns import later

MOST_PIXELS = 80_000_000
_SLIMMEST = 60  # one side is at most so many times the other
_EMBEDDED = later(r"#|data:image/(png|jpe?g|gif);base64,", re.I)


def fault_of(data: bytes, kind: str) -> str:
    """Why a picture cannot be used, or ``""``."""
    try:
        width, height = {"png": _png, "jpg": _jpeg, "gif": _gif, "svg": _svg}[kind](data)
    except _Broken as error:
        return str(error)
    except (struct.error, IndexError):
        return "it is cut off"
    if width <= 0 or height <= 0:
        return "it has no size"
    if kind != "svg" and width * height > MOST_PIXELS:
        return f"it has {width:,.0f} x {height:,.0f} pixels"
    if max(width, height) > _SLIMMEST * min(width, height):
        return "it is far too slim to be shown"
    return ""


def size_of(data: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height of a sound picture in pixels; ``None`` for one that has none of its own (SVG)."""
    if kind == "png":
        width, height = struct.unpack_from(">II", data, 16)
        return int(width), int(height)
    found = {"jpg": _jpeg, "gif": _gif}.get(kind)
    if found is None:
        return None
    across, down = found(data)
    return int(across), int(down)


class _Broken(Exception):
    """The picture is not sound; the text says why."""


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while True:
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", data, at + 8 + size)
        if zlib.crc32(name + body) != check:
            raise _Broken("it is damaged")
        yield name, body
        if name == b"IEND":
            return
        at += 12 + size


def _png(data: bytes) -> tuple[float, float]:
    """https://www.w3.org/TR/png-3/#5DataRep"""
    width = height = 0
    reader = zlib.decompressobj()
    for name, body in _chunks(data):
        if name == b"IHDR":
            width, height = struct.unpack_from(">II", body)
            if width * height > MOST_PIXELS:
                return width, height
        elif name == b"IDAT":
            _inflate(reader, body)
    if not reader.eof:
        raise _Broken("its picture is cut off")
    return width, height


def _inflate(reader: zlib._Decompress, body: bytes) -> None:
    try:
        while body and not reader.eof:
            reader.decompress(body, 1 << 20)
            body = reader.unconsumed_tail
    except zlib.error:
        raise _Broken("it is damaged") from None


def _jpeg(data: bytes) -> tuple[float, float]:
    """https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B"""
    at, size = 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            raise _Broken("it is damaged")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = width, height
        at += 2 + length
    if b"\xff\xd9" not in data[at:]:
        raise _Broken("it is cut off")
    return size


def _gif(data: bytes) -> tuple[float, float]:
    """https://www.w3.org/Graphics/GIF/spec-gif89a.txt"""
    width, height = struct.unpack_from("<HH", data, 6)
    if not data.rstrip(b"\0").endswith(b";") or b"," not in data[13:]:
        raise _Broken("it is cut off")
    return width, height


def _svg(data: bytes) -> tuple[float, float]:
    """Well-formed, without entities, and without pictures of elsewhere."""
    parser = expat.ParserCreate(namespace_separator=" ")
    root: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if not root:
            root.update(attributes, **{"": name.rsplit(" ", 1)[-1]})
        for key, value in attributes.items():
            shows = key.rsplit(" ", 1)[-1] == "href" and name.rsplit(" ", 1)[-1] in ("image", "feImage", "use")
            if shows and not _EMBEDDED.match(value.strip()):
                raise _Broken(f"it shows another file ({value[:60]})")

    def entity(*_: object) -> None:
        raise _Broken("it declares XML entities")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _Broken(f"its XML is broken at line {error.lineno}") from None
    if root.get("") != "svg":
        raise _Broken("it is not an SVG")
    return _svg_size(root)


def _svg_size(root: dict[str, str]) -> tuple[float, float]:
    width, height = (re.match(r"\s*(\d+(?:\.\d+)?)(?:px|pt|mm|cm|in|pc|Q)?\s*$", root.get(k, "")) for k in ("width", "height"))
    if width and height:
        return float(width[1]), float(height[1])
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        return float(box[2]), float(box[3])
    except (IndexError, ValueError):
        return (0, 0) if width or height else (100, 100)
