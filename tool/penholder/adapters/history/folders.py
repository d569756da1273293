"""Papers in history: what a paper's folder was called before, and which revisions have it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from penholder.adapters.history.ask import ask, names, need


def renamed_from(root: Path, old: str, new: str | None, slug: str) -> str:
    """The slug at ``old`` of the paper that is ``slug`` at ``new`` (full hashes; None is the working tree).

    Git's own detection of renames tells: the former folder most files came from, of two alike the one whose
    ``paper.yaml`` came along. Empty where none did.
    """
    came: Counter[str] = Counter()
    for was, now in _renames(root, old, new):
        before, after = was.split("/"), now.split("/")
        if after[:2] == ["papers", slug] and before[0] == "papers" and len(before) > 2 and before[1] != slug:
            came[before[1]] += 2 + (after[2:] == before[2:] == ["paper.yaml"])
    return max(sorted(came), key=lambda name: came[name], default="")


def first_and_last(root: Path, slug: str, path: str) -> tuple[str, str]:
    """The first revision that has ``path``, and the last if it is gone from HEAD, each by the name a person would use.

    Both are empty where no commit of HEAD's history ever had it.
    """
    added, removed = _commits(root, "A", path), _commits(root, "D", path)
    if not added:
        return "", ""
    first = _called(root, added[-1], "--sort=creatordate", "--contains", added[-1])
    if not removed or not ask(root, "cat-file", "-e", f"HEAD:./{path}").failed:
        return first, ""
    last = f"{removed[0]}^"
    return first, _called(root, last, "--sort=-creatordate", "--merged", last, "--contains", added[-1])


def _commits(root: Path, kind: str, path: str) -> list[str]:
    answer = ask(root, "log", "--no-show-signature", f"--diff-filter={kind}", "--no-renames", "--format=%H", "HEAD", "--", f":(literal){path}")
    return answer.text.split()


def _called(root: Path, commit: str, *which: str) -> str:
    """The first of the tags asked for, or else the first letters of a commit's hash."""
    tags = ask(root, "tag", *which).text.splitlines()
    return tags[0] if tags else ask(root, "rev-parse", "--short", commit).text


def _renames(root: Path, old: str, new: str | None) -> Iterator[tuple[str, str]]:
    options = ("-r", "-M", "-l2000", "--diff-filter=R", "--name-status", "-z", "--relative")
    command = ("diff-tree", *options, old, new) if new else ("diff-index", *options[1:], old)
    fields = iter(names(need(root, *command, "--", "papers")))
    for _ in fields:  # R100, was, now
        yield os.fsdecode(next(fields)), os.fsdecode(next(fields))
