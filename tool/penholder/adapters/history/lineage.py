"""The versions a file went through on the way from one commit to another, merges and renames followed.

Three questions to Git serve all files of a redline, however many commits lie between: which commits touched the
papers, how each differs from each of its parents, and (when asked) what the versions say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from penholder.adapters.history.ask import ask, names, need
from penholder.adapters.history.revisions import is_shallow, moment, printed, too_shallow
from penholder.adapters.history.snapshot import entries
from penholder.errors import UnusableError

_PAPERS = "papers"


class Step(NamedTuple):
    """A commit on the way: its hash, its parents on the way, who wrote it, and when (ISO 8601 in UTC)."""

    hash: str
    parents: tuple[str, ...]
    author: str
    date: str


class Node(NamedTuple):
    """A version of one file: the step that made it (None: it is older than the way), its blob, and what it was made from.

    ``blob`` is empty where the step deleted the file. ``parents`` are indexes into the versions before it.
    """

    step: Step | None
    path: str
    blob: str
    parents: tuple[int, ...]


class _Was(NamedTuple):
    """What a path of a commit was in a parent: its path and blob there, both empty where there was none."""

    path: str
    blob: str


_Place = tuple[str, str]  # a commit and a path
_Moves = dict[str, _Was]


class Lineage:
    """All that happened to the papers' files from ``old`` to ``new``; made by ``lineage``."""

    def __init__(self, steps: Sequence[Step], moves: dict[tuple[str, str], _Moves], tip: dict[str, str], start: str) -> None:
        """``tip`` are the blobs of the newer commit by path, ``start`` the older commit."""
        self._steps = {step.hash: step for step in steps}
        self._moves = moves
        self._tip = tip
        self._last = steps[-1].hash if steps else start

    def versions(self, path: str) -> list[Node]:
        """The versions of the file that is ``path`` at the newer commit, or was until it was deleted, the oldest first.

        Those that are older than the way come first; the last is the newer commit's. There is always one.
        """
        found, outside = self._backwards(path)
        nodes: list[Node] = []
        at: dict[_Place, int] = {}
        for place, blob in outside.items():
            at[place] = len(nodes)
            nodes.append(Node(None, place[1], blob, ()))
        for place, (blob, parents, passed_on) in reversed(found.items()):
            if passed_on:
                at[place] = at[parents[0]]
                continue
            at[place] = len(nodes)
            nodes.append(Node(self._steps[place[0]], place[1], blob, tuple(dict.fromkeys(at[p] for p in parents))))
        last = at[(self._last, path)]
        return nodes if last == len(nodes) - 1 else [*nodes, nodes[last]]

    def _backwards(self, path: str) -> tuple[dict[_Place, tuple[str, list[_Place], bool]], dict[_Place, str]]:
        """From the newest commit down: each version with what it came from, and the versions older than the way.

        A version that is a parent's, unchanged, is passed on to it (``True``), as ``git blame`` does.
        """
        found: dict[_Place, tuple[str, list[_Place], bool]] = {}
        wanted: dict[str, _Moves] = {self._last: {path: _Was(path, self._tip.get(path, ""))}}
        for step in reversed(self._steps.values()):
            for name, was in wanted.pop(step.hash, {}).items():
                before = [self._before(step.hash, parent, was) for parent in step.parents]
                same = next((i for i, b in enumerate(before) if b == was), None)
                kept = [(step.parents[same], before[same])] if same is not None else list(zip(step.parents, before, strict=True))
                kept = [(parent, b) for parent, b in kept if b.path]
                found[(step.hash, name)] = was.blob, [(parent, b.path) for parent, b in kept], same is not None
                for parent, b in kept:
                    wanted.setdefault(parent, {})[b.path] = b
        return found, {(commit, name): was.blob for commit, there in wanted.items() for name, was in there.items()}

    def _before(self, commit: str, parent: str, now: _Was) -> _Was:
        return self._moves[(commit, parent)].get(now.path, now)


def lineage(root: Path, old: str, new: str) -> Lineage:
    """All that happened to the files of ``papers/`` in the commits of ``new`` that ``old`` has not (full hashes).

    Where ``old`` is no ancestor of ``new``, the way begins where the two parted. Raises ``UnusableError`` where a
    shallow clone does not hold the way.
    """
    if is_shallow(root) and ask(root, "merge-base", old, new).failed:
        raise too_shallow("it does not hold what lies between the two revisions")
    steps = list(_steps(root, old, new))
    edges = [(step.hash, parent) for step in steps for parent in step.parents]
    moves = dict(zip(edges, _moves(root, edges), strict=True))
    tip = {entry.path: entry.blob for entry in entries(root, new, (_PAPERS,))}
    return Lineage(steps, moves, tip, old)


def _steps(root: Path, old: str, new: str) -> Iterator[Step]:
    """The commits that touched the papers, parents before children, their parents those that touched them, too."""
    form = "--format=%H %P%n%at%n%aN"
    said = need(root, "log", "--topo-order", "--reverse", "--parents", "--no-show-signature", "--encoding=UTF-8", form, f"^{old}", new, "--", _PAPERS)
    lines = said.decode("utf-8", "replace").split("\n")
    for commits, written, author in zip(lines[0::3], lines[1::3], lines[2::3], strict=False):
        commit, *parents = commits.split()
        yield Step(commit, tuple(parents), printed(author) or "Unknown", moment(written))


def _moves(root: Path, edges: Sequence[tuple[str, str]]) -> Iterator[_Moves]:
    """For each commit and parent, what the paths that differ were before."""
    given = "".join(f"{commit} {parent}\n" for commit, parent in edges).encode()
    options = ("--stdin", "--always", "-r", "-M", "-l2000", "--raw", "--no-abbrev", "--no-ext-diff", "-z", "--relative")
    said = names(need(root, "diff-tree", *options, "--", _PAPERS, given=given)) if edges else []
    heads = iter(edges)
    moves: _Moves | None = None
    fields = iter(said)
    for field in fields:
        if field.startswith(b":"):
            assert moves is not None
            _note(moves, field, fields)
            continue
        if moves is not None:
            yield moves
        if next(heads, ("", ""))[0] != field.decode("ascii", "replace"):
            raise UnusableError("Git's account of this history cannot be followed", "Please report it with `git --version`.")
        moves = {}
    if moves is not None:
        yield moves


def _note(moves: _Moves, about: bytes, fields: Iterator[bytes]) -> None:
    """Note one difference: ``:<mode> <mode> <blob> <blob> <kind>``, then its path, of a rename both."""
    blob, kind = about.split()[2].decode(), about.split()[4][:1]
    path = os.fsdecode(next(fields))
    if kind == b"R":
        moves[os.fsdecode(next(fields))] = _Was(path, blob)
    elif kind == b"A":
        moves[path] = _Was("", "")
        return
    moves.setdefault(path, _Was(path, blob))
