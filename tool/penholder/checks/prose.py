"""A section as sentences with places: what rules read.

Made of pandoc's tree, never of raw Markdown. A citation, a cross-reference, code or
an equation is one ``HOLE`` in the text, so that rules of style pass over them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.checks.align import Aligner
from penholder.source import LineMap, Span
from penholder.stages.resolve.ids import PREFIX

HOLE = "\ufffc"


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
    """Part of a passage that is marked: ``kind`` is ``strong emph link quoted code math underline strike smallcaps super sub span xref gap``.

    ``value`` is a link's target, a cross-reference's id, a span's classes, or the text of code.
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


@dataclass(eq=False)
class Passage:
    """A stretch of text that stands by itself: ``kind`` is ``heading paragraph item cell caption note term line``.

    ``within`` names what it stands in, outermost first: classes of divs, ``quote``,
    ``list``, ``table``. ``level`` is a heading's. ``nth`` counts the paragraphs of the
    section from 1 (0: it is none). ``header`` says a cell is in a header row; ``row`` and
    ``column`` count from 0. ``parent`` is the passage a note hangs on, at ``hangs_at``.
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
        text = self.text
        for mark in self.marks:
            if mark.kind == "quoted" or (mark.kind == "link" and text[mark.start : mark.end] == mark.value):
                text = text[: mark.start] + HOLE * (mark.end - mark.start) + text[mark.end :]
        return text

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
        return next((s for s in self.sentences if s.start <= at < s.end), Sentence(0, len(self.text), self.text))

    def cited_in(self, start: int, end: int) -> list[Citation]:
        """The citations that stand between two places, those of footnotes hung there included."""
        found = [c for c in self.cites if start <= c.start <= end]
        for note in self.notes:
            if start <= note.hangs_at <= end:
                found += note.cites
        return found


def passages(blocks: Sequence[Node], markdown: str, line_map: LineMap, language: str) -> tuple[Passage, ...]:
    """The passages of a section, in reading order, each note after the passage it hangs on."""
    return tuple(_Reader(markdown, line_map, language).read(blocks))


class _Reader:
    def __init__(self, markdown: str, line_map: LineMap, language: str) -> None:
        self.aligner = Aligner(markdown)
        self.map = line_map
        self.language = language
        self.paragraphs = 0
        self.tables = -1

    def read(self, blocks: Iterable[Node], within: tuple[str, ...] = (), kind: str = "") -> Iterator[Passage]:
        for block in blocks:
            yield from self._block(block, within, kind)

    def _block(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        content = block["c"] if "c" in block else None
        match block["t"]:
            case "Para" | "Plain":
                yield from self._passage(content, kind or "paragraph", within)
            case "Header":
                yield from self._passage(content[2], "heading", within, level=content[0], identifier=content[1][0])
            case "BlockQuote":
                yield from self.read(content, (*within, "quote"), kind)
            case "BulletList" | "OrderedList":
                for item in content if block["t"] == "BulletList" else content[1]:
                    yield from self.read(item, (*within, "list"), "item")
            case "DefinitionList":
                for term, definitions in content:
                    yield from self._passage(term, "term", within)
                    for definition in definitions:
                        yield from self.read(definition, (*within, "list"), "item")
            case "LineBlock":
                for line in content:
                    yield from self._passage(line, "line", within)
            case "Div":
                classes = tuple(content[0][1])
                yield from self.read(content[1], (*within, *classes), "caption" if "caption" in classes else kind)
            case "Figure":
                yield from self.read(content[2], within, kind)
                yield from self.read(content[1][1], within, "caption")
            case "Table":
                yield from self._table(block, within)
            case "CodeBlock":
                self.aligner.literal(content[1])

    def _table(self, block: Node, within: tuple[str, ...]) -> Iterator[Passage]:
        content = block["c"]
        self.tables += 1
        where, head = (*within, "table"), len(content[3][1])
        before = self.aligner.at
        cells = []
        for row, (_, columns) in enumerate(tree.table_rows(block)):
            for column, cell in enumerate(columns):
                for passage in self.read(cell[4], where, "cell"):
                    passage.row, passage.column, passage.header, passage.table = row, column, row < head, self.tables
                    cells.append(passage)
        self.aligner.at, behind = before, self.aligner.at
        yield from self.read(content[1][1], where, "caption")
        self.aligner.at = max(self.aligner.at, behind)
        yield from cells

    def _passage(
        self, inlines: Sequence[Node], kind: str, within: tuple[str, ...], *, level: int = 0, identifier: str = ""
    ) -> Iterator[Passage]:
        self.aligner.block(_first_words(inlines))
        flow = _Flow(self.aligner)
        flow.take(inlines)
        flow.finish()
        text = "".join(flow.pieces)
        if not text.strip() and not flow.notes:
            return
        nth = 0
        if kind == "paragraph" and "quote" not in within:
            self.paragraphs += 1
            nth = self.paragraphs
        passage = Passage(
            kind, text, self.language, self.map, within, level, nth, identifier=identifier,
            cites=tuple(flow.cites), marks=tuple(sorted(flow.marks, key=lambda m: (m.start, -m.end))),
            _from=tuple(flow.starts), _to=tuple(flow.places), _ends=tuple(flow.ends),
        )  # fmt: skip
        yield passage
        for blocks, at, place in flow.notes:
            back = self.aligner.at
            if place is not None:
                self.aligner.at = place
            for note in self.read(blocks, (*within, "note"), "note"):
                note.parent, note.hangs_at, note.nth = passage, at, 0
                passage.notes.append(note)
                yield note
            self.aligner.at = back if place is not None else max(back, self.aligner.at)


def _first_words(inlines: Sequence[Node]) -> list[str]:
    """The first words of a text up to anything that is written otherwise than it is read."""
    words: list[str] = []
    for node in inlines:
        if node["t"] == "Str":
            words += str(node["c"]).split()
        elif node["t"] in ("Emph", "Strong", "Underline", "Span", "Link", "Quoted"):
            inner = node["c"] if isinstance(node["c"][0], dict) and "t" in node["c"][0] and node["t"] in ("Emph", "Strong", "Underline") else node["c"][1]
            words += _first_words(inner)
        elif node["t"] not in ("Space", "SoftBreak"):
            return words if words else ([c["citationId"] for c in node["c"][0]] if node["t"] == "Cite" else [])
        if len(words) >= 4:
            return words[:4]
    return words


_MARKED = {
    "Strong": "strong", "Emph": "emph", "Underline": "underline", "Strikeout": "strike",
    "SmallCaps": "smallcaps", "Superscript": "super", "Subscript": "sub",
}  # fmt: skip
_WORD = re.compile(r"[–—…]|[^\s–—…]+")


class _Flow:
    """Gathers the text of inlines, and where each word of it stands."""

    def __init__(self, aligner: Aligner) -> None:
        self.aligner = aligner
        self.pieces: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.places: list[int] = []
        self.ends: list[int] = []
        self.cites: list[Citation] = []
        self.marks: list[Mark] = []
        self.notes: list[tuple[list[Node], int, int | None]] = []
        self._open = ""  # a word still growing, where marks stand inside words

    def take(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                self._string(node["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                self._add(" ")
            else:
                self._inside(kind, node)

    def finish(self) -> None:
        """Nothing more to come."""

    def _string(self, text: str) -> None:
        last = 0
        for word in _WORD.finditer(text):
            if word.start() > last:
                self._add(" " * (word.start() - last))
            self._place(word[0])
            self._add(word[0])
            last = word.end()
        if last < len(text):
            self._add(" " * (len(text) - last))

    def _place(self, word: str) -> None:
        found = self.aligner.word(word)
        if found:
            self.starts.append(self.length)
            self.places.append(found[0])
            self.ends.append(found[1])

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _hole(self, place: tuple[int, int] | None) -> tuple[int, int]:
        start = self.length
        if place:
            self.starts.append(start)
            self.places.append(place[0])
            self.ends.append(place[1])
        self._add(HOLE)
        return start, self.length

    def _inside(self, kind: str, node: Node) -> None:
        content = node.get("c")
        start = self.length
        match kind:
            case "Cite":
                self._cite(content)
            case "Note":
                self.notes.append((content, self.length, self.aligner.note()))
            case "Code" | "Math":
                start, end = self._hole(self.aligner.literal(content[1]))
                self.marks.append(Mark(start, end, kind.lower(), content[1]))
            case "Quoted":
                opening, closing = ("“", "”") if content[0]["t"] == "DoubleQuote" else ("‘", "’")
                self._place(opening)
                self._add(opening)
                self.take(content[1])
                self._place(closing)
                self._add(closing)
                self.marks.append(Mark(start, self.length, "quoted"))
            case "Link":
                self.take(content[1])
                self.marks.append(Mark(start, self.length, "link", content[2][0]))
                self.aligner.step_over(link=True)
            case "Span":
                self.take(content[1])
                classes = content[0][1]
                kind = "gap" if "gap" in classes else "underline" if "underline" in classes or "ul" in classes else "span"
                self.marks.append(Mark(start, self.length, kind, " ".join(classes)))
                self.aligner.step_over(link=False)
            case "RawInline" | "Image":
                pass
            case _:
                self.take(content)
                self.marks.append(Mark(start, self.length, _MARKED.get(kind, kind.lower())))

    def _cite(self, content: list[list[Node]]) -> None:
        citations = content[0]
        keys = tuple(c["citationId"] for c in citations)
        start, end = self._hole(self.aligner.citation(list(keys)))
        references = tuple(k for k in keys if PREFIX.match(k))
        self.marks += [Mark(start, end, "xref", key) for key in references]
        if len(references) < len(keys):
            mode = citations[0]["citationMode"]["t"]
            self.cites.append(
                Citation(
                    start, end, tuple(k for k in keys if k not in references),
                    tuple(tree.text_of(c["citationSuffix"]).strip(" ,") for c in citations if c["citationId"] not in references),
                    tuple(tree.text_of(c["citationPrefix"]).strip() for c in citations if c["citationId"] not in references),
                    mode == "AuthorInText",
                )
            )  # fmt: skip
