"""How long an answer is to a web form, and where a limit falls in it.

A form counts the characters of a text area as UTF-16 code units, a line end as one; what it sends writes a line end as two
(https://html.spec.whatwg.org/multipage/form-elements.html#the-textarea-element), and a server may count those. A text fits
only where it fits both ways: so a letter beyond the first 65,536, and an accent that has no letter of its own with it,
count two, as they do there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_ENDS = re.compile(r"\r\n|\r|\n")
_JOINER = "\u200d"
_LAST_WORDS = 3


class Length(NamedTuple):
    """The characters of a text with line ends counted as ``one`` and as ``two``; ``letters`` as a reader would count them."""

    one: int
    two: int
    letters: int

    def fits(self, limit: int) -> bool:
        """Whether the text fits, whichever way the form counts."""
        return self.two <= limit

    def said(self, limit: int) -> str:
        """``2,140 of 2,000``: the count that matters for the limit, and how it was made where that makes the difference."""
        if self.one <= limit < self.two:
            return f"{self.two:,} of {limit:,} with line ends counted as two characters ({self.one:,} with line ends as one)"
        return f"{self.two if self.two <= limit else self.one:,} of {limit:,}"


def normal(text: str) -> str:
    """A text as it is pasted: line ends as LF, composed letters (NFC), nothing at its ends."""
    return unicodedata.normalize("NFC", _ENDS.sub("\n", text)).strip()


def length_of(text: str) -> Length:
    """The length of a text; line ends of any kind are line ends."""
    plain = _ENDS.sub("\n", text)
    one = _units(plain)
    return Length(one, one + plain.count("\n"), sum(not _joined(plain, i) for i in range(len(plain))))


def _units(text: str) -> int:
    """UTF-16 code units: a character beyond the first 65,536 is two."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def cut(text: str, limit: int) -> int | None:
    """The index where a form that counts line ends as one would cut the text off; as two, where only that is too long.

    Never within a letter and its accents. ``None`` where the text fits both ways.
    """
    plain = _ENDS.sub("\n", text)
    long = length_of(plain)
    if long.fits(limit):
        return None
    newline = 1 if long.one > limit else 2
    used = 0
    for index, letter in enumerate(plain):
        used += newline if letter == "\n" else 2 if ord(letter) > 0xFFFF else 1
        if used > limit:
            return next(i for i in range(index, -1, -1) if not _joined(plain, i))
    return None


def _joined(text: str, index: int) -> bool:
    """Whether a character belongs to the one before it: an accent, a variation, a part of an emoji."""
    letter = text[index]
    if index == 0:
        return False
    modifier = "\U0001f3fb" <= letter <= "\U0001f3ff" or "\ufe00" <= letter <= "\ufe0f"
    return unicodedata.category(letter) in ("Mn", "Me", "Mc") or modifier or letter == _JOINER or text[index - 1] == _JOINER


def falls_after(text: str, limit: int) -> str:
    """Where the limit falls, in words: ``the limit falls after “... in contract.”``; ``""`` where the text fits."""
    index = cut(text, limit)
    if index is None:
        return ""
    kept = _ENDS.sub("\n", text)[:index].split()
    if not kept:
        return "the limit falls before the first word"
    return f"the limit falls after “{'… ' if len(kept) > _LAST_WORDS else ''}{' '.join(kept[-_LAST_WORDS:])}”"
