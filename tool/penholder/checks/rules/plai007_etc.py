"""PLAI007: etc."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, ends_sentence, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI007", Severity.WARNING, "A list that ends in etc",
    "It asks the reader to finish the list, and nobody can check a list without an end.",
    "Name the rest, or begin the list with “such as” and stop. “And so on” is the last resort.",
    GOVUK,
)  # fmt: skip

_ETC = re.compile(r"(?<![\w.@/-])(?:etc|etcetera|et cetera)\b\.?(?![\w@/-])")


def look(section: SectionView) -> Iterator[Hit]:
    """The mend keeps the full stop of a sentence that ends with it."""
    for passage, found in swept(section, _ETC, "etc", "et cetera"):
        stop = "." if found[0].endswith(".") and ends_sentence(passage.text, found.end()) else ""
        yield section.hit(
            passage, found.start(), found.end(), f"“{found[0]}” leaves the list open.",
            ask="What else belongs in this list, or is it complete?", mend=f"and so on{stop}",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("Councils buy care, meals, transport, etc. They buy it every day."),
    good=Example("Councils buy services such as care, meals and transport."),
)  # fmt: skip
