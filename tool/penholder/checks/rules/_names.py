"""Which capitalised words of a paper are names, learnt from its own running text and from whom it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from penholder.checks.prose import HOLE
from penholder.checks.views import PaperView

WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_SMALL = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]*[a-z](?![\w’'-])")
_CAPITAL = re.compile(r"(?<=[a-z,;)’'\d] )[A-Z][\w’'-]*\w")
_PAIR = re.compile(r"(?<![\w’'-])(?=([A-Z][\w’'-]*)(?: (?:of|for|and|the|on|in|&))* ([A-Z][\w’'-]*))")


class Names:
    """How often each word stands in small letters, and with a capital inside a sentence; which capitalised words stand together."""

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.pairs: set[tuple[str, str]] = set()
        for text in texts:
            self.small.update(_SMALL.findall(text))
            self.capital.update(_CAPITAL.findall(text))
            self.pairs.update((m[1], m[2]) for m in _PAIR.finditer(text))
        for name in names:
            self.pairs.update((m[1], m[2]) for m in _PAIR.finditer(name))

    def may_be_name(self, word: str) -> bool:
        """Whether a capitalised word is never written small in the paper: a name, or a word it does not use otherwise."""
        return not self.small[word.casefold()]

    def is_ordinary(self, word: str, before: str, after: str, *, surely: bool = False) -> bool:
        """Whether a capitalised word between two others is no part of a name; ``surely`` wants more proof."""
        if (before, word) in self.pairs or (word, after) in self.pairs:
            return False
        small, capital = self.small[word.casefold()], self.capital[word]
        return small >= 3 and capital == 0 if surely else small > 2 * capital


_KNOWN: WeakKeyDictionary[PaperView, Names] = WeakKeyDictionary()


def names_of(paper: PaperView) -> Names:
    """The names of a paper, learnt once."""
    if paper not in _KNOWN:
        texts = (p.text.replace(HOLE, ".") for _, p in paper.passages if p.kind != "heading" and not p.header)
        about = paper.paper
        people = [c.name for c in about.contributors] + [o.name for o in about.organisations] + [about.meta.addressee]
        authors = [row[1] for f in paper.library.files for key, row in zip(f.keys, f.words(), strict=True) if key in paper.cited]
        _KNOWN[paper] = Names(texts, [*people, *authors])
    return _KNOWN[paper]
