"""Page breaks where one version begins its page with another paragraph than the other (ECMA-376 Part 1, 17.3.1.23)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.marked import ROW, TABLE, Marked, P
from penholder.adapters.word.paragraphmarks import annotated
from penholder.adapters.word.xml import insert, w

_BREAK, _PROPERTIES, _CHANGE = w("pageBreakBefore"), w("pPr"), w("pPrChange")
_BEFORE = frozenset((w("pStyle"), w("keepNext"), w("keepLines")))


def pass_on_breaks(marked: Marked, revisions: Sequence[Change]) -> None:
    """Where a paragraph that came or went begins a page, let the first one of the other version begin it, too."""
    opening = [p for p in marked.paragraphs if (properties := p.find(_PROPERTIES)) is not None and properties.find(_BREAK) is not None]
    for paragraph in opening:
        revision = revisions[marked.paragraphs[paragraph]]
        heir = _heir(paragraph, marked, revisions, revision)
        if heir is None or heir.find(f"{_PROPERTIES}/{_CHANGE}") is not None:
            continue
        if heir in marked.paragraphs:
            _begin_page(heir)
        else:
            _begin_in_one(heir, revision)


def _heir(paragraph: etree._Element, marked: Marked, revisions: Sequence[Change], revision: Change) -> etree._Element | None:
    """The next paragraph that the other version has, be it the first of the contents; none where a table of its comes first."""
    for after in paragraph.itersiblings():
        if after.tag == w("sdt"):
            inner: etree._Element | None = after.find(f"{w('sdtContent')}/{P}")
            return inner
        if after.tag == P and not _alike(marked.paragraphs.get(after), revisions, revision):
            return after
        if after.tag == TABLE and not all(_alike(marked.rows.get(row), revisions, revision) for row in after.iterchildren(ROW)):
            return None
    return None


def _alike(number: int | None, revisions: Sequence[Change], revision: Change) -> bool:
    """Whether what has the revision ``number`` is of the version of ``revision`` alone."""
    return number is not None and revisions[number].is_new == revision.is_new


def _begin_page(paragraph: etree._Element) -> None:
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = insert(paragraph, 0, "pPr")
    insert(properties, sum(1 for child in properties if child.tag in _BEFORE), "pageBreakBefore")


def _begin_in_one(paragraph: etree._Element, revision: Change) -> None:
    """A paragraph of both versions begins the page in one of them (17.13.5.29)."""
    was = paragraph.find(_PROPERTIES)
    before = etree.Element(_PROPERTIES) if was is None else deepcopy(was)
    for child in before.findall(w("rPr")):
        before.remove(child)
    change = annotated("pPrChange", revision)
    if revision.is_new:  # the older version has the break
        holder = etree.Element(P)
        holder.append(before)
        _begin_page(holder)
    else:
        _begin_page(paragraph)
    change.append(before)
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = insert(paragraph, 0, "pPr")
    properties.append(change)
