"""From a manuscript to the one tree in which everything is numbered, referred to and cited."""

from __future__ import annotations

from penholder.adapters.pandoc.worker import Worker
from penholder.findings import Findings
from penholder.model.theme import Theme
from penholder.stages.assemble import Manuscript
from penholder.stages.resolve.cite import cite
from penholder.stages.resolve.clean import clean
from penholder.stages.resolve.crossref import CrossReferences
from penholder.stages.resolve.number import Numberer
from penholder.stages.resolve.parts import Document, ResolvedSection


def resolve(manuscript: Manuscript, theme: Theme, worker: Worker) -> tuple[Document, Findings]:
    """Read, clean, number, refer and cite, in that order. Never fails for an author's mistake."""
    paper = manuscript.paper
    words = theme.words(paper.language)
    cleaned, findings = clean(manuscript, worker, words)
    numberer = Numberer(paper, findings)
    for part in cleaned.parts:
        numberer.number(part)
    references = CrossReferences(numberer.targets, words, findings)
    for part in cleaned.parts:
        references.resolve(part)
    cited, found = cite(paper, cleaned.parts, worker)
    findings.extend(found)
    sections = tuple(
        ResolvedSection(part.text, part.title, part.identifier, part.kind, tuple(part.blocks)) for part in cleaned.parts
    )
    return (
        Document(
            manuscript,
            sections,
            tuple(cited.references),
            paper.meta.references_title or words["bibliography"],
            numberer.targets,
            cleaned.pictures,
            cited.keys,
            cited.files,
        ),
        findings,
    )
