"""What a reader of a redline is told before it begins: the versions, how to read the marks, and how much has changed where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class SectionChanges(NamedTuple):
    """How many words of a section were inserted, and how many deleted."""

    title: str
    inserted: int
    deleted: int


class CoverChange(NamedTuple):
    """What the cover says otherwise than before; ``""`` for nothing."""

    label: str
    was: str
    now: str


class Legend(NamedTuple):
    """The opening of a redline. ``facts`` are lines below its title: each version's commit, what is not shown."""

    title: str
    facts: tuple[str, ...] = ()
    rows: tuple[SectionChanges, ...] = ()
    cover: tuple[CoverChange, ...] = ()

    @property
    def in_a_line(self) -> str:
        """Title and facts, for the properties of a file."""
        return "; ".join((self.title, *self.facts))


def title_of(old: str, new: str, words: Mapping[str, str]) -> str:
    """The title of a redline, which names its versions."""
    return words["redline_title"].replace("{old}", old).replace("{new}", new)


def how_to_read(words: Mapping[str, str]) -> tuple[str, ...]:
    """What each mark says, line by line."""
    return tuple(words[f"redline_how_{kind}"] for kind in ("inserted", "deleted", "blocks", "numbers", "moved"))


def running_header(header: str, words: Mapping[str, str]) -> str:
    """The running header of a redline, which says so."""
    return f"{header} · {words['redline']}" if header else words["redline"]
