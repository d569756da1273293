"""What papers state, held against the evidence ledger."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from penholder.checks.prose import Passage, Sentence
from penholder.checks.quantities import Quantity, quantities
from penholder.checks.views import PaperView, SectionView
from penholder.model.evidence import Fact
from penholder.stages.ledger import said

_COMMON = frozenset(
    re.findall(
        r"\w+",
        "the of and in to a for by on at with from as is are was were that this it be or an than more most over had has have "
        "which who their its per not no all our we they people year years number share rate total uk england wales million "
        "billion cent some about after before between during under up down one two",
    )
)


CLAIMS = "sec-claims"  # the id of an annex that lists the paper's own figures: it states nothing itself


@dataclass(frozen=True)
class Use:
    """A place where a paper states a fact: ``explicit`` where ``fact()`` wrote it, else found by number and source."""

    fact: Fact
    section: SectionView
    passage: Passage
    start: int
    end: int
    explicit: bool


@dataclass(frozen=True)
class Stated:
    """A quantity as a paper states it: its sentence, and the keys cited for it."""

    section: SectionView
    passage: Passage
    sentence: Sentence
    quantity: Quantity
    keys: tuple[str, ...]
    fact: str = ""  # the id of the fact that a template wrote

    @property
    def words(self) -> str:
        return self.passage.text[self.quantity.start : self.quantity.end]


def stated(paper: PaperView) -> tuple[Stated, ...]:
    """Every quantity of a paper, in order; those in quotations and gaps left out."""
    if paper not in _memory:
        _memory[paper] = tuple(_stated(paper))
    return _memory[paper]


_memory: WeakKeyDictionary[PaperView, tuple[Stated, ...]] = WeakKeyDictionary()  # several rules ask
_uses: WeakKeyDictionary[PaperView, tuple[Use, ...]] = WeakKeyDictionary()
_indexes: WeakKeyDictionary[PaperView, FactIndex] = WeakKeyDictionary()


def _stated(paper: PaperView) -> Iterator[Stated]:
    for section, passage in paper.passages:
        if section.front.id == CLAIMS or passage.kind in ("heading", "term") or {"quote", "gap"} & set(passage.within):
            continue
        found = quantities(passage.plain)
        raised = [m for m in passage.marks if m.kind in ("super", "sub")] if found else []
        for quantity in found:
            if any(quantity.start < m.end and m.start <= quantity.end for m in raised):  # 10^60^, m^2^
                continue
            sentence = passage.sentence_at(quantity.start)
            keys = tuple(dict.fromkeys(paper.library.resolve(k) or k for k in _cited(passage, sentence)))
            yield Stated(section, passage, sentence, quantity, keys, written_by(section, passage, quantity))


def _cited(passage: Passage, sentence: Sentence) -> Iterator[str]:
    """The keys cited for a sentence: in it, in its footnotes, and directly behind its stop."""
    end = sentence.end
    behind = re.match(r"\s*\ufffc", passage.text[end:])
    for citation in passage.cited_in(sentence.start, end + (behind.end() if behind else 0)):
        yield from citation.keys
    if passage.parent is not None:
        for citation in passage.cites:
            yield from citation.keys


def owner_of(section: SectionView) -> str:
    """Whose section it is, by name."""
    names = {id: c.name for id, c in section.paper.paper.workspace.contributors.items()}
    owners = [section.front.owner] if section.front.owner else list(section.front.contributors)
    return ", ".join(names.get(o, o) for o in owners) or "no owner named"


def written_by(section: SectionView, passage: Passage, quantity: Quantity) -> str:
    """The id of the fact whose ``fact()`` or ``facts_table()`` wrote a quantity; ``""`` for an author's own words."""
    line_map, asked = section.text.map, section.text.facts
    offset = passage.offset(quantity.start) if asked else 0
    if not asked or not line_map.is_value(offset):
        return ""
    source, origin = line_map.locate(offset)
    place = (source.path, *source.position(origin))
    known = section.paper.ledger.facts
    here = [known[i] for i, span in asked if i in known and (span.path, span.line, span.column) == place]
    for fact in here or (known[i] for i, _ in asked if i in known):  # a value may have been set before
        if match(fact, quantity):
            return fact.id
    row = passage.row - 1 if passage.table >= 0 else 0  # a row for each fact
    return here[row].id if 0 <= row < len(here) else ""


@lru_cache(maxsize=8192)
def quantity_of(value: str, unit: str, statement: str) -> Quantity | None:
    """What a fact's value says, read as if it stood in a sentence."""
    found = quantities(said(value, unit)) or quantities(f"{said(value, unit)} people")
    if found:
        return found[0]
    try:
        number = float(value.replace(",", "").replace(" ", ""))
    except ValueError:
        return None
    return Quantity(0, len(value), "count", number, unit.lower(), step=0.0)


def value_of(fact: Fact) -> Quantity | None:
    """The quantity of a fact; ``None`` where its value is no quantity."""
    return quantity_of(fact.value, fact.unit, fact.statement)


