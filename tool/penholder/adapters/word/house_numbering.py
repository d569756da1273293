"""Numbering in a body's own Word file: kept where it numbers, ours where it does not."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from penholder.adapters.word.xml import insert, w

_VAL, _ID = w("val"), w("styleId")
_ABSTRACT, _NUM = w("abstractNum"), w("num")
_ABSTRACT_ID, _NUM_ID = w("abstractNumId"), w("numId")
_HEADINGS = ("Heading1", "Heading2", "Heading3")
_HIGHEST_ABSTRACT, _HIGHEST_NUM = 990, 1000  # from here on pandoc drops what the reference holds
_BEFORE = frozenset(map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")))


class Numbering:
    """``theirs`` and ``ours`` are two ``w:numbering``; the first is changed in place."""

    def __init__(self, theirs: etree._Element, ours: etree._Element) -> None:
        self._root = theirs
        self._ours = ours
        self._copied: dict[str, str] = {}

    def make_low(self, styles: etree._Element) -> None:
        """Give definitions with ids that pandoc would drop lower ones."""
        abstracts = self._lowered(self._root.iterfind(_ABSTRACT), w("abstractNumId"), _HIGHEST_ABSTRACT)
        numbers = self._lowered(self._root.iterfind(_NUM), w("numId"), _HIGHEST_NUM)
        for number in self._root.iterfind(f"{_NUM}/{_ABSTRACT_ID}"):
            number.set(_VAL, abstracts.get(number.get(_VAL, ""), number.get(_VAL, "")))
        for used in styles.iter(_NUM_ID):
            used.set(_VAL, numbers.get(used.get(_VAL, ""), used.get(_VAL, "")))

    @staticmethod
    def _lowered(elements: Iterable[etree._Element], key: str, highest: int) -> dict[str, str]:
        found = list(elements)
        taken = {int(e.get(key, "0")) for e in found}
        free = (n for n in range(1, highest) if n not in taken)
        changes = {}
        for element in found:
            if int(element.get(key, "0")) >= highest and (new := next(free, None)) is not None:
                changes[element.get(key, "")] = str(new)
                element.set(key, str(new))
        return changes

    def complete(self, styles: etree._Element, added: set[str], *, headings: bool) -> None:
        """Number our numbered styles and, if ``headings``, theirs. ``added`` are the styles that are ours."""
        by_id = {style.get(_ID, ""): style for style in styles.iterfind(w("style"))}
        for name in added:  # these name numbers of our own numbering
            for used in by_id[name].iter(_NUM_ID):
                used.set(_VAL, "0" if used.get(_VAL) == "0" else self._copy(used.get(_VAL, "")))
        if "NumberedParagraph" in by_id and not _numbers(by_id, "NumberedParagraph"):
            _attach(by_id["NumberedParagraph"], self._copy(self._number_of("NumberedParagraph")), 0)
        if not headings:
            for name in _HEADINGS:
                if _numbers(by_id, name):
                    _attach(by_id[name], "0", 0)
        elif not _numbers(by_id, _HEADINGS[0]):
            number = self._copy(self._number_of(_HEADINGS[0]))
            for level, name in enumerate(_HEADINGS):
                _attach(by_id[name], number, level)
            for name in _heirs(by_id) - added:
                _attach(by_id[name], "0", 0)

    def _number_of(self, style: str) -> str:
        """The ``numId`` of our own numbering that numbers a style."""
        for abstract in self._ours.iterfind(_ABSTRACT):
            if any(e.get(_VAL) == style for e in abstract.iter(w("pStyle"))):
                identifier = abstract.get(_ABSTRACT_ID)
                return next(
                    n.get(_NUM_ID, "") for n in self._ours.iterfind(_NUM) if n[0].get(_VAL) == identifier
                )  # fmt: skip
        raise KeyError(style)

    def _copy(self, number: str) -> str:
        """Copy one of our numberings in, once; its ``numId`` there."""
        if number in self._copied:
            return self._copied[number]
        ours = next(n for n in self._ours.iterfind(_NUM) if n.get(_NUM_ID) == number)
        abstract = deepcopy(next(a for a in self._ours.iterfind(_ABSTRACT) if a.get(_ABSTRACT_ID) == ours[0].get(_VAL)))
        definitions, numbers = self._root.findall(_ABSTRACT), self._root.findall(_NUM)
        identifier = str(_free({int(a.get(_ABSTRACT_ID, "0")) for a in definitions}))
        new = str(_free({int(n.get(_NUM_ID, "0")) for n in numbers}))
        abstract.set(_ABSTRACT_ID, identifier)
        place = self._root.index(definitions[-1]) + 1 if definitions else len(self._root) - len(numbers)
        self._root.insert(place, abstract)
        after = self._root.index(self._root.findall(_NUM)[-1]) + 1 if numbers else place + 1
        made = insert(self._root, after, "num")
        made.set(_NUM_ID, new)
        insert(made, 0, "abstractNumId").set(_VAL, identifier)
        self._copied[number] = new
        return new


def _free(taken: set[int]) -> int:
    return next(n for n in range(1, 10_000) if n not in taken)


def _numbers(styles: dict[str, etree._Element], name: str) -> bool:
    """Whether a style, or one that it is based on, numbers its paragraphs."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        number = styles[name].find(f"{w('pPr')}/{w('numPr')}/{_NUM_ID}")
        if number is not None:
            return number.get(_VAL, "0") != "0"
        based = styles[name].find(w("basedOn"))
        name = "" if based is None else based.get(_VAL, "")
    return False


def _heirs(styles: dict[str, etree._Element]) -> set[str]:
    """Styles based on a heading that say nothing of numbers, like the contents' title."""
    return {
        name
        for name, style in styles.items()
        if (based := style.find(w("basedOn"))) is not None
        and based.get(_VAL) in _HEADINGS
        and name not in _HEADINGS
        and style.find(f"{w('pPr')}/{w('numPr')}") is None
    }


def _attach(style: etree._Element, number: str, level: int) -> None:
    """Number a style; an indent of its own would win over the numbering's, so it goes."""
    properties = style.find(w("pPr"))
    if properties is None:
        run = style.find(w("rPr"))
        properties = insert(style, len(style) if run is None else style.index(run), "pPr")
    old = properties.find(w("numPr"))
    if old is not None:
        properties.remove(old)
    place = sum(1 for child in properties if child.tag in _BEFORE)
    made = insert(properties, place, "numPr")
    if level:
        insert(made, 0, "ilvl").set(_VAL, str(level))
    insert(made, len(made), "numId").set(_VAL, number)
    indent = properties.find(w("ind"))
    if indent is not None and number != "0":
        properties.remove(indent)
