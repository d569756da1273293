"""CREF009: author and year typed by hand, of a source that is in the library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from penholder.checks.library_sources import folded
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.library import Library

CODE = Code(
    "CREF009", Severity.WARNING, "A reference typed by hand",
    "It does not reach the reference list, and stays as it is when the citation style changes.",
    "Write the key of the source: [@smith2020], or @smith2020 where the author is part of the sentence.",
    "https://pandoc.org/MANUAL.html#citation-syntax",
)  # fmt: skip

_NAME = r"[^\W\d_a-z][\w’'-]*"
_PEOPLE = rf"(?P<name>{_NAME}(?: (?:{_NAME}|of|and|for|the|on)){{0,7}}?)(?P<more> et al\.?,?| (?:and|&) {_NAME}|(?:, {_NAME}){{1,6}},? (?:and|&) {_NAME})?"
_BOTH = re.compile(rf"(?<=[(;] )?(?<![\w’'-]){_PEOPLE}(?:,? ?\(|,? )(?P<year>(?:19|20)\d\d)[a-z]?(?:, pp?\.? ?[\d–-]+)?\)")
_BEFORE = 160  # letters in front of a year in which its names stand
_MAYBE = re.compile(r"(?:19|20)\d\d[a-z]?(?:, pp?\.? ?[\d–-]+)?\)")
Known = dict[tuple[str, str], list[str]]
_INDEX: WeakKeyDictionary[PaperView, Known] = WeakKeyDictionary()


def look(paper: PaperView) -> Iterator[Hit]:
    """``(Smith, 2020)``, ``Smith (2020)``, ``Smith et al. (2020)``, only where the library has that author and year."""
    for section, passage in paper.passages:
        if not passage.is_prose or not _MAYBE.search(passage.text):
            continue
        known = _index(paper)
        for year in _MAYBE.finditer(passage.plain):
            keys, start = _named(known, passage.plain, year)
            if keys and not _cited_here(paper, passage, start, keys):
                quote = passage.plain[start : year.end()].removesuffix(")")
                quote += ")" if "(" in quote else ""
                yield section.hit(
                    passage, start, year.end(), f"“{quote}” is typed by hand; it is {_or([f'`@{k}`' for k in keys])} in the library.",
                    ask=f"“{quote}” is a reference typed by hand. Is it {_or([_title(paper.library, k) for k in keys])}?",
                )  # fmt: skip


def _index(paper: PaperView) -> Known:
    """Keys by first author (family name, or the whole name of a body) and year."""
    if paper not in _INDEX:
        table: Known = {}
        for file in paper.library.files:
            for key, row in zip(file.keys, file.words(), strict=True):
                if row[1] and row[3]:
                    table.setdefault((folded(_family(row[1])), row[3]), []).append(key)
        _INDEX[paper] = table
    return _INDEX[paper]


def _family(authors: str) -> str:
    first = re.split(r"\s+and\s+(?=[A-Z{])", authors, maxsplit=1)[0] if "," in authors.split(" and ", 1)[0] else authors
    if "," in first:
        return first.split(",", 1)[0]
    return first


def _named(known: Known, text: str, year: re.Match[str]) -> tuple[list[str], int]:
    """The keys of the sources whose author and year end with ``year``, and where the name begins."""
    low = max(0, year.start() - _BEFORE)
    for found in _BOTH.finditer(text, low, year.end()):
        if found.end() == year.end():
            return _key(known, found)
    return [], 0


def _key(known: Known, found: re.Match[str]) -> tuple[list[str], int]:
    """The keys of the longest name that ends where the match's does, and where that name begins."""
    name, year = found["name"], found["year"]
    words = name.split(" ")
    for n in range(len(words)):
        keys = known.get((folded(" ".join(words[n:])), year))
        if keys:
            return keys, found.start() + len(" ".join(words[:n])) + (1 if n else 0)
    return [], found.start()


def _cited_here(paper: PaperView, passage: Passage, start: int, keys: list[str]) -> bool:
    """Whether such a source is cited in the same sentence: the words are then the author's own way of naming it."""
    sentence = passage.sentence_at(start)
    return any(
        paper.library.resolve(k) in keys for c in passage.cited_in(sentence.start, sentence.end) for k in c.keys
    )  # fmt: skip


def _or(names: list[str]) -> str:
    """At most three of them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:3][:-1])} or {names[:3][-1]}"


def _title(library: Library, key: str) -> str:
    title = library.entry(key).title
    return f"“{title[:90]}”" if title else "the one in our library"


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils buy for good (Alpha, 2020)."),
    good=Example("Councils buy for good [@alpha2020]. The survey (Nobody, 1999) is not in the library."),
)  # fmt: skip
