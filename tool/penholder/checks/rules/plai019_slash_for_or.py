"""PLAI019: a slash in place of "or"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, capital_as, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI019", Severity.NOTE, "A slash for “or”",
    "“And/or” leaves open which is meant, and lawyers have earned a living from it.",
    "Write “or” (which mostly includes both), or “A or B, or both”; “they” in place of “he/she”.",
    GOVUK,
)  # fmt: skip

_PLAIN = {"and/or": "or", "either/or": "either or", "he/she": "they", "she/he": "they", "s/he": "they", "his/her": "their", "her/his": "their", "him/her": "them"}
_SLASH = re.compile(rf"(?<![\w/-])(?:{'|'.join(_PLAIN)})(?![\w/-])", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """Pairs of small words; what else stands at a slash may be a name."""
    for passage, found in swept(section, _SLASH, "/"):
        plain = capital_as(_PLAIN[found[0].lower()], found[0])
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[0]}” can be read in more than one way.",
            ask=f"What is meant by “{found[0]}”: would “{plain}” do?",
            mend=plain if plain.lower() == "or" else None,
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("Councils buy care and/or transport."),
    good=Example("Councils buy care or transport, or both. The input/output table is on the map at 1/2 scale."),
)  # fmt: skip
