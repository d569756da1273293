"""From a workspace to a submission that was checked: opened, rendered, measured."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.features.submission.checking.delegated import look_by_rules
from penholder.features.submission.checking.engine import Examined, examine
from penholder.features.submission.checking.released import released_texts, too_early
from penholder.features.submission.checking.subject import Sent, Subject
from penholder.features.submission.filing import document_name
from penholder.features.submission.opening import Submission, open_submission
from penholder.features.submission.pasting import pasted_all
from penholder.features.submission.rendering import MADE, Rendered, document_of, render_submission
from penholder.findings import Finding, Findings
from penholder.stages.discover import discover
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler

_FOR_MEASURING = ("docx", "pdf")


class Wish(NamedTuple):
    """Which submission is to be checked, and how.

    ``files`` are files that will be sent in place of those Penholder makes (somebody mended them by hand); ``links`` lets
    rules ask the network; ``now`` (with its time zone) is the moment for which it is checked, now unless given.
    """

    folder: Path
    paper: str
    submission: str
    files: tuple[Path, ...] = ()
    links: bool = False
    now: dt.datetime | None = None


def check_submission(
    wish: Wish, early: subprocess.Popen[bytes] | None = None, step: Callable[[str], None] = lambda _: None
) -> Examined:
    """Check a submission as it would be sent. ``early`` is a pandoc that is waking up; ``step`` is told what is being done.

    Raises ``UsageError`` where there is no such paper or submission, ``UnusableError`` where pandoc or Typst cannot be run,
    ``LimitError`` where one of them was stopped. Never fails for an author's mistake.
    """
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler

    root = find_root(wish.folder)
    slug = choose(papers_of(root), [wish.paper])[0]
    workspace, findings = discover(root)
    submission, found = open_submission(workspace, slug, wish.submission)
    findings.extend(found)
    with Worker(early) as worker:
        compiler = Compiler()
        try:
            return examined(submission, findings, worker, compiler, wish, step)
        finally:
            compiler.close()


def examined(
    submission: Submission, findings: Findings, worker: Worker, compiler: Compiler, wish: Wish, step: Callable[[str], None] = lambda _: None
) -> Examined:
    """Check a submission that was opened; ``findings`` are those of opening it."""
    from penholder.checks.reading import Sections

    now = wish.now or dt.datetime.now(dt.UTC)
    seen = Sections(submission.language)
    rendered, found = _rendered(submission, worker, compiler, seen, step)
    findings.extend(found)
    step("check")
    stages: list[Finding] = list(findings)
    by_rules = look_by_rules(rendered.resolved, seen, stages, now.date(), network=wish.links)
    subject = Subject(
        submission, rendered.resolved, rendered.files, _sent(submission, rendered, wish.files), pasted_all(rendered.resolved), now,
        tuple(released_texts(submission)) if submission.profile.rule("PUB-PRIOR") else (), tuple(too_early(submission)),
    )  # fmt: skip
    return examine(subject, stages, by_rules, network=wish.links)


def _rendered(
    submission: Submission, worker: Worker, compiler: Compiler, seen: Callable[..., None], step: Callable[[str], None]
) -> tuple[Rendered, Findings]:
    """The files it makes, with a DOCX and a PDF for measuring; of a form, the document alone."""
    makes = [f for f in submission.profile.file.makes if f in MADE]
    if not makes and "form" in submission.profile.file.makes:
        step("read")
        resolved, findings = document_of(submission, worker, seen)
        return Rendered(resolved, {}), findings
    formats = tuple(dict.fromkeys((*makes, *_FOR_MEASURING)))
    return render_submission(submission, formats, worker, compiler, step=step, seen=seen)


def _sent(submission: Submission, rendered: Rendered, given: tuple[Path, ...]) -> tuple[Sent, ...]:
    """What goes out: the files that were given, else those that the profile makes."""
    if given:
        return tuple(Sent(p.name, p.suffix.lower().removeprefix("."), p.read_bytes(), given=True) for p in given)
    makes = submission.profile.file.makes
    return tuple(Sent(document_name(submission, f), f, data) for f, data in rendered.files.items() if f in makes)
