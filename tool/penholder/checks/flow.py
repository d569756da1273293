"""The text of a passage's inlines, and where each word of it stands in what the author typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.checks.align import Aligner
from penholder.checks.prose import HOLE, Citation, Mark
from penholder.stages.resolve.ids import PREFIX

_MARKED = {
    "Strong": "strong", "Emph": "emph", "Underline": "underline", "Strikeout": "strike",
    "SmallCaps": "smallcaps", "Superscript": "super", "Subscript": "sub",
}  # fmt: skip
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[–—…]|[^\s–—…]+")


class Blank(NamedTuple):
    """A link that shows no words and no picture with words: where it leads, and the offset in the Markdown it stands behind."""

    target: str
    behind: int


class Flow:
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
        self.blanks: list[Blank] = []

    def take(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                self._string(node["c"])
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                self._add(" ")
            else:
                self._inside(kind, node)

    def _string(self, text: str) -> None:
        found = self.aligner.run(text)
        if found is not None:
            for word in _WORD.finditer(text):
                self.starts.append(self.length + word.start())
                self.places.append(found + word.start())
                self.ends.append(found + word.end())
            self._add(_BLANK.sub(" ", text))
            return
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
        for skipped, start, end in self.aligner.word(word):
            self.starts.append(self.length + skipped)
            self.places.append(start)
            self.ends.append(end)

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
        content: Any = node.get("c")
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
                first = len(self.pieces)
                self.take(content[1])
                self.marks.append(Mark(start, self.length, "link", content[2][0]))
                if not "".join(self.pieces[first:]).strip() and not any(_is_told(n) for n in tree.visit(content[1])):
                    self.blanks.append(Blank(content[2][0], self.aligner.at))
                self.aligner.step_over(link=True)
            case "Span":
                self.take(content[1])
                classes = content[0][1]
                kind = "gap" if "gap" in classes else "underline" if "underline" in classes or "ul" in classes else "span"
                self.marks.append(Mark(start, self.length, kind, " ".join(classes)))
                if language := tree.value_of(content[0], "lang"):
                    self.marks.append(Mark(start, self.length, "lang", language))
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
                    tuple(tree.text_of(c["citationSuffix"]).replace("\u00a0", " ").strip(" ,") for c in citations if c["citationId"] not in references),
                    tuple(tree.text_of(c["citationPrefix"]).strip() for c in citations if c["citationId"] not in references),
                    mode == "AuthorInText",
                )
            )  # fmt: skip


def _is_told(node: Node) -> bool:
    """Whether a node inside a link is a picture that is described, or a note."""
    return node["t"] == "Note" or (node["t"] == "Image" and bool(tree.text_of(node["c"][1]).strip()))
