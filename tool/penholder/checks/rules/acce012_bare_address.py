"""ACCE012: an address of the web in place of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._links import is_address, is_own, links
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE012", Severity.WARNING, "An address in place of words",
    "A screen reader spells it out, letter by letter, and nobody can see what it leads to.",
    "Write `[what it is](address)`, or enter the source in the library and cite it.",
    "https://www.gov.uk/guidance/content-design/links",
)  # fmt: skip

_TYPED = re.compile(r"(?:https?://|www\.(?=\w))[^\s\ufffc<>“”‘’\"']*[\w/]", re.I)
_LONGEST = 60


def look(section: SectionView) -> Iterator[Hit]:
    """In running text, linked or not. In a note, where sources stand, it is a note."""
    for passage in section.passages:
        if passage.kind not in ("paragraph", "item", "note") or not is_own(passage):
            continue
        for start, end in _places(passage):
            shown = passage.text[start:end]
            shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "..."
            hit = section.hit(
                passage, start, end, f"{shown} stands in the text as an address.",
                ask=f"The address {shown} stands in the text. What is it the address of?",
            )  # fmt: skip
            yield replace(hit, severity=Severity.NOTE) if passage.kind == "note" else hit


def _places(passage: Passage) -> Iterator[tuple[int, int]]:
    text = passage.text
    linked = [(mark.start, mark.end) for mark, words in links(passage) if is_address(words)]
    yield from linked
    if "://" not in text and "www." not in text:
        return
    said = [(m.start, m.end) for m in passage.marks if m.kind in ("link", "gap")]  # a gap names the picture that is missing
    for found in _TYPED.finditer(text):
        if not any(a <= found.start() < b for a, b in said):
            yield found.start(), found.end()


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("The guidelines say so: <https://www.w3.org/TR/WCAG22/>."),
    good=Example("The [guidelines of the W3C](https://www.w3.org/TR/WCAG22/) say so. So does GOV.UK."),
)  # fmt: skip
