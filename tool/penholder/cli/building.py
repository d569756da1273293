"""How ``build`` goes about its papers, and what it says of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
from penholder.findings import Finding, Findings, Severity
from penholder.report.machine import to_json
from penholder.report.text import say, show_findings, tally
from penholder.stages.discover import Workspace, choose, discover
from penholder.stages.render.edition import Edition, build
from penholder.stages.render.outputs import Tools


@dataclass(frozen=True)
class Order:
    """What to build, and how."""

    papers: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path | None
    jobs: int
    strict: bool
    fresh: bool


def build_all(
    order: Order, folder: Path, early: subprocess.Popen[bytes] | None, *, shape: str, verbose: bool, quiet: bool
) -> int:
    """Build the papers of ``order`` in the workspace around ``folder``; the exit code."""
    workspace, house = discover(folder)
    slugs = choose(workspace, order.papers)
    tools = Tools(Worker(early), Compiler())
    editions = []
    try:
        if "pdf" in order.formats:
            tools.compiler.start()
        for slug in slugs:
            with _Progress(slug, enabled=shape == "text" and not quiet) as progress:
                editions.append(_build_one(workspace, slug, order, tools, progress.step, house))
    finally:
        tools.close()
    if shape == "json":
        print_json(workspace, editions)
    else:
        for edition in editions:
            print_edition(workspace, edition, verbose=verbose, quiet=quiet)
    return exit_code(editions)


def _build_one(
    workspace: Workspace, slug: str, order: Order, tools: Tools, step: Callable[[str], None], house: Findings
) -> Edition:
    return build(workspace, slug, order.formats, tools, out=order.out, strict=order.strict, step=step, house=house.sorted())


def exit_code(editions: Sequence[Edition]) -> int:
    """1 where anything above a note was found or a paper was refused, else 0."""
    bad = any(e.refused or any(f.severity > Severity.NOTE for f in e.findings) for e in editions)
    return EXIT_FINDINGS if bad else EXIT_CLEAN


def print_json(workspace: Workspace, editions: Sequence[Edition]) -> None:
    """All findings in one list, and each paper's outcome in the summary."""
    findings: list[Finding] = list(dict.fromkeys(f for e in editions for f in e.findings))
    papers = [
        {
            "paper": e.slug,
            "files": [_shown(workspace, p) for p in e.files.values()],
            "words": e.words,
            "commit": e.identity.commit or None,
            "modified": e.identity.modified,
            "refused": e.refused or None,
        }
        for e in editions
    ]
    say(to_json(findings, {"papers": papers}))


def print_edition(workspace: Workspace, edition: Edition, *, verbose: bool, quiet: bool) -> None:
    """What a person wants to know of one paper."""
    show_findings(edition.findings, workspace.root, verbose=verbose)
    if edition.findings and not quiet:
        say()
    if edition.refused:
        say(f"{edition.slug}: not written: {edition.refused} ({tally(edition.findings)}).")
        return
    if quiet:
        return
    state = "up to date" if edition.cached else "built"
    say(f"{edition.slug}: {state}, {edition.words:,} words, {tally(edition.findings)}.")
    for path in edition.files.values():
        say(f"  {_shown(workspace, path)}")
    errors = sum(f.severity == Severity.ERROR for f in edition.findings)
    if errors:
        say("This is a draft with gaps. Next: mend the errors above and build again.")
    elif edition.files:
        say("Next: open the files, or commit and build again for a clean edition." if edition.identity.modified else "Next: open the files.")


def _shown(workspace: Workspace, path: Path) -> str:
    """A path as a person in the workspace would type it."""
    here = Path.cwd()
    for base in (here, workspace.root):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return str(path)


class _Progress:
    """One line that says what is being done, on a terminal only."""

    def __init__(self, slug: str, *, enabled: bool) -> None:
        self._slug = slug
        self._on = enabled and sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._on:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def step(self, doing: str) -> None:
        if self._on:
            sys.stderr.write(f"\r\033[K{self._slug}: {doing} ...")
            sys.stderr.flush()
