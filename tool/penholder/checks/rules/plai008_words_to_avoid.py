"""PLAI008: words that say less than they seem to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, capital_as, in_emphasis, starts_sentence
from penholder.checks.rules._words import Avoided, avoided
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI008", Severity.NOTE, "A word to avoid",
    "Vague words and dead metaphors hide who does what; some readers take them literally.",
    "Say what is done. A word that is needed here goes into `allow_words`.",
    GOVUK,
)  # fmt: skip

_WORD = re.compile(r"[a-z]+")
_NEAR = 60  # characters on either side in which its plain sense shows


def look(section: SectionView) -> Iterator[Hit]:
    """The list of the GOV.UK style guide, in the senses it warns of, less what the workspace allows."""
    words = avoided()
    allowed = section.paper.settings.allow_words
    for passage in section.prose:
        there = words.keys() & set(_WORD.findall(passage.text.lower()))
        for each in sorted({row for first in there for row in words[first]}, key=lambda row: row.word):
            if each.word not in allowed:
                yield from _found(section, passage, each, allowed)


def _found(section: SectionView, passage: Passage, each: Avoided, allowed: frozenset[str]) -> Iterator[Hit]:
    for found in each.pattern.finditer(passage.plain):
        start, end = found.start(), found.start() + len(found[0].rstrip())
        quote = passage.text[start:end]
        if quote.casefold() in allowed or not _meant(passage, each, start, end):
            continue
        yield section.hit(
            passage, start, end, f"“{quote}” can be said more plainly: {each.say}.",
            ask=f"Could you say it more plainly than “{quote}”? Perhaps {each.say}.",
            mend=capital_as(each.mend, quote) if each.mend else None,
        )  # fmt: skip


def _meant(passage: Passage, each: Avoided, start: int, end: int) -> bool:
    """Whether the word stands in the sense to avoid, and is no part of a name or a title."""
    if passage.text[start].isupper() and not starts_sentence(passage, start):
        return False
    near = passage.text[max(0, start - _NEAR) : end + _NEAR]
    return not each.meant_plainly(near) and not in_emphasis(passage, start)


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("Councils utilise robust contracts in order to tackle poverty. This is a key issue."),
    good=Example("Councils use reliable contracts to reduce poverty. The key performance indicators follow the agenda of the meeting."),
)  # fmt: skip
