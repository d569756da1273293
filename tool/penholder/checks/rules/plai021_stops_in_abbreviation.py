"""PLAI021: full stops in an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, swept
from penholder.checks.rules._words import known_acronyms
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI021", Severity.NOTE, "Full stops in an abbreviation",
    "They end no sentence, and make a known name look like another.",
    "Write UK, EU, NHS.",
    GOVUK,
)  # fmt: skip

_DOTTED = re.compile(r"[A-Z](?<![\w.].)\.(?:[A-Z]\.)+(?!\w)")
_END = re.compile(r"[\s”’)\]]*$")
_GOES_ON = re.compile(r"[ \u00a0]*[a-z,;:)’]")


def look(section: SectionView) -> Iterator[Hit]:
    """Of well-known abbreviations; initials of people look alike. No mend where the sentence may end there."""
    for passage, found in swept(section, _DOTTED):
        plain = found[0].replace(".", "")
        if plain not in known_acronyms():
            continue
        mend = None
        if _END.match(passage.text, found.end()):
            mend = plain + "."
        elif _GOES_ON.match(passage.text, found.end()):
            mend = plain
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[0]}” is written {plain}.",
            ask=f"May we write {plain} in place of “{found[0]}”?", mend=mend,
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Councils in the U.K. buy care."),
    good=Example("Councils in the UK buy care, says A.B. Smith."),
)  # fmt: skip
