"""Prove that nothing was lost: every passage of the document is looked for in what was written.

Body text must be there in order; footnotes and references each in theirs. In a
PDF, a passage may be cut by the end of a page, where footnotes and running text
stand between its halves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from penholder import codes
from penholder.findings import Finding
from penholder.source import Span
from penholder.stages.render.eitherway import EitherWay
from penholder.stages.render.expected import RIGHT_TO_LEFT, Passage, fold, words
from penholder.stages.render.house import House, without_house
from penholder.stages.resolve.locate import Finder


class Written(NamedTuple):
    """The text of an output: ``body`` in order, ``notes`` and ``references``, folded or to be folded.

    For a PDF all three are the pages; ``pages`` are then the offsets at which pages begin,
    and ``right_to_left`` says that lines run from the right, whatever their words.
    """

    body: str
    notes: str
    references: str
    pages: tuple[int, ...] = ()
    right_to_left: bool = False


_NO_HOUSE = House()


def written(body: Sequence[str], notes: Sequence[str], references: Sequence[str]) -> Written:
    """The text of an output that knows its parts apart (DOCX, HTML)."""
    folded = ["".join(map(fold, part)) for part in (body, notes, references)]
    return Written(folded[0], folded[1], folded[2])


def written_pages(pages: Sequence[str], *, right_to_left: bool = False, house: House = _NO_HOUSE) -> Written:
    """The text of an output that knows only pages (PDF), without what is the ``house``'s."""
    folded = without_house([fold(page) for page in pages], house)
    starts, at = [], 0
    for page in folded:
        starts.append(at)
        at += len(page)
    whole = "".join(folded)
    return Written(whole, whole, whole, tuple(starts), right_to_left)


def lost(expected: Sequence[Passage], output: Written, name: str) -> list[Finding]:
    """A finding for every passage that ``output`` (called ``name``) does not hold in its place."""
    findings = []
    cursors = {"body": 0, "notes": 0, "references": 0}
    shuffled = {stream: EitherWay(getattr(output, stream), output.pages) for stream in cursors}
    finders: dict[str, Finder] = {}
    for passage in expected:
        stream = {"footnote": "notes", "reference": "references"}.get(passage.kind, "body")
        wanted = passage.folded
        if not wanted:
            continue
        text = getattr(output, stream)
        end = _find(text, wanted, cursors[stream], output.pages)
        if output.pages and (output.right_to_left or shuffled[stream].possible):
            straight = not (output.right_to_left or RIGHT_TO_LEFT.search(wanted))
            end = shuffled[stream].find(wanted, words(passage.text), cursors[stream], end, straight=straight)
        if end is None:
            findings.append(_finding(passage, name, finders))
        else:
            cursors[stream] = end
    return findings


def _find(text: str, wanted: str, start: int, pages: Sequence[int]) -> int | None:
    """Where ``wanted`` ends in ``text`` from ``start`` on, page ends allowed inside it."""
    at = text.find(wanted, start)
    if at >= 0 and (not pages or at - start < 20_000):
        return at + len(wanted)
    if not pages:
        return None
    across = _across_pages(text, wanted, start, pages)
    return across if across is not None else (at + len(wanted) if at >= 0 else None)


_SEAM = 24  # so much of a passage's tail must stand on the next page
_OVERLAP = 12  # so many characters of a head may match by chance what follows it (a footnote's)


def _across_pages(text: str, wanted: str, start: int, pages: Sequence[int]) -> int | None:
    """Find a passage that the ends of pages cut: each piece on a page, the next on the next one."""
    page = max(0, bisect_right(pages, start) - 1)
    for first in range(page, min(page + 3, len(pages))):
        end = _pieces(text, wanted, max(start, pages[first]), pages, first)
        if end is not None:
            return end
    return None


def _pieces(text: str, wanted: str, start: int, pages: Sequence[int], page: int) -> int | None:
    rest, low = wanted, start
    while page < len(pages):
        stop = pages[page + 1] if page + 1 < len(pages) else len(text)
        length = _longest(partial(_holds, text, rest, low, stop), len(rest))
        if length == len(rest):
            return text.find(rest, low, stop) + length
        following = pages[page + 2] if page + 2 < len(pages) else len(text)
        cut = next(
            (n for n in range(length, max(0, length - _OVERLAP), -1) if _holds(text, rest[n:], stop, following, _SEAM)), None
        )
        if cut is None:
            return None
        rest, low, page = rest[cut:], stop, page + 1
    return None


def _holds(text: str, piece: str, low: int, stop: int, length: int) -> bool:
    """Whether the first ``length`` characters of ``piece`` stand between ``low`` and ``stop``."""
    return text.find(piece[:length], low, stop) >= 0


def _longest(holds: Callable[[int], bool], most: int) -> int:
    """The greatest n in 0..most for which ``holds``, if it holds for all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _finding(passage: Passage, name: str, finders: dict[str, Finder]) -> Finding:
    shown = " ".join(passage.text.split())
    shown = shown if len(shown) <= 80 else shown[:77] + "..."
    if passage.section is None:
        return codes.TEXT_LOST.at(Span("citations"), f"The {name} lacks this reference: {shown}")
    section = passage.section
    finder = finders.setdefault(section.text.section.path, Finder(section.text))
    return codes.TEXT_LOST.at(finder.words(passage.text), f"The {name} lacks this {passage.kind} of “{section.title}”: {shown}")
