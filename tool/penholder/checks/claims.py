"""Which quantities are claims that need a source, and which have one nearby."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from penholder.checks.clauses import invents, is_statement
from penholder.checks.ledgering import Stated, stated
from penholder.checks.prose import HOLE, Passage
from penholder.checks.views import PaperView, SectionView

_STUDY = r"report|study|survey|review|inquiry|evaluation|audit|trial|experiment|census|analysis|figures?|data|results?|sample|authors?|researchers?|respondents?|participants?|model|method|algorithm|system|team"
_LEANS = re.compile(
    rf"^(?:of (?:these|those|them|which)|(?:in|on|at|for|with|from|under|after|by) (?:this|that|these|those)|this|that|these|those|they|their|its|it|he|she"
    rf"|the (?:same|rest|remaining|remainder|latter|former|other|(?:\w+ )?(?:{_STUDY}))|some of the|by (?:comparison|contrast)|in (?:comparison|contrast)"
    rf"|a further|another|both|compared|first|second|third|then|next|finally|in total|overall|furthermore|moreover|similarly|likewise)\b"
    rf"|\bauthors (?!of\b)",
    re.I,
)
_TAKES_UP = re.compile(r"^(?:(?:However|Moreover|Furthermore|In addition), )?the ([\w-]{3,})(?: ([\w-]{4,}))?", re.I)
_STEPS = 4  # sentences over which a source is carried on
_MEASURES = frozenset(
    ["words", "word", "characters", "pages", "page", "copies", "minutes", "hours", "days", "weeks", "months", "years", "metres", "km", "miles", "pixels", "dpi", "bits", "bytes", "px", "grams", "mm", "cm"]
)
# A note that names its source in words: with an address, a year behind a comma or bracket, "ibid", or a number of evidence in brackets at its end.
_NAMES_SOURCE = re.compile(r"^(?:see|source|ibid|as above|op\.? ?cit)\b|https?://|[,(] ?(?:\w+ ){0,2}(?:19|20)\d\d\b|\([A-Z]+\d+\)\W*$", re.I)


def unsourced(paper: PaperView) -> tuple[Stated, ...]:
    """The claims of a paper that no source, fact or cited place nearby covers, in order; of a table the first one."""
    if paper not in _memory:
        _memory[paper] = tuple(_unsourced(paper))
    return _memory[paper]


_memory: WeakKeyDictionary[PaperView, tuple[Stated, ...]] = WeakKeyDictionary()


def _unsourced(paper: PaperView) -> Iterator[Stated]:
    all_of_them = stated(paper)
    sourced = {id for id, fact in paper.ledger.facts.items() if fact.source is not None}
    cited = {_identity(s) for s in all_of_them if s.keys or s.fact in sourced or _noted(s)}
    before = _before(paper)
    tables: set[tuple[str, int]] = set()
    for each in all_of_them:
        if each.keys or each.fact in sourced or not is_claim(each) or _identity(each) in cited:
            continue
        if each.passage.table >= 0:
            place = (each.section.path, each.passage.table)
            if place not in tables and not _table_cited(each.section, each.passage.table):
                tables.add(place)
                yield each
        elif not _covered(each, before.get(each.passage)):
            yield each


def _identity(each: Stated) -> tuple[str, float, str]:
    q = each.quantity
    return (q.kind, q.value, q.unit if q.kind == "money" else "")


def is_claim(each: Stated) -> bool:
    """Whether a quantity says how the world is: no proposal, no example, no measure of the text itself."""
    sentence, quantity = each.sentence, each.quantity
    if "recommendation" in each.passage.within or quantity.unit in _MEASURES or _is_idiom(each):
        return False
    if not is_statement(sentence.text, max(0, quantity.start - sentence.start), max(0, quantity.end - sentence.start)):
        return False
    return not any(invents(s.text) for s in each.passage.sentences if s.start < sentence.start)


# A rate that the law sets and everybody knows, and a hundred per cent as a word for "wholly".
_TAX = re.compile(r"\s?(?:VAT|value added tax)\b", re.I)
_WHOLLY = re.compile(r"[ \u00a0-](?:committed|sure|certain|clear|confident|behind|right|correct|dedicated|focused|honest|natural|organic|recycled|renewable|safe|supportive|convinced)\b", re.I)


def _is_idiom(each: Stated) -> bool:
    q, text = each.quantity, each.passage.text
    if q.kind != "percent":
        return False
    return _TAX.match(text, q.end) is not None or (q.value == 100 and _WHOLLY.match(text, q.end) is not None)


def _covered(each: Stated, before: Passage | None) -> bool:
    """Whether a citation close by plainly belongs to the sentence, too."""
    passage, sentence = each.passage, each.sentence
    sentences = passage.sentences
    at = next((i for i, s in enumerate(sentences) if s.start == sentence.start), 0)
    if any(passage.cited_in(s.start, s.end) for s in (sentences[at + 1 : at + 2] or ()) if _LEANS.match(s.text)):
        return True
    if sentences and at < len(sentences) - 1 and passage.cited_in(sentences[-1].start, len(passage.text)) and at >= len(sentences) - 3:
        return True
    if _carried_on(passage, at) or _noted(each):
        return True
    introduced = passage.kind == "item" and before is not None and before.text.rstrip(f" {HOLE}").endswith(":")
    return introduced and before is not None and bool(before.cites)


def _carried_on(passage: Passage, at: int) -> bool:
    """Whether the sentence goes on about what a source cited shortly before it says: step by step back to the citation."""
    sentences = passage.sentences
    for here in range(at, max(0, at - _STEPS), -1):
        before = sentences[here - 1]
        if not (_LEANS.search(sentences[here].text) or _takes_up(sentences[here].text, before.text)):
            return False
        if passage.cited_in(before.start, sentences[here].start):
            return True
    return False


def _takes_up(text: str, before: str) -> bool:
    """Whether a sentence is about "the" thing that the one before it has brought up."""
    found = _TAKES_UP.match(text)
    return found is not None and any(re.search(rf"\b{re.escape(word)}", before, re.I) for word in found.groups() if word)


def _noted(each: Stated) -> bool:
    """Whether a note on the sentence names a source in words."""
    place = range(each.sentence.start, each.sentence.end + 1)
    return any(n.hangs_at in place and _NAMES_SOURCE.search(n.text.strip()) for n in each.passage.notes)


def _before(paper: PaperView) -> dict[Passage, Passage]:
    """For each item of a list the paragraph that introduces the list."""
    found: dict[Passage, Passage] = {}
    for section in paper.sections:
        lead: Passage | None = None
        for passage in section.passages:
            if passage.kind == "item" and lead is not None:
                found[passage] = lead
            elif passage.kind == "paragraph":
                lead = passage
            elif passage.kind == "heading":
                lead = None
    return found


def _table_cited(section: SectionView, table: int) -> bool:
    """Whether a table, its caption, or a line of sources below it cites anything."""
    within = False
    for passage in section.passages:
        if passage.table == table:
            within = True
            if passage.cites:
                return True
        elif within:
            return bool(passage.cites) and ("table-source" in passage.within or passage.text.lower().startswith(("source", "note")))
    return False
