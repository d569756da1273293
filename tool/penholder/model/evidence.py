"""``evidence.yaml``: the ledger of facts. Every figure stands here once, with its source."""

from typing import Annotated, Literal

from msgspec import Meta

from penholder.model.base import Authored
from penholder.model.paper import SCHEMA_VERSION, Day, Identifier, Text, Texts
from penholder.model.shapes import spelt

Status = Literal["verified", "secondary", "unverified", "disputed"]


def _source(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


def _some(value: object) -> object:
    return () if value is None else value  # `facts:` with nothing behind it


class FactSource(Authored, frozen=True, kw_only=True):
    """Where a fact is from: a key of the citation library, and where in it."""

    key: str
    locator: Text = ""


class Fact(Authored, frozen=True, kw_only=True):
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
    statement: Annotated[str, Meta(min_length=1)]
    measure: str = ""
    basis: str = ""
    geography: str = ""
    period: Text = ""
    population: str = ""
    source: Annotated[FactSource | None, spelt(_source, also={"type": "string"})] = None
    retrieved: Day | None = None
    status: Status = "unverified"
    review_by: Day | None = None
    superseded_by: Identifier | None = None
    wordings: Texts = ()
    approximate: bool = False
    note: str = ""


class Decision(Authored, frozen=True, kw_only=True):
    """Which of several values papers are to use for a measure, who said so, and why."""

    measure: str
    use: Identifier
    because: Annotated[str, Meta(min_length=1)]
    by: Identifier
    date: Day


class EvidenceFile(Authored, frozen=True, kw_only=True):
    """``citations/evidence.yaml``, or a paper's own ``evidence.yaml``."""

    schema_version: int = SCHEMA_VERSION
    facts: Annotated[tuple[Fact, ...], spelt(_some, also={"type": "null"})] = ()
    decisions: Annotated[tuple[Decision, ...], spelt(_some, also={"type": "null"})] = ()
