"""``papers/<slug>/submissions/<id>/record.yaml``: what became of a submission, kept by ``submission record``.

The file is the workspace's memory: who reads the repository in ten years must see what was sent, to whom, and what came
of it. People may add to it by hand.
"""

from typing import Annotated

from msgspec import Meta

from penholder.model.base import Authored
from penholder.model.paper import SCHEMA_VERSION, Day, Text, Texts
from penholder.model.profile import State
from penholder.model.shapes import worded

Hash = Annotated[str, worded("^[0-9a-f]{64}$", "a SHA-256 has 64 digits, 0 to 9 and a to f")]


class SentFile(Authored, frozen=True, kw_only=True):
    """A file as it was sent. ``name`` is what it was called, ``kept`` where its very bytes lie, from the workspace's root."""

    name: Annotated[str, Meta(min_length=1)]
    kept: str = ""
    sha256: Hash
    size: Annotated[int, Meta(ge=0)]


class Step(Authored, frozen=True, kw_only=True):
    """A state that was reached, on which day, and what proves it. ``differences`` are those of the files from the agreed text."""

    state: State
    date: Day
    reference: Text = ""
    note: str = ""
    by: Text = ""
    files: tuple[SentFile, ...] = ()
    commit: Text = ""
    differences: Texts = ()


class Came(Authored, frozen=True, kw_only=True):
    """What came of a submission: how the recipient answered (``outcome``), or what changed in policy (``impact``)."""

    date: Day
    text: Annotated[str, Meta(min_length=1)]
    url: str = ""


class Despite(Authored, frozen=True, kw_only=True):
    """A rule that was set aside on purpose: which, why, on whose word, for what."""

    code: Annotated[str, Meta(min_length=1)]
    reason: Annotated[str, Meta(min_length=1)]
    by: Annotated[str, Meta(min_length=1)]
    date: Day
    action: str = ""


class RecordFile(Authored, frozen=True, kw_only=True):
    """The record of one submission. Without any step it is a draft."""

    schema_version: int = SCHEMA_VERSION
    steps: tuple[Step, ...] = ()
    outcome: tuple[Came, ...] = ()
    impact: tuple[Came, ...] = ()
    despite: tuple[Despite, ...] = ()
