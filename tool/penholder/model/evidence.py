"""``evidence.yaml``: the ledger of facts. Every figure stands here once, with its source."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from penholder.model.base import Authored
from penholder.model.paper import SCHEMA_VERSION, Identifier, Text, Texts

Status = Literal["verified", "secondary", "unverified", "disputed"]


def _source(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


def _some(value: object) -> object:
    return () if value is None else value  # `facts:` with nothing behind it


class FactSource(Authored):
    """Where a fact is from: a key of the citation library, and where in it."""

    key: str
    locator: Text = ""


class Fact(Authored):
    """One figure, said once.

    ``value`` and ``unit`` are written as in a sentence: ``14.4`` and ``million people``,
    ``58`` and ``%``, ``259`` and ``£bn``, ``one in five`` and nothing. ``measure`` names what is
    measured and ``basis`` how it is counted: two facts of one measure, basis, period, geography
    and population contradict each other if their values differ. ``wordings`` are other ways in
    which papers may say it. ``superseded_by`` is the id of the fact that took its place.
    """

    id: Identifier
    value: Text
    unit: str = ""
    statement: Annotated[str, Field(min_length=1)]
    measure: str = ""
    basis: str = ""
    geography: str = ""
    period: Text = ""
    population: str = ""
    source: Annotated[FactSource, BeforeValidator(_source)] | None = None
    retrieved: dt.date | None = None
    status: Status = "unverified"
    review_by: dt.date | None = None
    superseded_by: Identifier | None = None
    wordings: Texts = ()
    approximate: StrictBool = False
    note: str = ""


class Decision(Authored):
    """Which of several values papers are to use for a measure, who said so, and why."""

    measure: str
    use: Identifier
    because: Annotated[str, Field(min_length=1)]
    by: Identifier
    date: dt.date


class EvidenceFile(Authored):
    """``citations/evidence.yaml``, or a paper's own ``evidence.yaml``."""

    schema_version: int = SCHEMA_VERSION
    facts: Annotated[tuple[Fact, ...], BeforeValidator(_some)] = ()
    decisions: Annotated[tuple[Decision, ...], BeforeValidator(_some)] = ()
