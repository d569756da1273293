"""Tracked changes (ECMA-376 Part 1, 17.13.5): what markers tell of, as Word itself would have recorded it.

Accepting all of them gives the newer document, rejecting all of them the older one. Recording stays off: the marks
show how two editions differ, and what a reader types is no part of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.marked import Marked, P, read_markers
from penholder.adapters.word.moves import mark_moves, settled, unmoved
from penholder.adapters.word.pagebreaks import pass_on_breaks
from penholder.adapters.word.paragraphmarks import annotated, element_of, mark_paragraphs
from penholder.adapters.word.partings import part_tables
from penholder.adapters.word.xml import insert, w

_START, _END, _ID, _NAME = w("bookmarkStart"), w("bookmarkEnd"), w("id"), w("name")
_NOTE, _REFERENCE = w("footnote"), w("footnoteReference")
_ROW_PROPERTIES = w("trPr")
_IN_DELETION = {w("t"): w("delText"), w("instrText"): w("delInstrText")}  # 17.3.3.7, 17.16.13


class Changes:
    """The changes of a document: read before it is finished, for markers must not stand in the way, and written after."""

    def __init__(self, document: etree._Element, footnotes: etree._Element | None, revisions: Sequence[Change]) -> None:
        self._document, self._footnotes = document, footnotes
        self._body = read_markers(document, revisions)
        self._notes = Marked() if footnotes is None else read_markers(footnotes, revisions)
        self._revisions = settled(revisions, self._body)

    def track(self) -> None:
        """Write them into both parts; ``finish_ids`` numbers them."""
        body, revisions = self._body, self._revisions
        pass_on_breaks(body, revisions)
        if self._footnotes is not None:
            _mark_notes(body, self._notes, self._document, self._footnotes)
            _mark_part(self._notes, [unmoved(r) for r in revisions])
        part_tables(self._document, body, revisions)
        _drop_doubled(self._document, body, revisions)
        _mark_part(body, revisions)
        mark_moves(body, revisions)


def _mark_part(marked: Marked, revisions: Sequence[Change]) -> None:
    mark_paragraphs(marked, revisions)
    _wrap_runs(marked, revisions)
    for row, number in marked.rows.items():
        _mark_row(row, unmoved(revisions[number]))


# runs --------------------------------------------------------------------------


def _wrap_runs(marked: Marked, revisions: Sequence[Change]) -> None:
    """``w:ins`` and its like (17.13.5.18) around runs that follow on each other, inside links and never around them."""
    parents = {run.getparent(): None for run in marked.runs}
    for parent in parents:
        assert parent is not None
        for number, runs in groupby(list(parent), lambda run: marked.runs.get(run, -1)):
            if number >= 0:
                _wrap(list(runs), revisions[number])


def _wrap(runs: Sequence[etree._Element], revision: Change) -> None:
    wrapper = annotated(element_of(revision), revision)
    runs[0].addprevious(wrapper)
    wrapper.extend(runs)
    if revision.kind == "deleted":
        for text in wrapper.iter(*_IN_DELETION):
            text.tag = _IN_DELETION[str(text.tag)]


# tables -------------------------------------------------------------------------


def _mark_row(row: etree._Element, revision: Change) -> None:
    """``w:trPr/w:ins`` or ``w:del`` (17.13.5.16, 17.13.5.12), behind all other properties."""
    properties = row.find(_ROW_PROPERTIES)
    if properties is None:
        properties = insert(row, 0 if row.find(w("tblPrEx")) is None else 1, "trPr")
    properties.append(annotated(element_of(revision), revision))


# notes and bookmarks ------------------------------------------------------------


def _mark_notes(body: Marked, notes: Marked, document: etree._Element, footnotes: etree._Element) -> None:
    """A note has changed as its reference has."""
    by_id = {note.get(_ID): note for note in footnotes.iterchildren(_NOTE)}
    for reference in document.iter(_REFERENCE):
        number = next((body.runs[run] for run in reference.iterancestors() if run in body.runs), None)
        note = by_id.get(reference.get(_ID))
        if number is not None and note is not None:
            for paragraph in note.iter(P):
                notes.whole(paragraph, number)


def _drop_doubled(document: etree._Element, marked: Marked, revisions: Sequence[Change]) -> None:
    """Of two bookmarks of one name (a heading that was moved) the new place's stays: Word would take the first (17.13.6.2)."""
    by_name: dict[str, list[etree._Element]] = {}
    for start in document.iter(_START):
        by_name.setdefault(start.get(_NAME, ""), []).append(start)
    for starts in by_name.values():
        old = [s for s in starts if _is_old(s, marked, revisions)] if len(starts) > 1 else []
        for start in old[: len(starts) - 1]:
            for element in (start, *_ends_of(start, document)):
                element.getparent().remove(element)  # type: ignore[union-attr]


def _is_old(start: etree._Element, marked: Marked, revisions: Sequence[Change]) -> bool:
    paragraph = start.getparent()
    if paragraph is None or paragraph.tag != P:
        return False
    numbers = [marked.paragraphs[paragraph]] if paragraph in marked.paragraphs else _numbers_behind(start, marked)
    return bool(numbers) and not revisions[numbers[0]].is_new


def _numbers_behind(start: etree._Element, marked: Marked) -> list[int]:
    after = start.getnext()
    return [marked.runs[after]] if after is not None and after in marked.runs else []


def _ends_of(start: etree._Element, document: etree._Element) -> Iterator[etree._Element]:
    yield from [end for end in document.iter(_END) if end.get(_ID) == start.get(_ID)][:1]

