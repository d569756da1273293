"""Data as a parser gives it, in the spelling that a model's types want: a list for one word, words for a number."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from penholder.model.shapes import GIVEN, Shape, named, remembers
from penholder.printable import UNPRINTABLE, printable, printable_copy

_PLAIN = frozenset((str, int, float, bool, dict, list, type(None), dt.date))


class Unprintable(ValueError):
    """A text holds what cannot be printed: its first such ``character``, and what is left without them in ``rest``."""

    def __init__(self, character: str, rest: Any) -> None:
        super().__init__(f"the character U+{ord(character):04X} cannot be printed")
        self.character, self.rest = character, rest


def spelled(model: type[Struct], data: Mapping[Any, Any]) -> dict[str, Any]:
    """What ``msgspec.convert`` takes for ``model``, if nothing is wrong with ``data``.

    Raises ``ValueError`` for much that is wrong, and leaves the rest to ``convert``.
    """
    keys = named(model)
    made: dict[str, Any] = {}
    for name, value in data.items():
        key = keys.get(name)
        if key is None:
            raise ValueError(f"{name} is not a key that is known here")
        made[key.name] = _whole(key.shape, value)
    if remembers(model):
        made[GIVEN] = list(made)
    return made


def _whole(shape: Shape, value: Any) -> Any:
    if value is None and shape.optional:
        return None
    value = spelling(shape, value)
    if shape.core == "struct" and isinstance(value, Mapping):
        return spelled(shape.inner, value)
    if shape.core == "list" and isinstance(value, list | tuple):
        return [_whole(shape.inner, item) for item in value]
    if shape.core == "dict" and isinstance(value, Mapping):
        return {key_text(name): _whole(shape.inner, item) for name, item in value.items()}
    return value


def spelling(shape: Shape, value: Any) -> Any:
    """One value in the spelling its type wants, if it is near it. Raises ``ValueError`` in words for an author."""
    if shape.core == "any":
        return _printable_copy(value)
    if type(value) not in _PLAIN:
        value = _bare(value)
    if type(value) is str:
        if not value.isprintable():
            _refuse(value)
        if shape.core == "text":
            value = value.strip()
    for read in shape.reads:
        value = read(value)
    return value


def key_text(name: Any) -> str:
    """A name that an author chose for a key. Raises ``ValueError`` in words for an author."""
    if not isinstance(name, str):
        raise ValueError("should be words")
    _refuse(name)
    return name.strip()


def _bare(value: Any) -> Any:
    """A text or number without what a parser hung on it."""
    return next((kind(value) for kind in (str, int, float) if isinstance(value, kind)), value)


def _refuse(text: str) -> None:
    """Refuse what no file can hold, and what no printer knows."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):  # half of a surrogate pair
        raise ValueError("half a character stands here, which no file can hold")
    if found := UNPRINTABLE.search(text):
        raise Unprintable(found[0], printable(text))


def _printable_copy(value: Any) -> Any:
    """A deep copy. Raises ``Unprintable``, which has one that can be printed."""
    taken: list[str] = []
    made = printable_copy(value, taken)
    if taken:
        raise Unprintable(taken[0], made)
    return made
