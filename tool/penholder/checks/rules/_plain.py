"""What the rules of plain language share: the source of the house style, months, and a sweep over prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters.dates import MONTHS
from penholder.checks.prose import Passage
from penholder.checks.rule import Hit
from penholder.checks.views import SectionView

GOVUK = "https://guidance.publishing.service.gov.uk/writing-to-gov-uk-standards/style-guides/a-to-z-style-guide/"

MONTH = "|".join(MONTHS)
DIGITS = tuple("0123456789")
GAP = "[ \u00a0\u202f]"  # pandoc binds an abbreviation to the next word
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {w: n for n, w in enumerate((*ONES, *_TEENS), 1)} | {w: 10 * n for n, w in enumerate(_TENS, 2)} | {"a hundred": 100}
_BEHIND = re.compile(r"[\s”’)\]]*(?:$|[A-Z“‘(])")


def swept(section: SectionView, pattern: re.Pattern[str], *signs: str) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where a pattern is found in the prose, quotations left out; only passages that hold one of ``signs`` are searched."""
    for passage in section.prose:
        if not signs or any(sign in passage.text for sign in signs):
            for found in pattern.finditer(passage.plain):
                yield passage, found


def ends_sentence(text: str, end: int) -> bool:
    """Whether a sentence can end at ``end``: nothing follows, or a capital."""
    return _BEHIND.match(text, end) is not None


def starts_sentence(passage: Passage, at: int) -> bool:
    """Whether a sentence, or what follows a colon, begins at ``at``."""
    before = passage.text[:at].rstrip("“‘\"'( \u00a0\ufffc*")
    return not before or before[-1] in ".?!:" or passage.sentence_at(at).start >= at - 1


def capital_as(word: str, like: str) -> str:
    """``word`` with a capital where ``like`` has one."""
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def in_emphasis(passage: Passage, at: int) -> bool:
    """Whether a place is in italics, as titles of works are."""
    return any(m.start <= at < m.end for m in passage.marks if m.kind == "emph")


def written_so(section: SectionView, passage: Passage, start: int, end: int, mend: str) -> Hit:
    """Words that the house writes in another form: ``mend``."""
    quote = passage.text[start:end]
    return section.hit(
        passage, start, end, f"“{quote}” is written {mend}.",
        ask=f"May we write “{mend}” in place of “{quote}”?", mend=mend,
    )  # fmt: skip
