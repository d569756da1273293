"""What the commands of ``submission`` share: opening one, and the tools that build it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from penholder.errors import UsageError
from penholder.findings import Findings
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.features.submission.opening import Submission
    from penholder.features.submission.standing import Standing
    from penholder.model.record import Despite
    from penholder.stages.discover import Workspace


class Opened(NamedTuple):
    """A submission, where it stands, and all that was found on the way to it."""

    workspace: Workspace
    submission: Submission
    standing: Standing
    findings: Findings


def open_one(folder: Path, paper: str, name: str) -> Opened:
    """The submission a command names. Raises ``UsageError`` where there is none."""
    from penholder.features.submission.opening import open_submission
    from penholder.features.submission.standing import standing_of
    from penholder.stages.discover import discover

    root = find_root(folder)
    slug = choose(papers_of(root), [paper])[0]
    workspace, findings = discover(root)
    submission, found = open_submission(workspace, slug, name)
    findings.extend(found)
    standing, found = standing_of(root, slug, submission.id)
    findings.extend(found)
    return Opened(workspace, submission, standing, findings)


class Tools(NamedTuple):
    worker: Worker
    compiler: Compiler


@contextlib.contextmanager
def tools(ctx: click.Context) -> Iterator[Tools]:
    """Pandoc and Typst, for as long as a command needs them."""
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler

    worker, compiler = Worker(ctx.obj.get("early")), Compiler()
    try:
        yield Tools(worker, compiler)
    finally:
        worker.close()
        compiler.close()


def escape_of(codes: tuple[str, ...], reason: str, by: str, workspace: Workspace, action: str) -> tuple[Despite, ...]:
    """The rules that are set aside on purpose. Raises ``UsageError`` where the reason, or on whose word, is not said."""
    from penholder.features.submission.standing import despite_of

    if (reason or by) and not codes:
        raise UsageError("--reason and --by go with --despite", "Name the rule: --despite CODE.")
    return tuple(despite_of(c, reason, by, list(workspace.contributors), dt.date.today(), action) for c in codes)


def day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> dt.date:
    """A date of an option; today where none is given."""
    if value is None:
        return dt.date.today()
    try:
        given = dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2026-10-30") from None
    if given > dt.date.today():
        raise click.BadParameter(f"{value} is still to come")
    return given
