"""What all authored files share: strict keys, a schema version, readable problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple, Self, TypeVar, get_origin


def _without_plugins() -> None:
    """Let pydantic find no plugins, and not prepare to look for them: importing ``importlib.metadata`` takes 20 ms.

    Its ``PYDANTIC_DISABLE_PLUGINS`` says the same, but is asked after that import. A pydantic
    that no longer has this module takes no notice.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(loader.__name__, loader)


_without_plugins()

from pydantic import BaseModel, ConfigDict, ValidationError  # noqa: E402

M = TypeVar("M", bound="Authored")
_SAID = {  # by the beginning of pydantic's name for the kind of problem
    "tuple_": "should be a list",
    "list_": "should be a list",
    "date_": "should be a date like 2030-01-31",
    "string_type": "should be words",
    "bool_": "should be true or false",
    "int_": "should be a whole number",
    "float_": "should be a number",
    "dict_": "should be `key: value` lines",
    "model_": "should be `key: value` lines",
}


class Authored(BaseModel):
    """Something an author writes. Frozen; keys nobody declared are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True, defer_build=True)

    @classmethod
    def lenient(cls, data: Mapping[str, Any]) -> tuple[Self | None, list[Problem]]:
        """Make the model from ``data``, leaving out what is wrong with it.

        Returns the model, or ``None`` where a key that must be there is missing
        or unusable, and one ``Problem`` for each thing that is wrong.
        """
        problems: list[Problem] = []
        remaining = _plain(data)
        while True:
            try:
                return cls.model_validate(remaining), problems
            except ValidationError as error:
                found = list(_problems(error, cls))
                unusable = {_unusable(p) for p in found}
                dropped = [_drop(remaining, where) for where in sorted(unusable, key=_last_first, reverse=True) if where]
                problems += [p for p in found if p.kind != "missing" or p.where not in {q.where for q in problems}]
                if not any(dropped):
                    return None, problems


class Problem(NamedTuple):
    """One thing wrong in authored data: where (keys and indexes), what, and of which kind."""

    where: tuple[str | int, ...]
    kind: str
    message: str
    value: Any = None
    known: tuple[str, ...] = ()


def fields_at(model: type[BaseModel], where: Sequence[str | int]) -> tuple[str, ...]:
    """The key names the model allows in the mapping at ``where``."""
    current: Any = model
    named = False  # the next step is a name that an author chose, not a key
    for step in where:
        if isinstance(step, int):
            continue
        if named:
            named = False
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            return ()
        info = next((f for n, f in current.model_fields.items() if step in (n, f.alias)), None)
        if info is None:
            return ()
        current = _inner_model(info.annotation)
        named = get_origin(info.annotation) is dict
    if named:
        return ()
    if isinstance(current, type) and issubclass(current, BaseModel):
        return tuple(f.alias or n for n, f in current.model_fields.items())
    return ()


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_model(argument)
        if found is not None:
            return found
    return None


def _problems(error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    for item in error.errors(include_url=False, include_context=True):
        where = tuple(step for step in item["loc"] if not (isinstance(step, str) and "[" in step))
        known = fields_at(model, where[:-1]) if item["type"] == "extra_forbidden" else ()
        yield Problem(where, item["type"], _said(item["type"], item["msg"]), item.get("input"), known)


def _said(kind: str, message: str) -> str:
    """What is wrong, in words for somebody who writes YAML and no Python."""
    known = next((said for start, said in _SAID.items() if kind.startswith(start)), "")
    return known or message.removeprefix("Value error, ").removeprefix("Input ")


def _plain(value: Any) -> Any:
    """A deep copy made of dicts and lists only."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _unusable(problem: Problem) -> tuple[str | int, ...]:
    """What must go for a problem: the value itself; for a missing key, the list item that lacks it."""
    if problem.kind != "missing":
        return problem.where
    items = [i for i, step in enumerate(problem.where) if isinstance(step, int)]
    return problem.where[: items[-1] + 1] if items else ()


def _last_first(where: Sequence[str | int]) -> list[tuple[int, int, str]]:
    """An order in which the last item of a list goes first, so that the others keep their indexes."""
    return [(1, step, "") if isinstance(step, int) else (0, 0, step) for step in where]


def _drop(data: Any, where: Sequence[str | int]) -> bool:
    """Remove what is at ``where``, or the nearest thing around it that is there."""
    for depth in range(len(where), 0, -1):
        holder = data
        try:
            for step in where[: depth - 1]:
                holder = holder[step]
            del holder[where[depth - 1]]
        except (KeyError, IndexError, TypeError):
            continue
        return True
    return False
