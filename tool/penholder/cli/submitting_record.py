"""How ``submission record`` goes about it, and what it says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import click

from penholder.cli.submitting import escape_of, open_one, tools
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from penholder.model.profile import State
from penholder.report.text import say, show_findings


def record_step(
    ctx: click.Context, paper: str, name: str, what: str, when: dt.date, paths: tuple[Path, ...], reference: str, note: str, despite: str, reason: str, by: str
) -> int:
    """Record a state; the exit code."""
    from penholder.features.submission.sending import Said, problems_of, record
    from penholder.features.submission.states import NAMES, NEXT

    opened = open_one(ctx.obj["folder"], paper, name)
    submission, standing = opened.submission, opened.standing
    if by and not despite and by not in opened.workspace.contributors:
        raise UsageError(f"there is nobody called {by!r} in contributors.yaml", f"Known: {', '.join(opened.workspace.contributors) or 'none'}.")
    action = f"record {what}"
    escapes = escape_of((despite,) if despite else (), reason, by if despite else "", opened.workspace, action)
    said = Said(cast(State, what), when, reference, note, by, paths, escapes[0] if escapes else None)
    with tools(ctx) as made_by:
        recorded = record(submission, standing, said, made_by.worker, made_by.compiler)
    show_findings([f for f in opened.findings.sorted() if f.code.id.startswith("SENT")], opened.workspace.root)
    step = recorded.step
    say(f"{submission.paper.slug} {submission.id}: {NAMES[step.state]}, {step.date.isoformat()}{f', reference {step.reference}' if step.reference else ''}.")
    for line in step.differences:
        say(f"  {line}")
    for kept in recorded.kept:
        say(f"Kept: {kept}")
    for kept in recorded.private:
        say(f"Kept outside the repository, because it shows contact details: {kept}. Make a copy of it where it is safe.")
    _late(opened.submission.deadline, step.date, step.state, submission.profile.file.staff)
    say(f"Recorded in {recorded.path}")
    say(f"Next: git add and commit it; then {NEXT[step.state]}.")
    return EXIT_FINDINGS if problems_of(step.differences) else EXIT_CLEAN


def _late(deadline: object, day: dt.date, state: str, staff: str) -> None:
    from penholder.model.moments import Moment

    if state == "submitted" and isinstance(deadline, Moment) and day > deadline.local.date():
        say(f"That is after the deadline ({deadline}): if you have not done so yet, contact {staff}.")


def record_came(ctx: click.Context, paper: str, name: str, what: str, when: dt.date, note: str, url: str) -> int:
    """Record an outcome or an impact; the exit code."""
    from penholder.features.submission.recording import write_came
    from penholder.model.record import Came

    if not note.strip():
        raise UsageError(f"what is the {what}?", "Say it with --note, in a sentence that can be read alone.")
    if url and not url.startswith(("https://", "http://")):
        raise UsageError(f"{url} is not an address of the web", "Write it with https:// in front.")
    opened = open_one(ctx.obj["folder"], paper, name)
    if opened.standing.state == "draft":
        raise UsageError(f"{opened.standing.slug} {opened.standing.id} was not sent yet, so nothing came of it", "Record that it was submitted first.")
    path = write_came(opened.workspace.root, opened.standing, what, Came(date=when, text=note.strip(), url=url))
    say(f"Recorded in {path}")
    say(f"Next: git add and commit it; penholder submission register shows the {what}.")
    return EXIT_CLEAN
