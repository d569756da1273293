"""How long a document is, as its recipient counts: the words of the DOCX that is sent, the pages of the PDF.

A word is what stands between blanks, as Word counts. The numbers and bullets that Word puts before paragraphs are no words,
nor is what stands in running headers and footers. LibreOffice counts those, parts words at dashes, and does not count a dash
that stands alone (``words_at_dashes``); a test holds that its count differs in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.word import WordText
from penholder.features.submission.rendering import Resolved
from penholder.model.profile import Counting
from penholder.stages.render.expected import fold, passages

_DASHES = re.compile(r"[–—]")  # what LibreOffice parts words at by default (Tools, Options, Writer, General: word count)
_ENOUGH = 24  # folded letters that tell a passage from all others
PARTS = ("cover", "headings", "tables", "captions", "footnotes", "references", "annexes")
"""What a counting rule may leave out, as ``Counting`` names it."""


class Piece(NamedTuple):
    """A paragraph of the file: its text, which parts of the document it belongs to, the title of its section."""

    text: str
    parts: frozenset[str]
    section: str = ""

    @property
    def words(self) -> int:
        return words(self.text)


class Words(NamedTuple):
    """A count: ``counted`` words of ``all``, ``left_out`` what the rule does not count, the sections by their words."""

    counted: int
    all: int
    left_out: tuple[str, ...]
    sections: tuple[tuple[str, int], ...]


def words(text: str) -> int:
    """The words of a text, as Word counts them."""
    return len(text.split())


def words_at_dashes(text: str) -> int:
    """The words of a text as LibreOffice counts them."""
    return len(_DASHES.sub(" ", text).split())


def pieces(text: WordText, resolved: Resolved) -> list[Piece]:
    """The file's paragraphs and notes, each with the parts it belongs to."""
    annexes = {fold(s.title) for s in resolved.document.sections if s.kind == "annex"}
    annex_word = fold(resolved.front.words["annex"])
    references = fold(resolved.document.references_title)
    out: list[Piece] = []
    section, around = "", frozenset(("cover",))
    for paragraph in text.body:
        if not paragraph.text.strip():
            continue
        own = around
        if paragraph.kind == "heading":
            if paragraph.level == 1:
                name = fold(paragraph.text)
                section = paragraph.text.strip()
                around = frozenset()
                if references and name == references:
                    around = frozenset(("references",))
                elif name.startswith(annex_word) or name in annexes:
                    around = frozenset(("annexes",))
            own = around | {"headings"}
        elif paragraph.kind in ("cell", "caption"):
            own = around | {"tables" if paragraph.kind == "cell" else "captions"}
        elif paragraph.style == "Bibliography":
            own = around | {"references"}
        out.append(Piece(paragraph.text, own, section))
    return out + [Piece(note, frozenset(("footnotes",))) for note in text.footnotes if note.strip()]


def count(found: Iterable[Piece], counting: Counting) -> Words:
    """The words by a counting rule."""
    out = frozenset(part for part in PARTS if not getattr(counting, part))
    total = everything = 0
    sections: dict[str, int] = {}
    for piece in found:
        everything += piece.words
        if not piece.parts & out:
            total += piece.words
            if piece.section:
                sections[piece.section] = sections.get(piece.section, 0) + piece.words
    by_words = sorted(sections.items(), key=lambda s: -s[1])
    return Words(total, everything, tuple(p for p in PARTS if p in out), tuple(by_words))


def summary_pages(pages: Sequence[str], resolved: Resolved) -> int | None:
    """How many pages of the PDF the summary takes; ``None`` where it cannot be found there."""
    told = [p.folded for p in passages(resolved.document) if p.section is not None and p.section.kind == "summary" and p.folded]
    folded = [fold(page) for page in pages]
    whole = "".join(folded)
    places = _places(whole, told)
    return _page_at(folded, places[-1]) - _page_at(folded, places[0]) + 1 if places else None


def _places(whole: str, told: Sequence[str]) -> list[int]:
    """Where each passage begins and ends in the text of all pages, one after the other; one that a page parts is looked for by less."""
    places: list[int] = []
    at = 0
    for text in told:
        for needle, ends in ((text[:_ENOUGH], False), (text[-_ENOUGH:], True)):
            found = next((i for size in (1, 2, 4) if (i := whole.find(needle[: len(needle) // size], at)) >= 0), -1)
            if found < 0 and ends:
                found = next((i for size in (2, 4) if (i := whole.find(needle[-(len(needle) // size) :], at)) >= 0), -1)
            if found < 0:
                continue
            at = found + (len(needle) if ends else 0)
            places.append(max(found, at - 1))
    return places


def _page_at(pages: Sequence[str], offset: int) -> int:
    """The index of the page that holds an offset of the text of all pages."""
    for index, page in enumerate(pages):
        if offset < len(page):
            return index
        offset -= len(page)
    return max(0, len(pages) - 1)


def runs_of(own: Sequence[str], other: Sequence[str], least: int) -> Iterator[tuple[int, int]]:
    """Where ``least`` words or more in a row of ``own`` stand in ``other`` word for word: start and length of each run."""
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(other) - least + 1):
        places.setdefault(tuple(other[i : i + least]), []).append(i)
    at = 0
    while at <= len(own) - least:
        starts = places.get(tuple(own[at : at + least]))
        if not starts:
            at += 1
            continue
        longest = max(_common(own, other, at, start) for start in starts)
        yield at, longest
        at += longest


def _common(own: Sequence[str], other: Sequence[str], at: int, start: int) -> int:
    length = 0
    while at + length < len(own) and start + length < len(other) and own[at + length] == other[start + length]:
        length += 1
    return length
