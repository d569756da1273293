"""The words of a section as its tree has them, counted in one way by whoever compares and whoever attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

_BLANK = frozenset(("Space", "SoftBreak", "LineBreak"))
_SILENT = frozenset(("RawInline", "RawBlock"))
_WITH_MORE = frozenset(("Span", "Link", "Cite"))
_TOKEN = re.compile(r"\w+|[^\w\s]")
_TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "–": "--", "—": "---", "\u00a0": " "})


def words_of(blocks: Iterable[Node]) -> list[str]:
    """The words of a section's blocks, in reading order; a word's index in this list is what attributions go by.

    A word is a run of characters without white space, so that ``foo*bar*`` is one word and ``*foo* bar`` two.
    Counted are, where they stand: headings (their numbers not among them), table captions, then rows, cell by cell,
    figure captions, line by line the terms and texts of lists, code, the source of equations, the words of notes at
    the place of their marks, and citations as they are rendered. Not counted: raw code, pictures and attributes. No word
    runs over the edge of a block, a cell, a note, a code block or a picture.
    """
    return "".join(text for text, _ in _pieces(blocks)).split()


def first_words(blocks: Iterable[Node]) -> dict[int, int]:
    """For each text, code and formula in a section's blocks (by identity) the index of its first word in ``words_of``.

    What is not counted there (of a picture, beside a citation's key) has the index of the word that follows.
    """
    found: dict[int, int] = {}
    ended, open_ = 0, False  # words that are over, and whether one is not
    for text, leaf in _pieces(blocks):
        if leaf is not None:
            goes_on = open_ and not text[:1].isspace()
            found[id(leaf)] = ended if goes_on or not open_ else ended + 1
        words = len(text.split())
        if words:
            ended += words - 1 + (open_ and text[0].isspace())
            open_ = True
        if open_ and text[-1:].isspace():
            ended, open_ = ended + 1, False
    return found


def tokens_of(text: str) -> list[str]:
    """A text as runs of letters and digits and single other characters: what Markdown and its rendering have in common.

    Quotation marks, dashes and dots are as they are typed, not as they are set.
    """
    return _TOKEN.findall(text.translate(_TYPED))


def tokens_by_word(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The tokens of all words in a row, and for each the index of its word."""
    tokens: list[str] = []
    owners: list[int] = []
    for index, word in enumerate(words):
        found = tokens_of(word)
        tokens += found
        owners += [index] * len(found)
    return tokens, owners


Piece = tuple[str, Node | None]  # a text, and the node it is the text of, if it is


def _pieces(nodes: Iterable[Node]) -> Iterator[Piece]:
    """The text of nodes, a blank wherever no word may run on."""
    for node in nodes:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            yield content, node
        elif kind in _BLANK:
            yield " ", None
        elif kind in ("Code", "Math"):
            yield content[1], node
        elif kind in tree.LOOKS:
            yield from _pieces(content)
        elif kind in _WITH_MORE:
            if kind == "Cite":
                yield from _uncounted([n for cited in content[0] for n in (*cited["citationPrefix"], *cited["citationSuffix"])])
            yield from _pieces(content[1])
        elif kind == "Quoted":
            opening, closing = tree.QUOTES[content[0]["t"]]
            yield from ((opening, None), *_pieces(content[1]), (closing, None))
        elif kind not in _SILENT:
            yield from _apart(node)


def _apart(node: Node) -> Iterator[Piece]:
    """The text of a node whose parts stand for themselves: blocks, notes, pictures."""
    yield " ", None
    if node["t"] == "CodeBlock":
        yield node["c"][1], node
    elif node["t"] == "Image":
        yield from _uncounted(node["c"][1])
    else:
        for inner in tree.children(node):
            yield from _pieces(inner)
            yield " ", None
    yield " ", None


def _uncounted(nodes: Iterable[Node]) -> Iterator[Piece]:
    """The texts of nodes as places without words."""
    yield from (("", node) for node in tree.visit(nodes) if node["t"] in tree.LEAVES)
