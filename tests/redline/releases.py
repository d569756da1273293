"""A document that others wrote, from release to release, as the history of one paper.

The Standard for Public Code (CC0) lies in a Git bundle that the project does not hold: ``PENHOLDER_CORPUS`` names the
folder of such bundles. Its releases know nothing of Penholder, so each becomes a commit of a workspace, with the author and
the date of the release's own commit.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

SLUG = "standard"
_BUNDLE = "manuscripts/publiccode-standard.bundle"
_FRONT = ("foreword.md", "introduction.md", "readers-guide.md")
_SETTINGS = 'schema_version = 1\nname = "Foundation for Public Code"\n'


class Releases(NamedTuple):
    """A workspace whose commits are releases, each tagged with its name, in order."""

    root: Path
    tags: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each release and the next."""
        return list(zip(self.tags, self.tags[1:], strict=False))


def releases(folder: Path) -> Releases:
    """Make that workspace in ``folder``; skips the test where the bundle is not there."""
    bundle = Path(os.environ.get("PENHOLDER_CORPUS", "")) / _BUNDLE
    if not os.environ.get("PENHOLDER_CORPUS") or not bundle.is_file():
        pytest.skip(f"PENHOLDER_CORPUS names no folder with {_BUNDLE}")
    source, root = folder / "source", folder / "workspace"
    _git(folder, "clone", "-q", "--bare", str(bundle), str(source))
    root.mkdir()
    _git(root, "init", "-q", "-b", "main")
    final = [tag for tag in _git(source, "tag", "--sort=version:refname").split() if re.fullmatch(r"\d+\.\d+\.\d+", tag)]
    for tag in final:
        _lay_out(source, tag, root)
        _commit(source, tag, root)
    return Releases(root, tuple(final))


def _lay_out(source: Path, tag: str, root: Path) -> None:
    sections = root / "papers" / SLUG / "sections"
    sections.mkdir(parents=True, exist_ok=True)
    for path in sections.iterdir():
        path.unlink()
    listed = _git(source, "ls-tree", "-r", "--name-only", tag).split("\n")
    criteria = [p for p in listed if re.fullmatch(r"criteria/(?!_|index)[^/]+\.md", p)]
    chosen = [*(p for p in _FRONT if p in listed), *sorted(criteria), *(p for p in ("glossary.md",) if p in listed)]
    for path in chosen:
        (sections / Path(path).name).write_text(_git(source, "show", f"{tag}:{path}") + "\n", encoding="utf-8")
    names = "".join(f"  - {Path(path).name}\n" for path in chosen)
    paper = f'schema_version: 1\ntitle: Standard for Public Code\nversion: "{tag}"\nlanguage: en-GB\nsections:\n{names}'
    (sections.parent / "paper.yaml").write_text(paper, encoding="utf-8")
    (root / "penholder.toml").write_text(_SETTINGS, encoding="utf-8")


def _commit(source: Path, tag: str, root: Path) -> None:
    name, email, date = _git(source, "log", "-1", "--format=%aN%n%aE%n%aI", tag).split("\n")
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in (("NAME", name), ("EMAIL", email), ("DATE", date))}
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", f"Release {tag}", **who)
    _git(root, "tag", tag)


def _git(folder: Path, *arguments: str, **more: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **more})
    return done.stdout.decode("utf-8").strip("\n")
