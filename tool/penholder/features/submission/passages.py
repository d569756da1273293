"""What of a submission's document answers a question: whole sections, passages by id, and texts of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.submission.deriving import ANSWER
from penholder.features.submission.naming import plain_id
from penholder.features.submission.questions import Answer
from penholder.stages.resolve.parts import Document, ResolvedSection


class Piece(NamedTuple):
    """Blocks of one section that belong to an answer: of a whole section (its title left out), or of the passage ``id``."""

    section: ResolvedSection
    blocks: tuple[Node, ...]
    id: str = ""


def pieces_of(answer: Answer, document: Document) -> list[Piece]:
    """The pieces of an answer: its own text first, then sections as the answer names them, then other passages.

    A section of which passages are named gives those alone, in the order of the section.
    """
    by_slug = {s.text.section.slug: s for s in document.sections}
    wanted = {plain_id(name) for name in answer.file.passages}
    held = {slug: held for slug, s in by_slug.items() if (held := [p for p in _passages(s) if p.id in wanted])}
    named = [slug for slug in answer.slugs if slug in by_slug]
    pieces: list[Piece] = []
    for slug in dict.fromkeys([*named, *held]):
        pieces += held.get(slug) or [_whole(by_slug[slug])]
    own = by_slug.get(ANSWER + answer.question.id)
    return [*([_whole(own)] if own else []), *pieces]


def _whole(section: ResolvedSection) -> Piece:
    blocks = section.blocks
    begins = blocks and blocks[0]["t"] == "Header" and blocks[0]["c"][0] == 1
    return Piece(section, blocks[1:] if begins else blocks)


def _passages(section: ResolvedSection) -> Iterator[Piece]:
    """Everything in a section that has an id: what stands under a heading, or one block, however deep it stands."""
    yield from _in(section, section.blocks)


def _in(section: ResolvedSection, blocks: Sequence[Node]) -> Iterator[Piece]:
    for index, block in enumerate(blocks):
        if block["t"] == "Header":
            yield Piece(section, tuple(_under(blocks, index)), block["c"][1][0])
        elif block["t"] == "Div":
            if block["c"][0][0]:
                yield Piece(section, (block,), block["c"][0][0])
            yield from _in(section, block["c"][1])
        else:
            for inner in tree.children(block):
                if inner and inner[0]["t"] in ("Para", "Plain", "Div", "BulletList", "OrderedList"):
                    yield from _in(section, inner)


def _under(blocks: Sequence[Node], index: int) -> Iterator[Node]:
    """What stands under a heading, its own line left out, up to the next of its level or above."""
    level = blocks[index]["c"][0]
    for block in blocks[index + 1 :]:
        if block["t"] == "Header" and block["c"][0] <= level:
            return
        yield block
