"""PLAI016: first to ninth in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GOVUK, MONTH, starts_sentence, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI016", Severity.NOTE, "A small ordinal in figures",
    "Spelled out, it reads as quickly and does not look like a note.",
    "Spell out first to ninth; write 10th, 11th and so on.",
    GOVUK,
)  # fmt: skip

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_FIGURE = re.compile(rf"(?<![\w.,/£–-])(1st|2nd|3rd|[4-9]th)(?= [a-z])(?! of (?:{MONTH})| (?:and|or|to) (?:\d|the \d))")
_MONTH_BEFORE = re.compile(rf"(?:{MONTH})[ \u00a0]$")


def look(section: SectionView) -> Iterator[Hit]:
    """Before a word in small letters: regiments and days of a month keep their figures."""
    for passage, found in swept(section, _FIGURE, *DIGITS):
        if _MONTH_BEFORE.search(passage.text[max(0, found.start() - 12) : found.start()]):
            continue
        word = _WORDS[int(found[1][0]) - 1]
        plain = word.capitalize() if starts_sentence(passage, found.start()) else word
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[1]}” is written {plain}.",
            ask=f"May we write “{plain}” in place of “{found[1]}”?", mend=plain,
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("The 2nd stage is the hardest."),
    good=Example("The second stage is hard, the 10th is not. The 4th Mechanized Brigade left on the 3rd of March."),
)  # fmt: skip
