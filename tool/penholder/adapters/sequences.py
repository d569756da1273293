"""What two sequences of words have in common, and how near single words are: RapidFuzz behind one seam."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_MOST = 400_000_000  # cells of one comparison, a bit each: 50 MB
_FIRST = 64


class Block(NamedTuple):
    """``size`` items from ``a`` on in the one sequence that are those from ``b`` on in the other."""

    a: int
    b: int
    size: int


def matching(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The items that two sequences have in common, in the order of both: the longest such selection, in blocks.

    Blocks are ascending and never touch in both sequences at once. Sequences too long to compare whole are cut
    at items that each of them has once; what is found is then still in common, and may not be the longest.
    """
    head = _prefix(a, b)
    tail = _prefix(a[head:][::-1], b[head:][::-1])
    found = [Block(0, 0, head)] if head else []
    found += _between(a, b, (head, len(a) - tail), (head, len(b) - tail))
    if tail:
        found.append(Block(len(a) - tail, len(b) - tail, tail))
    return list(_joined(found))


def within(word: str, vocabulary: Sequence[str], edits: int, most: int) -> list[str]:
    """The words of a vocabulary that so many slips of the pen lie between, the nearest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return [w for w, _, _ in process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=most)]


def likest(word: str, vocabulary: Sequence[str], most: int, *, least: float, folded: Callable[[str], str]) -> list[str]:
    """The words of a vocabulary that are like ``word`` once folded, ``least`` (of 1) at the least, the likest first."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    scorer = JaroWinkler.similarity
    return [w for w, _, _ in process.extract(word, vocabulary, scorer=scorer, processor=folded, score_cutoff=least, limit=most)]


def alike(one: str, other: str) -> float:
    """How much two texts have in common, 0 to 100, whatever the order of their words."""
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(one, other))


def _prefix(a: Sequence[str], b: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    low, step, most = 0, _FIRST, min(len(a), len(b))
    while low < most:
        end = min(low + step, most)
        if a[low:end] == b[low:end]:
            low, step = end, step * 2
        elif step == 1 or end - low == 1:
            return low
        else:
            step = max(1, (end - low) // 2)
    return low


def _between(a: Sequence[str], b: Sequence[str], x: tuple[int, int], y: tuple[int, int]) -> Iterator[Block]:
    """The blocks of ``a[x]`` and ``b[y]``, which are cut until each piece can be compared."""
    waiting = [(x, y)]
    while waiting:
        (x0, x1), (y0, y1) = waiting.pop()
        if x0 == x1 or y0 == y1:
            continue
        if (x1 - x0) * (y1 - y0) <= _MOST:
            yield from (Block(x0 + i, y0 + j, size) for i, j, size in _longest(a[x0:x1], b[y0:y1]))
            continue
        i, j = _cut(a[x0:x1], b[y0:y1])
        waiting += [((x0 + i, x1), (y0 + j, y1)), ((x0, x0 + i), (y0, y0 + j))]


def _longest(a: Sequence[str], b: Sequence[str]) -> Iterator[Block]:
    """The blocks of the longest common selection; RapidFuzz compares hashes, so what is only alike in them is dropped."""
    from rapidfuzz.distance import LCSseq

    for block in LCSseq.opcodes(a, b).as_matching_blocks():
        start, end = block.a, block.a + block.size
        shift = block.b - block.a
        for n in range(start, end):
            if a[n] != b[n + shift]:
                if n > start:
                    yield Block(start, start + shift, n - start)
                start = n + 1
        if end > start:
            yield Block(start, start + shift, end - start)


def _cut(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """Where to cut two sequences that are too long: before an item that each has once, as near the middle as can be."""
    once_a = {item for item, n in Counter(a).items() if n == 1}
    once_b = {item: j for j, item in enumerate(b) if item in once_a}
    several = {item for item, n in Counter(b).items() if n > 1}
    pairs = _ascending([(i, once_b[item]) for i, item in enumerate(a) if item in once_b and item not in several])
    best = min(pairs, key=lambda pair: max(pair[0] * pair[1], (len(a) - pair[0]) * (len(b) - pair[1])), default=(0, 0))
    return (len(a) // 2, len(b) // 2) if best == (0, 0) else best


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs that ascends on both sides; they ascend on the first."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        at[place : place + 1] = [n]
    n = at[-1] if at else -1
    found = []
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks that touch in both sequences, as one."""
    held: Block | None = None
    for block in blocks:
        if held and (held.a + held.size, held.b + held.size) == (block.a, block.b):
            held = held._replace(size=held.size + block.size)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held
