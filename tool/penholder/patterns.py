"""Regular expressions that few papers need, compiled when they are first used: each takes up to 2 ms.

And the one of what no paper may hold, wherever its words come from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


class _Later:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives, once it is asked for anything. Raises ``re.error`` only then."""
    found: Any = _Later(pattern, flags)
    return found  # type: ignore[no-any-return]


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
