"""CREF007: an Act named without its year where the paper first names it."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.library_acts import ActName, acts_in
from penholder.checks.library_sources import folded, sources
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF007", Severity.NOTE, "An Act without its year at first mention",
    "Several Acts share a name, and only the year says which is meant.",
    "Give the short title with its year the first time: Procurement Act 2023.",
    "https://www.law.ox.ac.uk/oscola",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """The first mention of each Act in the prose; a citation of a law in the same sentence says which it is."""
    laws = {key for key, source in sources(paper).items() if source.kind == "law"}
    named: set[str] = set()
    for section, passage in paper.passages:
        if not passage.is_prose:
            continue
        for act in acts_in(passage, passage.plain):
            name = folded(act.name)
            if name in named:
                continue
            named.add(name)
            if not act.year and not _cited(paper, passage, act, laws):
                yield section.hit(
                    passage, act.start, act.end, f"“{act.name}” is named for the first time without its year.",
                    ask=f"Which year is the {act.name} from?",
                )  # fmt: skip


def _cited(paper: PaperView, passage: Passage, act: ActName, laws: set[str]) -> bool:
    sentence = passage.sentence_at(act.start)
    keys = (paper.library.resolve(key) for citation in passage.cited_in(sentence.start, sentence.end) for key in citation.keys)
    return any(key in laws for key in keys)


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",),
    bad=Example("The Modern Slavery Act asks large firms for a statement."),
    good=Example("The Modern Slavery Act 2015 asks large firms for a statement. The Modern Slavery Act does not ask small ones."),
)  # fmt: skip
