"""What rules of links share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import HOLE, Mark, Passage

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:doi\.org/|doi:\s?)?10\.\d{4,9}/\S+", re.I)


def links(passage: Passage) -> Iterator[tuple[Mark, str]]:
    """The links of a passage with words, each with its words."""
    for mark in passage.marks:
        if mark.kind == "link":
            words = " ".join(passage.text[mark.start : mark.end].split())
            if words.replace(HOLE, ""):  # code and citations are words of their own
                yield mark, words


def is_address(words: str) -> bool:
    """Whether the words of a link are an address of the web."""
    return _ADDRESS.fullmatch(words) is not None


def is_own(passage: Passage) -> bool:
    """Whether the words are the author's own: no quotation, no gap of a draft."""
    return not {"quote", "gap", "references"} & set(passage.within)
