"""A redline in words: for each section what became of it, how many words came and went, and which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from penholder.features.redline.counting import Counts, counts_of
from penholder.features.redline.documents import MergedDocument, MergedSection
from penholder.features.redline.listing import Told, changes_in
from penholder.stages.render.front import Front
from penholder.stages.render.legend import CoverChange
from penholder.stages.resolve.parts import ResolvedSection


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


def _became(section: MergedSection, sections: Sequence[MergedSection]) -> str:
    """What happened to a section as a whole."""
    if section.new is None:
        return "deleted"
    if not section.old:
        return "new"
    others = [other for other in sections if other is not section]
    own = _continued(section)
    shared = [o for o in section.old if any(o in other.old for other in others)]
    if own is None and shared:
        return f"split from {_titles(shared[:1])}"
    parts = [other for other in others if own in other.old and _continued(other) is None]
    if parts:
        return f"split: the rest is {_titles(parts)}"
    joined = [o for o in section.old if o is own or o not in shared]
    if len(joined) > 1:
        return f"joined from {_titles(joined)}"
    if _wholly_moved(section):
        return "moved"
    if lent := [o for o in shared if o is not own]:
        return f"with text from {_titles(lent)}"
    was = own or section.old[0]
    return "" if was.title == section.new.title else f"renamed from {_titles([was])}"


def _continued(section: MergedSection) -> ResolvedSection | None:
    """The older section that a newer one goes on as: by its title, else by the name of its file."""
    new = section.new
    if new is None:
        return None
    titled = (o for o in section.old if o.title == new.title)
    named = (o for o in section.old if o.text.section.slug == new.text.section.slug)
    return next(titled, None) or next(named, None)


def _titles(sections: Iterable[MergedSection | ResolvedSection]) -> str:
    return " and ".join(f"“{s.title}”" for s in sections)


def _wholly_moved(section: MergedSection) -> bool:
    """Whether all a section held before came with it from elsewhere."""
    counts = counts_of(section.blocks)
    return counts.moved > 0 and counts.kept == 0


def cover_changes(old: Front, new: Front) -> Iterator[CoverChange]:
    """What the cover and the last pages say otherwise."""
    for name, was, now in _compared(old, new, new.words):
        if was != now:
            yield CoverChange(name, was, now)


def _compared(old: Front, new: Front, words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    yield words["redline_cover_title"], old.title, new.title
    yield words["redline_cover_subtitle"], old.subtitle, new.subtitle
    yield words["redline_cover_organisations"], ", ".join(old.organisations), ", ".join(new.organisations)
    yield words["addressee"], old.addressee, new.addressee
    yield words["date"], old.date, new.date
    yield words["version"], old.version, new.version
    yield words["status"], old.status, new.status
    yield words["abstract"], old.abstract, new.abstract
    people = [("; ".join(", ".join(filter(None, p)) for p in front.contributors)) for front in (old, new)]
    yield words["contributors"], people[0], people[1]
