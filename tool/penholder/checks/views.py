"""What rules look at: a section, a paper and a workspace, with the helpers to say what was seen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from penholder.adapters.network.answer import Answer
from penholder.checks.extract import read
from penholder.checks.flow import Blank
from penholder.checks.grids import Grid
from penholder.checks.prose import HOLE, Citation, Passage
from penholder.checks.rule import Fix, Hit
from penholder.checks.settings import Settings
from penholder.checks.typed import Typed
from penholder.findings import Severity
from penholder.library import Library
from penholder.model.paper import SectionFront
from penholder.source import SourceFile, Span
from penholder.stages.assemble import Text
from penholder.stages.discover import Workspace
from penholder.stages.ledger import Ledger
from penholder.stages.load import Paper
from penholder.stages.look import Look
from penholder.stages.resolve.parts import Part, Shown


@dataclass(eq=False)
class SectionView:
    """A section: its passages, the pictures it shows, its tables and blank links, and the paper it belongs to."""

    text: Text
    passages: tuple[Passage, ...]
    shown: tuple[Shown, ...] = ()
    grids: tuple[Grid, ...] = ()
    blanks: tuple[Blank, ...] = ()
    paper: PaperView = field(init=False, repr=False)

    @classmethod
    def of(cls, part: Part, language: str) -> SectionView:
        """The view of a section that was read and cleaned; the tree is not kept."""
        if part.text.section.source is None:
            return cls(part.text, ())
        found = read(part.blocks, part.text.markdown, part.text.map, language)
        return cls(part.text, found.passages, tuple(part.shown), found.grids, found.blanks)

    @property
    def front(self) -> SectionFront:
        return self.text.section.front

    @property
    def path(self) -> str:
        return self.text.section.path

    @property
    def language(self) -> str:
        return self.paper.paper.language

    @cached_property
    def title(self) -> str:
        """The front matter's title, else the first heading, else the file's name in words."""
        heading = next((p.text for p in self.passages if p.kind == "heading"), "")
        return self.front.title or heading or self.text.section.label

    @cached_property
    def by_line(self) -> dict[tuple[str, int], Passage]:
        """The first passage on each line, by file and line."""
        found: dict[tuple[str, int], Passage] = {}
        for passage in self.passages:
            span = passage.span()
            for line in range(span.line, span.end_line + 1):
                found.setdefault((span.path, line), passage)
        return found

    @property
    def prose(self) -> Iterator[Passage]:
        """The passages that rules of style read: no headings, tables, captions, quotations."""
        return (p for p in self.passages if p.is_prose)

    @property
    def headings(self) -> Iterator[Passage]:
        return (p for p in self.passages if p.kind == "heading")

    @property
    def words(self) -> int:
        """The words of the section, headings, tables and notes included, citations not."""
        return sum(p.words for p in self.passages)

    def hit(
        self,
        passage: Passage,
        start: int,
        end: int,
        message: str,
        *,
        ask: str = "",
        help: str = "",
        severity: Severity | None = None,
        mend: str | None = None,
    ) -> Hit:
        """Something seen at ``passage.text[start:end]``; ``mend`` is the text that would mend it."""
        fix = self.fix(passage, start, end, mend) if mend is not None else None
        quote = passage.text[start:end]
        if HOLE in quote:  # a citation or code: as the author wrote it
            quote = self.text.markdown[passage.offset(start) : passage.offset(end, end=True)]
        return Hit(passage.span(start, end), message, ask, help, quote, severity, fix, self, passage, passage.marked_language(start, end))

    def at(self, span: Span, message: str, *, ask: str = "", help: str = "", quote: str = "", fix: Fix | None = None) -> Hit:
        """Something seen in the section, but not in the words of a passage."""
        return Hit(span, message, ask, help, quote, None, fix, self)

    @property
    def start(self) -> Span:
        """Where the section begins, for what concerns all of it."""
        return Span(self.path, 1, 1, 1, 1)

    def fix(self, passage: Passage, start: int, end: int, mend: str) -> Fix | None:
        """The change of the author's own file; ``None`` where the words were made by a template or are written otherwise."""
        low, high = passage.offset(start), passage.offset(end, end=True)
        if self._typed.in_code(low, high):  # what looks the same there is no prose
            return None
        source, at = self.text.map.locate(low)
        last, behind = self.text.map.locate(max(low, high - 1))
        if source is not last or source.removed or behind - at != high - 1 - low:
            return None
        written = source.text[at : at + high - low]
        if written != self.text.markdown[low:high] or _as_read(written) != _as_read(passage.text[start:end]):
            return None
        return Fix(source.path, at, at + len(written), mend, written)

    @cached_property
    def _typed(self) -> Typed:
        return Typed(self.text.markdown)

    def front_span(self, key: str) -> Span:
        """Where a key of the front matter stands, else where the section begins."""
        source = self.text.section.source
        if source is not None:
            found = re.compile(rf"^{re.escape(key)}\s*:.*$", re.M).search(source.text, 0, self.text.section.body_start)
            if found:
                return source.span(found.start(), found.end())
        return self.start


def _as_read(text: str) -> str:
    """Text with blanks, quotation marks and dashes in one form, as pandoc reads what authors type."""
    plain = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("---", "—").replace("--", "–")
    return re.sub(r"\s+", " ", plain)


@dataclass(eq=False)
class PaperView:
    """A paper: its sections, its library, its ledger, its look, and how it is checked."""

    paper: Paper
    sections: tuple[SectionView, ...]
    settings: Settings
    library: Library
    ledger: Ledger
    look: Look
    final: bool
    today: dt.date
    workspace: WorkspaceView = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for section in self.sections:
            section.paper = self

    @property
    def source(self) -> SourceFile:
        """``paper.yaml``."""
        return self.paper.source

    @cached_property
    def passages(self) -> tuple[tuple[SectionView, Passage], ...]:
        return tuple((s, p) for s in self.sections for p in s.passages)

    @cached_property
    def citations(self) -> tuple[tuple[SectionView, Passage, Citation], ...]:
        """Every citation of the paper, in order."""
        return tuple((s, p, c) for s, p in self.passages for c in p.cites)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The keys of the library that the paper cites, each once, aliases resolved, in order."""
        keys = (k for _, _, c in self.citations for k in c.keys)
        return tuple(dict.fromkeys(r for k in keys if (r := self.library.resolve(k)) is not None))

    def key_span(self, key: str) -> Span:
        """Where a key of ``paper.yaml`` stands, else its first line."""
        found = re.search(rf"^{re.escape(key)}\s*:.*$", self.source.text, re.M)
        return self.source.span(found.start(), found.end()) if found else Span(self.source.path, 1, 1, 1, 1)


@dataclass(eq=False)
class WorkspaceView:
    """All papers that are checked together.

    ``answers`` is what the network said of links, by address; empty where it was not asked,
    and ``offline`` where there was none.
    """

    workspace: Workspace
    papers: Sequence[PaperView]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    offline: bool = False

    def __post_init__(self) -> None:
        for paper in self.papers:
            paper.workspace = self
