"""From a manuscript to the one tree in which everything is numbered, referred to and cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from penholder.adapters.pandoc.worker import Worker
from penholder.findings import Findings
from penholder.model.theme import Theme
from penholder.stages.assemble import Manuscript
from penholder.stages.resolve.cite import cite
from penholder.stages.resolve.clean import Cleaned, clean
from penholder.stages.resolve.crossref import CrossReferences
from penholder.stages.resolve.number import Numberer
from penholder.stages.resolve.parts import Document, Part, Picture, ResolvedSection, Target

Seen = Callable[[Part], None]
Told = Callable[[Sequence[str], Mapping[str, Picture]], None]


def number(manuscript: Manuscript, theme: Theme, worker: Worker, seen: Seen | None = None) -> tuple[Cleaned, Mapping[str, Target], Findings]:
    """Read, clean, number and refer, in that order: all but the citations, which take the longest.

    ``seen`` is shown each section as it was read and cleaned, before it is numbered.
    """
    paper = manuscript.paper
    words = theme.words(paper.language)
    cleaned, findings = clean(manuscript, worker, words, seen)
    numberer = Numberer(paper, findings)
    for part in cleaned.parts:
        numberer.number(part)
    references = CrossReferences(numberer.targets, words, findings)
    for part in cleaned.parts:
        references.resolve(part)
    return cleaned, numberer.targets, findings


def resolve(
    manuscript: Manuscript, theme: Theme, worker: Worker, seen: Seen | None = None, told: Told = lambda *_: None
) -> tuple[Document, Findings]:
    """Read, clean, number, refer and cite, in that order. Never fails for an author's mistake.

    ``told`` hears which library files and pictures are used, as soon as that is known.
    """
    paper = manuscript.paper
    cleaned, targets, findings = number(manuscript, theme, worker, seen)
    words = theme.words(paper.language)
    cited, found = cite(paper, cleaned.parts, worker, words, lambda library: told(library, cleaned.pictures))
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
            targets,
            cleaned.pictures,
            cited.keys,
            cited.files,
        ),
        findings,
    )
