"""What the rules look at: one submission, as it would be sent today."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from penholder.adapters import pdf, word
from penholder.errors import PenholderError
from penholder.features.profile_rules import Profile
from penholder.features.submission.checking import measure
from penholder.features.submission.opening import Submission
from penholder.features.submission.pasting import Pasted
from penholder.features.submission.rendering import Resolved
from penholder.findings import Finding
from penholder.source import Span
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import ResolvedSection

T = TypeVar("T")


class Sent(NamedTuple):
    """A file that goes out: its name, its kind (``docx``, ``pdf`` ...), its bytes. ``given``: somebody made it by hand."""

    name: str
    kind: str
    data: bytes
    given: bool = False


class Released(NamedTuple):
    """A text that was made public before: what it is called, where it can be read, its text."""

    name: str
    where: str
    text: str


@dataclass(eq=False)
class Subject:
    """A submission with all that can be measured of it.

    ``files`` are what was rendered, by format: the DOCX and the PDF are there for measuring even where only the other is
    sent. ``sent`` is what goes out. ``released`` are texts that were made public, ``embargoed`` what is public too early.
    ``now`` knows its time zone.
    """

    submission: Submission
    resolved: Resolved
    files: dict[str, bytes]
    sent: tuple[Sent, ...]
    pasted: tuple[Pasted, ...]
    now: dt.datetime
    released: tuple[Released, ...] = ()
    embargoed: tuple[Finding, ...] = ()

    @property
    def profile(self) -> Profile:
        return self.submission.profile

    @property
    def today(self) -> dt.date:
        return self.now.date()

    @property
    def root(self) -> Path:
        return self.submission.paper.workspace.root

    @property
    def is_form(self) -> bool:
        """Whether answers are pasted into a form and no file is sent."""
        return not self.sent and "form" in self.profile.file.makes

    # the document, measured -----------------------------------------------------------------------

    @cached_property
    def docx(self) -> bytes:
        """The DOCX that is sent, else the one that was rendered for measuring; empty where there is none."""
        return next((s.data for s in self.sent if s.kind == "docx"), self.files.get("docx", b""))

    @cached_property
    def text(self) -> word.WordText | None:
        """The text of that DOCX; ``None`` where it cannot be read."""
        return self._read(word.read_text)

    @cached_property
    def inside(self) -> word.WordInside | None:
        return self._read(word.look_inside)

    @cached_property
    def paragraphs(self) -> tuple[word.Numbered, ...] | None:
        found = self._read(word.numbered_paragraphs)
        return None if found is None else tuple(found)

    def _read(self, read: Callable[[bytes], T]) -> T | None:
        if not self.docx:
            return None
        try:
            return read(self.docx)
        except PenholderError:
            return None

    @cached_property
    def pieces(self) -> list[measure.Piece]:
        """All texts that go out: those of the document, or the answers where there is only a form."""
        if self.is_form:
            return [measure.Piece(p.text, frozenset(), p.question.id) for p in self.pasted]
        return measure.pieces(self.text, self.resolved) if self.text else []

    @cached_property
    def pdf(self) -> bytes:
        """The PDF that is sent, else the one that was rendered for measuring; empty where there is none that can be read."""
        for data in (*(s.data for s in self.sent if s.kind == "pdf"), self.files.get("pdf", b"")):
            try:
                pdf.look_inside(data)
            except ValueError:
                continue
            return data
        return b""

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of each page of the PDF; none where there is no PDF."""
        return pdf.read_text(self.pdf).pages if self.pdf else ()

    # places ---------------------------------------------------------------------------------------

    def place(self, *where: str | int) -> Span:
        """The place of a key of the submission's file, else of the key around it, else of its profile."""
        span = self.submission.place(where)
        return span if (span.line, span.column, span.end_column) != (1, 1, 1) else self.submission.place(("profile",))

    @property
    def sections(self) -> tuple[ResolvedSection, ...]:
        return self.resolved.document.sections

    def of_section(self, section: ResolvedSection) -> Span:
        """Where a section's text begins, in whichever file it was typed."""
        return Finder(section.text).start

    def of_words(self, text: str) -> Span:
        """Where these words were typed: the section that holds them; else the submission's file."""
        chosen = re.findall(r"\w+", text)[:8]
        pattern = re.compile(r"[\W_]*?".join(map(re.escape, chosen)))
        for section in self.sections if chosen else ():
            found = pattern.search(section.text.markdown)
            if found:
                return section.text.map.span(found.start(), found.end())
        return self.place("sections")

    def typed(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Span]]:
        """Each match of a pattern in what authors typed, with its place."""
        for section in self.sections:
            for match in pattern.finditer(section.text.markdown):
                yield match, section.text.map.span(match.start(), match.end())

    def of_kind(self, *kinds: str) -> list[ResolvedSection]:
        return [s for s in self.sections if s.kind in kinds]
