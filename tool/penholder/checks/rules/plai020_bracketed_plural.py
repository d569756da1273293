"""PLAI020: "(s)" for one or more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._plain import GOVUK, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI020", Severity.NOTE, "A plural in brackets",
    "It is awkward to read, and worse to hear from a screen reader.",
    "Write the plural: it covers one as well.",
    GOVUK,
)  # fmt: skip

_BOTH = re.compile(r"\b[a-z]{3,}\((?:s|es|ies)\)(?!\w)")


def look(section: SectionView) -> Iterator[Hit]:
    """“document(s)”, in words of small letters."""
    for passage, found in swept(section, _BOTH, "s)"):
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[0]}” says one and many at once.",
            ask=f"May we write the plural in place of “{found[0]}”?",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk",
    bad=Example("Each council names the service(s) it buys."),
    good=Example("Each council names the services it buys, under section 3(s) of the Act."),
)  # fmt: skip
