"""Data as a parser gives it, in the spelling that a model's types want: a list for one word, words for a number."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from penholder.model.shapes import GIVEN, Shape, named, remembers

_PLAIN = frozenset((str, int, float, bool, dict, list, type(None), dt.date))


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
        return _copied(value)
    if type(value) not in _PLAIN:
        value = _bare(value)
    if type(value) is str:
        if not value.isascii():
            _refuse_halves(value)
        if shape.core == "text":
            value = value.strip()
    for read in shape.reads:
        value = read(value)
    return value


def key_text(name: Any) -> str:
    """A name that an author chose for a key. Raises ``ValueError`` in words for an author."""
    if not isinstance(name, str):
        raise ValueError("should be words")
    _refuse_halves(name)
    return name.strip()


def _bare(value: Any) -> Any:
    """A text or number without what a parser hung on it."""
    return next((kind(value) for kind in (str, int, float) if isinstance(value, kind)), value)


def _refuse_halves(text: str) -> None:
    """Half of a surrogate pair is no character, and no file can hold it."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("half a character stands here, which no file can hold")


def _copied(value: Any) -> Any:
    """A deep copy made of dicts and lists only."""
    if isinstance(value, Mapping):
        return {name: _copied(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(item) for item in value]
    return value
