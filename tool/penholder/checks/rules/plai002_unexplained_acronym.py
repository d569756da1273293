"""PLAI002: an acronym that is used before it is spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._plain import GOVUK, starts_sentence
from penholder.checks.rules._words import known_acronyms, stressed
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI002", Severity.WARNING, "An acronym nobody has spelled out",
    "Readers outside the field stop here, or take it for another.",
    "Spell it out the first time: key performance indicator (KPI). One that all your readers know goes into `acronyms`.",
    GOVUK,
)  # fmt: skip

_ACRONYM = re.compile(r"(?<![\w/@.&’'#+:-])([A-Z]{2,5}|[A-Z][a-z][A-Z])s?(?![\w/&+]|[-.:]\w)")
_MAYBE = re.compile(r"[A-Z][a-z]?[A-Z]")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})$")
_LOUD = re.compile(r"[A-Z]{4,}[ ,:!-]+[A-Z]{4,}")  # words in capitals side by side
_IN_BRACKETS = re.compile(r"[(\[](?:the |or |also |hereafter |“|‘|\"|')*([A-Z][A-Za-z]{1,6}?)s?(?=[”’\"')\]\s,;\ufffc])[^()\[\]]{0,60}[)\]]")
_TOLD = re.compile(r"\b([A-Z][A-Za-z]{1,6}?)s?[”’]?(?: ?\(|, or |, short for | stands for | \(short for |, the | – |: )\W*((?:[\w’&-]+(?:, |[ /-])){1,9}[\w’-]+)")
_CALLED = re.compile(r"(?:\bor|\bas|\bcalled|,|–) (?:the )?[“‘]?([A-Z][A-Za-z]{1,6}?)s?\b")
_CITED = re.compile(r"[ \u00a0]?\ufffc")
_NAMED = re.compile(r"\b[A-Z][a-z]+ $")
_BEFORE = re.compile(r"\b([A-Z]{2,6}) $")
_BEHIND = re.compile(r" ([A-Z]{2,6})\b")
_WORD = re.compile(r"[\w’]+")
_TOWN = re.compile(r"[A-Z][\w.’-]+, $")
_STATES = frozenset(
    ["AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY", "AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK"]
)  # of the United States and Canada, behind the name of a town
# What says in front of a name that it is that of a program or a method, and what explains it behind.
_THING = re.compile(r"\b(?:software|packages?|program|tools?|toolkit|library|algorithms?|databases?|datasets?|(?:methods?|tools?|packages|programs|models|systems) (?:like|such as)) $", re.I)
_MADE = re.compile(r"\b(?:introduced?|develop(?:ed)?|released?|present(?:ed)?|proposed?|buil[dt]) $", re.I)
_EXPLAINED = re.compile(r", (?:which|an?|that|the)\b")


def look(paper: PaperView) -> Iterator[Hit]:
    """Once for each acronym. A glossary anywhere in the paper counts, as does a name in full in any earlier passage."""
    skip = known_acronyms() | stressed() | paper.settings.acronyms | _glossary(paper)
    told: set[str] = set()
    for section, passage in paper.passages:
        if not _MAYBE.search(passage.text):
            continue
        if not any(m[1] not in told and m[1] not in skip for m in _ACRONYM.finditer(passage.text)) and "(" not in passage.text:
            continue
        spelled = _spelled(passage.text)
        if not passage.is_prose or _LOUD.search(passage.text) or passage.text.isupper():
            told |= spelled.keys()
            continue
        for found in _ACRONYM.finditer(passage.plain):
            name = found[1]
            if name in told or name in skip or found[0] in skip or _ROMAN.match(name) or _beside_another(passage.plain, found, skip):
                continue
            if not RULE.reads(passage.marked_language(found.start(), found.end()) or paper.paper.language):
                continue
            told.add(name)
            if name in spelled and passage.sentence_at(spelled[name]).start <= found.start():
                continue
            if _is_name(passage, found):
                continue
            yield section.hit(
                passage, found.start(), found.end(), f"“{found[0]}” is used before it is spelled out.",
                ask=f"What does “{found[0]}” stand for?",
            )  # fmt: skip
        told |= spelled.keys()


def _is_name(passage: Passage, found: re.Match[str]) -> bool:
    """Whether it is the name of something: its source, a link or the words beside it say of what; or part of a longer name (Travis CI, Madison, WI)."""
    if _CITED.match(passage.text, found.end()):
        return True
    front = passage.text[max(0, found.start() - 32) : found.start()].replace("\u00a0", " ")
    if (found[1] in _STATES and _TOWN.search(front)) or _THING.search(front):
        return True
    if _MADE.search(front) and _EXPLAINED.match(passage.text, found.end()):
        return True
    before = _NAMED.search(passage.text, max(0, found.start() - 24), found.start())
    if before and not starts_sentence(passage, before.start()):
        return True
    return any(m.kind == "link" and m.start <= found.start() < m.end for m in passage.marks)


def _beside_another(text: str, found: re.Match[str], skip: frozenset[str]) -> bool:
    """Whether another unknown word in capitals stands beside it: then both are stressed, or part of a name."""
    near = (_BEFORE.search(text, max(0, found.start() - 8), found.start()), _BEHIND.match(text, found.end()))
    return any(each is not None and each[1] not in skip for each in near)


def _spelled(text: str) -> dict[str, int]:
    """The acronyms that a passage spells out, and where: “Full Name (FN)”, “FN (Full Name)”, “Full Name, or FN”."""
    found: dict[str, int] = {}
    for match in _IN_BRACKETS.finditer(text):
        if _begins(match[1], text[max(0, match.start() - 160) : match.start()]):
            found.setdefault(match[1], match.start(1))
    for match in _CALLED.finditer(text):
        if _initials(match[1], text[max(0, match.start() - 120) : match.start()]):
            found.setdefault(match[1], match.start(1))
    for match in _TOLD.finditer(text):
        if _initials(match[1], match[2], forward=True):
            found.setdefault(match[1], match.start(1))
    return found


def _begins(name: str, before: str) -> bool:
    """Whether a word near in front begins with the acronym's first letter: brackets need no more."""
    words = _WORD.findall(before)[-(2 * len(name) + 4) :]
    return any(word[0].casefold() == name[0].casefold() for word in words)


def _initials(name: str, words: str, *, forward: bool = False) -> bool:
    """Whether the capitals of an acronym are initials, in order, of the words beside it."""
    wanted = [c.casefold() for c in name if c.isupper()]
    near = _WORD.findall(words.replace("-", " "))
    near = near[: 2 * len(wanted) + 2] if forward else near[-(2 * len(wanted) + 2) :]
    if forward and (not near or near[0][0].casefold() != wanted[0]):
        return False
    given = iter(word[0].casefold() for word in near)
    return len(wanted) > 1 and all(letter in given for letter in wanted)


def _glossary(paper: PaperView) -> frozenset[str]:
    """Acronyms that a list of terms, or the first column of a table of them, explains."""
    found = set()
    for _, passage in paper.passages:
        if passage.kind == "term" or (passage.kind == "cell" and passage.column == 0 and not passage.header):
            name = _short(passage)
            if name:
                found.add(name)
    return frozenset(found)


def _short(passage: Passage) -> str:
    match = _ACRONYM.fullmatch(passage.text.strip())
    return match[1] if match else ""


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",),
    bad=Example("The VCSE sector gives care. VCSE bodies are small."),
    good=Example("A key performance indicator (KPI) needs a date. The UK has few. A KPI without a date is a hope."),
)  # fmt: skip
