"""PLAI001: a sentence that is too long."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.prose import HOLE
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._plain import GOVUK
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI001", Severity.WARNING, "A long sentence",
    "By the end of it, readers have lost its beginning.",
    "Split it, or turn what it counts up into a list. `sentence_words` sets how long a sentence may be (30 unless set).",
    GOVUK,
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Words are counted without citations and quotations; each item of a list stands by itself."""
    most = section.paper.settings.sentence_words
    for passage in section.prose:
        if passage.text.count(" ") < most:
            continue
        for sentence in passage.sentences:
            if sentence.text.count(" ") < most:
                continue
            words = _words(passage.plain[sentence.start : sentence.end])
            if words > most:
                yield section.hit(
                    passage, sentence.start, sentence.end, f"This sentence has {words} words, {words - most} more than {most}.",
                    ask=f"This sentence has {words} words. Could you split it?",
                )  # fmt: skip


def _words(text: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in text.replace(HOLE, " ").split())


_LONG = "Councils buy care for people in every part of the country, and they buy it from charities, from firms and from each other, under rules that nobody wrote for care and that few of those who work with them would choose again."
RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",),
    bad=Example(_LONG),
    good=Example("Councils buy care in every part of the country. They buy it from charities, from firms and from each other."),
)  # fmt: skip
