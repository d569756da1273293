"""PLAI005: a hyphen used as a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import MONTH, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI005", Severity.NOTE, "A hyphen used as a dash",
    "A hyphen joins what a dash keeps apart.",
    "Write a dash (–, or two hyphens), or better a comma, a colon or a full stop.",
)  # fmt: skip

_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DASH = re.compile(rf"(?<=[^\W\d_]|[,.;:)”’\ufffc%]) (-) (?=[^\W\d_]|[(“‘\ufffc£])(?!(?:{MONTH}|{_DAY})\b)")


def look(section: SectionView) -> Iterator[Hit]:
    """A hyphen between blanks and words; between numbers it may be a minus."""
    text = section.text.markdown
    for passage, found in swept(section, _DASH, " - "):
        at = passage.offset(found.start(1))
        if not text[text.rfind("\n", 0, at) + 1 : at].strip():  # an item of a list that lacks the empty line in front of it
            continue
        yield section.hit(
            passage, found.start(1), found.end(1), "A hyphen stands here as a dash.",
            ask="May we put a dash in place of the hyphen between the blanks?", mend="–",
        )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), fix=Safety.SAFE,
    bad=Example("Councils buy care - and pay for it."),
    good=Example("Councils buy day-to-day care – and pay for it. 5 - 3 = 2."),
)  # fmt: skip
