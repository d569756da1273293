"""What ``submission build`` writes and says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from penholder.cli.submitting import Opened
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
from penholder.findings import Severity
from penholder.report.text import as_typed, say, show_findings, tally

if TYPE_CHECKING:
    from penholder.features.submission.package import Package
    from penholder.features.submission.placing import Placed


def write(opened: Opened, package: Package) -> Placed:
    """The package in its folder."""
    from penholder.features.submission.placing import place

    return place(opened.workspace.root, opened.submission.dist, package.files)


def report(opened: Opened, package: Package, placed: Placed | None, *, shape: str, verbose: bool, quiet: bool) -> int:
    """Say what was found and written; the exit code."""
    if shape == "json":
        _json(opened, package, placed)
    else:
        show_findings(package.findings, opened.workspace.root, verbose=verbose)
        if not quiet or placed is None:
            _text(opened, package, placed, quiet=quiet)
    aside = {d.code for d in package.despite}
    bad = any(f.severity > Severity.NOTE and f.code.id not in aside for f in package.findings)
    return EXIT_FINDINGS if bad else EXIT_CLEAN


def _json(opened: Opened, package: Package, placed: Placed | None) -> None:
    from penholder.report.machine import to_json

    folder = opened.submission.dist
    summary: dict[str, Any] = {
        "paper": opened.submission.paper.slug,
        "submission": opened.submission.id,
        "files": [as_typed(opened.workspace.root, folder / name) for name in sorted(package.files)] if placed else [],
        "draft": package.draft,
        "refused": None if placed else "errors were found and --strict was given",
        "kept": list(placed.kept) if placed else [],
    }
    say(to_json(list(package.findings), summary))


def _text(opened: Opened, package: Package, placed: Placed | None, *, quiet: bool) -> None:
    submission, root = opened.submission, opened.workspace.root
    name = f"{submission.paper.slug} {submission.id}"
    if package.findings:
        say()
    if placed is None:
        say(f"{name}: not written: errors were found and --strict was given ({tally(package.findings)}).")
        say("Next: mend the errors above and build again; what lies in dist/ is older.")
        return
    if quiet:
        return
    say(f"{name}: {'a draft was built' if package.draft else 'built'}, {tally(package.findings)}.")
    for file in sorted(package.files):
        say(f"  {as_typed(root, placed.folder / file)}")
    for file in placed.kept:
        say(f"Kept, because somebody changed it by hand: {as_typed(root, placed.folder / file)}")
    for file in placed.strangers:
        say(f"Left alone, because Penholder did not make it: {as_typed(root, placed.folder / file)}")
    _deadline(opened)
    if package.draft:
        say("Next: mend the errors above and build again; until then do not send it.")
    else:
        say(f"Next: open {as_typed(root, placed.folder / '00-START-HERE.html')}")


def _deadline(opened: Opened) -> None:
    """How long there is; never a reason to stop."""
    from penholder.features.submission.wording import deadline_in_words, left_in_words

    deadline = opened.submission.deadline
    if deadline:
        left = left_in_words(deadline, dt.datetime.now(dt.UTC), opened.submission.profile.file.staff)
        say(f"Deadline: {deadline_in_words(deadline)}: {left}.")
