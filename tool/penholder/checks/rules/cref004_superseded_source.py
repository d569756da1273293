"""CREF004: a source is cited that another one has replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.library_sources import Source, source_of, sources
from penholder.checks.prose import Citation, Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity
from penholder.library import Library

CODE = Code(
    "CREF004", Severity.WARNING, "A source that another one has replaced",
    "The paper would rest on a rule or a figure that no longer holds.",
    "Cite the source that took its place, or say in the sentence that the older one was replaced.",
)  # fmt: skip

# Words by which a sentence says itself that what it cites is of the past.
_PAST = re.compile(
    r"\b(?:replac\w+|supersed\w+|former\w*|until|previous\w*|earlier|older|predecess\w+|no longer|withdrawn|repeal\w+|revok\w+|originally|preced\w+|in force (?:from|between)|at the time|was then|used to)\b",
    re.I,
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Every citation of such a source, unless its sentence says so or the successor stands beside it."""
    replaced = {key: source for key, source in sources(paper).items() if source.superseded_by}
    if not replaced:
        return
    for section, passage, citation in paper.citations:
        known = [paper.library.resolve(key) for key in citation.keys]
        for key in dict.fromkeys(k for k in known if k in replaced):
            chain = list(_chain(paper.library, replaced[key]))
            if any(step.key in known for step in chain) or _says_so(passage, citation):
                continue
            yield _hit(section, passage, citation, replaced[key], chain)


def _chain(library: Library, source: Source) -> Iterator[Source]:
    """The sources that took its place, one after the other; a circle ends it."""
    seen = {source.key}
    while (after := library.resolve(source.superseded_by)) is not None and after not in seen:
        seen.add(after)
        source = source_of(library, after)
        yield source


def _says_so(passage: Passage, citation: Citation) -> bool:
    said = passage.sentence_at(citation.start).text
    if passage.parent is not None:
        said += " " + passage.parent.sentence_at(max(0, passage.hangs_at - 1)).text
    return _PAST.search(said) is not None


def _hit(section: SectionView, passage: Passage, citation: Citation, source: Source, chain: list[Source]) -> Hit:
    if chain:
        last = chain[-1]
        message = f"{source.name} was replaced by {last.name} (`{last.key}`)."
        ask = f"{source.name} was replaced by {last.name}. Should the sentence rest on the newer one?"
    else:
        message = f"{source.name} was replaced by `{source.superseded_by}`, which is not in the library."
        ask = f"{source.name} was replaced by a newer source. Could you look up what that one says?"
    return section.hit(passage, citation.start, citation.end, message, ask=ask)


_BIB = """\
@report{old, author = {{Cabinet Office}}, title = {Note 06/20}, date = {2020}, institution = {Cabinet Office}, keywords = {superseded-by-new}}
@report{new, author = {{Cabinet Office}}, title = {Note 002}, date = {2025}, institution = {Cabinet Office}}
"""
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Departments must give social value a weight of 10% [@old].", {"citations/more.bib": _BIB}),
    good=Example("Many pages still cite the former note [@old], which another replaced [@new].", {"citations/more.bib": _BIB}),
)  # fmt: skip
