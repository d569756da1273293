"""What the keys of a model ask of their values: the type, and the other spellings that are taken for it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

GIVEN = "given"
"""The field in which a model that lies over others remembers which keys its file says. No author writes it."""

Read = Callable[[Any], Any]
Core = Literal["struct", "list", "dict", "text", "any", "value"]


def spelt(read: Read, *, also: Mapping[str, Any] | Literal["items"] | None = None, **schema: Any) -> Meta:
    """A mark for ``Annotated``: ``read`` makes of a value as authors write it what the type wants.

    It leaves alone what it does not know, for the type to refuse, and raises ``ValueError`` for what
    is nearly right, in words for an author. The JSON Schema says ``schema`` of the value, and lets
    through what ``also`` describes (``"items"``: one item in place of a list).
    """
    return Meta(extra={"read": read}, extra_json_schema=schema | ({"also": also} if also else {}))


def worded(pattern: str, words: str, examples: Sequence[str] = ()) -> Meta:
    """A mark for ``Annotated``: a text matches ``pattern``, and authors are told so in ``words``."""
    return Meta(pattern=pattern, extra={"words": words}, examples=list(examples) or None)


class Shape(NamedTuple):
    """An annotation taken apart. ``inner`` is the model of a struct, the shape of what a list or a mapping holds."""

    type: Any
    core: Core
    inner: Any
    bare: Any
    optional: bool
    marks: tuple[Meta, ...]
    reads: tuple[Read, ...]


class Key(NamedTuple):
    """A key of a model: its name in files and in Python, its shape, and its default (``NODEFAULT``: it must be there)."""

    name: str
    field: str
    shape: Shape
    default: Any

    @property
    def required(self) -> bool:
        return self.default is NODEFAULT


@cache
def keys_of(model: type[Struct]) -> Mapping[str, Key]:
    """The keys of a model by their names in files, as they were declared."""
    return {
        f.encode_name: Key(f.encode_name, f.name, _shape(f.type), f.default if f.default_factory is NODEFAULT else f.default_factory())
        for f in fields(model)
        if f.name != GIVEN
    }


@cache
def named(model: type[Struct]) -> Mapping[Any, Key]:
    """The keys of a model by their names in files, and by those in Python, which are taken, too."""
    keys = keys_of(model).values()
    return {k.field: k for k in keys} | {k.name: k for k in keys}


@cache
def remembers(model: type[Struct]) -> bool:
    """Whether a model remembers which keys its file says."""
    return GIVEN in model.__struct_fields__


def _shape(annotation: Any) -> Shape:
    bare, optional = annotation, False
    marks: tuple[Meta, ...] = ()
    while (origin := get_origin(bare)) in (Annotated, Union, UnionType):
        if origin is Annotated:
            marks = (*(m for m in bare.__metadata__ if isinstance(m, Meta)), *marks)
            bare = bare.__origin__
        else:
            (bare,) = (member for member in get_args(bare) if member is not NoneType)
            optional = True
    core, inner = _core(bare)
    return Shape(annotation, core, inner, bare, optional, marks, tuple(m.extra["read"] for m in marks if m.extra and "read" in m.extra))


def _core(bare: Any) -> tuple[Core, Any]:
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is tuple:
        return "list", _shape(arguments[0])
    if origin is dict:
        return "dict", _shape(arguments[1])
    if isinstance(bare, type) and issubclass(bare, Struct):
        return "struct", bare
    if bare is Any:
        return "any", None
    return ("text" if bare is str else "value"), None
