"""Changes of looks (ECMA-376 Part 1, 17.13.5.29 to .37): each holds the properties there were before."""

from __future__ import annotations

from lxml import etree

from penholder.adapters.word.revised import LOOKS, NUMBERED
from penholder.adapters.word.xml import w

_KEPT = {  # what a change of these properties does not tell of, and so leaves as it is
    w("pPrChange"): frozenset((w("rPr"), w("sectPr"))),
    w("sectPrChange"): frozenset((w("headerReference"), w("footerReference"))),
    w("rPrChange"): frozenset(map(w, ("ins", "del", "moveFrom", "moveTo"))),
    w("trPrChange"): frozenset((w("ins"), w("del"))),
    w("tcPrChange"): frozenset(map(w, ("cellIns", "cellDel", "cellMerge"))),
}
_LAST = frozenset((w("rPr"), w("sectPr"), w("ins"), w("del")))  # kept ones that stand behind what comes back
_NUMBERING, _INSERTED = w("numPr"), w("ins")


def resolve_properties(root: etree._Element, *, accept: bool) -> None:
    """Let the properties be as they are now, or put those back that were before."""
    for change in list(root.iter(*LOOKS)):
        owner = change.getparent()
        if owner is None:
            continue
        owner.remove(change)
        if not accept:
            _put_back(owner, change)
    _resolve_numbering(root, accept=accept)


def _put_back(owner: etree._Element, change: etree._Element) -> None:
    kept = _KEPT.get(str(change.tag), frozenset())
    formerly = next((child for child in change if isinstance(child.tag, str)), None)
    for child in [child for child in owner if child.tag not in kept]:
        owner.remove(child)
    if formerly is None:
        return
    at = len(owner) if not len(owner) or owner[0].tag not in _LAST or change.tag == w("rPrChange") else 0
    owner[at:at] = list(formerly)


def _resolve_numbering(root: etree._Element, *, accept: bool) -> None:
    """A paragraph that was numbered lately (17.13.5.19); how it was numbered in old files (``numberingChange``) is no property."""
    for mark in list(root.iter(NUMBERED)):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for numbering in list(root.iter(_NUMBERING)):
        inserted = numbering.find(_INSERTED)
        owner = numbering.getparent()
        if inserted is None or owner is None:
            continue
        if accept:
            numbering.remove(inserted)
        else:
            owner.remove(numbering)
