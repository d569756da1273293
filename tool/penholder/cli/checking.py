"""How ``check`` goes about it, and what it says."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from penholder.cli.progress import StatusLine
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, PenholderError, UsageError
from penholder.features.checking import Outcome, Wish, check, mend, only_section
from penholder.findings import Severity
from penholder.report.machine import to_json
from penholder.report.text import say, show_findings, tally
from penholder.stages.where import find_root

if TYPE_CHECKING:
    from penholder.adapters.child import Child
    from penholder.checks.record import Report

_PAUSE = 0.3  # seconds between two looks at the files


@dataclass(frozen=True)
class Shown:
    """How a report is shown: its format, the least severity, one section, a file for it."""

    shape: str = "text"
    severity: str = "note"
    section: str | None = None
    output: Path | None = None
    verbose: bool = False
    quiet: bool = False


def check_once(wish: Wish, shown: Shown, *, early: Child | None = None, fix: bool = False, unsafe: bool = False) -> int:
    """Check, mend where asked, print, and return the exit code."""
    if shown.output is not None and not shown.output.parent.is_dir():
        raise UsageError(f"there is no folder {shown.output.parent}", "Make it, or name another file for --output.")
    mended: Mapping[str, int] = {}
    with StatusLine(enabled=not shown.quiet) as line:
        line.doing("checking")

        def asked(done: int, of: int) -> None:
            line.show(f"asking for links: {done} of {of} (Ctrl-C keeps what was learnt)")

        if fix:
            outcome, mended = mend(wish, unsafe=unsafe, told=asked)
        else:
            outcome = check(wish, early, asked)
    outcome = _narrowed(outcome, shown)
    if shown.output is not None:
        _save(outcome, shown, shown.output)
    elif shown.shape == "text":
        _text(outcome, shown, mended)
    else:
        say(_rendered(outcome, shown))
    return exit_code(outcome.report)


def exit_code(report: Report) -> int:
    """1 where anything above a note is open, else 0."""
    return EXIT_FINDINGS if any(f.severity > Severity.NOTE for f in report.findings) else EXIT_CLEAN


def _narrowed(outcome: Outcome, shown: Shown) -> Outcome:
    """The outcome less what was not asked for."""
    from penholder.checks.record import Report

    if shown.section:
        outcome = only_section(outcome, shown.section)
    least = Severity[shown.severity.upper()]
    return replace(outcome, report=Report([c for c in outcome.report.items if c.finding.severity >= least]))


def _rendered(outcome: Outcome, shown: Shown) -> str:
    """The report in one of the formats for machines and letters."""
    report = outcome.report
    if shown.shape == "json":
        fixable = sum(c.fix is not None for c in report.open)
        papers = [{"paper": slug} for slug in outcome.slugs]
        return to_json(report.findings, {"papers": papers, "waived": len(report.waived), "fixable": fixable})
    if shown.shape == "github":
        from penholder.report.github import to_github

        return to_github(report, outcome.root)
    if shown.shape == "sarif":
        from penholder.report.sarif import to_sarif

        return to_sarif(report, outcome.root)
    from penholder.report.letter import to_letter

    return to_letter(report, outcome.root)


def _save(outcome: Outcome, shown: Shown, path: Path) -> None:
    from penholder.adapters.files import write_whole

    text = "\n".join(_plain(outcome, shown)) if shown.shape == "text" else _rendered(outcome, shown)
    write_whole(path, (text.rstrip("\n") + "\n").encode("utf-8", "replace"))
    if not shown.quiet:
        say(f"{path}: {tally(outcome.report.findings)}.", err=True)


def _plain(outcome: Outcome, shown: Shown) -> Iterator[str]:
    """The text report without colours, for a file."""
    import re

    from penholder.report.text import finding_texts

    for text in finding_texts(outcome.report.findings, outcome.root, verbose=shown.verbose):
        yield re.sub(r"\x1b\[[0-9;]*m", "", text)
    yield tally(outcome.report.findings)


def _text(outcome: Outcome, shown: Shown, mended: Mapping[str, int]) -> None:
    """Findings, a line of counts, and the next step."""
    report = outcome.report
    show_findings(report.findings, outcome.root, verbose=shown.verbose)
    if shown.quiet:
        return
    if report.findings:
        say()
    for path, count in mended.items():
        say(f"{path}: {count} change{'' if count == 1 else 's'} made.")
    papers = "1 paper" if len(outcome.slugs) == 1 else f"{len(outcome.slugs)} papers"
    waived = f" {len(report.waived)} more answered by waivers." if report.waived else ""
    say(f"{papers} checked: {tally(report.findings)}.{waived}")
    say(_next(outcome, mended))


def _next(outcome: Outcome, mended: Mapping[str, int]) -> str:
    from penholder.checks.record import safe

    report = outcome.report
    fixable = sum(safe(c) for c in report.open)
    if mended:
        return "Next: look at the changes with `git diff`, then commit them."
    if fixable:
        return f"Next: `penholder check --fix` mends {fixable} of these by itself; `penholder rule CODE` explains any of them."
    if any(f.severity > Severity.NOTE for f in report.findings):
        return "Next: mend them, or answer one in the text: <!-- penholder: allow CODE because ... -->"
    return "Next: penholder build"


def check_on_save(wish: Wish, shown: Shown) -> int:
    """Check, and again whenever a file of the workspace changes, until Ctrl-C; the code is that of the last look."""
    root = find_root(wish.folder)
    before: frozenset[tuple[str, int, int]] = frozenset()
    code, first = EXIT_CLEAN, True
    try:
        while True:
            now = _stamps(root)
            if now == before:
                time.sleep(_PAUSE)
                continue
            before = now
            if sys.stdout.isatty():
                sys.stdout.write("\033[2J\033[H")
            try:
                code = check_once(wish, shown)
            except PenholderError as error:
                if first:  # the command itself was wrong, not what somebody is just writing
                    raise
                say(f"penholder: {error.message}\n  {error.remedy}".rstrip())
                code = error.exit_code
            first = False
            say("Watching for changes; Ctrl-C ends it.\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        return code


def _stamps(root: Path) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of every file a check can read."""
    found = set()
    for top in ("papers", "citations", "templates"):
        for folder, folders, names in os.walk(root / top):
            folders[:] = [f for f in folders if not f.startswith(".")]
            found |= {_stamp(Path(folder, name)) for name in names if not name.startswith((".", "#")) and not name.endswith("~")}
    return frozenset(found | {_stamp(root / name) for name in ("penholder.toml", "contributors.yaml")})


def _stamp(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), -1, 0
    return str(path), status.st_size, status.st_mtime_ns
