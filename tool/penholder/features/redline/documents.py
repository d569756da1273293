"""Two documents as one: sections paired, text that moved from one to another followed, references and pictures together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.laying import Layout, Place
from penholder.features.redline.merging import Authors, Merger
from penholder.features.redline.pairing import Pair, Thing, pairs
from penholder.features.redline.things import names_in, thing_of
from penholder.stages.resolve.number import headings_in
from penholder.stages.resolve.parts import Document, ResolvedSection

_PART = 0.25  # of a section's words, from which another is said to have come of it
_WORTH_FOLLOWING = 5  # words of a block, from which it is said to have moved rather than gone and come


class MergedSection(NamedTuple):
    """A section of the redline: its blocks, the newer section they make (``None``: it is gone), those it was made of."""

    blocks: list[Node]
    new: ResolvedSection | None
    old: tuple[ResolvedSection, ...] = ()

    @property
    def title(self) -> str:
        return (self.new or self.old[0]).title


class MergedDocument(NamedTuple):
    """One document for two, as the outputs take it, with what a summary tells of it."""

    document: Document
    sections: tuple[MergedSection, ...]
    reformatted: tuple[str, ...] = ()


def merge_documents(old: Document, new: Document, authors: Authors, reference_authors: Authors) -> MergedDocument:
    """Merge two documents. ``reference_authors`` tell whose changes those of the list of references are."""
    names = names_in([b for s in new.sections for b in s.blocks]) | names_in(new.references)
    merger = Merger(authors, names)
    sections: list[MergedSection] = []
    for summary in (True, False):  # the summary stands apart in every output
        before = [s for s in old.sections if (s.kind == "summary") == summary]
        after = [s for s in new.sections if (s.kind == "summary") == summary]
        sections += _Stream(before, after, merger).sections()
    references = Merger(reference_authors, names).blocks(old.references, new.references)
    document = new._replace(
        sections=tuple(_resolved(s) for s in sections),
        references=tuple(references),
        pictures={**old.pictures, **new.pictures},
    )
    return MergedDocument(_led(document), tuple(sections), tuple(merger.reformatted))


def _resolved(section: MergedSection) -> ResolvedSection:
    """As the outputs take it; one that is gone goes by the id of its heading, which may be another than it was."""
    if section.new:
        return section.new._replace(blocks=tuple(section.blocks))
    names = (heading["c"][1][0] for heading in headings_in(section.blocks))
    return section.old[0]._replace(blocks=tuple(section.blocks), identifier=next(names, ""))


class _Block(NamedTuple):
    """A block, the index of the section it is in, and what it is for pairing."""

    node: Node
    section: int
    thing: Thing


class _Stream:
    """Sections that follow one another in both versions, as one row of blocks."""

    def __init__(self, old: Sequence[ResolvedSection], new: Sequence[ResolvedSection], merger: Merger) -> None:
        self._old, self._new = old, new
        self._merger = merger
        self._before = [_Block(b, n, thing_of(b)) for n, s in enumerate(old) for b in s.blocks]
        self._after = [_Block(b, n, thing_of(b)) for n, s in enumerate(new) for b in s.blocks]
        self._pairs = pairs([b.thing for b in self._before], [b.thing for b in self._after])
        self._moves = _moves(self._pairs, self._before, self._after)

    def sections(self) -> list[MergedSection]:
        """The merged sections, in the order of the newer version; one that is gone stands where it stood."""
        shared = self._shared()
        homes = {o: found.most_common(1)[0][0] for o, found in shared.items()}
        kept = {self._after[j].section: i for i, j in self._pairs if i is not None and j is not None}
        layout = Layout(homes, [b.section for b in self._after], kept)
        blocks: dict[Place, list[Node]] = defaultdict(list)
        moved = self._moved_ends()
        for i, j in self._pairs:
            if j is not None:
                place = layout.come(self._after[j].section)
                blocks[place] += moved[(None, j)] if (None, j) in moved else self._merge(i, j)
            elif i is not None:
                place = layout.gone(i, self._before[i].section)
                blocks[place] += moved[(i, None)] if (i, None) in moved else self._merger.gone(self._before[i].node)
        empty = [(True, n) for n in range(len(self._new)) if (True, n) not in layout.places]
        return [self._section(place, blocks[place], shared) for place in (*layout.places, *empty)]

    def _section(self, place: Place, blocks: list[Node], shared: dict[int, Counter[int]]) -> MergedSection:
        is_new, n = place
        if not is_new:
            return MergedSection(blocks, None, (self._old[n],))
        return MergedSection(blocks, self._new[n], self._sources(n, shared))

    def _merge(self, i: int | None, j: int) -> list[Node]:
        return self._merger.pair(None if i is None else self._before[i].node, self._after[j].node)

    def _sources(self, n: int, shared: dict[int, Counter[int]]) -> tuple[ResolvedSection, ...]:
        """The older sections from which a newer one has a good part of its own words or of theirs."""
        own = sum(found[n] for found in shared.values())
        return tuple(self._old[o] for o, found in sorted(shared.items()) if found[n] > _PART * min(own, found.total()))

    def _shared(self) -> dict[int, Counter[int]]:
        """For each older section how many words each newer one has of it, those moved too; nothing for one that is gone."""
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for i, j in [*((i, j) for i, j in self._pairs if i is not None and j is not None), *self._moves.items()]:
            counts[self._before[i].section][self._after[j].section] += len(self._after[j].thing.words) or 1
        return counts

    def _moved_ends(self) -> dict[Pair, list[Node]]:
        """The marked blocks of both ends of each move."""
        out: dict[Pair, list[Node]] = {}
        for number, (i, j) in enumerate(sorted(self._moves.items(), key=lambda m: m[1]), 1):
            left, come = self._merger.moved(self._before[i].node, self._after[j].node, f"move-{number}")
            out[(i, None)], out[(None, j)] = [left], [come]
        return out


def _moves(found: Sequence[Pair], old: Sequence[_Block], new: Sequence[_Block]) -> dict[int, int]:
    """Blocks that went at one place and came at another, word for word; a short one only beside another that did."""
    gone = {i: old[i].thing for i, j in found if i is not None and j is None}
    come = {j: new[j].thing for i, j in found if i is None and j is not None}
    waiting: dict[str, list[int]] = defaultdict(list)
    for i, thing in gone.items():
        waiting[thing.key].append(i)
    moves: dict[int, int] = {}
    for j, thing in come.items():
        if len(thing.words) >= _WORTH_FOLLOWING and (ends := waiting[thing.key]):
            moves[ends.pop(0)] = j
    taken = set(moves.values())
    for step in (-1, 1):  # a heading before what moved, a last line behind it
        for i, j in sorted(moves.items(), reverse=step == 1):
            while (i := i + step) in gone and (j := j + step) in come and i not in moves and j not in taken and gone[i].key == come[j].key:
                moves[i] = j
                taken.add(j)
    return moves


def _led(document: Document) -> Document:
    """The document without links that lead to what neither version has."""
    blocks = [b for s in document.sections for b in s.blocks]
    names = names_in(blocks) | names_in(document.references)

    def is_lost(node: Node) -> bool:
        return bool(node["t"] == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0][1:] not in names)

    def unled(section: ResolvedSection) -> ResolvedSection:
        if not any(is_lost(node) for node in tree.visit(section.blocks)):
            return section
        copied = deepcopy(list(section.blocks))  # of nodes that are the two documents' own
        return section._replace(blocks=tuple(tree.rewrite(copied, lambda n: n["c"][1] if is_lost(n) else None)))

    return document._replace(sections=tuple(map(unled, document.sections)))
