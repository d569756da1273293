"""EVID004: a change without its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.claims import is_claim
from penholder.checks.ledgering import Stated, stated
from penholder.checks.prose import HOLE
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "EVID004", Severity.WARNING, "A change without “since when”",
    "Nearly everything has doubled since some year or other; without the year nobody can check it.",
    "Say from when to when.",
)  # fmt: skip
_CHANGED = re.compile(r"\b(?:r[oi]se[ns]?|rising|increas(?:e|es|ed|ing)|gr[eo]wn?|grows|fell|fall(?:s|en)?|declin(?:e|es|ed)|dropp(?:ed|ing)|decreas(?:e|es|ed)|doubl(?:ed|ing)|trebled|tripled|quadrupled|halved|shrank|shrunk|soared|plummeted|climbed|went up|gone up|went down)\b", re.I)
_WHEN = re.compile(
    r"\b(?:(?:19|20)\d\d|since|annually|annual|yearly|a year|per year|each year|every year|year[- ]on[- ]year|(?:last|past|previous|next|coming|recent|first|following) (?:\w+ )?(?:year|decade|month|quarter|century|week)s?|decades?|over (?:the )?\w+ years?|in \w+ (?:years|months)|ago|pandemic|war|then|now|(?:Jan|Febr)uary|March|April|June|July|August|(?:Sept|Nov|Dec)ember|October|compared|until|between|during|so far|when|after|before|earlier)\b",
    re.I,
)


def look(paper: PaperView) -> Iterator[Hit]:
    """A rise or fall by a number, in a sentence that names no time, nor does the one before it."""
    seen: set[tuple[object, int]] = set()
    for each in stated(paper):
        if each.quantity.kind not in ("percent", "points", "factor") or each.passage.kind in ("cell", "caption") or not is_claim(each):
            continue
        verb = _verb(each)
        place = (each.passage, each.sentence.start)
        if verb is None or place in seen or _WHEN.search(each.sentence.text) or _WHEN.search(_said_before(each)):
            continue
        seen.add(place)
        start = each.sentence.start + verb.start()
        said = _said(each, start, start + len(verb[0]))
        yield each.section.hit(each.passage, start, start + len(verb[0]), f"“{said}”: since when?", ask=f"You write “{said}”. Since when?")


def _said(each: Stated, start: int, end: int) -> str:
    """The verb and the figure with what stands between them: "rose by 44%"."""
    return " ".join(each.passage.text[min(start, each.quantity.start) : max(end, each.quantity.end)].replace(HOLE, " ").split())


def _verb(each: Stated) -> re.Match[str] | None:
    """The verb of change directly around the quantity."""
    at = each.quantity.start - each.sentence.start
    end = each.quantity.end - each.sentence.start
    near = [m for m in _CHANGED.finditer(each.sentence.text) if (m.start() <= at and at - m.end() <= 30) or (0 <= m.start() - end <= 16)]
    return near[-1] if near else None


def _said_before(each: Stated) -> str:
    earlier = [s for s in each.passage.sentences if s.end <= each.sentence.start]
    return earlier[-1].text if earlier else ""


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",),
    bad=Example("Referrals rose by 44% [@beta2021]."),
    good=Example("Referrals rose by 44% between 2016 and 2021 [@beta2021]."),
)  # fmt: skip
