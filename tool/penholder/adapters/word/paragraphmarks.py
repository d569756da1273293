"""Marks of paragraphs that came or went (ECMA-376 Part 1, 17.13.5.15 and .20), as Word records them.

The mark of a paragraph ends it, and what is said of the mark decides whether it still does. The last mark of a cell,
a note or the body cannot go, nor can one before a table. Where the paragraph there came or went, the mark before it is
marked in its stead, and the one that stays has the properties of whichever paragraph it ends in each version (17.13.5.29).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from penholder.adapters.word.marked import TABLE, Marked, P
from penholder.adapters.word.markers import Revision
from penholder.adapters.word.xml import insert, w

_PROPERTIES, _CHANGE, _SECTION = w("pPr"), w("pPrChange"), w("sectPr")
_BESIDE = frozenset((w("bookmarkStart"), w("bookmarkEnd")))  # stand between paragraphs and part none
_ELEMENTS = {"inserted": "ins", "deleted": "del", "moved-from": "moveFrom", "moved-to": "moveTo"}


def element_of(revision: Revision) -> str:
    """The element that records a revision of text."""
    return _ELEMENTS[revision.kind]


def annotated(name: str, revision: Revision) -> etree._Element:
    """An element that says who and when (17.13.5); ``finish`` numbers it."""
    made = etree.Element(w(name))
    made.set(w("id"), "0")
    made.set(w("author"), revision.author)
    if revision.date:
        made.set(w("date"), revision.date)
    return made


def mark_paragraphs(marked: Marked, revisions: Sequence[Revision]) -> None:
    """Mark the changed paragraphs of a part, container by container."""
    in_rows = {paragraph for row in marked.rows for paragraph in row.iter(P)}
    for paragraph in in_rows:  # they go with the row
        _mark(paragraph, revisions[marked.paragraphs[paragraph]])
    parents = {p.getparent(): None for p in marked.paragraphs if p not in in_rows}
    for parent in parents:
        assert parent is not None
        for above, paragraphs, below in list(_stretches(parent)):
            _Stretch(marked, revisions, above, below).mark(paragraphs)


def _stretches(container: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element], etree._Element | None]]:
    """The paragraphs that follow on each other, and what (a table, a content control) stands above and below them."""
    above: etree._Element | None = None
    paragraphs: list[etree._Element] = []
    for child in container:
        if child.tag == P:
            paragraphs.append(child)
        elif child.tag not in _BESIDE and child.tag != _SECTION:
            yield above, paragraphs, child
            above, paragraphs = child, []
    yield above, paragraphs, None


class _Stretch:
    """Marks paragraphs of which the last cannot lose its mark, or only with what stands below."""

    def __init__(
        self, marked: Marked, revisions: Sequence[Revision], above: etree._Element | None, below: etree._Element | None
    ) -> None:
        self._marked, self._revisions = marked, revisions
        self._above, self._below = above, below

    def mark(self, paragraphs: Sequence[etree._Element]) -> None:
        at = len(paragraphs)
        while at and paragraphs[at - 1] in self._marked.paragraphs:
            at -= 1
        for paragraph in paragraphs[:at]:
            if paragraph in self._marked.paragraphs:
                _mark(paragraph, self._of(paragraph))
        if 0 < at < len(paragraphs):
            properties = paragraphs[at - 1].find(_PROPERTIES)
            self._shift(paragraphs[at - 1 :], properties, properties)
        elif not at:
            self._mark_all(paragraphs)

    def _of(self, paragraph: etree._Element) -> Revision:
        return self._revisions[self._marked.paragraphs[paragraph]]

    def _mark_all(self, paragraphs: Sequence[etree._Element]) -> None:
        """Nothing here was kept: one old and one new paragraph share a mark; where all are alike, an empty paragraph stays."""
        new = [self._of(paragraph).is_new for paragraph in paragraphs]
        turn = next((i for i in range(1, len(new)) if new[i] != new[i - 1]), None)
        if turn is None:
            self._mark_alike(paragraphs)
            return
        for paragraph in paragraphs[: turn - 1]:
            _mark(paragraph, self._of(paragraph))
        first, second = paragraphs[turn - 1 : turn + 1]
        one, other = deepcopy(first.find(_PROPERTIES)), deepcopy(second.find(_PROPERTIES))
        self._join(first, second)
        rest = [first, *paragraphs[turn + 1 :]]
        self._shift(rest, *((other, one) if new[turn] else (one, other)))

    def _mark_alike(self, paragraphs: Sequence[etree._Element]) -> None:
        """The last goes too, but where something must end with a paragraph or two tables would become one."""
        for paragraph in paragraphs[:-1]:
            _mark(paragraph, self._of(paragraph))
        for last in paragraphs[-1:]:
            revision = self._of(last)
            if self._below is not None and not self._parts_tables(revision):
                _mark(last, revision)
            elif self._below is not None:
                own = last.find(_PROPERTIES)
                now, was = (own, None) if revision.is_new else (None, own)
                _set_properties(last, now, was, revision)

    def _parts_tables(self, revision: Revision) -> bool:
        """Whether there are tables above and below in the version that has not what ``revision`` brought or took."""
        tables = (self._above, self._below)
        return all(t is not None and t.tag == TABLE and self._stays(t, new=not revision.is_new) for t in tables)

    def _stays(self, table: etree._Element, *, new: bool) -> bool:
        number = self._marked.table(table)
        return number is None or self._revisions[number].is_new == new

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

    def _shift(self, paragraphs: Sequence[etree._Element], new: etree._Element | None, old: etree._Element | None) -> None:
        """Mark each paragraph as the one after it has changed; ``new`` and ``old`` are the first one's properties."""
        own = [paragraph.find(_PROPERTIES) for paragraph in paragraphs]
        for i, paragraph in enumerate(paragraphs):
            revision = self._of(paragraph) if i else None
            if revision is not None:
                new, old = (own[i], old) if revision.is_new else (new, own[i])
            if i + 1 < len(paragraphs):
                following = self._of(paragraphs[i + 1])
                _set_properties(paragraph, new if following.is_new else old)
                _mark(paragraph, following)
            else:
                _set_properties(paragraph, new, old, revision)


def _mark(paragraph: etree._Element, revision: Revision) -> None:
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
    paragraph: etree._Element, now: etree._Element | None, was: etree._Element | None = None, revision: Revision | None = None
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
