"""Marks of paragraphs that came or went (ECMA-376 Part 1, 17.13.5.15 and .20), as Word records them.

The mark of a paragraph ends it, and what is said of the mark decides whether it still does. The last mark of a cell,
a note or the body cannot go, nor can one before a table. Where the paragraph there came or went, the mark before it is
marked in its stead, and the one that stays has the properties of whichever paragraph it ends in each version (17.13.5.29).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.marked import Marked, P, runs_of
from penholder.adapters.word.xml import insert, w

_PROPERTIES, _CHANGE, _SECTION = w("pPr"), w("pPrChange"), w("sectPr")
BESIDE = frozenset((w("bookmarkStart"), w("bookmarkEnd")))  # stand between paragraphs and part none
_ELEMENTS = {"inserted": "ins", "deleted": "del", "moved-from": "moveFrom", "moved-to": "moveTo"}


def element_of(revision: Change) -> str:
    """The element that records a revision of text."""
    return _ELEMENTS[revision.kind]


def annotated(name: str, revision: Change) -> etree._Element:
    """An element that says who and when (17.13.5); ``finish`` numbers it."""
    made = etree.Element(w(name))
    made.set(w("id"), "0")
    made.set(w("author"), revision.author)
    if revision.date:
        made.set(w("date"), revision.date)
    return made


def mark_paragraphs(marked: Marked, revisions: Sequence[Change]) -> None:
    """Mark the changed paragraphs of a part, container by container."""
    in_rows = {paragraph for row in marked.rows for paragraph in row.iter(P)}
    for paragraph in in_rows:  # they go with the row
        mark_paragraph(paragraph, revisions[marked.paragraphs[paragraph]])
    parents = {p.getparent(): None for p in marked.paragraphs if p not in in_rows}
    for parent in parents:
        assert parent is not None
        for paragraphs, before_table in list(_stretches(parent)):
            _Stretch(marked, revisions, before_table).mark(paragraphs)


def _stretches(container: etree._Element) -> Iterator[tuple[list[etree._Element], bool]]:
    """The paragraphs that follow on each other, and whether a table (or a content control) ends them."""
    paragraphs: list[etree._Element] = []
    for child in container:
        if child.tag == P:
            paragraphs.append(child)
        elif child.tag not in BESIDE and child.tag != _SECTION:
            yield paragraphs, True
            paragraphs = []
    yield paragraphs, False


class _Stretch:
    """Marks paragraphs of which the last cannot lose its mark, or only with what stands below."""

    def __init__(self, marked: Marked, revisions: Sequence[Change], before_table: bool) -> None:
        self._marked, self._revisions, self._before_table = marked, revisions, before_table

    def mark(self, paragraphs: Sequence[etree._Element]) -> None:
        at = len(paragraphs)
        while at and paragraphs[at - 1] in self._marked.paragraphs:
            at -= 1
        for paragraph in paragraphs[:at]:
            if paragraph in self._marked.paragraphs:
                mark_paragraph(paragraph, self._of(paragraph))
        if 0 < at < len(paragraphs) and not self._begins_with_more(paragraphs[at]):
            properties = paragraphs[at - 1].find(_PROPERTIES)
            self._shift(paragraphs[at - 1 :], properties, properties, self._of(paragraphs[at]))
        else:
            self._mark_all(paragraphs[at:])

    def _begins_with_more(self, paragraph: etree._Element) -> bool:
        """Whether what stays stands first in it: the beginning of the contents' field, which must not go up into their heading."""
        first = next(runs_of(paragraph), None)
        return first is not None and first not in self._marked.runs

    def _of(self, paragraph: etree._Element) -> Change:
        return self._revisions[self._marked.paragraphs[paragraph]]

    def _mark_all(self, paragraphs: Sequence[etree._Element]) -> None:
        """Nothing here was kept: one old and one new paragraph share a mark; where all are alike, an empty paragraph stays."""
        new = [self._of(paragraph).is_new for paragraph in paragraphs]
        turn = next((i for i in range(1, len(new)) if new[i] != new[i - 1]), None)
        if turn is None:
            for paragraph in paragraphs if self._before_table else paragraphs[:-1]:
                mark_paragraph(paragraph, self._of(paragraph))
            return
        for paragraph in paragraphs[: turn - 1]:
            mark_paragraph(paragraph, self._of(paragraph))
        first, second = paragraphs[turn - 1 : turn + 1]
        by = self._of(second)
        one, other = deepcopy(first.find(_PROPERTIES)), deepcopy(second.find(_PROPERTIES))
        self._join(first, second)
        rest = [first, *paragraphs[turn + 1 :]]
        self._shift(rest, *((other, one) if new[turn] else (one, other)), by)

    def _join(self, first: etree._Element, second: etree._Element) -> None:
        """What stands in ``second`` goes on in ``first``, which is now neither old nor new."""
        between = first.getnext()
        while between is not None and between is not second:
            after = between.getnext()
            first.append(between)
            between = after
        first.extend([child for child in second if child.tag != _PROPERTIES])
        second.getparent().remove(second)  # type: ignore[union-attr]
        del self._marked.paragraphs[first], self._marked.paragraphs[second]

    def _shift(
        self, paragraphs: Sequence[etree._Element], new: etree._Element | None, old: etree._Element | None, by: Change
    ) -> None:
        """Mark each paragraph as the one after it has changed.

        ``new`` and ``old`` are the first one's properties; if they differ, they do so through ``by``.
        """
        own = [paragraph.find(_PROPERTIES) for paragraph in paragraphs]
        for i, paragraph in enumerate(paragraphs):
            if i:
                by = self._of(paragraph)
                new, old = (own[i], old) if by.is_new else (new, own[i])
            if i + 1 < len(paragraphs):
                following = self._of(paragraphs[i + 1])
                _set_properties(paragraph, new if following.is_new else old)
                mark_paragraph(paragraph, following)
            else:
                _set_properties(paragraph, new, old, by)


def mark_paragraph(paragraph: etree._Element, revision: Change) -> None:
    """Say of the paragraph's mark what happened to it: first in ``w:rPr`` (17.3.1.29), which stands behind the looks."""
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = insert(paragraph, 0, "pPr")
    look = properties.find(w("rPr"))
    if look is None:
        place = sum(1 for child in properties if child.tag not in (_SECTION, _CHANGE))
        look = insert(properties, place, "rPr")
    look.insert(0, annotated(element_of(revision), revision))


def _set_properties(
    paragraph: etree._Element, now: etree._Element | None, was: etree._Element | None = None, revision: Change | None = None
) -> None:
    """Give the paragraph the properties ``now``; with a revision, record what they were."""
    kept = paragraph.find(_PROPERTIES)
    made = etree.Element(_PROPERTIES) if now is None else deepcopy(now)
    if revision is not None and _written(now) != _written(was):
        change = annotated("pPrChange", revision._replace(kind="inserted"))
        change.append(etree.Element(_PROPERTIES) if was is None else deepcopy(was))
        made.append(change)
    if kept is not None:
        paragraph.remove(kept)
    if len(made):
        paragraph.insert(0, made)


def _written(properties: etree._Element | None) -> bytes:
    return b"" if properties is None else etree.tostring(properties, method="c14n")
