"""Git behind one seam: GitPython, and plain Git for what every build asks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

# Contributors' repositories are read, never obeyed: no hooks, no helpers, no prompts.
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "0",  # paths are marked as literal one by one
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "core.fsmonitor",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "core.hooksPath",
    "GIT_CONFIG_VALUE_1": os.devnull,
}


def environment() -> dict[str, str]:
    """The environment every Git here runs in: this one's, what could run or ask anything switched off, plain English."""
    return {**os.environ, **_QUIET, "LC_ALL": "C"}


class LastChange(NamedTuple):
    """The last commit that touched some paths: hash, time, and whether they differ from it now.

    ``problem`` says why Git could not tell, where it should have been able to.
    """

    commit: str = ""
    epoch: int = 0
    modified: bool = False
    problem: str = ""


def last_change(
    root: Path, paths: Sequence[str], used: Callable[[str], bool] = lambda _: False, *, without: Sequence[str] = ()
) -> LastChange:
    """The last commit that touched ``paths`` (relative to ``root``), but for what lies under ``without``.

    A file that Git ignores differs from every commit; ``used`` says of such a path
    (a folder's ends in ``/``) whether it matters.
    """
    repository = repository_of(root)
    if not repository:
        return LastChange()
    there = [*(f":(literal){p}" for p in paths if (root / p).exists()), *(f":(exclude,literal){p}" for p in without)]
    (said, failed), (line, _) = _ask(
        root,
        ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--", *there),
        ("log", "-1", "--no-show-signature", "--format=%H %ct", "--", *there),
    )
    above = f"{root.resolve().relative_to(repository.resolve()).as_posix()}/".removeprefix("./")
    ignored = [line[3:].removeprefix(above) for line in said.split("\0") if line.startswith("!! ")]
    status = any(line and not line.startswith("!! ") for line in said.split("\0")) or any(map(used, ignored))
    if failed:
        return LastChange(problem=failed)
    if not line:
        return LastChange(modified=status)
    commit, _, epoch = line.partition(" ")
    return LastChange(commit, int(epoch or 0), status)


def last_change_at(root: Path, commit: str, paths: Sequence[str], *, without: Sequence[str] = ()) -> LastChange:
    """As ``last_change``, of the text at ``commit`` (a full hash): what was committed later is unknown to it.

    ``paths`` should be there at that commit.
    """
    limits = [*(f":(literal){p}" for p in paths), *(f":(exclude,literal){p}" for p in without)]
    ((line, failed),) = _ask(root, ("log", "-1", "--no-show-signature", "--format=%H %ct", commit, "--", *limits))
    if failed or not line:
        return LastChange(problem=failed)
    found, _, epoch = line.partition(" ")
    return LastChange(found, int(epoch or 0))


def tracked(root: Path, paths: Sequence[str]) -> set[str]:
    """Which of ``paths`` (relative to ``root``) Git keeps, those under them too; none where there is no repository."""
    if not paths or not repository_of(root):
        return set()
    ((said, _),) = _ask(root, ("ls-files", "-z", "--", *(f":(literal){p}" for p in paths)))
    return {name for name in said.split("\0") if name}


def _ask(root: Path, *questions: Sequence[str]) -> list[tuple[str, str]]:
    """What Git answers to each question, and why it does not, if it does not; all are asked at once.

    The two questions of every build are asked without GitPython, whose import takes as
    long as half of pandoc's work.
    """
    asked: list[subprocess.Popen[str]] = []
    try:
        for question in questions:
            asked.append(
                subprocess.Popen(
                    ["git", *question], cwd=root, env=environment(), text=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )
            )  # fmt: skip
        return [_answer(process) for process in asked]
    except FileNotFoundError:
        return [("", "Git is not installed")] * len(questions)
    except (OSError, subprocess.TimeoutExpired) as error:
        return [("", str(error))] * len(questions)
    finally:
        for process in asked:
            if process.poll() is None:
                process.kill()
                process.communicate()


def _answer(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, said = process.communicate(timeout=60)
    if process.returncode == 0 or "does not have any commits" in said:
        return out.strip(), ""
    return "", (said.strip().splitlines() or ["Git failed"])[0].removeprefix("fatal: ")


def repository_of(folder: Path) -> Path | None:
    """The nearest folder at or above ``folder`` with a ``.git``, without asking Git."""
    for each in (folder, *folder.parents):
        if (each / ".git").exists():
            return each
    return None


def head(folder: Path) -> str:
    """The hash that HEAD names, read from the files of ``.git``; ``""`` where that is not plain."""
    repository = repository_of(folder)
    if repository is None:
        return ""
    try:
        gitdir = repository / ".git"
        if gitdir.is_file():
            gitdir = (repository / gitdir.read_text().removeprefix("gitdir:").strip()).resolve()
        said = (gitdir / "HEAD").read_text().strip()
        if not said.startswith("ref: "):
            return said
        name = said.removeprefix("ref: ")
        common = gitdir / (gitdir / "commondir").read_text().strip() if (gitdir / "commondir").exists() else gitdir
        for folder_ in (gitdir, common):
            if (folder_ / name).is_file():
                return (folder_ / name).read_text().strip()
        packed = (common / "packed-refs").read_text() if (common / "packed-refs").exists() else ""
        return next((line.split(" ")[0] for line in packed.splitlines() if line.endswith(" " + name)), "")
    except OSError:
        return ""


def init_repository(root: Path) -> bool:
    """Make ``root`` a repository with a first commit of what is there.

    Returns ``False`` (and leaves a plain folder) where Git is missing or ``root``
    already lies in a repository.
    """
    if repository_of(root.resolve()):
        return False
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    import git

    try:
        repository = git.Repo.init(root, initial_branch="main")
        with repository:
            repository.git.add(A=True)
            with repository.config_reader() as config:
                named = config.has_option("user", "name") and config.has_option("user", "email")
            settings = ["commit.gpgsign=false", *([] if named else ["user.name=Penholder", "user.email=penholder@localhost"])]
            given = [part for setting in settings for part in ("-c", setting)]
            repository.git.execute(["git", *given, "commit", "-q", "-m", "Start a workspace of papers"])
    except (git.GitCommandNotFound, git.GitCommandError):
        return False
    return True
