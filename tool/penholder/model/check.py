"""How a workspace or a paper wants to be checked: ``[check]`` in penholder.toml, ``check:`` in paper.yaml."""

from typing import Annotated, Literal

from msgspec import Meta, field

from penholder.model.base import Authored, Layered
from penholder.model.shapes import worded

Level = Literal["error", "warning", "note"]
Codes = tuple[Annotated[str, worded(r"^[A-Z]+\d*$", "a code is written like PLAI001, a family of codes like PLAI")], ...]


class PathSettings(Authored, frozen=True, kw_only=True):
    """Other settings for the files that match ``path`` (a pattern such as ``papers/*/sections/*annex*``)."""

    path: str
    ignore: Codes = ()
    severity: dict[str, Level] = field(default_factory=dict)


class CheckSettings(Layered, frozen=True, kw_only=True):
    """Which rules look, and how strictly. Codes may be whole (``PLAI001``) or a family (``PLAI``)."""

    select: Codes = ()
    ignore: Codes = ()
    house: tuple[Literal["govuk"], ...] = ()
    severity: dict[str, Level] = field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()
    allow_words: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    sentence_words: Annotated[int, Meta(ge=10, le=100)] = 30
    summary_words: Annotated[int, Meta(ge=20, le=5000)] = 500
    spelling: bool = False
    spelling_words: tuple[str, ...] = ()
