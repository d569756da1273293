"""STRU004: marks that authors leave for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU004", Severity.WARNING, "A mark left for later",
    "Readers take it for carelessness, and the question behind it was never answered.",
    "Answer the question and take the mark out.",
)  # fmt: skip

_MARK = re.compile(
    r"\b(?:TODO|FIXME|TBC|TBD|TK|XXX+)\b|\?\?+|\[(?:citation needed|source needed|ref(?:erence)?s?(?: needed)?|check|insert [^\]]*)\]|\blorem(?: ipsum)?\b",
    re.I,
)
_SMALL = re.compile(r"todo|tk|tbc|tbd|fixme|xxx+")


def look(section: SectionView) -> Iterator[Hit]:
    """TODO, TBC, ``??``, ``[citation needed]`` and lorem ipsum, in every kind of passage, the title and what pictures are said to show."""
    title = section.front.title
    for where, text in [(section.front_span("title"), title), *((s.span, s.described) for s in section.shown if s.described != s.caption)]:
        for found in _MARK.finditer(text):
            if not _SMALL.fullmatch(found[0]):
                yield section.at(where, f"“{found[0]}” was left in “{text[:60]}”.", ask=f"“{text[:60]}” still says “{found[0]}”. What belongs there?", quote=found[0])
    for passage in section.passages:
        for found in _MARK.finditer(passage.text):
            if _SMALL.fullmatch(found[0]):
                continue  # small letters: a word of some language
            yield section.hit(
                passage, found.start(), found.end(), f"“{found[0]}” was left in the text.",
                ask=f"It still says “{found[0]}”. What belongs there?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, final=True,
    bad=Example("Councils spend a great deal on care [citation needed]. TODO: ask the treasurer."),
    good=Example("Councils spend a great deal on care [@alpha2020]."),
)  # fmt: skip
