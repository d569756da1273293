"""STRU011: a recommendation that names no addressee."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.prose import Div, Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU011", Severity.WARNING, "A recommendation without an addressee",
    "Nobody feels asked by a recommendation that is addressed to nobody.",
    'Name who should act: `::: {.recommendation to="The Cabinet Office"}`.',
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Each recommendation once, at its first words."""
    told: set[Div] = set()
    for passage in section.passages:
        div = _recommendation(passage)
        if div is None or div in told:
            continue
        told.add(div)
        if not div.values.get("to", "").strip():
            sentence = passage.sentence_at(0)
            opening = " ".join(sentence.text.split()[:8])
            yield section.hit(
                passage, sentence.start, sentence.end, "This recommendation does not say who should act.",
                ask=f"Who should act on the recommendation that begins “{opening} ...”?",
            )  # fmt: skip


def _recommendation(passage: Passage) -> Div | None:
    div = passage.div
    while div is not None and "recommendation" not in div.classes:
        div = div.outer
    return div


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("::: {.recommendation}\nPublish the objectives of every contract.\n:::"),
    good=Example('::: {.recommendation to="Councils"}\nPublish the objectives of every contract.\n:::'),
)  # fmt: skip
