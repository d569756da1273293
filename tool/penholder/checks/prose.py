"""A section as sentences with places: what rules read.

Made of pandoc's tree, never of raw Markdown. A citation, a cross-reference, code or
an equation is one ``HOLE`` in the text, so that rules of style pass over them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from penholder.source import LineMap, Span

HOLE = "\ufffc"
_QUOTATION = re.compile("“[^“”]*”")
_BEFORE_STOP = re.compile(f"\\s*{HOLE}[\\s{HOLE}]*(?=[.,;:!?)\\]]|$)")


def without_holes(text: str) -> str:
    """Words for a person to read: no mark of what was left out, and no blank before the stop that followed it."""
    return " ".join(_BEFORE_STOP.sub("", text).replace(HOLE, "").split())


@dataclass(frozen=True)
class Citation:
    """A citation in a passage: its place in the text, its keys, and what is said behind each key."""

    start: int
    end: int
    keys: tuple[str, ...]
    suffixes: tuple[str, ...]
    prefixes: tuple[str, ...]
    in_text: bool = False


@dataclass(frozen=True)
class Mark:
    """Part of a passage that is marked: ``kind`` is ``strong emph link quoted code math underline strike smallcaps super sub span lang xref gap``.

    ``value`` is a link's target, a cross-reference's id, a span's classes or language, or the text of code.
    """

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: ``text`` is ``passage.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class Div:
    """A div a passage stands in: its id, classes and values, and the div around it. Two are never equal."""

    identifier: str
    classes: tuple[str, ...]
    values: Mapping[str, str]
    outer: Div | None = None


@dataclass(eq=False)
class Passage:
    """A stretch of text that stands by itself: ``kind`` is ``heading paragraph item cell caption note term line``.

    ``within`` names what it stands in, outermost first: classes of divs, ``quote``,
    ``list``, ``table``. ``level`` is a heading's. ``nth`` counts the paragraphs of the
    section from 1 (0: it is none). ``header`` says a cell is in a header row; ``row`` and
    ``column`` count from 0. ``parent`` is the passage a note hangs on, at ``hangs_at``.
    ``div`` is the innermost div around it.
    """

    kind: str
    text: str
    language: str
    map: LineMap
    within: tuple[str, ...] = ()
    level: int = 0
    nth: int = 0
    header: bool = False
    row: int = -1
    column: int = -1
    identifier: str = ""
    cites: tuple[Citation, ...] = ()
    marks: tuple[Mark, ...] = ()
    parent: Passage | None = None
    hangs_at: int = 0
    table: int = -1
    div: Div | None = field(default=None, repr=False)
    _from: tuple[int, ...] = field(default=(), repr=False)
    _to: tuple[int, ...] = field(default=(), repr=False)
    _ends: tuple[int, ...] = field(default=(), repr=False)
    notes: list[Passage] = field(default_factory=list, repr=False)

    def offset(self, at: int, *, end: bool = False) -> int:
        """The offset in the section's Markdown of the character at ``at``; with ``end``, behind the one before it."""
        if not self._from:
            return 0
        look = at - 1 if end and at else at
        i = max(0, bisect_right(self._from, look) - 1)
        reach = self._to[i] + (look - self._from[i]) + (1 if end and at else 0)
        if self.text[self._from[i] : self._from[i] + 1] == HOLE:
            return self._ends[i] if end else self._to[i]
        return max(self._to[i], min(reach, self._ends[i]))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The author's own place of ``text[start:end]`` (the whole passage by default)."""
        stop = len(self.text) if end is None else end
        low = self.offset(start)
        return self.map.span(low, max(low, self.offset(stop, end=True)))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        from penholder.adapters.sentences import sentences

        return tuple(Sentence(a, b, self.text[a:b]) for a, b in sentences(self.text, self.language))

    @cached_property
    def plain(self) -> str:
        """The text with quotations blanked by ``HOLE`` too, every other character in its place."""
        pieces: list[str] = []
        at = 0
        for mark in self.marks:  # in order, an outer one before those in it
            if mark.start >= at and (mark.kind == "quoted" or (mark.kind == "link" and self.text[mark.start : mark.end] == mark.value)):
                pieces += [self.text[at : mark.start], HOLE * (mark.end - mark.start)]
                at = mark.end
        text = "".join([*pieces, self.text[at:]])
        if "“" in text:  # marks typed curly are plain letters to pandoc
            text = _QUOTATION.sub(lambda found: HOLE * len(found[0]), text)
        return text

    def marked_language(self, start: int, end: int) -> str:
        """The language (BCP 47) that a span around ``text[start:end]``, or else a div around the passage, is marked with; ``""`` for none."""
        spans = [m for m in self.marks if m.kind == "lang" and m.start <= start and end <= m.end]
        if spans:
            return min(spans, key=lambda m: m.end - m.start).value
        div = self.div
        while div is not None:
            if div.values.get("lang"):
                return div.values["lang"]
            div = div.outer
        return self.parent.marked_language(self.hangs_at, self.hangs_at) if self.parent is not None else ""

    @property
    def is_prose(self) -> bool:
        """Whether rules of style read it: sentences of the author's own, not a quotation, a table or a gap."""
        return self.kind in ("paragraph", "item", "note") and not {"quote", "gap", "references"} & set(self.within)

    @property
    def words(self) -> int:
        """How many words it has, citations left out."""
        return len(self.text.replace(HOLE, " ").split())

    def sentence_at(self, at: int) -> Sentence:
        """The sentence the character at ``at`` is in."""
        i = bisect_right(self.sentences, at, key=lambda s: s.start) - 1
        if i >= 0 and at < self.sentences[i].end:
            return self.sentences[i]
        return Sentence(0, len(self.text), self.text)

    def cited_in(self, start: int, end: int) -> list[Citation]:
        """The citations that stand between two places, those of footnotes hung there included."""
        found = [c for c in self.cites if start <= c.start <= end]
        for note in self.notes:
            if start <= note.hangs_at <= end:
                found += note.cites
        return found
