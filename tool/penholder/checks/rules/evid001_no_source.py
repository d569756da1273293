"""EVID001: a figure that nobody can look up."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.claims import unsourced
from penholder.checks.ledgering import Stated
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID001", Severity.WARNING, "A figure without a source",
    "A committee asks where it is from, and a figure nobody can look up costs the others their credit.",
    "Cite its source in the same sentence, write it as a fact of the ledger, or say in a waiver why none is needed.",
)  # fmt: skip

_WHAT = {"record": ("called a record", "called records"), "factor": ("stated as a change", "stated as changes")}
_ASKED = {"record": "Which report says so?"}
_WEB = ("http://", "https://")


def look(paper: PaperView) -> Iterator[Hit]:
    """Shares, money, counts, multiples and records in sentences that cite nothing; a sentence once."""
    sentences: dict[tuple[Passage, int], list[Stated]] = {}
    for each in unsourced(paper):
        sentences.setdefault((each.passage, each.sentence.start), []).append(each)
    for (passage, _), group in sentences.items():
        first, sentence = group[0], group[0].sentence
        words = [f"“{each.words.strip()}”" for each in group]
        said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
        is_, has = ("is", "has") if len(words) == 1 else ("are", "have")
        kinds = {each.quantity.kind for each in group}
        kind = kinds.pop() if len(kinds) == 1 else ""
        what = _WHAT.get(kind, ("stated", "stated"))[len(words) > 1]
        where = "the table" if passage.table >= 0 else "the sentence"
        linked = any(m.kind == "link" and m.value.startswith(_WEB) and sentence.start <= m.start < sentence.end for m in passage.marks)
        which = _ASKED.get(kind, f"Which report {'is it' if len(words) == 1 else 'are they'} from?")
        yield first.section.hit(
            passage, first.quantity.start, first.quantity.end,
            f"{said} {is_} {what}, and {where} {'has a link, but cites no source' if linked else 'cites no source'}.",
            ask=f"{said} {has} a link beside {'it' if len(words) == 1 else 'them'}, but no source. Is it that page, and who published it, when?" if linked
            else f"{said} {has} no source. {which}",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",), final=True,
    bad=Example("More than half of councils have a policy, and 58% of them publish it."),
    good=Example("Of all councils 58% have a policy [@beta2021, p. 3]. We propose that 10% of marks should be for it."),
)  # fmt: skip
