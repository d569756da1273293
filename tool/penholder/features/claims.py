"""The claims table: every figure a paper states, with its source and its worth, for the person who must stand behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from penholder.checks.claims import is_claim, unsourced
from penholder.checks.engine import Choice, known_codes, run
from penholder.checks.ledgering import Stated, Use, owner_of, stated, uses
from penholder.checks.prose import HOLE, Passage, Sentence
from penholder.checks.record import Report
from penholder.checks.settings import named
from penholder.checks.views import PaperView, SectionView, WorkspaceView
from penholder.features.evidence import remarks
from penholder.library import Library
from penholder.model.evidence import Fact
from penholder.source import Span
from penholder.stages.ledger import cited

_EVIDENCE = "EVID"  # the family of rules
NO_FACT, NO_SOURCE, NEARBY = "not in the ledger", "no source", "source nearby"


@dataclass(frozen=True)
class Source:
    """A source as the paper cites it for a claim: its key, the pinpoint, and its title in the library (``""``: not there)."""

    key: str
    locator: str = ""
    title: str = ""

    @property
    def words(self) -> str:
        """For a reader without the library: ``Title, p. 3 (key)``."""
        locator = f", {self.locator}" if self.locator else ""
        return f"{self.title}{locator} ({self.key})" if self.title else f"{self.key}{locator} (not in the library)"

    @property
    def cite(self) -> str:
        """In pandoc's Markdown; plain words where there is nothing to cite."""
        return cited(self.key, self.locator) if self.title else ""


@dataclass(frozen=True)
class Claim:
    """A figure of a paper: the sentence, the figure, where, whose, from what, and what the ledger knows of it."""

    paper: str
    section: str
    title: str
    owner: str
    line: int
    column: int
    claim: str
    figure: str
    sources: tuple[Source, ...]
    fact: str
    status: str
    waived: str
    note: str


def weighed(workspace: WorkspaceView) -> Report:
    """What the rules of evidence that are on say of papers, waivers applied."""
    # Selecting them would turn on those that are off, and their waivers would answer figures nobody asks about.
    others = tuple(sorted(code for code in known_codes() if not named(code, (_EVIDENCE,))))
    report = run(workspace, [()] * len(workspace.papers), Choice(ignore=others))
    return Report([item for item in report.items if named(item.finding.code.id, (_EVIDENCE,))])


def claims_of(paper: PaperView, report: Report) -> list[Claim]:
    """The claims of a paper, in order: its facts, its other sourced figures, those without a source, those waived.

    ``report`` is what ``weighed`` gave.
    """
    told = _Told(paper, report)
    facts = {(u.passage, u.start): u for u in uses(paper)}
    figures = [s for s in stated(paper) if is_claim(s) or (s.passage, s.quantity.start) in facts]
    found = [_claim(paper, s, facts.get((s.passage, s.quantity.start)), told) for s in figures]
    numbers = {(s.passage, s.quantity.start) for s in stated(paper)}
    found += [_worded(paper, use, told) for at, use in facts.items() if at not in numbers]
    order = {section.path: n for n, section in enumerate(paper.sections)}
    return sorted(found, key=lambda c: (order.get(c.section, -1), c.line, c.column))


class _Told:
    """What the rules said of a paper's figures: which lack a source, which are disputed, which somebody let pass and why."""

    def __init__(self, paper: PaperView, report: Report) -> None:
        self.disputed = {item.finding.span for item in report.items if item.finding.code.id == "EVID007"}
        self._waived = {item.finding.span: f"{item.finding.code.id} waived: {item.waived}" for item in report.waived}
        self._bare: dict[tuple[Passage, int], str] = {}
        for each in unsourced(paper):  # a sentence is found once, at its first figure
            reason = self._waived.get(_place(each), "")
            self._bare[_sentence(each)] = self._bare.get(_sentence(each), "") or reason
        self._figures = {(s.passage, s.quantity.start) for s in unsourced(paper)}

    def is_bare(self, each: Stated) -> bool:
        return (each.passage, each.quantity.start) in self._figures

    def waived(self, span: Span, each: Stated | None = None) -> str:
        """The code and the reason of the waiver that answers what was found there."""
        return self._waived.get(span, "") or (self._bare.get(_sentence(each), "") if each is not None and self.is_bare(each) else "")


def _place(each: Stated) -> Span:
    return each.passage.span(each.quantity.start, each.quantity.end)


def _sentence(each: Stated) -> tuple[Passage, int]:
    return each.passage, each.sentence.start


def waivers_of(report: Report) -> list[dict[str, Any]]:
    """Every waiver that answers a rule of evidence, as data: what it was about, and the reason."""
    return [
        {"code": c.finding.code.id, "path": c.finding.span.path, "line": c.finding.span.line, "quote": c.quote, "reason": c.waived}
        for c in report.waived
    ]


