"""Find entries by words, and keys that resemble a mistyped one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from penholder.adapters import sequences
from penholder.source import Span

_PASTED = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")
_WORD = re.compile(r"[^\W_]+")
_EXACT, _PREFIX, _INSIDE, _FUZZY = 4.0, 3.0, 2.0, 1.0
_WEIGHT = {"key": 1.6, "author": 1.4, "year": 1.2, "title": 1.0}


class Entry(NamedTuple):
    """A library entry as a list of results shows it."""

    key: str
    type: str
    author: str
    title: str
    year: str
    doi: str
    isbn: str
    url: str
    place: Span


def pasted(key: str) -> str:
    """The key as pandoc's Markdown cites it: ``@key``, or ``@{key}`` where it holds unusual characters."""
    return f"@{key}" if _PASTED.fullmatch(key) else f"@{{{key}}}"


def bare(given: str) -> str:
    """The key in what a person pasted: ``@key``, ``[@key]`` and ``@{key}`` mean ``key``."""
    key = given.strip().removeprefix("[").removesuffix("]").removeprefix("@")
    return key[1:-1] if key.startswith("{") and key.endswith("}") else key


def folded(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def rank(query: str, entries: Iterable[Sequence[str]]) -> list[int]:
    """The numbers of the matching entries, best first. An entry is (key, author, title, year).

    Every word of the query must be in an entry: whole, as a beginning, inside a
    word, or (only where nothing in the library holds it so) nearly.
    """
    table = [[set(_WORD.findall(folded(part))) for part in entry] for entry in entries]
    scores = [0.0] * len(table)
    alive = set(range(len(table)))
    for word in _WORD.findall(folded(query)):
        near = _matching(word, table)
        alive &= near.keys()
        for n in alive:
            scores[n] += near[n]
    return sorted(alive, key=lambda n: (-scores[n], n)) if query.strip() else []


def _matching(word: str, table: list[list[set[str]]]) -> dict[int, float]:
    vocabulary: dict[str, float] = {}
    for parts in table:
        for part in parts:
            for known in part:
                if known not in vocabulary:
                    vocabulary[known] = _likeness(word, known)
    good = {known: score for known, score in vocabulary.items() if score}
    if not good and len(word) > 3:
        good = dict.fromkeys(_close(word, list(vocabulary)), _FUZZY)
    found: dict[int, float] = {}
    for n, parts in enumerate(table):
        for weight, part in zip(_WEIGHT.values(), parts, strict=True):
            for known in part & good.keys():
                found[n] = max(found.get(n, 0.0), weight * good[known])
    return found


def _likeness(word: str, known: str) -> float:
    if word == known:
        return _EXACT
    if known.startswith(word):
        return _PREFIX
    return _INSIDE if len(word) > 2 and word in known else 0.0


def _close(word: str, vocabulary: list[str]) -> list[str]:
    return sequences.within(word, vocabulary, 1 if len(word) < 6 else 2, 8)


def nearest(key: str, keys: Sequence[str], n: int) -> list[str]:
    """The ``n`` keys that ``key`` may have been meant for, nearest first; none that is far off."""
    return sequences.likest(key, keys, n, least=0.78, folded=lambda k: folded(str(k)))
