"""Moves (ECMA-376 Part 1, 17.13.5.21 to .28): text that went from one place to another, and the ranges that pair the two."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.marked import Marked, P
from penholder.adapters.word.paragraphmarks import annotated, element_of
from penholder.adapters.word.xml import w

_NAME, _ID = w("name"), w("id")


def settled(revisions: Sequence[Change], body: Marked) -> list[Change]:
    """The revisions with a name for each move; one that Word cannot tell of becomes a deletion and an insertion.

    Word moves no rows of tables, and nothing of which one end is missing.
    """
    shown = {*body.runs.values(), *body.paragraphs.values()} - set(body.rows.values())
    ends: dict[str, tuple[list[int], list[int]]] = {}
    for number, revision in enumerate(revisions):
        if revision.kind.startswith("moved"):
            ends.setdefault(revision.move, ([], []))[revision.is_new].append(number)
    out = list(revisions)
    count = 0
    for name, (old, new) in ends.items():
        paired = name and len(old) == len(new) and shown.issuperset((*old, *new))
        for pair in zip(old, new, strict=True) if paired else ():
            count += 1
            for number in pair:
                out[number] = out[number]._replace(move=f"move{count}")
        for number in () if paired else (*old, *new):
            out[number] = unmoved(out[number])
    return out


def unmoved(revision: Change) -> Change:
    """The same as a deletion or an insertion."""
    return revision._replace(kind="inserted" if revision.is_new else "deleted", move="")


def mark_moves(body: Marked, revisions: Sequence[Change]) -> None:
    """Put the start and the end of its range around what was moved; its runs are wrapped already."""
    paragraphs, runs = _by_number(body.paragraphs), _by_number(body.runs)
    for number, revision in enumerate(revisions):
        if not revision.move:
            continue
        start = annotated(f"{element_of(revision)}RangeStart", revision)
        start.set(_NAME, revision.move)
        start.set(_ID, str(number))
        end = etree.Element(w(f"{element_of(revision)}RangeEnd"))
        end.set(_ID, str(number))
        if number in paragraphs:
            _around_paragraphs(paragraphs[number], start, end)
        elif number in runs:
            _wrapper(runs[number][0]).addprevious(start)
            _wrapper(runs[number][-1]).addnext(end)


def _by_number(marked: dict[etree._Element, int]) -> dict[int, list[etree._Element]]:
    found: dict[int, list[etree._Element]] = {}
    for element, number in marked.items():
        found.setdefault(number, []).append(element)
    return found


def _around_paragraphs(paragraphs: Sequence[etree._Element], start: etree._Element, end: etree._Element) -> None:
    properties = paragraphs[0].find(w("pPr"))
    paragraphs[0].insert(0 if properties is None else 1, start)
    paragraphs[-1].addnext(end)


def _wrapper(run: etree._Element) -> etree._Element:
    wrapper = run.getparent()
    assert wrapper is not None and wrapper.tag != P
    return wrapper
