"""Word by word along a file's history: which step put a word in, and which took it out.

Git blames lines, and whoever reflows a paragraph would have written all of it. Here each version is compared with the
versions it was made from, token by token, so that a word stays its author's wherever the lines are broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from penholder.adapters.history import Node, Step
from penholder.adapters.sequences import matching
from penholder.features.redline.words import tokens_of
from penholder.stages.texts import FRONT

_UNKNOWN = -1  # older than the way, and not in the older version
Origin = int  # an index into the older version's tokens, _UNKNOWN, or a step as _of_step has it


class Traced(NamedTuple):
    """For each token of the newer version the step that put it in, for each of the older the one that took it out.

    They are indexes into ``steps``, which are in order; None stands for a token that both versions have, and for one
    that no step accounts for. ``to_old`` leads from tokens of the newer version to the same ones of the older, whose
    file was ``old_path``.
    """

    old_path: str
    steps: tuple[Step, ...]
    inserted: tuple[int | None, ...]
    deleted: tuple[int | None, ...]
    to_old: Mapping[int, int]

    @property
    def to_new(self) -> dict[int, int]:
        """The way back."""
        return {old: new for new, old in self.to_old.items()}


class _State(NamedTuple):
    """A version's tokens, where each comes from, and which step took out a token of the older version."""

    tokens: list[str]
    origins: list[Origin]
    gone: dict[int, int]


def trace(nodes: Sequence[Node], texts: Iterable[bytes], old: Mapping[str, Sequence[str]], new: Sequence[str], last: Step) -> Traced:
    """Follow a file from its older version to its newer.

    ``texts`` are the bytes of ``nodes``, those without a blob left out; ``old`` the tokens of the files of the older
    version by path, ``new`` those of the newer version; ``last`` the step that made whatever ``nodes`` do not tell of.
    """
    path = origin_of(nodes) or nodes[-1].path
    before = list(old.get(path, ()))
    walk = _Walk(before, nodes)
    content, read = iter(texts), _Reader()
    for index, node in enumerate(nodes):
        walk.take(index, node, read.tokens(next(content)) if node.blob else [])
    state = walk.end(list(new), last)
    inserted = tuple(_of_step(origin) if origin < _UNKNOWN else None for origin in state.origins)
    deleted = tuple(state.gone.get(n) for n in range(len(before)))
    return Traced(path, tuple(walk.steps), inserted, deleted, {n: origin for n, origin in enumerate(state.origins) if origin >= 0})


def origin_of(nodes: Sequence[Node]) -> str:
    """The path at which a file begins its way; empty for one that was made on the way."""
    return next((node.path for node in nodes if node.step is None and node.blob), "")


def _of_step(number: int) -> int:
    """From a step's index to an origin, and back."""
    return -2 - number


class _Reader:
    """The tokens of versions of one file, each line that several have read once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def tokens(self, data: bytes) -> list[str]:
        """The tokens of a section's file, its front matter left out."""
        text = data.decode("utf-8-sig", "replace")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        front = FRONT.match(text)
        tokens: list[str] = []
        for line in text[front.end() if front else 0 :].split("\n"):
            if line not in self._lines:
                self._lines[line] = tokens_of(line)
            tokens += self._lines[line]
        return tokens


class _Walk:
    """The states of all versions that are still needed."""

    def __init__(self, old: list[str], nodes: Sequence[Node]) -> None:
        self.steps: list[Step] = []
        self._old = old
        self._states: dict[int, _State] = {}
        self._needed = Counter(parent for node in nodes for parent in node.parents)
        self._needed[len(nodes) - 1] += 1
        self._last = len(nodes) - 1

    def take(self, index: int, node: Node, tokens: list[str]) -> None:
        """The next version, which comes after those it was made from."""
        if node.step is None:
            state = self._beginning(tokens)
        else:
            self.steps.append(node.step)
            state = self._after([self._release(parent) for parent in node.parents], tokens)
        if self._needed[index]:
            self._states[index] = state

    def end(self, tokens: list[str], last: Step) -> _State:
        """The state of the newer version as it was read, made by ``last`` where it is not the last one taken."""
        self.steps.append(last)
        return self._after([self._release(self._last)], tokens)

    def _release(self, index: int) -> _State:
        """A state, let go of with the last version that was made from it: a long history does not fit into memory."""
        self._needed[index] -= 1
        return self._states[index] if self._needed[index] else self._states.pop(index)

    def _beginning(self, tokens: list[str]) -> _State:
        """A version that is older than the way: as much of it as the older version has, too."""
        origins = [_UNKNOWN] * len(tokens)
        for a, b, size in matching(self._old, tokens):
            origins[b : b + size] = range(a, a + size)
        return _State(tokens, origins, {})

    def _after(self, parents: Sequence[_State], tokens: list[str]) -> _State:
        """A version that the last of ``steps`` made: what no parent has is its own."""
        number = len(self.steps) - 1
        origins = [_of_step(number)] * len(tokens)
        if len(parents) == 1:
            return _State(tokens, origins, self._one(parents[0], tokens, origins, number))
        for parent in reversed(parents):  # what several have is the first one's
            for a, b, size in matching(parent.tokens, tokens):
                origins[b : b + size] = parent.origins[a : a + size]
        return _State(tokens, origins, _gone(parents, origins, number))

    def _one(self, parent: _State, tokens: list[str], origins: list[Origin], number: int) -> dict[int, int]:
        """Fill in what comes from the only parent, and return what is gone by then."""
        gone, at = dict(parent.gone), 0
        for a, b, size in matching(parent.tokens, tokens):
            origins[b : b + size] = parent.origins[a : a + size]
            gone |= dict.fromkeys((o for o in parent.origins[at:a] if o >= 0), number)
            at = a + size
        return gone | dict.fromkeys((o for o in parent.origins[at:] if o >= 0), number)


def _gone(parents: Sequence[_State], origins: Sequence[Origin], number: int) -> dict[int, int]:
    """What a merge no longer has, each token taken out by the first branch that did; by the merge, if none did."""
    here = set(origins)
    gone: dict[int, int] = {}
    for parent in reversed(parents):
        gone |= parent.gone
    for parent in parents:
        gone |= dict.fromkeys((o for o in parent.origins if o >= 0 and o not in gone), number)
    return {o: n for o, n in gone.items() if o not in here}
