"""Paragraphs whose mark is gone: they go on in the paragraph behind (ECMA-376 Part 1, 17.13.5.15 and .20)."""

from __future__ import annotations

from lxml import etree

from penholder.adapters.word.xml import w

_P, _PROPERTIES, _LOOK = w("p"), w("pPr"), w("rPr")
_START, _END, _ID = w("bookmarkStart"), w("bookmarkEnd"), w("id")
_CHANGES = frozenset(map(w, ("ins", "del", "moveFrom", "moveTo")))
_NOTHING = frozenset(  # what may stand between two paragraphs, and makes no paragraph
    map(w, ("bookmarkStart", "bookmarkEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
            "proofErr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd"))
)  # fmt: skip


class UnendedParagraphs:
    """Knows the paragraphs of a part whose mark is gone, and takes what is said of marks out of the tree."""

    def __init__(self, root: etree._Element, gone: frozenset[str]) -> None:
        self._unended: list[etree._Element] = []
        for look in list(root.iterfind(f".//{_P}/{_PROPERTIES}/{_LOOK}")):
            said = [child for child in look if child.tag in _CHANGES]
            properties = look.getparent()
            if not said or properties is None:
                continue
            for child in said:
                look.remove(child)
            if any(child.tag in gone for child in said):
                self._unended.append(properties.getparent())  # type: ignore[arg-type]
            if not len(look):
                properties.remove(look)
            if not len(properties):
                properties.getparent().remove(properties)  # type: ignore[union-attr]

    def merge(self) -> None:
        """Let each go on in the next one, whose mark and properties stay; call when what is deleted is out of the tree."""
        for paragraph in self._unended:
            if paragraph.getparent() is not None:
                _merge(paragraph)


def _merge(paragraph: etree._Element) -> None:
    """An empty paragraph before a table goes, since nothing is left to go on; the last of a container stays."""
    after, between = paragraph.getnext(), []
    while after is not None and after.tag in _NOTHING:
        between.append(after)
        after = after.getnext()
    if after is None or after.tag == w("sectPr"):
        return
    content = [child for child in paragraph if child.tag != _PROPERTIES]
    empty = all(child.tag in _NOTHING for child in content)
    if after.tag == _P:
        moved = [*(_without_pairs(content) if empty else content), *between]
        place = 0 if after.find(_PROPERTIES) is None else 1
        after[place:place] = moved
    elif not empty:
        return
    paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]


def _without_pairs(marks: list[etree._Element]) -> list[etree._Element]:
    """Without the bookmarks that begin and end here: what they held is gone."""
    starts = {mark.get(_ID) for mark in marks if mark.tag == _START}
    both = {mark.get(_ID) for mark in marks if mark.tag == _END} & starts
    return [mark for mark in marks if mark.tag not in (_START, _END) or mark.get(_ID) not in both]
