"""Figures that contradict each other though no two facts of the ledger do: by their sentences, and by a fact that another source contradicts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from penholder.adapters.sequences import alike
from penholder.checks.claims import is_claim
from penholder.checks.ledgering import Stated, Use, index_of, match, owner_of, stated, uses
from penholder.checks.populations import counts_others
from penholder.checks.quantities import Quantity, quantities
from penholder.checks.views import PaperView, WorkspaceView
from penholder.model.evidence import Fact

_ALIKE = 88  # of 100: how much two sentences from one source must have in common, numbers left out
_LEAST = 4  # words that two sentences from two sources must have in common; and then all of them
_KINDS = frozenset(["percent", "money", "count", "points"])
_IDLE = frozenset(
    ["the", "and", "that", "this", "are", "was", "were", "been", "has", "had", "have", "about", "around", "nearly", "almost", "over", "some", "more", "than", "now", "also", "still", "only", "just", "said", "says", "found", "per", "for"]
)
_PLACES = {"uk": ("united kingdom", "britain"), "united kingdom": ("uk", "britain"), "us": ("united states",), "gb": ("great britain",)}


def by_fact(workspace: WorkspaceView) -> Iterator[tuple[Stated, Fact, Use | None]]:
    """Figures from another source than a fact's, on its very measure, place and period, with another value; and where the fact is stated."""
    used: dict[str, Use] = {}
    for paper in workspace.papers:
        for use in uses(paper):
            used.setdefault(use.fact.id, use)
    for paper in workspace.papers:
        if not paper.ledger.facts:
            continue
        known = {(u.passage, u.start) for u in uses(paper)}
        for each in stated(paper):
            if each.keys and not each.fact and (each.passage, each.quantity.start) not in known and is_claim(each):
                fact = _contradicted(paper, each, used)
                if fact is not None:
                    yield each, fact, used.get(fact.id)


def _contradicted(paper: PaperView, each: Stated, used: dict[str, Use]) -> Fact | None:
    about = [f for share, f in index_of(paper).concerning(each.quantity, each.sentence.text, 1.0) if _same_case(f, each)]
    said = quantities(each.sentence.text)
    if not about or any(match(f, q) for f in about for q in said) or any(f.source is not None and f.source.key in each.keys for f in about):
        return None
    decided = {d.use for f in about if (d := paper.ledger.decided(f.measure))}
    return min(about, key=lambda f: (f.id not in decided, f.id not in used))


def _same_case(fact: Fact, each: Stated) -> bool:
    """Whether a sentence names the place and the period of a fact that holds, and counts the same people."""
    text = _slashed(each.sentence.text.casefold())
    if not fact.measure or fact.source is None or fact.superseded_by or fact.status == "disputed" or counts_others(fact, each):
        return False
    if not fact.period or not _stands(_slashed(fact.period.casefold()), text):
        return False
    place = fact.geography.casefold()
    return not place or any(_stands(name, text) for name in (place, *_PLACES.get(place, ())))


def _stands(words: str, text: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(words)}(?![\w/])", text) is not None


def _slashed(text: str) -> str:
    """Text with financial years in one form: 2021-22 and 2021 to 2022 are 2021/22."""
    return re.sub(r"\b((?:19|20)\d\d)(?:[–/-]| to )(?:20)?(\d\d)\b", r"\1/\2", text)


def by_words(workspace: WorkspaceView) -> Iterator[tuple[Stated, Stated]]:
    """A figure, and the earlier one that stands in nearly the same sentence with another number, in any paper."""
    one_source: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    one_sentence: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    known = {(u.passage, u.start) for paper in workspace.papers for u in uses(paper)}
    for paper in workspace.papers:
        for each in stated(paper):
            if each.quantity.kind not in _KINDS or (each.passage, each.quantity.start) in known or each.passage.kind == "cell" or not each.keys:
                continue
            groups = [one_source[(key, each.quantity.kind)] for key in each.keys]
            wording = _wording(each)
            same = one_sentence[wording]
            earlier = next((o for group in groups for o in group if _differ(o, each)), None)
            if earlier is None and len(wording[2]) >= _LEAST:
                earlier = next((o for o in same if _unequal(o, each)), None)
            if earlier is not None:
                yield each, earlier
            for group in (*groups, same):
                group.append(each)


def _differ(one: Stated, other: Stated) -> bool:
    if not _unequal(one, other) or _nth(one) != _nth(other) or _beside(one) != _beside(other):
        return False
    return alike(_bare(one.sentence.text), _bare(other.sentence.text)) >= _ALIKE


def _unequal(one: Stated, other: Stated) -> bool:
    """Whether two figures of different sentences differ by more than their rounding."""
    if one.passage is other.passage and one.sentence == other.sentence:
        return False
    a, b = one.quantity, other.quantity
    hedged = max(a.step if a.hedge else 0.0, b.step if b.hedge else 0.0)
    return a.unit == b.unit and abs(a.value - b.value) > max(hedged / 2, 1e-9)


def _wording(each: Stated) -> tuple[str, int, frozenset[str], tuple[str, ...]]:
    """What a sentence says besides its figures: equal only where two say the same of the same, of one time."""
    words = frozenset(w for w in re.findall(r"[^\W\d_]{2,}", _bare(each.sentence.text).casefold()) if w not in _IDLE)
    return each.quantity.kind, _nth(each), words, _beside(each)


def _nth(each: Stated) -> int:
    """Which of its sentence's figures it is."""
    return sum(q.start < each.quantity.start - each.sentence.start for q in quantities(each.sentence.text))


def _beside(each: Stated) -> tuple[str, ...]:
    """The numbers of a sentence that are no figures: years, ages."""
    return tuple(re.findall(r"\d+", _without(each.sentence.text, quantities(each.sentence.text))))


def _without(text: str, figures: list[Quantity]) -> str:
    for q in reversed(figures):
        text = f"{text[: q.start]} {text[q.end :]}"
    return text


def _bare(text: str) -> str:
    return re.sub(r"[\d.,%£€$\ufffc]+", " ", text)


def place_of(each: Stated, here: Stated) -> str:
    """Where a figure stands, told beside another: its section, its paper if that is another, and its owner."""
    if each.section is here.section:
        return ""
    paper = each.section.paper
    of = "" if paper is here.section.paper else f" of “{paper.paper.meta.title}”"
    return f" in “{each.section.title}”{of} ({owner_of(each.section)})"
