"""PLAI006: eg and ie."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, capital_as, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI006", Severity.WARNING, "eg or ie",
    "Screen readers read “eg” aloud as “egg”, and many readers mix the two up.",
    "Write “for example” or “such as”, and “that is” or the thing itself.",
    GOVUK,
)  # fmt: skip

_LATIN = re.compile(r"[EeIi](?<![\w.@/&-].)(?:(?<=[Ee])\.?[ \u00a0]?(g)(?:\.|\b)|(?<=[Ii])\.?[ \u00a0]?e(?:\.|\b))(?![\w@/-])(?!\.\w)")
_SPACED = re.compile(r"[a-z][ \u00a0]", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """With and without full stops, in small letters or at the beginning of a sentence."""
    for passage, found in swept(section, _LATIN):
        if _SPACED.match(found[0]):  # "e g" is no abbreviation
            continue
        plain = "for example" if found[1] else "that is"
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[0]}” is Latin for “{plain}”.",
            ask=f"May we write “{plain}” in place of “{found[0]}”?", mend=capital_as(plain, found[0]),
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Councils buy services (e.g. care). They buy for need, ie not for profit."),
    good=Example("Councils buy services (for example, care). They buy for need, that is, not for profit."),
)  # fmt: skip
