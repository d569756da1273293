"""EVID005: a statistic of nowhere and never."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.claims import is_claim
from penholder.checks.ledgering import Stated, stated
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID005", Severity.NOTE, "A statistic without a place or a period",
    "A figure for England read as one for the UK, or last decade's read as today's, is a wrong figure.",
    "Say which country or region, and which year.",
)  # fmt: skip
_PERIOD = re.compile(r"\b(?:1[89]|20)\d\d\b|\b(?:today|currently|last year|this year)\b", re.I)
_PLACE = re.compile(
    r"\b(?:UK|United Kingdom|England|Wales|Scotland|Northern Ireland|Britain|British|English|Welsh|Scottish|Ireland|London|Europe(?:an)?|EU|US|USA|America|world|global(?:ly)?|national(?:ly)?|countr(?:y|ies)|regions?|Whitehall|central government|public sector|[A-Z][a-z]+shire|Manchester|Birmingham|Leeds|Bristol|Liverpool|Glasgow|Cardiff|Belfast|Germany|France|Spain|Italy|China|India|Canada|Australia|Japan)\b"
)


def look(paper: PaperView) -> Iterator[Hit]:
    """Cited shares, money and counts whose paragraph names no place, or no time."""
    done: set[tuple[object, int]] = set()
    for each in stated(paper):
        place = (each.passage, each.sentence.start)
        if each.passage.kind in ("cell", "caption") or each.quantity.kind not in ("percent", "count", "money") or place in done:
            continue
        lacks = _lacks(each) if is_claim(each) else ""
        if lacks:
            done.add(place)
            yield each.section.hit(
                each.passage, each.quantity.start, each.quantity.end, f"“{each.words}” names no {lacks}.",
                ask=f"For which {lacks} does “{each.words}” hold?",
            )  # fmt: skip


def _lacks(each: Stated) -> str:
    text = f"{each.passage.text} {each.section.title}"
    return " and ".join(name for name, pattern in (("place", _PLACE), ("period", _PERIOD)) if not pattern.search(text))


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",), default=False,
    bad=Example("Some 58% of councils have a policy [@beta2021]."),
    good=Example("Some 58% of councils in England and Wales had a policy in 2024 [@beta2021]."),
)  # fmt: skip
