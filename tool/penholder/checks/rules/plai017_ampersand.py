"""PLAI017: an ampersand between words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI017", Severity.NOTE, "An ampersand for “and”",
    "It is harder to skim than the word, and some readers do not know it.",
    "Write “and”. The names of companies and departments keep theirs.",
    GOVUK,
)  # fmt: skip

_BETWEEN = re.compile(r"[a-z)],? & (?=[a-z])(?!co\b|sons\b|company\b)|\b[A-Z][a-z]+ & (?!co\b|sons\b|company\b)[a-z]|\b[a-z]+ & [A-Z][a-z]")


def look(section: SectionView) -> Iterator[Hit]:
    """Between two words of which one, at least, is no name."""
    for passage, found in swept(section, _BETWEEN, "&"):
        at = passage.plain.index("&", found.start())
        yield section.hit(
            passage, at, at + 1, "“&” stands for “and”.",
            ask="May we write “and” in place of “&”?", mend="and",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Councils buy health & care."),
    good=Example("Councils buy from Marks & Spencer, and pay for research and development (R&D)."),
)  # fmt: skip