def _claim(paper: PaperView, each: Stated, use: Use | None, told: _Told) -> Claim:
    fact, span = use.fact if use else None, _place(each)
    sources = _cited_for(each.section, each.passage, each.sentence, paper.library) or _own(fact, paper.library)
    status = fact.status if fact else NO_FACT if sources else NO_SOURCE if told.is_bare(each) else NEARBY
    status = "disputed" if span in told.disputed else status  # also where no source is cited for it
    claim = _in_table(each.section, each.passage) if each.passage.table >= 0 else _plain(each.sentence.text)
    return _made(paper, each.section, span, claim, each.words, sources, fact, status, told.waived(span, each))


def _worded(paper: PaperView, use: Use, told: _Told) -> Claim:
    """A fact that stands in the paper in words that are no number."""
    sentence = use.passage.sentence_at(use.start)
    sources = _cited_for(use.section, use.passage, sentence, paper.library) or _own(use.fact, paper.library)
    claim = _in_table(use.section, use.passage) if use.passage.table >= 0 else _plain(sentence.text)
    span = use.passage.span(use.start, use.end)
    return _made(paper, use.section, span, claim, use.passage.text[use.start : use.end], sources, use.fact, use.fact.status, told.waived(span))


def _made(
    paper: PaperView, section: SectionView, span: Span, claim: str, figure: str, sources: Sequence[Source], fact: Fact | None, status: str,
    waived: str,
) -> Claim:  # fmt: skip
    told = remarks(fact, paper.today) + ([fact.note] if fact.note else []) if fact else []
    return Claim(
        paper.paper.slug, section.path, section.title, owner_of(section), span.line, span.column, claim, _plain(figure), tuple(sources),
        fact.id if fact else "", status, waived, "; ".join(told),
    )  # fmt: skip


def _cited_for(section: SectionView, passage: Passage, sentence: Sentence, library: Library) -> tuple[Source, ...]:
    """The sources cited for a sentence; for a cell of a table, in its row or else in the caption."""
    found = tuple(_sources(passage, sentence.start, sentence.end, library))
    if found or passage.table < 0:
        return found
    same = [p for p in section.passages if p.table == passage.table]
    row = [s for p in same if p.kind == "cell" and p.row == passage.row for s in _sources(p, 0, len(p.text), library)]
    return tuple(dict.fromkeys(row or [s for p in same if p.kind == "caption" for s in _sources(p, 0, len(p.text), library)]))


def _sources(passage: Passage, start: int, end: int, library: Library) -> Iterator[Source]:
    """The sources cited for a sentence, each with its pinpoint as the author gave it."""
    behind = re.match(rf"\s*{HOLE}", passage.text[end:])
    seen = set()
    cites = [*passage.cited_in(start, end + (behind.end() if behind else 0)), *(passage.cites if passage.parent is not None else ())]
    for citation in cites:
        for key, suffix in zip(citation.keys, citation.suffixes, strict=False):
            made = _source(library.resolve(key) or key, suffix.strip(" ,"), library)
            if made not in seen:
                seen.add(made)
                yield made


def _own(fact: Fact | None, library: Library) -> tuple[Source, ...]:
    """The ledger's own source of a fact, where the paper cites none."""
    return (_source(fact.source.key, fact.source.locator, library),) if fact and fact.source else ()


def _source(key: str, locator: str, library: Library) -> Source:
    known = library.resolve(key)
    return Source(key, locator, (library.entry(known).title or known) if known else "")


def _plain(text: str) -> str:
    """A sentence without the holes that citations left."""
    closed = re.sub(rf"[ \u00a0]*{HOLE}", "", text)
    return re.sub(r"[ \n]+", " ", closed).strip()


def _in_table(section: SectionView, passage: Passage) -> str:
    """A cell in words: the caption of its table, its row, its column."""
    same = [p for p in section.passages if p.table == passage.table]
    caption = next((p.text for p in same if p.kind == "caption"), "")
    row = next((p.text for p in same if p.kind == "cell" and p.row == passage.row and p.column == 0), "")
    column = next((p.text for p in same if p.header and p.column == passage.column), "")
    parts = [_plain(t) for t in (caption, row if passage.column else "", column) if t.strip()]
    return f"{': '.join(parts)}: {_plain(passage.text)}" if parts else _plain(passage.text)


def claim_data(claim: Claim) -> dict[str, Any]:
    """A claim as data, for machines."""
    sources = [{"key": s.key, "locator": s.locator, "title": s.title} for s in claim.sources]
    return {
        "paper": claim.paper, "path": claim.section, "title": claim.title, "owner": claim.owner, "line": claim.line, "column": claim.column,
        "claim": claim.claim, "figure": claim.figure, "sources": sources, "fact": claim.fact or None, "status": claim.status,
        "waived": claim.waived, "note": claim.note,
    }  # fmt: skip


def counts(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims there are of each status; those that a waiver answers are counted as waived."""
    made: dict[str, int] = {}
    for claim in claims:
        status = "waived" if claim.waived else claim.status
        made[status] = made.get(status, 0) + 1
    return made

