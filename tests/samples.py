"""Small files and helpers that several tests use."""

from __future__ import annotations

import re

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#1d3f5e"/></svg>'


def squeezed(text: str) -> str:
    """A text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text.replace("\xad", "").replace("\ufffe", "-")).strip()
