"""How ``submission check`` goes about it, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.checks.record import Checked, Report
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from penholder.features.submission.checking.engine import Examined
from penholder.features.submission.checking.run import Wish, check_submission
from penholder.findings import Severity
from penholder.report.machine import to_json
from penholder.report.submission import next_step, submission_data, submission_lines
from penholder.report.text import finding_texts, say, tally

if TYPE_CHECKING:
    from penholder.adapters.child import Child


class Shown(NamedTuple):
    """How the report is shown: its format, a file for it, how much is said."""

    shape: str = "text"
    output: Path | None = None
    verbose: bool = False
    quiet: bool = False


def check_and_show(wish: Wish, shown: Shown, early: Child | None = None) -> int:
    """Check, print or write the report, and return the exit code: 1 where anything above a note was found."""
    if shown.output is not None and not shown.output.parent.is_dir():
        raise UsageError(f"there is no folder {shown.output.parent}", "Make it, or name another file for --output.")
    examined = check_submission(wish, early)
    lines = list(_text(examined, shown)) if shown.shape == "text" else [_rendered(examined, shown.shape)]
    if shown.output is None:
        for line in lines:
            say(line)
    else:
        from penholder.adapters.files import write_whole

        plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(lines))
        write_whole(shown.output, (plain.rstrip("\n") + "\n").encode())
        if not shown.quiet:
            say(f"{shown.output}: {tally(examined.findings)}.", err=True)
    return EXIT_FINDINGS if any(f.severity > Severity.NOTE for f in examined.findings) else EXIT_CLEAN


def _text(examined: Examined, shown: Shown) -> Iterator[str]:
    yield from finding_texts(examined.findings, examined.subject.root, verbose=shown.verbose)
    if shown.quiet:
        return
    if examined.findings:
        yield ""
    yield from submission_lines(examined)
    yield next_step(examined)


def _rendered(examined: Examined, shape: str) -> str:
    root = examined.subject.root
    if shape == "json":
        return to_json(examined.findings, submission_data(examined))
    report = Report([Checked(f) for f in examined.findings])
    if shape == "github":
        from penholder.report.github import to_github

        return to_github(report, root)
    from penholder.report.sarif import to_sarif

    return to_sarif(report, root)
