"""Where a workspace is and which papers it holds: asked first, by every command, without reading any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from penholder.errors import UsageError

MARKER = "penholder.toml"
PAPER = "paper.yaml"
SUBMISSIONS = "submissions"  # of a paper: what is made of it for others, and nothing it is made of


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that holds ``penholder.toml``.

    Raises ``UsageError`` where there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    raise UsageError(f"{start} is not in a Penholder workspace (no {MARKER} here or above)", "Run `penholder init DIR` to make one.")


def papers_of(root: Path) -> tuple[str, ...]:
    """The slugs of the papers that exist, sorted: the folders of ``papers/`` with a ``paper.yaml`` or ``sections/``.

    Sections whose ``paper.yaml`` is missing are a paper with a fault, not no paper.
    """
    folder = root / "papers"
    if not folder.is_dir():
        return ()
    found = {p.parent.name for p in folder.glob(f"*/{PAPER}")}
    return tuple(sorted(found | {p.parent.name for p in folder.glob("*/sections") if not p.parent.name.startswith((".", "_"))}))


def choose(papers: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The slugs of the papers a command names: slugs, or paths of or in their folders; none (or the workspace) means all.

    Raises ``UsageError`` for a paper that is not there.
    """
    if not wanted:
        if not papers:
            raise UsageError("this workspace has no papers yet", "Run `penholder new SLUG` to start one.")
        return tuple(papers)
    chosen: dict[str, None] = {}
    for name in wanted:
        path = Path(name).resolve()
        if name not in papers and papers and ((path / MARKER).is_file() or (path.name == "papers" and (path.parent / MARKER).is_file())):
            chosen |= dict.fromkeys(papers)
            continue
        slug = _holder(path, papers) or path.name
        if slug not in papers:
            known = ", ".join(papers) or "none"
            raise UsageError(f"there is no paper called {name!r} here (papers: {known})", "Name one of them, or none for all.")
        chosen[slug] = None
    return tuple(chosen)


def _holder(path: Path, papers: Sequence[str]) -> str:
    """The paper whose folder a path is, or lies in; empty for none."""
    inside = (p.name for p in (path, *path.parents) if p.parent.name == "papers" and (p.parent.parent / MARKER).is_file())
    return next((slug for slug in inside if slug in papers), "")


def may_be_final(root: Path, slug: str) -> bool:
    """Whether ``paper.yaml`` may call a paper final, asked without a parser: it says the word somewhere."""
    try:
        text = (root / "papers" / slug / PAPER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return re.search(r"\bfinal\b", text) is not None


def visibility_is_public(root: Path) -> bool:
    """Whether penholder.toml says that everybody can read the workspace; what cannot be read does not say so."""
    import tomllib

    try:
        data = tomllib.loads((root / MARKER).read_text(encoding="utf-8-sig", errors="replace"))
    except (OSError, ValueError, RecursionError):
        return False
    return data.get("visibility") == "public"
