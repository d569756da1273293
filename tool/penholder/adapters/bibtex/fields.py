"""The fields of one entry, and values as plain words (for searching, not for printing)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_NAME = re.compile(r"[\s,]*([A-Za-z_][\w:+./-]*)\s*=\s*")
_INNER = r"(?:[^{}\\]++|\\.)*+"
_INNER2 = rf"{_INNER}(?:\{{{_INNER}\}}{_INNER})*+"
_INNER3 = rf"{_INNER}(?:\{{{_INNER2}\}}{_INNER})*+"
_PART = re.compile(rf'\{{{_INNER3}\}}|"(?:[^"{{}}\\]++|\\.|\{{{_INNER2}\}})*+"|[^\s,#{{}}"=]+', re.S)
_JOIN = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"\\.|[{}]", re.S)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*|\\.", re.S)
_ACCENT = re.compile(r"\\([`'^\"~=.]|[uvHcdbkr](?![A-Za-z]))\s*\{?\s*(\\?[A-Za-z])\s*\}?")
_ACCENTS = dict(
    zip(
        "`'^\"~=.uvHcdbkr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a",
        strict=True,
    )
)
_LETTERS = {"ss": "ß", "ae": "æ", "oe": "œ", "o": "ø", "aa": "å", "l": "ł", "AE": "Æ", "O": "Ø", "AA": "Å", "L": "Ł"}
_LETTER = re.compile(r"\\(ss|ae|oe|aa|AE|AA|o|l|O|L)(?![A-Za-z])\s*")
_SPACE = re.compile(r"[\s~]+")


class Fields(NamedTuple):
    """Field names in lower case with their raw values (``{...}``, ``"..."``, joined by ``#``).

    ``missing_comma`` names the fields that a comma should have followed;
    ``rest`` is what could not be read as a field.
    """

    values: dict[str, str]
    missing_comma: tuple[str, ...] = ()
    rest: str = ""

    def plain(self, name: str) -> str:
        """The value of a field as plain words; empty where there is none."""
        return plain_text(self.values.get(name, ""))


def parse_fields(body: str) -> Fields:
    """The fields in ``body``: an entry's text between the key's comma and the closing delimiter.

    Of a field given twice the first counts, as in BibTeX. Nothing is raised.
    """
    values: dict[str, str] = {}
    bare: list[str] = []
    at = 0
    while named := _NAME.match(body, at):
        end = _value_end(body, named.end())
        if end < 0:
            at = named.start()
            break
        name = named.group(1).lower()
        values.setdefault(name, body[named.end() : end].strip())
        comma = body[end:].lstrip()[:1] if end < len(body) else ""
        if comma and comma != ",":
            bare.append(name)
        at = end
    return Fields(values, tuple(bare), body[at:].strip(" \t\n\r,"))


def _value_end(body: str, at: int) -> int:
    while True:
        end = _part_end(body, at)
        if end < 0:
            return -1
        join = _JOIN.match(body, end)
        if join is None:
            return end
        at = join.end()


def _part_end(body: str, at: int) -> int:
    part = _PART.match(body, at)
    if part:
        return part.end()
    if body[at : at + 1] != "{":
        return -1
    depth = 0
    for token in _BRACE.finditer(body, at):
        depth += {"{": 1, "}": -1}.get(token.group(), 0)
        if not depth:
            return token.end()
    return -1


def plain_text(value: str) -> str:
    """A raw value as plain words: braces, commands and accents resolved roughly, for searching."""
    if "\\" in value:
        value = _ACCENT.sub(_accented, _LETTER.sub(lambda m: _LETTERS[m.group(1)], value))
        value = _COMMAND.sub(lambda m: m.group()[1:] if m.group()[1:] in "&%$#_{}" else " ", value)
        value = unicodedata.normalize("NFC", value)
    for mark in '{}"':
        value = value.replace(mark, "")
    return _SPACE.sub(" ", value).strip()


def _accented(match: re.Match[str]) -> str:
    letter = match.group(2).lstrip("\\")
    return letter + _ACCENTS[match.group(1)]
