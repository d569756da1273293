"""``papers/<slug>/submissions/<id>/record.yaml``: what became of a submission, kept by ``submission record``.

The file is the workspace's memory: who reads the repository in ten years must see what was sent, to whom, and what came
of it. People may add to it by hand.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from penholder.model.base import Authored
from penholder.model.paper import SCHEMA_VERSION, Text, Texts
from penholder.model.profile import State

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class SentFile(Authored):
    """A file as it was sent. ``name`` is what it was called, ``kept`` where its very bytes lie, from the workspace's root."""

    name: Annotated[str, Field(min_length=1)]
    kept: str = ""
    sha256: Hash
    size: Annotated[int, Field(ge=0, strict=True)]


class Step(Authored):
    """A state that was reached, on which day, and what proves it. ``differences`` are those of the files from the agreed text."""

    state: State
    date: dt.date
    reference: Text = ""
    note: str = ""
    by: Text = ""
    files: tuple[SentFile, ...] = ()
    commit: Text = ""
    differences: Texts = ()


class Came(Authored):
    """What came of a submission: how the recipient answered (``outcome``), or what changed in policy (``impact``)."""

    date: dt.date
    text: Annotated[str, Field(min_length=1)]
    url: str = ""


class Despite(Authored):
    """A rule that was set aside on purpose: which, why, on whose word, for what."""

    code: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    date: dt.date
    action: str = ""


class RecordFile(Authored):
    """The record of one submission. Without any step it is a draft."""

    schema_version: int = SCHEMA_VERSION
    steps: tuple[Step, ...] = ()
    outcome: tuple[Came, ...] = ()
    impact: tuple[Came, ...] = ()
    despite: tuple[Despite, ...] = ()
