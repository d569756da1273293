"""All that is wrong with authored data, and what is left of it.

One walk finds every mistake, however many there are: nothing is read again because something in it was wrong.
"""

import datetime as dt
import operator
from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple, get_args

from msgspec import Struct, ValidationError, convert

from penholder.model.shapes import GIVEN, Shape, keys_of, named, remembers
from penholder.model.spelling import Unprintable, key_text, spelling

Where = tuple[Any, ...]
_WANTED: Mapping[Any, str] = {
    "text": "should be words",
    "list": "should be a list",
    "struct": "should be `key: value` lines",
    "dict": "should be `key: value` lines",
    bool: "should be true or false",
    int: "should be a whole number",
    float: "should be a number",
    dt.date: "should be a date like 2030-01-31",
}
_BOUNDS = {
    "ge": (operator.ge, "greater than or equal to"),
    "gt": (operator.gt, "greater than"),
    "le": (operator.le, "less than or equal to"),
    "lt": (operator.lt, "less than"),
}


class Problem(NamedTuple):
    """One thing wrong in authored data: where (keys and indexes), what, and of which kind.

    The kinds are ``missing``, ``unknown`` (a key; ``known`` are those there are), ``value``, and ``unprintable``, where
    only a character was left out.
    """

    where: tuple[str | int, ...]
    kind: str
    message: str
    value: Any = None
    known: tuple[str, ...] = ()


class _No(Enum):
    """Why there is nothing to take: the value is of no use, or it lacks a key that must be there."""

    USE = 1
    WHOLE = 2


def read(model: type[Struct], data: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What ``msgspec.convert`` takes for ``model`` of ``data``, and what is wrong with the rest, in the order of the file.

    The first is ``None`` where a key that must be there is missing or unusable.
    """
    walk = _Walk()
    made = walk.struct(model, data, ())
    return (None if isinstance(made, _No) else made), walk.problems


class _Walk:
    """Goes through data once and remembers the problems; what it gives back is free of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def struct(self, model: type[Struct], data: Any, where: Where) -> dict[str, Any] | _No:
        """What there is of a model; a part that is of no use is left out."""
        if not isinstance(data, Mapping):
            return self._wrong(where, _WANTED["struct"], data)
        made: dict[str, Any] = {}
        lacking = False
        for name, value in data.items():
            key = named(model).get(name)
            if key is None:
                self.problems.append(Problem((*where, name), "unknown", "is not a key that is known here", value, tuple(keys_of(model))))
                continue
            got = self._value(key.shape, value, (*where, name))
            lacking = lacking or got is _No.WHOLE
            if not isinstance(got, _No):
                made[key.name] = got
        if self._missing(model, data, made, where) or lacking:
            return _No.WHOLE
        if remembers(model):
            made[GIVEN] = list(made)
        return self._whole(model, made, where)

    def _missing(self, model: type[Struct], data: Mapping[Any, Any], made: Mapping[str, Any], where: Where) -> bool:
        """Whether there is nothing for a key that must be there. It is said once: not where its value is wrong already."""
        lacking = [key for key in keys_of(model).values() if key.required and key.name not in made]
        for key in lacking:
            if key.name not in data and key.field not in data:
                self.problems.append(Problem((*where, key.name), "missing", "is missing", data))
        return bool(lacking)

    def _whole(self, model: type[Struct], made: dict[str, Any], where: Where) -> dict[str, Any] | _No:
        """What a model says of its keys together, once each of them is right."""
        if hasattr(model, "__post_init__"):
            try:
                convert(made, model)
            except ValidationError as error:
                return self._wrong(where, str(error.__cause__ or error), made)
        return made

    def _value(self, shape: Shape, value: Any, where: Where) -> Any:
        if value is None and shape.optional:
            return None
        try:
            spelt = spelling(shape, value)
        except Unprintable as error:
            return self._value(shape, self._printable(error, where), where)
        except ValueError as error:
            return self._wrong(where, str(error), value)
        if shape.core == "struct":
            return self.struct(shape.inner, spelt, where)
        if shape.core == "list":
            made = self._list(shape.inner, spelt, where)
            return made if made or isinstance(value, list | tuple) else _No.USE
        if shape.core == "dict":
            return self._dict(shape.inner, spelt, where)
        return self._leaf(shape, spelt, where)

    def _list(self, inner: Shape, value: Any, where: Where) -> list[Any] | _No:
        """A list; an item that lacks a key is left out as one that is of no use."""
        if not isinstance(value, list | tuple):
            return self._wrong(where, _WANTED["list"], value)
        made = (self._value(inner, item, (*where, index)) for index, item in enumerate(value))
        return [item for item in made if not isinstance(item, _No)]

    def _dict(self, inner: Shape, value: Any, where: Where) -> dict[str, Any] | _No:
        if not isinstance(value, Mapping):
            return self._wrong(where, _WANTED["dict"], value)
        made = {}
        for name, item in value.items():
            try:
                key = key_text(name)
            except Unprintable as error:
                key = key_text(self._printable(error, (*where, name)))
            except ValueError as error:
                self._wrong((*where, name), str(error), str(name))
                continue
            got = self._value(inner, item, (*where, name))
            if not isinstance(got, _No):
                made[key] = got
        return made

    def _leaf(self, shape: Shape, value: Any, where: Where) -> Any:
        try:
            convert(value, shape.type)
        except ValidationError:
            return self._wrong(where, _wanted(shape, value), value)
        return value

    def _printable(self, error: Unprintable, where: Where) -> Any:
        """What is left of a text, which is used."""
        self.problems.append(Problem(where, "unprintable", str(error), error.character))
        return error.rest

    def _wrong(self, where: Where, message: str, value: Any) -> _No:
        self.problems.append(Problem(where, "value", message, value))
        return _No.USE


def _wanted(shape: Shape, value: Any) -> str:
    """What a value should be, in words for somebody who writes YAML and no Python."""
    if shape.core == "text":
        return _words(shape, value) if isinstance(value, str) else _WANTED["text"]
    if shape.bare not in _WANTED:
        *most, last = (f"'{name}'" for name in get_args(shape.bare))
        return "should be " + " or ".join(filter(None, (", ".join(most), last)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        for mark in shape.marks:
            for name, (holds, words) in _BOUNDS.items():
                bound = getattr(mark, name)
                if bound is not None and not holds(value, bound):
                    return f"should be {words} {bound}"
    return _WANTED[shape.bare]


def _words(shape: Shape, value: str) -> str:
    for mark in shape.marks:
        if mark.min_length is not None and len(value) < mark.min_length:
            return "should not be empty"
    return next((mark.extra["words"] for mark in shape.marks if mark.extra and "words" in mark.extra), _WANTED["text"])
