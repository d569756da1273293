"""From what a person types (a tag, a branch, ``HEAD~3``, part of a hash) to a commit."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from penholder.adapters import git
from penholder.adapters.history.ask import Answer, ask, names, need
from penholder.errors import PenholderError, UnusableError, UsageError

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]")
_FORMAT = "--format=%H%x00%ct%x00%at%x00%aN%x00%s"
_LONGEST = 200  # letters of a name or a subject
_LAST_MOMENT = 253402300799  # of the year 9999: a commit's own clock may say anything
_EXAMPLES = "Name a tag, a branch, a commit's hash, or HEAD~1 for the commit before the last."


class Commit(NamedTuple):
    """A commit: its full hash, the time it was made, and who wrote it, when (``2030-01-31T12:00:00Z``) and of what.

    ``epoch`` is the committer's time, which a build calls its own; ``date`` the author's. Names are those of ``.mailmap``.
    """

    hash: str
    epoch: int
    author: str
    date: str
    subject: str

    @property
    def short(self) -> str:
        return self.hash[:8]


def commit_of(root: Path, revision: str) -> Commit:
    """The commit that ``revision`` names in the repository around ``root``.

    Raises ``UsageError`` where it names none, and ``UnusableError`` where this folder or this
    clone cannot know; both say what to do.
    """
    if git.repository_of(root.resolve()) is None:
        raise UsageError(f"{root} is not in a Git repository, so it has no older versions", "Run `git init`, and commit the papers.")
    if not revision.strip() or re.search(r"[\0\r\n]", revision):
        raise UsageError(f"{revision!r} is not the name of a revision", _EXAMPLES)
    answer = ask(root, "rev-parse", "--verify", "--end-of-options", revision)
    if answer.failed or not _HASH.fullmatch(answer.text):
        raise _unknown(root, revision, answer)
    if "only goes back to" in answer.said:
        since = answer.why.partition("only goes back to ")[2]
        raise UsageError(f"this clone does not remember what {revision!r} was: its log goes back to {since}", _EXAMPLES)
    found = _read(root, f"{answer.text}^{{commit}}")
    if found is None:
        raise UsageError(f"{revision!r} names a file or folder of a commit, not a commit", _EXAMPLES)
    return found


def last_commit(root: Path, old: str, new: str, paths: tuple[str, ...]) -> Commit | None:
    """The last commit after ``old`` and up to ``new`` (full hashes) that touched one of ``paths``; None where there is none."""
    return _read(root, f"^{old}", new, "--", *(f":(literal){p}" for p in paths))


def configured_name(root: Path) -> str:
    """The name Git would commit under here; empty where none is configured."""
    return printed(ask(root, "config", "user.name").text)


def modified(root: Path) -> tuple[str, ...]:
    """The paths of the workspace that differ from HEAD, those Git does not know yet among them."""
    above = ask(root, "rev-parse", "--show-prefix").text
    said = need(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".")
    return tuple(os.fsdecode(line[3:]).removeprefix(above) for line in names(said))


def printed(name: str) -> str:
    """A name as every format can hold it: what controls a terminal or turns the line around is no letter, and it ends."""
    return " ".join(_CONTROLS.sub(" ", name[: 4 * _LONGEST]).split())[:_LONGEST]


def moment(epoch: str) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, kept between 1970 and 9999."""
    seconds = min(max(int(epoch or 0), 0), _LAST_MOMENT)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_shallow(root: Path) -> bool:
    """Whether this clone holds only the latest commits."""
    return ask(root, "rev-parse", "--is-shallow-repository").text == "true"


def too_shallow(what: str) -> UnusableError:
    """The refusal of a clone whose history is cut off."""
    return UnusableError(f"this is a shallow clone, and {what}", "Run `git fetch --unshallow --tags` (in CI: a checkout with full history).")


def _read(root: Path, *revisions: str) -> Commit | None:
    """The first commit of ``revisions``, which hold full hashes only."""
    end = () if "--" in revisions else ("--",)
    answer = ask(root, "log", "-1", "--no-show-signature", "--encoding=UTF-8", _FORMAT, *revisions, *end)
    if answer.failed or not answer.text:
        return None
    found, epoch, written, author, subject = answer.text.split("\0")
    return Commit(found, max(int(epoch or 0), 0), printed(author) or "Unknown", moment(written), printed(subject))


def _unknown(root: Path, revision: str, answer: Answer) -> PenholderError:
    """Why a revision cannot be found, the nearest cause first."""
    if "dubious ownership" in answer.said:
        return UnusableError(
            f"Git does not trust {root}, which belongs to another user", f"Run `git config --global --add safe.directory {root}` if you do."
        )
    if "is ambiguous" in answer.said:
        return UsageError(f"several commits have a hash that begins with {revision!r}", "Give more of its letters.")
    if _HASH.fullmatch(answer.text.partition("\n")[0].lstrip("^")) or ".." in revision:
        return UsageError(f"{revision!r} names a range of commits, not one", "Give the older and the newer revision as two words.")
    if ask(root, "rev-parse", "--verify", "--quiet", "HEAD").failed and not _names(root):
        return UsageError("this repository has no commits yet, so there is nothing older to compare with", "Commit the papers first.")
    if is_shallow(root):
        return too_shallow(f"it does not hold {revision!r}")
    return UsageError(f"this repository has no revision {revision!r}{_hint(root, revision)}", _EXAMPLES)


def _hint(root: Path, revision: str) -> str:
    known = _names(root)
    near = get_close_matches(revision, known, 3, 0.6) or [name for name in known if name.endswith(f"/{revision}")][:3]
    if near:
        return f" (did you mean {' or '.join(near)}?)"
    return f" (the latest are {', '.join(known[:3])})" if known else ""


def _names(root: Path) -> list[str]:
    """Tags and branches, the latest first."""
    kinds = ("refs/tags", "refs/heads", "refs/remotes")
    answer = ask(root, "for-each-ref", "--count=2000", "--sort=-creatordate", "--format=%(refname:short)", *kinds)
    return [printed(name) for name in answer.text.splitlines()]
