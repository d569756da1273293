"""What rules of pictures share."""

from __future__ import annotations

import re

from penholder.stages.resolve.parts import Shown


def file_of(shown: Shown) -> str:
    """The name of a picture's file, as a letter names the picture."""
    return shown.target.rsplit("/", 1)[-1]


def folded(text: str) -> str:
    """A text without marks, spaces and capitals, to compare it by."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