def same(fact: Quantity, text: Quantity) -> bool:
    """Whether a text says what a fact holds, as exactly as the text says it."""
    if fact.kind != text.kind or (fact.kind == "money" and fact.unit != text.unit):
        return False
    if text.value in (fact.value, fact.low):
        return True
    coarse = text.step / 2 if text.hedge or text.step < max(abs(fact.value) * 0.05, 1e-9) else 0.0
    return abs(fact.value - text.value) <= coarse * 1.000001


def match(fact: Fact, quantity: Quantity) -> bool:
    """Whether a quantity of a text states a fact's value or one of its wordings."""
    own = value_of(fact)
    if own is not None and same(own, quantity):
        return True
    return any(same(other, quantity) for wording in fact.wordings for other in quantities(wording))


def about(fact: Fact, sentence: str) -> float:
    """How much of what a fact is about stands in a sentence, 0 to 1."""
    wanted = words_of(fact)
    return len(wanted & _content(sentence)) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in re.findall(r"[a-zà-ÿ]{3,}", text.lower()) if w not in _COMMON)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def words_of(fact: Fact) -> frozenset[str]:
    """The words that say what a fact measures."""
    return _content(f"{fact.measure} {fact.population}") or _content(fact.statement)


class FactIndex:
    """Facts by what they say: the quantities of a text meet only the facts that could be theirs."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._numbers: dict[tuple[str, str], list[tuple[float, int, Fact, Quantity]]] = defaultdict(list)
        self._words: dict[tuple[str, str], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for nth, fact in enumerate(facts):
            own = value_of(fact)
            said_too = [q for wording in fact.wordings for q in quantities(wording)]
            for quantity in [*([own] if own else []), *said_too]:
                for value in {quantity.value, quantity.low} - {None}:
                    self._numbers[_kind(quantity)].append((float(value or 0.0), nth, fact, quantity))
            if own is not None:
                for word in words_of(fact):
                    self._words[_kind(own)][word].append(fact)
        for numbers in self._numbers.values():
            numbers.sort(key=lambda entry: entry[:2])

    def saying(self, quantity: Quantity) -> list[Fact]:
        """The facts whose value, or one of whose wordings, a text's quantity states."""
        numbers = self._numbers.get(_kind(quantity), [])
        reach = quantity.step * 0.500001
        low = bisect_left(numbers, quantity.value - reach, key=lambda entry: entry[0])
        high = bisect_right(numbers, quantity.value + reach, key=lambda entry: entry[0])
        found = sorted((entry for entry in numbers[low:high] if same(entry[3], quantity)), key=lambda entry: entry[1])
        return list({entry[2].id: entry[2] for entry in found}.values())

    def concerning(self, quantity: Quantity, sentence: str, least: float) -> list[tuple[float, Fact]]:
        """The facts of the quantity's kind of whose words at least a share stands in the sentence, with that share."""
        words = self._words.get(_kind(quantity), {})
        count: Counter[str] = Counter()
        facts: dict[str, Fact] = {}
        for word in _content(sentence):
            for fact in words.get(word, ()):
                count[fact.id] += 1
                facts[fact.id] = fact
        shares = ((n / len(words_of(facts[id])), facts[id]) for id, n in count.items())
        return [(share, fact) for share, fact in shares if share >= least]


def _kind(quantity: Quantity) -> tuple[str, str]:
    return quantity.kind, quantity.unit if quantity.kind == "money" else ""


def index_of(paper: PaperView) -> FactIndex:
    """The index of a paper's ledger, made once."""
    if paper not in _indexes:
        _indexes[paper] = FactIndex(paper.ledger.facts.values())
    return _indexes[paper]


def uses(paper: PaperView) -> tuple[Use, ...]:
    """Where a paper states facts of the ledger, in order."""
    if paper not in _uses:
        _uses[paper] = tuple(_found(paper))
    return _uses[paper]


def _found(paper: PaperView) -> Iterator[Use]:
    facts = paper.ledger.facts
    if not facts:
        return
    index = index_of(paper)
    written: set[tuple[str, str]] = set()
    for each in stated(paper):
        q = each.quantity
        explicit = facts.get(each.fact)
        fact = explicit or fact_of(each, index)
        if fact is not None:
            written.add((each.section.path, fact.id))
            yield Use(fact, each.section, each.passage, q.start, q.end, explicit is not None)
    for section in paper.sections:
        if section.front.id == CLAIMS:
            continue
        for name in dict.fromkeys(i for i, _ in section.text.facts if i in facts and (section.path, i) not in written):
            yield from _in_words(section, facts[name])


def _in_words(section: SectionView, fact: Fact) -> Iterator[Use]:
    """Where a template wrote a fact in words that are no quantity: "the worst of its kind", 4.5:1."""
    for own in (said(fact.value, fact.unit), *fact.wordings):
        for passage in section.passages:
            at = passage.text.casefold().find(own.casefold())
            if at >= 0 and section.text.map.is_value(passage.offset(at)):
                yield Use(fact, section, passage, at, at + len(own), True)
                return


def fact_of(each: Stated, index: FactIndex) -> Fact | None:
    """The fact that an author states without saying so: same number, same unit, same source (the one it is most about)."""
    found = [f for f in index.saying(each.quantity) if f.source is not None and f.source.key in each.keys] if each.keys else []
    return max(found, key=lambda f: about(f, each.sentence.text), default=None)
