"""How a workspace or a paper wants to be checked: ``[check]`` in penholder.toml, ``check:`` in paper.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from penholder.model.base import Authored

Level = Literal["error", "warning", "note"]
Codes = tuple[Annotated[str, Field(pattern=r"^[A-Z]+\d*$")], ...]


class PathSettings(Authored):
    """Other settings for the files that match ``path`` (a pattern such as ``papers/*/sections/*annex*``)."""

    path: str
    ignore: Codes = ()
    severity: dict[str, Level] = Field(default_factory=dict)


class CheckSettings(Authored):
    """Which rules look, and how strictly. Codes may be whole (``PLAI001``) or a family (``PLAI``)."""

    select: Codes = ()
    ignore: Codes = ()
    house: tuple[Literal["govuk"], ...] = ()
    severity: dict[str, Level] = Field(default_factory=dict)
    paths: tuple[PathSettings, ...] = ()
    allow_words: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    sentence_words: Annotated[int, Field(ge=10, le=100, strict=True)] = 30
    summary_words: Annotated[int, Field(ge=20, le=5000, strict=True)] = 500
    spelling: bool = False
    spelling_words: tuple[str, ...] = ()
