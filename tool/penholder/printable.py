"""What no paper may hold, wherever its words come from: characters that nobody can print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from penholder.patterns import later

UNPRINTABLE = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff\u2028\u2029]")
"""Control characters and others that no XML may hold or no font shows, and those that end lines in ways of their own."""
_BREAKS = "\x0b\x0c\u2028\u2029"


def in_place_of(unprintable: str) -> str:
    """What is printed for an unprintable character: a space for the end of a line or page, else nothing."""
    return " " if unprintable in _BREAKS else ""


def printable(text: str) -> str:
    """A text without what cannot be printed."""
    return UNPRINTABLE.sub(lambda found: in_place_of(found[0]), text)


def printable_copy(value: Any, taken: list[str]) -> Any:
    """A deep copy of data, made of dicts and lists only, without what cannot be printed; ``taken`` gets such characters."""
    if isinstance(value, Mapping):
        return {printable_copy(name, taken): printable_copy(item, taken) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable_copy(item, taken) for item in value]
    if isinstance(value, str) and not value.isprintable() and (found := UNPRINTABLE.search(value)):
        taken.append(found[0])
        return printable(value)
    return value
