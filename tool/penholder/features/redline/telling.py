"""A redline in words: for each section what became of it, how many words came and went, and which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.counting import Counts, counts_of
from penholder.features.redline.documents import MergedDocument, MergedSection
from penholder.stages.render.front import Front
from penholder.stages.render.legend import CoverChange
from penholder.stages.resolve.changes import Change, change_of


class Told(NamedTuple):
    """One change as a reader is told of it: the words that went and came (either may be empty), and whose it is."""

    deleted: str
    inserted: str
    change: Change

    @property
    def moved(self) -> bool:
        return bool(self.change.move)

    @property
    def says(self) -> bool:
        """Whether there is anything to read in it."""
        return bool(self.deleted or self.inserted)


class SectionTold(NamedTuple):
    """What became of a section: its title, a word or two (``""``: it stayed what it was), words, changes."""

    title: str
    became: str
    counts: Counts
    changes: tuple[Told, ...]


class Telling(NamedTuple):
    """All that a redline shows, in words.

    ``reformatted`` are words that only look otherwise; ``respaced`` counts the places where only a blank is another.
    """

    sections: tuple[SectionTold, ...]
    cover: tuple[CoverChange, ...]
    references: SectionTold | None
    reformatted: tuple[str, ...]
    respaced: int = 0

    @property
    def counts(self) -> Counts:
        """The words of all sections; the list of references is not among them."""
        total = Counts()
        for section in self.sections:
            total = total.plus(section.counts)
        return total

    @property
    def empty(self) -> bool:
        """Whether the two versions say the same."""
        told = [*self.sections, *([self.references] if self.references else [])]
        return not (self.cover or self.reformatted or self.respaced or any(s.changes or s.became for s in told))


def tell(merged: MergedDocument, old: Front, new: Front) -> Telling:
    """What has changed, section by section as the newer version orders them."""
    told = [list(changes_in(s.blocks)) for s in merged.sections]
    sections = tuple(
        SectionTold(s.title, _became(s, merged.sections), counts_of(s.blocks), tuple(t for t in changes if t.says))
        for s, changes in zip(merged.sections, told, strict=True)
    )
    respaced = sum(not t.says for changes in told for t in changes)
    listed = tuple(t for t in changes_in(merged.document.references) if t.says)
    title = merged.document.references_title
    references = SectionTold(title, "", counts_of(merged.document.references), listed) if listed else None
    return Telling(sections, tuple(cover_changes(old, new)), references, merged.reformatted, respaced)


def _became(section: MergedSection, others: Sequence[MergedSection]) -> str:
    """What happened to a section as a whole."""
    if section.new is None:
        return "deleted"
    if not section.old:
        return "new"
    shared = [o for o in section.old if any(o in other.old for other in others if other is not section)]
    if shared:
        return f"split from “{shared[0].title}”"
    if len(section.old) > 1:
        return "joined from " + " and ".join(f"“{o.title}”" for o in section.old)
    if _wholly_moved(section):
        return "moved"
    was = section.old[0]
    if was.title != section.new.title:
        return f"renamed from “{was.title}”"
    return ""


def _wholly_moved(section: MergedSection) -> bool:
    """Whether all a section held before came with it from elsewhere."""
    counts = counts_of(section.blocks)
    return counts.moved > 0 and counts.kept == 0


def changes_in(blocks: Sequence[Node]) -> Iterator[Told]:
    """The changes in merged blocks, in reading order; what went and what came in its place are one."""
    waiting: Told | None = None
    for change, text in _stretches(blocks):
        if change is None:
            if waiting:
                yield waiting
            waiting = None
            continue
        if waiting and not waiting.moved and not change.move and change.is_new and waiting.deleted and not waiting.inserted:
            yield Told(waiting.deleted, text, change)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = Told("" if change.is_new else text, text if change.is_new else "", change)
    if waiting:
        yield waiting


def _stretches(nodes: Sequence[Node]) -> Iterator[tuple[Change | None, str]]:
    """Changed stretches with their words; between two that do not touch, a ``None``."""
    for node in nodes:
        change = change_of(node["c"][0]) if node["t"] in ("Span", "Div") else None
        if change is not None:
            yield change, _words([node])
        elif node["t"] == "Table":
            yield from _in_table(node)
        elif node["t"] in tree.HOLDERS:
            for inner in tree.children(node):
                yield from _stretches(inner)
                yield None, ""
        else:
            yield None, ""


def _in_table(table: Node) -> Iterator[tuple[Change | None, str]]:
    yield from _stretches(table["c"][1][1])
    for row in tree.table_rows(table):
        change = change_of(row[0])
        if change is not None:
            yield change, " | ".join(_words(cell[4]) for cell in row[1])
            continue
        for cell in row[1]:
            yield from _stretches(cell[4])
            yield None, ""


def _words(nodes: Sequence[Node]) -> str:
    """What stands there; a picture by its description, a footnote in brackets."""
    return " ".join(tree.text_of(_shown(nodes), notes=True).split())


def _shown(nodes: Sequence[Node]) -> list[Node]:
    out: list[Node] = []
    for node in tree.visit(nodes):
        if node["t"] == "Image":
            out += [tree.string(f"[picture: {tree.value_of(node['c'][0], 'alt') or tree.text_of(node['c'][1])}] ")]
    return [*out, *nodes]


def cover_changes(old: Front, new: Front) -> Iterator[CoverChange]:
    """What the cover and the last pages say otherwise."""
    for name, was, now in _compared(old, new, new.words):
        if was != now:
            yield CoverChange(name, was, now)


def _compared(old: Front, new: Front, words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield "Title", old.title, new.title
    yield "Subtitle", old.subtitle, new.subtitle
    yield "Organisations", ", ".join(old.organisations), ", ".join(new.organisations)
    yield words["addressee"], old.addressee, new.addressee
    yield words["date"], old.date, new.date
    yield words["version"], old.version, new.version
    yield words["status"], old.status, new.status
    yield words["abstract"], old.abstract, new.abstract
    people = [("; ".join(", ".join(filter(None, p)) for p in front.contributors)) for front in (old, new)]
    yield words["contributors"], people[0], people[1]
