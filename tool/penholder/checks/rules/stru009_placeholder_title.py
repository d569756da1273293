"""STRU009: a heading that only holds the place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU009", Severity.WARNING, "A heading that only holds the place of one",
    "It tells the reader nothing, and it is printed in the table of contents.",
    "Say in a few words what the text under it says.",
    "https://www.w3.org/TR/WCAG22/#headings-and-labels",
)  # fmt: skip

_HOLDS = re.compile(
    r"""\W*(?:(?:sub-?)?heading(?:\s+(?:\d+|here|text|[a-c]))?|title(?:\s+(?:\d+|here))?|(?:new|next|another|my|your)\s+(?:section|heading|title|chapter)
    |(?:section|chapter|part)\s+(?:\d+|title|name|heading|[ivx]+)|untitled(?:\s+\w+)?|(?:insert|add|write)\s+(?:a\s+|the\s+|your\s+)?(?:section\s+)?(?:title|heading)(?:\s+here)?
    |section\s+\d+\s+title|lorem\s+ipsum.*|foo|bar|test|xxx+|tb[cda]|to\s+be\s+(?:confirmed|decided|written|added)|place-?holder(?:\s+\w+)?|\.{3,}|\?+)\W*""",
    re.I | re.X,
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """The title in the front matter, and every heading."""
    title = section.front.title.strip()
    ask = "The heading “{}” is a placeholder. What should it say?"
    if title and _HOLDS.fullmatch(title):
        yield section.at(section.front_span("title"), f"“{title}” is no title yet.", ask=ask.format(title), quote=title)
    for heading in section.headings:
        shown = heading.text.strip()
        if _HOLDS.fullmatch(shown):
            yield section.hit(heading, 0, len(heading.text), f"“{shown}” is no heading yet.", ask=ask.format(shown))


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), final=True,
    bad=Example("---\ntitle: Section 1\n---\n\nCare costs money."),
    good=Example("---\ntitle: What care costs\n---\n\nCare costs money."),
)  # fmt: skip
