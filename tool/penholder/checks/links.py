"""Every link of a paper: those of its text, and the addresses and DOIs of the sources it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urldefrag
from weakref import WeakKeyDictionary

from penholder.adapters.network.answer import Answer, State
from penholder.checks.library_sources import Source, address, first_citations, source_of, sources
from penholder.checks.prose import Passage
from penholder.checks.rule import Hit
from penholder.checks.views import PaperView, SectionView
from penholder.source import Span

_WEB = re.compile(r"https?://", re.I)
_BARE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}/\S+)", re.I)
# Fields that hold an archived copy: ours in a .bib, and those of CSL and of its users.
_ARCHIVES = ("archiveurl", "archive-url", "archive_url", "urlarchive", "archive_location", "archive-location", "archive")
_ARCHIVE_SITES = re.compile(r"https?://(?:web\.archive\.org/web/|archive\.(?:today|ph|is)/|webarchive\.nationalarchives\.gov\.uk/)\S+", re.I)


@dataclass(frozen=True)
class Link:
    """A link: where it leads (``asked`` without its fragment), where it stands, and the source it belongs to, if any.

    ``quote`` is how to name it to its author; ``passage`` is where it is written or where its source is cited first.
    """

    url: str
    asked: str
    span: Span
    quote: str
    section: SectionView
    passage: Passage
    source: Source | None = None

    def hit(self, message: str, ask: str, help: str = "") -> Hit:
        """Something to be said about the link."""
        return Hit(self.span, message, ask, help, self.quote, section=self.section, passage=self.passage)

    @property
    def name(self) -> str:
        """What it is, to begin a sentence of a list of findings."""
        shown = f"{self.url[:117]}..." if len(self.url) > 120 else self.url
        return f"{shown}, the address of `{self.source.key}`," if self.source else shown

    @property
    def human(self) -> str:
        """What it is, to begin a sentence to its author: no address, which a letter would not show whole."""
        if self.source:
            return f"The address of {self.source.name}"
        return "A link" if _WEB.match(self.quote) or not self.quote else f"The link “{self.quote}”"


_LINKS: WeakKeyDictionary[PaperView, tuple[Link, ...]] = WeakKeyDictionary()


def links_of(paper: PaperView) -> Sequence[Link]:
    """Every link to the web, in order; gathered once for all rules."""
    if paper not in _LINKS:
        _LINKS[paper] = (*_of_text(paper), *_of_sources(paper))
    return _LINKS[paper]


def answered(paper: PaperView, *states: State) -> Iterator[tuple[Link, Answer]]:
    """The links that were answered so."""
    answers: Mapping[str, Answer] = paper.workspace.answers
    for link in links_of(paper):
        answer = answers.get(link.asked)
        if answer is not None and answer.state in states:
            yield link, answer


def _of_text(paper: PaperView) -> Iterator[Link]:
    for section, passage in paper.passages:
        for mark in passage.marks:
            if mark.kind == "link" and _WEB.match(mark.value):
                hit = section.hit(passage, mark.start, mark.end, "")
                yield Link(mark.value, urldefrag(mark.value).url, hit.span, hit.quote, section, passage)


def _of_sources(paper: PaperView) -> Iterator[Link]:
    places = first_citations(paper)
    for key, source in sources(paper).items():
        section, passage, _ = places[key]
        for url, written in _addresses(source):
            yield Link(url, urldefrag(url).url, _line(paper, source, written), source.name, section, passage, source)


def _addresses(source: Source) -> Iterator[tuple[str, str]]:
    """The addresses of a source, each with how it is written; one that is its DOI once only."""
    number = _BARE_DOI.match(source.says.get("doi", "").strip())
    if number:
        yield f"https://doi.org/{quote(number[1], safe='/:;()<>.-_%')}", number[1]
    url = source.says.get("url", "").strip()
    if _WEB.match(url) and not (number and _BARE_DOI.match(url)):
        yield url, url


def _line(paper: PaperView, source: Source, written: str) -> Span:
    """The line of the entry that holds an address, in the library's file; the entry where it is not found."""
    entry = source.entry.place
    if not entry.path.lower().endswith((".yaml", ".yml")):  # of a YAML file the library keeps no text
        text = paper.library.text(source.key)
        at = text.find(written)
        if at >= 0:
            line = text.count("\n", 0, at)
            column = at - text.rfind("\n", 0, at) if line else entry.column + at
            return Span(entry.path, entry.line + line, column, entry.line + line, column + len(written))
    return entry


def archived(paper: PaperView, link: Link) -> str:
    """The archived copy that the library holds of a link: its own source's, or that of an entry with the same address."""
    if link.source is not None:
        return _copy(link.source)
    wanted = address(link.url)
    for file in paper.library.files:
        for key, row in zip(file.keys, file.words(), strict=True):
            if row[-1] and address(row[-1]) == wanted and (copy := _copy(source_of(paper.library, key))):
                return copy
    return ""


def _copy(source: Source) -> str:
    for name in _ARCHIVES:
        value = source.says.get(name, "").strip()
        if _WEB.match(value):
            return value
    found = _ARCHIVE_SITES.search(source.says.get("note", "")) or _ARCHIVE_SITES.search(source.says.get("addendum", ""))
    return found[0].rstrip(".,;)") if found else ""
