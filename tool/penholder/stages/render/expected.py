"""What a reader must find in every output, taken from the document before any emitter touched it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.patterns import later
from penholder.stages.resolve.parts import Document, ResolvedSection, as_printed

_DROPPED = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufffc\ufffe\ufeff]+")
_ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "—": "-", "−": "-", "‐": "-", "\u0002": "-"}
_FOLD = str.maketrans(_ALIKE)
_COMMON = tuple({**_ALIKE, **dict.fromkeys("\u00a0\u00ad\u200b\ufffe", "")}.items())

_LAM_ALEF = later("[\u0622\u0623\u0625\u0627\u0644]")
"""Lam and alef become one glyph, and readers of PDF disagree on which comes first: neither is compared."""

_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = later(f"[{_FROM_RIGHT}]")
_WORD = later(rf"\d+|(?:(?=[{_FROM_RIGHT}])[^\W\d_])+|(?:(?![{_FROM_RIGHT}])[^\W\d_])+")
"""Where directions meet, brackets and stops change sides, and W3C is read as C3W, whatever it is joined to."""


class Passage(NamedTuple):
    """A stretch of text that must come back: what kind, from which section, its words."""

    kind: str  # heading, paragraph, cell, caption, footnote, reference
    section: ResolvedSection | None
    text: str

    @property
    def folded(self) -> str:
        return fold(self.text)


def fold(text: str) -> str:
    """A text as it is compared: NFKC, no spaces, no soft hyphens, quotes and dashes alike."""
    folded = text
    for sign, alike in _COMMON:  # a table would be slower
        folded = folded.replace(sign, alike)
    if folded.isascii():
        return "".join(folded.split())
    folded = _DROPPED.sub("", folded)
    if not (unicodedata.is_normalized("NFKC", text) and unicodedata.is_normalized("NFKC", folded)):
        plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text).translate(_FOLD))
        folded = _DROPPED.sub("", unicodedata.normalize("NFKC", plain).translate(_FOLD))
    return folded if folded.isascii() else _LAM_ALEF.sub("", folded)


def words(text: str) -> list[str]:
    """The words of a text, folded: each has letters of one direction, or digits."""
    found = " ".join(_WORD.findall(unicodedata.normalize("NFKC", text)))
    return (found if found.isascii() else _LAM_ALEF.sub("", found)).split()


def passages(document: Document) -> list[Passage]:
    """Everything of a document that must be in each output, body in order, then notes and references."""
    body: list[Passage] = []
    notes: list[Passage] = []
    for section in as_printed(document.sections):
        for kind, text, found in _of_blocks(section.blocks):
            if text.strip():
                body.append(Passage(kind, section, text))
            notes += [Passage("footnote", section, n) for n in found if n.strip()]
    references = [Passage("reference", None, tree.text_of([entry])) for entry in _entries(document.references)]
    return [*body, *notes, *references]


def _entries(references: Sequence[Node]) -> Iterator[Node]:
    for block in references:
        yield from block["c"][1] if block["t"] == "Div" else [block]


def _of_blocks(blocks: Sequence[Node], kind: str = "paragraph") -> Iterator[tuple[str, str, list[str]]]:
    """Kind, text and footnotes of each stretch of text, in reading order."""
    for block in blocks:
        name = block["t"]
        if name in ("Para", "Plain"):
            yield from _stretches(kind, block["c"])
        elif name == "Header":
            yield from _stretches("heading", block["c"][2])
        elif name == "CodeBlock":
            yield kind, block["c"][1], []
        elif name == "Div":
            yield from _of_div(block, kind)
        elif name == "Table":
            for row in tree.table_rows(block):
                for cell in row[1]:
                    yield from _of_blocks(cell[4], "cell")
        else:
            yield from _of_inner(block, kind)


def _of_inner(block: Node, kind: str) -> Iterator[tuple[str, str, list[str]]]:
    """Quotations, line blocks and lists: whatever holds blocks or inlines."""
    if block["t"] == "BlockQuote":
        yield from _of_blocks(block["c"], kind)
    elif block["t"] == "LineBlock":
        for line in block["c"]:
            yield from _stretches(kind, line)
    else:
        for inner in tree.children(block):
            yield from _of_blocks(inner, kind) if inner and inner[0]["t"] in tree.BLOCKS else _stretches(kind, inner)


def _of_div(block: Node, kind: str) -> Iterator[tuple[str, str, list[str]]]:
    attributes, blocks = block["c"]
    if "figure" in attributes[1]:  # the caption stands below the picture in all outputs
        for inner in blocks:
            yield from _of_blocks([inner], "caption")
    elif "caption" in attributes[1]:
        yield from _of_blocks(blocks, "caption")
    else:
        yield from _of_blocks(blocks, kind)


def _stretches(kind: str, inlines: Sequence[Node]) -> Iterator[tuple[str, str, list[str]]]:
    """A paragraph's text, cut where an equation stands (its look differs between formats) and at notes."""
    notes: list[str] = []
    piece: list[Node] = []
    for node in _flat(inlines):
        if node["t"] == "Note":
            for _, text, inner in _of_blocks(node["c"], "footnote"):
                notes += [text, *inner]
            yield kind, tree.text_of(piece), []
            piece = []
        elif node["t"] in ("Math", "RawInline", "Image"):
            yield kind, tree.text_of(piece), []
            piece = []
        else:
            piece.append(node)
    yield kind, tree.text_of(piece), notes


_INLINE_HOLDERS = frozenset((*tree.LOOKS, "Span", "Link", "Cite", "Quoted"))


def _flat(inlines: Sequence[Node]) -> Iterator[Node]:
    """Inlines with holders of notes, equations and pictures opened up."""
    for node in inlines:
        if node["t"] not in _INLINE_HOLDERS or not any(n["t"] in ("Note", "Math", "Image", "RawInline") for n in tree.visit([node])):
            yield node
        elif node["t"] == "Quoted":
            single = node["c"][0]["t"] == "SingleQuote"
            yield tree.string("‘" if single else "“")
            yield from _flat(node["c"][1])
            yield tree.string("’" if single else "”")
        else:
            for inner in list(tree.children(node))[-1:]:
                yield from _flat(inner)
