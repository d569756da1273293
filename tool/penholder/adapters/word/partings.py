"""Empty paragraphs that keep two tables apart: Word makes one of tables that follow on each other.

pandoc writes them, but in a text of two versions each version may need others.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from penholder.adapters.change import Change, Kind
from penholder.adapters.word.marked import ROW, TABLE, Marked, P
from penholder.adapters.word.paragraphmarks import BESIDE, mark_paragraph
from penholder.adapters.word.xml import w


def part_tables(document: etree._Element, marked: Marked, revisions: list[Change]) -> None:
    """Let each table have an empty paragraph above it in just those versions in which it follows on another."""
    for table in list(document.iter(TABLE)):
        _Parting(table, marked, revisions).settle()


class _Parting:
    """The paragraph between a table and the one above it."""

    def __init__(self, table: etree._Element, marked: Marked, revisions: list[Change]) -> None:
        self._table, self._marked, self._revisions = table, marked, revisions
        before = list(_before(table))
        empty = len(before) > 1 and _is_bare(before[0]) and before[1].tag == TABLE
        self._paragraph = before[0] if empty else None
        self._before = before[1:] if empty else before

    def settle(self) -> None:
        wanted = [self._follows_table(new=new) for new in (False, True)]
        touches = bool(self._before) and self._before[0].tag == TABLE
        if not any(wanted) and not touches:
            return
        if self._paragraph is None:
            self._paragraph = etree.Element(P)
            self._table.addprevious(self._paragraph)
        self._marked.paragraphs.pop(self._paragraph, None)
        if not any(wanted):  # inserted and deleted again: it stands where both tables are seen
            mark_paragraph(self._paragraph, self._change("deleted"))
            mark_paragraph(self._paragraph, self._change("inserted"))
            self._marked.nowhere.add(self._paragraph)
        elif not all(wanted):
            self._revisions.append(self._change("inserted" if wanted[1] else "deleted"))
            self._marked.paragraphs[self._paragraph] = len(self._revisions) - 1

    def _follows_table(self, *, new: bool) -> bool:
        """Whether table stands next to table in a version."""
        above = next((element for element in self._before if self._stands(element, new)), None)
        return above is not None and above.tag == TABLE and self._stands(self._table, new)

    def _stands(self, element: etree._Element, new: bool) -> bool:
        """Whether a version has a paragraph, or any row of a table."""
        if element in self._marked.nowhere:
            return False
        if element.tag == TABLE:
            numbers = [self._marked.rows.get(row) for row in element.iterchildren(ROW)]
        else:
            numbers = [self._marked.paragraphs.get(element)]
        return any(number is None or self._revisions[number].is_new == new for number in numbers)

    def _change(self, kind: Kind) -> Change:
        """A change of the parting, made by whoever changed what is around it."""
        around = (self._table, *self._before)
        rows = (row for element in around for row in (element.iterchildren(ROW) if element.tag == TABLE else (element,)))
        found = ({**self._marked.rows, **self._marked.paragraphs}.get(element) for element in rows)
        by = self._revisions[next(number for number in found if number is not None)]
        return Change(kind, by.author, by.date)


def _is_bare(element: etree._Element) -> bool:
    """Whether it is a paragraph of nothing, not even a style."""
    return element.tag == P and all(child.tag == w("pPr") and child.find(w("pStyle")) is None for child in element)


def _before(element: etree._Element) -> Iterator[etree._Element]:
    """What stands above, from below upwards, bookmarks apart."""
    before = element.getprevious()
    while before is not None:
        if before.tag not in BESIDE:
            yield before
        before = before.getprevious()
