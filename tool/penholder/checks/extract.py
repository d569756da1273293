"""From pandoc's tree of a section to its passages, each word with its place in the author's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.checks.align import Aligner
from penholder.checks.flow import Blank, Flow
from penholder.checks.grids import Grid, grid_of
from penholder.checks.prose import Div, Passage
from penholder.source import LineMap


class Reading(NamedTuple):
    """A section as it is read: its passages in order, each note after the passage it hangs on; its tables; its blank links."""

    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...]
    blanks: tuple[Blank, ...]


def read(blocks: Sequence[Node], markdown: str, line_map: LineMap, language: str) -> Reading:
    """Read the blocks of a section."""
    reader = _Reader(markdown, line_map, language)
    return Reading(tuple(reader.read(blocks)), tuple(reader.grids), tuple(reader.blanks))


def passages(blocks: Sequence[Node], markdown: str, line_map: LineMap, language: str) -> tuple[Passage, ...]:
    """The passages of a section alone."""
    return read(blocks, markdown, line_map, language).passages


class _Reader:
    def __init__(self, markdown: str, line_map: LineMap, language: str) -> None:
        self.aligner = Aligner(markdown)
        self.map = line_map
        self.language = language
        self.paragraphs = 0
        self.grids: list[Grid] = []
        self.blanks: list[Blank] = []
        self.inside: Div | None = None

    def read(self, blocks: Iterable[Node], within: tuple[str, ...] = (), kind: str = "") -> Iterator[Passage]:
        for block in blocks:
            yield from self._block(block, within, kind)

    def _block(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        read = _BLOCKS.get(block["t"])
        return read(self, block, within, kind) if read else iter(())

    def _paragraph(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        yield from self._passage(block["c"], kind or "paragraph", within)

    def _heading(self, block: Node, within: tuple[str, ...], _: str) -> Iterator[Passage]:
        level, attributes, inlines = block["c"]
        yield from self._passage(inlines, "heading", within, level=level, identifier=attributes[0])

    def _quote(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        yield from self.read(block["c"], (*within, "quote"), kind)

    def _list(self, block: Node, within: tuple[str, ...], _: str) -> Iterator[Passage]:
        for item in block["c"] if block["t"] == "BulletList" else block["c"][1]:
            yield from self.read(item, (*within, "list"), "item")

    def _definitions(self, block: Node, within: tuple[str, ...], _: str) -> Iterator[Passage]:
        for term, definitions in block["c"]:
            yield from self._passage(term, "term", within)
            for definition in definitions:
                yield from self.read(definition, (*within, "list"), "item")

    def _lines(self, block: Node, within: tuple[str, ...], _: str) -> Iterator[Passage]:
        for line in block["c"]:
            yield from self._passage(line, "line", within)

    def _div(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        attributes, blocks = block["c"]
        classes = tuple(attributes[1])
        around, self.inside = self.inside, Div(attributes[0], classes, dict(attributes[2]), self.inside)
        yield from self.read(blocks, (*within, *classes), "caption" if "caption" in classes else kind)
        self.inside = around

    def _figure(self, block: Node, within: tuple[str, ...], kind: str) -> Iterator[Passage]:
        _, caption, blocks = block["c"]
        yield from self.read(blocks, within, kind)
        yield from self.read(caption[1], within, "caption")

    def _code(self, block: Node, _: tuple[str, ...], __: str) -> Iterator[Passage]:
        self.aligner.literal(block["c"][1])
        return iter(())

    def _table(self, block: Node, within: tuple[str, ...], _: str) -> Iterator[Passage]:
        content = block["c"]
        table = len(self.grids)
        self.grids.append(grid_of(block))
        where, head = (*within, "table"), len(content[3][1])
        before = self.aligner.at
        cells = []
        for row, (__, columns) in enumerate(tree.table_rows(block)):
            for column, cell in enumerate(columns):
                for passage in self.read(cell[4], where, "cell"):
                    passage.row, passage.column, passage.header, passage.table = row, column, row < head, table
                    cells.append(passage)
        self.aligner.at, behind = before, self.aligner.at
        for caption in self.read(content[1][1], where, "caption"):
            caption.identifier, caption.table = content[0][0], table
            yield caption
        self.aligner.at = max(self.aligner.at, behind)
        yield from cells

    def _passage(
        self, inlines: Sequence[Node], kind: str, within: tuple[str, ...], *, level: int = 0, identifier: str = ""
    ) -> Iterator[Passage]:
        self.aligner.block(_first_words(inlines))
        flow = Flow(self.aligner)
        flow.take(inlines)
        self.blanks += flow.blanks
        text = "".join(flow.pieces)
        if not text.strip() and not flow.notes:
            return
        nth = 0
        if kind == "paragraph" and "quote" not in within:
            self.paragraphs += 1
            nth = self.paragraphs
        passage = Passage(
            kind, text, self.language, self.map, within, level, nth, identifier=identifier,
            cites=tuple(flow.cites), marks=tuple(sorted(flow.marks, key=lambda m: (m.start, -m.end))), div=self.inside,
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


_BLOCKS: dict[str, Callable[[_Reader, Node, tuple[str, ...], str], Iterator[Passage]]] = {
    "Para": _Reader._paragraph,
    "Plain": _Reader._paragraph,
    "Header": _Reader._heading,
    "BlockQuote": _Reader._quote,
    "BulletList": _Reader._list,
    "OrderedList": _Reader._list,
    "DefinitionList": _Reader._definitions,
    "LineBlock": _Reader._lines,
    "Div": _Reader._div,
    "Figure": _Reader._figure,
    "Table": _Reader._table,
    "CodeBlock": _Reader._code,
}


def _first_words(inlines: Sequence[Node]) -> list[str]:
    """The first words of a text up to anything that is written otherwise than it is read."""
    words: list[str] = []
    for node in inlines:
        if node["t"] == "Str":
            words += str(node["c"]).split()
        elif node["t"] in ("Emph", "Strong", "Underline"):
            words += _first_words(node["c"])
        elif node["t"] == "Quoted":
            words += _first_words(node["c"][1])
        elif node["t"] in ("Span", "Link"):  # its target or attributes stand before the next word
            return [*words, *_first_words(node["c"][1])][:4]
        elif node["t"] not in ("Space", "SoftBreak"):
            return words or ([c["citationId"] for c in node["c"][0]] if node["t"] == "Cite" else [])
        if len(words) >= 4:
            return words[:4]
    return words
