"""What a Document is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from penholder.adapters.pandoc.tree import Node
from penholder.source import Span
from penholder.stages.assemble import Manuscript, Text

AFFIXES = ("citationPrefix", "citationSuffix")
BESIDE = "beside"  # the class of a reference that stands in a citation's prefix or suffix


class Target(NamedTuple):
    """A place that can be referred to: its kind (``sec``, ``para``, ``tbl``, ``fig``, ``rec``), number and title.

    ``number`` is ``""`` where it has none, ``level`` that of a heading, else 0.
    """

    id: str
    kind: str
    number: str
    title: str = ""
    level: int = 0


class Picture(NamedTuple):
    """A checked picture: its file, kind (``png`` ``jpg`` ``gif`` ``svg``), and name by content hash."""

    path: Path
    kind: str
    name: str
    data: bytes = b""


class Shown(NamedTuple):
    """A picture where a section shows it: as the author names it, at which place, and how wide (``""``: as it is).

    ``described`` is its text alternative (the caption serves where the author gives no
    other), ``caption`` the words below it, ``identifier`` what references call it.
    """

    picture: Picture
    target: str
    span: Span
    width: str = ""
    described: str = ""
    decorative: bool = False
    caption: str = ""
    identifier: str = ""


class Part:
    """A section on its way through resolve: its text and its blocks, which the passes rewrite."""

    def __init__(self, text: Text, blocks: list[Node]) -> None:
        self.text, self.blocks = text, blocks
        self.title = self.identifier = ""
        self.comments: list[str] = []
        self.shown: list[Shown] = []

    @property
    def kind(self) -> str:
        return self.text.section.front.kind


class ResolvedSection(NamedTuple):
    """A section whose numbers, references and citations are all in place."""

    text: Text
    title: str
    identifier: str
    kind: str
    blocks: tuple[Node, ...]


_Section = TypeVar("_Section", Part, ResolvedSection)


def as_printed(sections: Iterable[_Section]) -> list[_Section]:
    """Sections in the order in which all outputs print them: the summary first."""
    return sorted(sections, key=lambda section: section.kind != "summary")


class Document(NamedTuple):
    """The paper as one tree, section boundaries kept.

    ``references`` are the entries of the bibliography, ``targets`` everything
    numbered by id, in order, ``pictures`` the checked pictures by name, ``cited``
    the keys of the library that the text cites, ``library`` the files they stand in.
    """

    manuscript: Manuscript
    sections: tuple[ResolvedSection, ...]
    references: tuple[Node, ...]
    references_title: str
    targets: Mapping[str, Target]
    pictures: Mapping[str, Picture]
    cited: tuple[str, ...]
    library: tuple[str, ...] = ()
