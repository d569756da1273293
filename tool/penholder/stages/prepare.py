"""From a paper's files to what resolve takes: loaded, assembled, its look at hand."""

from __future__ import annotations

from typing import NamedTuple

from penholder.findings import Findings
from penholder.stages.assemble import Manuscript, assemble
from penholder.stages.discover import Workspace
from penholder.stages.load import Paper, load
from penholder.stages.look import Look, look_of


class Prepared(NamedTuple):
    """A paper, its manuscript and its look."""

    paper: Paper
    manuscript: Manuscript
    look: Look


def prepare(workspace: Workspace, slug: str) -> tuple[Prepared, Findings]:
    """Take a paper through the stages before resolve. Never fails for an author's mistake."""
    findings = Findings()
    paper, found = load(workspace, slug)
    findings.extend(found)
    manuscript, found = assemble(paper)
    findings.extend(found)
    look, found = look_of(paper)
    findings.extend(found)
    return Prepared(paper, manuscript, look), findings
