"""What the markers of a part say has changed. Reading them takes them out of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.markers import MARKER, read_marker
from penholder.adapters.word.xml import M, w

P, ROW, TABLE, RUN = w("p"), w("tr"), w("tbl"), w("r")
_MATH = (f"{{{M}}}oMathPara", f"{{{M}}}oMath")
_RUNS = frozenset((RUN, *_MATH))
_HOLDERS = frozenset(map(w, ("hyperlink", "ins", "del", "smartTag", "fldSimple", "sdt", "sdtContent")))
_FIELD, _INSTRUCTION, _NUMBER = w("fldChar"), w("instrText"), w("footnoteRef")


@dataclass
class Marked:
    """What has changed in a part, each with the number of its revision.

    ``runs`` is all that is to be wrapped: runs and formulas. ``paragraphs`` are those that have changed as a whole,
    ``rows`` likewise; ``nowhere`` are paragraphs that no version has. Elements are held here, so that they stay the same objects while the part is finished.
    """

    runs: dict[etree._Element, int] = field(default_factory=dict)
    paragraphs: dict[etree._Element, int] = field(default_factory=dict)
    rows: dict[etree._Element, int] = field(default_factory=dict)
    nowhere: set[etree._Element] = field(default_factory=set)

    def whole(self, paragraph: etree._Element, revision: int) -> None:
        """The paragraph has changed, with all that is in it and its mark."""
        self.paragraphs[paragraph] = revision
        runs = list(runs_of(paragraph))
        apart = _of_open_fields(runs) | _of_note(runs)
        self.runs.update((run, revision) for run in runs if run not in apart)


def read_markers(root: etree._Element, revisions: Sequence[Change]) -> Marked:
    """What the markers say; they are taken out. A marker of no revision says nothing."""
    reading = _Reading(len(revisions))
    for node in root.iter(MARKER, P, ROW, *_RUNS):
        reading.take(node)
    return reading.found()


class _Reading:
    """Goes through a part and keeps in mind which changes are open."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._blocks = self._inlines = -1
        self._marked = Marked()
        self._whole: dict[etree._Element, int] = {}
        self._markers: list[etree._Element] = []

    def take(self, node: etree._Element) -> None:
        if node.tag == P:
            self._inlines = -1  # no change of inlines goes beyond its paragraph
            self._note(self._whole, node, self._blocks)
        elif node.tag == ROW:
            self._note(self._marked.rows, node, self._blocks)
        elif node.tag in _RUNS:
            self._note(self._marked.runs, node, self._inlines)
        elif (said := read_marker(node)) is not None:
            self._markers.append(node)
            self._hear(node, *said)

    def _hear(self, marker: etree._Element, what: str, number: int) -> None:
        number = number if number < self._count else -1
        if what in ("start", "end"):
            self._inlines = number if what == "start" else -1
        elif what in ("blocks", "blocks-end"):
            self._blocks = number if what == "blocks" else -1
            for paragraph in marker.iterancestors(P):
                self._note(self._whole, paragraph, self._blocks)
        else:
            for row in marker.iterancestors(ROW):
                self._note(self._marked.rows, row, number)

    @staticmethod
    def _note(marked: dict[etree._Element, int], element: etree._Element, number: int) -> None:
        if number >= 0:
            marked[element] = number

    def found(self) -> Marked:
        """What was heard, with all that is in changed rows and paragraphs; the markers leave the tree."""
        for row, number in self._marked.rows.items():
            self._whole.update((paragraph, number) for paragraph in row.iter(P))
        _drop_inner(self._marked.runs)
        for paragraph, number in self._whole.items():
            self._marked.whole(paragraph, number)
        for marker in self._markers:
            marker.getparent().remove(marker)  # type: ignore[union-attr]
        return self._marked


def runs_of(element: etree._Element) -> Iterator[etree._Element]:
    """The runs and formulas of a paragraph, those in links and other holders too."""
    for child in element:
        if child.tag in _RUNS:
            yield child
        elif child.tag in _HOLDERS:
            yield from runs_of(child)


def _drop_inner(runs: dict[etree._Element, int]) -> None:
    """Leave out what stands inside another of ``runs``: the formula in a formula's paragraph, the runs of a text box."""
    for run in [r for r in runs if any(a in runs for a in r.iterancestors(*_RUNS))]:
        del runs[run]


def _of_open_fields(runs: Sequence[etree._Element]) -> set[etree._Element]:
    """Runs that begin, tell or end a field (17.16.18) which reaches beyond them: the contents' own, in first and last line."""
    apart: set[etree._Element] = set()
    open_fields: list[list[etree._Element]] = []
    for run in runs:
        for child in run.iterchildren(_FIELD, _INSTRUCTION):
            kind = child.get(w("fldCharType"), "instruction")
            if kind == "begin":
                open_fields.append([run])
            elif kind == "end" and open_fields:
                open_fields.pop()
            elif open_fields:
                open_fields[-1].append(run)
            else:
                apart.add(run)
    apart.update(*open_fields)
    return apart


def _of_note(runs: Sequence[etree._Element]) -> set[etree._Element]:
    """The number that opens a note (17.11.6), and the space behind it: they are the note's, whichever its first paragraph."""
    at = next((i for i, run in enumerate(runs) if run.find(_NUMBER) is not None), None)
    if at is None:
        return set()
    space = [run for run in runs[at + 1 : at + 2] if "".join(map(str, run.itertext())) == " "]
    return {runs[at], *space}
