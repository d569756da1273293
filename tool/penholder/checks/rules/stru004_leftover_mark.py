"""STRU004: marks that authors leave for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Div
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU004", Severity.WARNING, "A mark left for later",
    "Readers take it for carelessness, and the question behind it was never answered.",
    "Answer the question and take the mark out.",
)  # fmt: skip

_MARK = re.compile(
    r"\b(?:TODO|FIXME|TBC|TBD|TK|XXX+)\b|\?\?+|\[(?:citation needed|source needed|ref(?:erence)?s?(?: needed)?|check|insert [^\]]*|to be (?:written|confirmed|decided|added|checked|completed)\b[^\]]*)\]|\blorem(?: ipsum)?\b",
    re.I,
)
_SHOWN = 60  # characters of a mark that are shown
_SMALL = re.compile(r"todo|tk|tbc|tbd|fixme|xxx+")


def look(section: SectionView) -> Iterator[Hit]:
    """TODO, TBC, ``??``, ``[citation needed]``, ``[to be written: ...]`` and lorem ipsum, in every kind of passage, the title, what
    pictures are said to show, and whom recommendations are to."""
    title = section.front.title
    for where, text in [(section.front_span("title"), title), *((s.span, s.described) for s in section.shown if s.described != s.caption)]:
        for mark in _marks(text):
            yield section.at(where, f"“{mark[0]}” was left in “{text[:60]}”.", ask=f"“{text[:60]}” still says “{mark[0]}”. What belongs there?", quote=mark[0])
    told: set[Div] = set()
    for passage in section.passages:
        div = passage.div
        if div is not None and div not in told:
            told.add(div)
            for mark in _marks(div.values.get("to", "")):
                yield section.at(
                    passage.span(0, 0), f"“{mark[0]}” was left where the recommendation says who should act.", quote=mark[0],
                    ask="A recommendation does not yet say who should act. Who is it?",
                )  # fmt: skip
        for mark in _marks(passage.text):
            said = mark[0] if len(mark[0]) <= _SHOWN else f"{mark[0][:_SHOWN].rstrip()} ..."
            yield section.hit(
                passage, mark.start(), mark.end(), f"“{said}” was left in the text.", ask=f"It still says “{said}”. What belongs there?",
            )  # fmt: skip


def _marks(text: str) -> Iterator[re.Match[str]]:
    """The marks in a text; one in small letters is a word of some language."""
    return (found for found in _MARK.finditer(text) if not _SMALL.fullmatch(found[0]))


RULE = Rule(
    CODE, Scope.SECTION, look, final=True,
    bad=Example("Councils spend a great deal on care [citation needed]. TODO: ask the treasurer."),
    good=Example("Councils spend a great deal on care [@alpha2020]."),
)  # fmt: skip
