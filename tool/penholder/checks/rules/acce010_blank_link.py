"""ACCE010: a link without words."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE010", Severity.ERROR, "A link without words",
    "Nobody can see it, and a screen reader stops at it and has nothing to read.",
    "Write between the square brackets where it leads, or take the link out.",
    "https://www.w3.org/WAI/WCAG22/Techniques/failures/F89",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """A link with nothing in it, or with a picture in it that says nothing."""
    text, read = section.text.markdown, 0
    for blank in section.blanks:
        start = text.find(f"]({blank.target}", max(read, blank.behind - len(blank.target) - 4))
        if start < 0:
            low, high = blank.behind, blank.behind
        else:
            low, high = _opening(text, start), start + len(blank.target) + 2
            read = high
        shown = blank.target[:80]
        yield section.at(
            section.text.map.span(low, high), f"The link to {shown} has no words.", quote=text[low:high],
            ask=f"A link to {shown} has no words. What should they be?",
        )  # fmt: skip


def _opening(text: str, close: int) -> int:
    """The bracket that opens what the one at ``close`` closes."""
    depth = 0
    for at in range(close, max(close - 500, 0) - 1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return at
    return close


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("The guidelines say so.[](https://www.w3.org/TR/WCAG22/)"),
    good=Example("The [guidelines of the W3C](https://www.w3.org/TR/WCAG22/) say so."),
)  # fmt: skip
