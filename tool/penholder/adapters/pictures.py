"""What kind of picture some bytes are."""

from __future__ import annotations

KINDS = "PNG, JPEG, GIF or SVG"


def kind_of(data: bytes) -> str | None:
    """The kind of a picture by its first bytes; ``None`` for one that cannot be used."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if b"<svg" in data[:4096]:
        return "svg"
    return None
