"""PLAI018: an exclamation mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._plain import in_emphasis, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI018", Severity.NOTE, "An exclamation mark",
    "It raises the voice, and the argument sounds weaker for it.",
    "End the sentence with a full stop.",
    "https://guidance.publishing.service.gov.uk/writing-to-gov-uk-standards/writing-guidelines/right-tone/",
)  # fmt: skip

_LOUD = re.compile(r"(?<=[a-z)])!+(?=\s|$|[”’)])")


def look(section: SectionView) -> Iterator[Hit]:
    """Behind a word of the author's own: not in quotations, nor in titles in italics or links."""
    for passage, found in swept(section, _LOUD, "!"):
        if not in_emphasis(passage, found.start()) and not any(m.kind == "link" and m.start < found.end() <= m.end for m in passage.marks):
            yield section.hit(
                passage, found.start(), found.end(), "An exclamation mark stands here.",
                ask="May we take the exclamation mark out, or put a full stop in its place?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk",
    bad=Example("Councils must act now!"),
    good=Example("Councils must act now. The book is called *Help!* and the chant was “Act now!”."),
)  # fmt: skip
