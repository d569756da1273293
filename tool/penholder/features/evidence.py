"""The evidence ledger at work: what it holds, what of it is stale or unused, and where papers state it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from penholder.adapters.pandoc.worker import PandocFailure, Worker
from penholder.checks.ledgering import CLAIMS, owner_of, uses
from penholder.checks.reading import read_paper
from penholder.checks.views import PaperView
from penholder.errors import LimitError, UsageError
from penholder.findings import Findings
from penholder.model.evidence import Decision, Fact
from penholder.source import Span
from penholder.stages.discover import Workspace
from penholder.stages.ledger import Ledger, ledger_paths, open_ledger, said, with_library
from penholder.stages.render.edition import given_up
from penholder.stages.resolve.cite import library_of
from penholder.stages.where import choose

STATUSES = ("verified", "secondary", "unverified", "disputed")


@dataclass(frozen=True)
class Place:
    """Where a paper states a fact: ``explicit`` where a template wrote it, else matched by number and source."""

    fact: str
    paper: str
    section: str
    title: str
    owner: str
    line: int
    column: int
    words: str
    explicit: bool


@dataclass(frozen=True)
class Book:
    """The ledgers of a workspace as one, with what is wrong with them. A paper's own facts stand behind the shared ones."""

    workspace: Workspace
    ledger: Ledger
    findings: Findings


def open_book(workspace: Workspace) -> Book:
    """Read the workspace's ledger and those of its papers, sources looked up in the libraries. Nothing of the papers is read."""
    ledger, findings = open_ledger(workspace.root)
    library, _ = library_of(workspace.root, None, workspace.cache)
    ledger, found = with_library(ledger, library)
    findings.extend(found)
    facts, places, decisions, paths = dict(ledger.facts), dict(ledger.places), list(ledger.decisions), list(ledger.files)
    for slug in workspace.papers:
        folder = workspace.paper_folder(slug)
        if len(ledger_paths(workspace.root, folder)) == len(ledger.files):
            continue
        own, found_own = open_ledger(workspace.root, folder)
        library, _ = library_of(workspace.root, folder, workspace.cache)
        own, found = with_library(own, library)
        findings.extend([*found_own, *found])
        for name, fact in own.facts.items():
            facts.setdefault(name, fact)
            places.setdefault(name, own.places[name])
        decisions += [d for d in own.decisions if d not in decisions]
        paths += [p for p in own.files if p not in paths]
    return Book(workspace, Ledger(facts, places, tuple(decisions), tuple(paths)), findings)


def views_of(workspace: Workspace, slugs: Sequence[str], worker: Worker, today: dt.date) -> tuple[list[PaperView], Findings]:
    """Papers as rules see them. Findings are those of papers that had to be given up; the others are `check`'s to tell."""
    views: list[PaperView] = []
    findings = Findings()
    for slug in slugs:
        try:
            views.append(read_paper(workspace, slug, worker, final=None, today=today)[0])
        except (LimitError, PandocFailure) as error:
            findings.extend(given_up(slug, error).findings)
    return views, findings


def places_in(paper: PaperView) -> list[Place]:
    """Where a paper states facts, in order."""
    found: list[Place] = []
    told: set[tuple[str, str]] = set()
    for use in uses(paper):
        section, span = use.section, use.passage.span(use.start, use.end)
        told.add((use.fact.id, section.path))
        words = use.passage.text[use.start : use.end].strip()
        found.append(Place(use.fact.id, paper.paper.slug, span.path, section.title, owner_of(section), span.line, span.column, words, use.explicit))
    for section in paper.sections:  # what a template asks of a fact without printing its figure
        for name, span in section.text.facts if section.front.id != CLAIMS else ():
            if name in paper.ledger.facts and (name, section.path) not in told:
                found.append(Place(name, paper.paper.slug, span.path, section.title, owner_of(section), span.line, span.column, "", True))
    order = {section.path: n for n, section in enumerate(paper.sections)}
    return sorted(dict.fromkeys(found), key=lambda p: (order.get(p.section, -1), p.line, p.column))


def used(workspace: Workspace, worker: Worker, *, today: dt.date | None = None) -> tuple[list[Place], Findings]:
    """Where the papers of a workspace state facts."""
    views, findings = views_of(workspace, workspace.papers, worker, today or dt.date.today())
    return [place for view in views for place in places_in(view)], findings


def is_stale(fact: Fact, today: dt.date) -> bool:
    """Whether somebody should have looked for a newer figure, or one is known."""
    return bool(fact.superseded_by) or (fact.review_by is not None and fact.review_by < today)


def remarks(fact: Fact, today: dt.date) -> list[str]:
    """What whoever uses a fact should know besides its status."""
    found = [f"superseded by {fact.superseded_by}"] if fact.superseded_by else []
    if fact.review_by is not None and fact.review_by < today:
        found.append(f"review was due {fact.review_by.isoformat()}")
    if fact.source is None:
        found.append("no source")
    return found


def known_fact(ledger: Ledger, given: str) -> Fact:
    """The fact of an id. Raises ``UsageError`` with the nearest ones where there is none."""
    fact = ledger.facts.get(given)
    if fact is None:
        raise UsageError(f"there is no fact {given}.{ledger.hint(given)}".rstrip("."), "`penholder evidence list` shows the ids.")
    return fact


def fact_data(fact: Fact, place: Span, today: dt.date) -> dict[str, Any]:
    """A fact as data, for lists and for machines."""
    source = {"key": fact.source.key, "locator": fact.source.locator} if fact.source else None
    days = {name: value.isoformat() if value else None for name, value in (("retrieved", fact.retrieved), ("review_by", fact.review_by))}
    return {
        "id": fact.id, "said": said(fact.value, fact.unit).replace("\u00a0", " "), "value": fact.value, "unit": fact.unit,
        "statement": fact.statement, "measure": fact.measure, "basis": fact.basis, "geography": fact.geography, "period": fact.period,
        "population": fact.population, "source": source, "status": fact.status, **days, "superseded_by": fact.superseded_by,
        "wordings": list(fact.wordings), "approximate": fact.approximate, "note": fact.note, "stale": is_stale(fact, today),
        "path": place.path, "line": place.line,
    }  # fmt: skip


def decision_data(decision: Decision) -> dict[str, Any]:
    """A decision as data."""
    return {**decision.data(), "date": decision.date.isoformat()}


def place_data(place: Place) -> dict[str, Any]:
    """A place as data, for machines."""
    return {
        "fact": place.fact, "paper": place.paper, "path": place.section, "title": place.title, "owner": place.owner,
        "line": place.line, "column": place.column, "words": place.words, "explicit": place.explicit,
    }  # fmt: skip


def chosen_paper(workspace: Workspace, slug: str | None) -> str:
    """The paper that is named, or the only one there is. Raises ``UsageError``."""
    if slug is None and len(workspace.papers) > 1:
        raise UsageError(f"there are several papers: {', '.join(workspace.papers)}", "Name one of them.")
    return choose(workspace.papers, [slug] if slug else [])[0]

