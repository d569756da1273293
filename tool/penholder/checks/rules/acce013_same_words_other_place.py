"""ACCE013: links with the same words that lead to different places."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.prose import HOLE
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._links import is_address, is_own, links
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE013", Severity.NOTE, "Links with the same words to different places",
    "Whoever goes through the links by ear takes them for one.",
    "Say in the words of each link what is different.",
    "https://www.w3.org/TR/WCAG22/#link-purpose-link-only",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """In one section; addresses and places of the paper itself are left out."""
    first: dict[str, str] = {}
    for passage in section.passages:
        if not passage.marks or not is_own(passage):
            continue
        for mark, words in links(passage):
            if mark.value.startswith("#") or is_address(words) or HOLE in words or len(words) < 3:
                continue
            other = first.setdefault(words.casefold(), mark.value)
            if _plain(other) != _plain(mark.value):
                yield section.hit(
                    passage, mark.start, mark.end, f"Another link “{words}” leads to {_cut(other)}.",
                    ask=f"Two links are called “{words}” and lead to different pages. What sets this one apart?",
                )  # fmt: skip


def _cut(target: str, most: int = 100) -> str:
    return target if len(target) <= most else f"{target[:most]}..."


def _plain(target: str) -> str:
    return target.split("://", 1)[-1].removeprefix("www.").rstrip("/").casefold()


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("See the [report](https://example.org/2020) and the [report](https://example.org/2021)."),
    good=Example("See the [report of 2020](https://example.org/2020) and the [report of 2021](https://example.org/2021)."),
)  # fmt: skip
