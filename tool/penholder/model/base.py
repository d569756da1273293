"""What all authored files share: strict keys, a schema version, readable problems."""

from collections.abc import Collection, Mapping
from typing import Any, Literal, Self

from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

from penholder.model.reading import Problem, read
from penholder.model.shapes import keys_of
from penholder.model.spelling import spelled

Which = Literal["all", "given", "unusual"]


class Authored(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something an author writes. Frozen; keys nobody declared are refused."""

    @classmethod
    def lenient(cls, data: Mapping[str, Any]) -> tuple[Self | None, list[Problem]]:
        """Make the model from ``data``, leaving out what is wrong with it.

        Returns the model, or ``None`` where a key that must be there is missing
        or unusable, and one ``Problem`` for each thing that is wrong.
        """
        try:
            return convert(spelled(cls, data), cls), []
        except ValueError:  # it says what is wrong first; we look for all
            plain, problems = read(cls, data)
        return (None if plain is None else convert(plain, cls)), problems

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Make the model from ``data``. Raises ``ValueError``, which names all that is wrong with it."""
        made, problems = cls.lenient(data)
        if made is None or problems:
            raise ValueError("; ".join(f"{'.'.join(map(str, p.where)) or cls.__name__}: {p.message}" for p in problems))
        return made

    @classmethod
    def key_names(cls) -> tuple[str, ...]:
        """The names of its keys, as authors write them."""
        return tuple(keys_of(cls))

    def changed(self, **values: Any) -> Self:
        """The same with other values, which are taken as they are."""
        return replace(self, **values)

    def data(self, which: Which = "all", without: Collection[str] = ()) -> dict[str, Any]:
        """What it says, in dicts and lists: ``all``, what its file gives, or what is not the default.

        ``without`` names keys to be left out. Days stay days.
        """
        keys = keys_of(type(self))
        wanted = self.given if which == "given" and isinstance(self, Layered) else keys
        made = {}
        for name, key in keys.items():
            value = getattr(self, key.field)
            if name in wanted and name not in without and not (which == "unusual" and value == key.default):
                made[name] = _data(value, which)
        return made

    def json(self, without: Collection[str] = ()) -> dict[str, Any]:
        """All it says, as JSON takes it; ``without`` names keys to be left out."""
        made: dict[str, Any] = to_builtins(self.data(without=without))
        return made


class Layered(Authored, frozen=True, kw_only=True):
    """What lies over something of its kind: it remembers the keys that its file says, be it what is usual."""

    given: frozenset[str] = frozenset()


def _data(value: Any, which: Which) -> Any:
    if isinstance(value, Authored):
        return value.data(which)
    if isinstance(value, Mapping):
        return {name: _data(item, which) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_data(item, which) for item in value]
    return value


__all__ = ["Authored", "Layered", "Problem"]
