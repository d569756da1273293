"""From a paper's files to the view that rules look at, without citing or writing anything."""

from __future__ import annotations

import datetime as dt

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.settings import settings_of
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Findings
from penholder.stages.discover import Workspace
from penholder.stages.ledger import open_ledger, with_library
from penholder.stages.load import Paper
from penholder.stages.look import Look
from penholder.stages.prepare import prepare
from penholder.stages.resolve.cite import known_keys, library_of
from penholder.stages.resolve.document import number
from penholder.stages.resolve.parts import Part


class Sections:
    """Gathers the views of sections while they are read: what ``resolve`` shows each section to."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.views: list[SectionView] = []

    def __call__(self, part: Part) -> None:
        self.views.append(SectionView.of(part, self._language))


def read_paper(workspace: Workspace, slug: str, worker: Worker, *, final: bool | None, today: dt.date) -> tuple[PaperView, Findings]:
    """Read a paper for checking; ``final`` of ``None`` goes by its status. Never fails for an author's mistake."""
    (paper, manuscript, look), findings = prepare(workspace, slug)
    seen = Sections(paper.language)
    cleaned, _, found = number(manuscript, look.theme, worker, seen)
    findings.extend(found)
    library, found = library_of(workspace.root, paper.folder, workspace.cache)
    findings.extend(found)
    known_keys(cleaned.parts, library, findings)
    view, found = view_of(paper, seen, look, final=final, today=today)
    findings.extend(found)
    return view, findings


def view_of(paper: Paper, seen: Sections, look: Look, *, final: bool | None, today: dt.date) -> tuple[PaperView, Findings]:
    """The view of a paper whose sections were seen, and what is wrong with its ledger."""
    workspace = paper.workspace
    library, _ = library_of(workspace.root, paper.folder, workspace.cache)
    ledger, findings = open_ledger(workspace.root, paper.folder)
    ledger, found = with_library(ledger, library)
    findings.extend(found)
    settings = settings_of(workspace.settings, paper.meta)
    at_last = paper.meta.status == "final" if final is None else final
    return PaperView(paper, tuple(seen.views), settings, library, ledger, look, at_last, today), findings
