"""What marks a tracked change (ECMA-376 Part 1, 17.13.5), and whether there is any."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from penholder.adapters.word.xml import w

NEW, OLD = frozenset(map(w, ("ins", "moveTo"))), frozenset(map(w, ("del", "moveFrom")))
RANGES = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
CELL_MARKS = {w("cellIns"): NEW, w("cellDel"): OLD}
CELLS_MERGED = w("cellMerge")
LOOKS = tuple(w(f"{name}Change") for name in ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"))
NUMBERED = w("numberingChange")
_ANY = (*NEW, *OLD, *RANGES, *CELL_MARKS, CELLS_MERGED, *LOOKS, NUMBERED)


def revised(roots: Iterable[etree._Element]) -> bool:
    """Whether any of the parts holds a tracked change."""
    return any(next(root.iter(*_ANY), None) is not None for root in roots)
