"""Which of two rows of things are the same thing, changed or not: in order, so that all else came or went."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.sequences import matching

_COMMON = 24  # things that share a word, above which the word tells nothing of which is which
_CANDIDATES = 4  # things that are looked at closely for each
_LIKELY = 0.4  # of the words, from which two texts are taken for versions of one


class Thing(NamedTuple):
    """Something to be paired: what kind it is (only alike kinds pair), its words, its name if it has one (an id)."""

    kind: str
    words: tuple[str, ...]
    name: str = ""

    @property
    def key(self) -> str:
        """What two things that are the same have in common."""
        return "\0".join((self.kind, *self.words))


Pair = tuple[int | None, int | None]


def pairs(old: Sequence[Thing], new: Sequence[Thing], likely: float = _LIKELY) -> list[Pair]:
    """The things of both in one row: pairs of indexes, ``None`` where the other side has none.

    What is the same comes first, then what has the same name or many words in common;
    between two pairs, what went stands before what came.
    """
    out: list[Pair] = []
    i = j = 0
    for start, at, size in [*matching([t.key for t in old], [t.key for t in new]), (len(old), len(new), 0)]:
        out += _gap(old, new, range(i, start), range(j, at), likely)
        out += [(start + n, at + n) for n in range(size)]
        i, j = start + size, at + size
    return out


def _gap(old: Sequence[Thing], new: Sequence[Thing], gone: range, come: range, likely: float) -> Iterator[Pair]:
    """Pair what lies between two things that are the same."""
    i, j = gone.start, come.start
    found = _heaviest(_candidates(old, new, gone, come, likely)) if gone and come else []
    for a, b in [*found, (gone.stop, come.stop)]:
        yield from ((n, None) for n in range(i, a))
        yield from ((None, n) for n in range(j, b))
        if a < gone.stop and b < come.stop:
            yield a, b
        i, j = a + 1, b + 1


def _candidates(old: Sequence[Thing], new: Sequence[Thing], gone: range, come: range, likely: float) -> list[tuple[int, int, float]]:
    """Pairs that may be versions of one thing, with how much they have in common (in words)."""
    named = {(new[j].kind, new[j].name): j for j in come if new[j].name}
    where: dict[str, list[int]] = defaultdict(list)
    counts = {j: Counter(new[j].words) for j in come}
    for j in come:
        for word in counts[j]:
            where[word].append(j)
    out = []
    for i in gone:
        words = Counter(old[i].words)
        near = Counter(j for word in words for j in _few(where.get(word, ())) if new[j].kind == old[i].kind)
        likeliest = {j for j, _ in near.most_common(_CANDIDATES)}
        if (same := named.get((old[i].kind, old[i].name))) is not None:
            likeliest.add(same)
        for j in sorted(likeliest):
            shared = (words & counts[j]).total()
            whole = (words.total() + counts[j].total()) / 2 or 1
            if shared >= likely * whole or j == same:
                out.append((i, j, shared + 1.0))
    return out


def _few(places: Sequence[int]) -> Sequence[int]:
    return places if len(places) <= _COMMON else ()


def _heaviest(candidates: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of candidate pairs those that rise on both sides and weigh most together."""
    best: list[tuple[float, int, int, int | None]] = []  # weight so far, i, j, index of the one before
    tree = _Rising(max((j for _, j, _ in candidates), default=0) + 1)
    for i, j, weight in sorted(candidates, key=lambda c: (c[0], -c[1])):
        before = tree.best_below(j)
        so_far = weight + (best[before][0] if before is not None else 0.0)
        best.append((so_far, i, j, before))
        tree.enter(j, len(best) - 1, so_far)
    at = max(range(len(best)), key=lambda n: best[n][0], default=None)
    out: list[tuple[int, int]] = []
    while at is not None:
        _, i, j, at = best[at]
        out.append((i, j))
    return out[::-1]


class _Rising:
    """The best of what was entered below a place (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int] | None] = [None] * (size + 1)

    def enter(self, place: int, index: int, weight: float) -> None:
        at = place + 1
        while at < len(self._best):
            held = self._best[at]
            if held is None or weight > held[0]:
                self._best[at] = (weight, index)
            at += at & -at

    def best_below(self, place: int) -> int | None:
        at, found = place, None
        while at > 0:
            held = self._best[at]
            if held is not None and (found is None or held[0] > found[0]):
                found = held
            at -= at & -at
        return None if found is None else found[1]
