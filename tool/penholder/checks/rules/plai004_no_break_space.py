"""PLAI004: a number that a line's end can part from its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI004", Severity.NOTE, "A number and its unit can be parted",
    "A line can end between the two, and the reader meets a bare number.",
    "Put a no-break space (U+00A0, or a backslash before the blank) between number and unit.",
    "https://www.bipm.org/en/publications/si-brochure",
)  # fmt: skip

_UNIT = (
    r"[kcmµ]?m[²³]?|km/h|mph|[kmµ]?g|m?l|ha|[kMGT]?Wh?|[kMG]?J|[kMG]?Hz|[kMGT]B|°[CF]|t?CO₂e?|tCO2e?|dB|k?V|kcal|ppm"
)  # fmt: skip
_APART = re.compile(rf"(?<![\w.,/£€$-])(\d[\d,]*(?:\.\d+)?) ({_UNIT})(?![\w/’'-])")

_BOUND = ("\u00a0", "\u202f", "\\ ", "&nbsp;", "&#160;", "{{")  # how authors write the blank, or a template does


def look(section: SectionView) -> Iterator[Hit]:
    """A number, a plain space and the symbol of a unit."""
    for passage, found in swept(section, _APART, *DIGITS):
        start, end = found.span()
        written = section.text.markdown[passage.offset(start) : passage.offset(end, end=True)]
        if not any(bound in written for bound in _BOUND):
            yield section.hit(
                passage, start, end, f"“{found[0]}” can be parted at the end of a line.",
                ask=f"May we keep “{found[0]}” together on one line?", mend=f"{found[1]}\u00a0{found[2]}",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), fix=Safety.SAFE,
    bad=Example("The depot is 5 km from the town."),
    good=Example("The depot is 5\u00a0km from the town, and 5 miles from the sea."),
)  # fmt: skip
