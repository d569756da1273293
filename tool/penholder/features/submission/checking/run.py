"""From a workspace to a submission that was checked: opened, rendered, measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.features.submission.checking.delegated import look_by_rules
from penholder.features.submission.checking.engine import Examined, examine
from penholder.features.submission.checking.released import released_texts, too_early
from penholder.features.submission.checking.subject import Sent, Subject
from penholder.features.submission.filing import document_name
from penholder.features.submission.opening import Submission, open_submission
from penholder.features.submission.package import Check, Measured, formats_of
from penholder.features.submission.pasting import pasted_all
from penholder.features.submission.rendering import Rendered, document_of, render_submission
from penholder.findings import Finding, Findings
from penholder.stages.discover import discover
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.adapters.child import Child
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.checks.reading import Sections

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
    wish: Wish, early: Child | None = None, step: Callable[[str], None] = lambda _: None
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

    seen = Sections(submission.language)
    formats = formats_of(submission)
    if formats or wish.files:
        wanted = tuple(dict.fromkeys((*formats, *_FOR_MEASURING)))
        rendered, found = render_submission(submission, wanted, worker, compiler, step=step, seen=seen)
    else:  # answers alone: nothing is sent that could be measured but they
        step("read")
        resolved, found = document_of(submission, worker, seen)
        rendered = Rendered(resolved, {})
    findings.extend(found)
    step("check")
    return _judged(rendered, list(findings), seen, wish)


def _judged(rendered: Rendered, stages: Sequence[Finding], seen: Sections, wish: Wish) -> Examined:
    submission = rendered.resolved.submission
    now = wish.now or dt.datetime.now(dt.UTC)
    by_rules = look_by_rules(rendered.resolved, seen, stages, now.date(), network=wish.links)
    subject = Subject(
        submission, rendered.resolved, rendered.files, _sent(submission, rendered, wish.files), pasted_all(rendered.resolved), now,
        tuple(released_texts(submission)) if submission.profile.rule("PUB-PRIOR") else (), tuple(too_early(submission)),
    )  # fmt: skip
    return examine(subject, stages, by_rules, network=wish.links)


def _sent(submission: Submission, rendered: Rendered, given: tuple[Path, ...]) -> tuple[Sent, ...]:
    """What goes out: the files that were given, else those that the profile makes."""
    if given:
        return tuple(Sent(p.name, p.suffix.lower().removeprefix("."), p.read_bytes(), given=True) for p in given)
    wanted = formats_of(submission)
    return tuple(Sent(document_name(submission, f), f, data) for f, data in rendered.files.items() if f in wanted)


def while_building(submission: Submission, worker: Worker, compiler: Compiler, *, now: dt.datetime | None = None) -> Check:
    """The check as ``build`` wants it: it is given the files that were rendered, and makes only what is missing to measure them."""

    def check(rendered: Rendered) -> Measured:
        from penholder.checks.reading import Sections
        from penholder.stages.render.outputs import Tools, write

        resolved = rendered.resolved
        seen = Sections(submission.language)
        _, found = document_of(submission, worker, seen)
        missing = [f for f in _FOR_MEASURING if f not in rendered.files] if formats_of(submission) else []
        if missing:
            made = write(resolved.document, resolved.front, resolved.look, missing, Tools(worker, compiler), lambda _: None)
            rendered = Rendered(resolved, {**rendered.files, **made.files})
        wish = Wish(submission.paper.workspace.root, submission.paper.slug, submission.id, now=now)
        outcome = _judged(rendered, list(found), seen, wish)
        told = {f for f in found if f in outcome.findings}
        without = f"without {', '.join(outcome.words.left_out)}" if outcome.words.left_out else "everything counted"
        return Measured(tuple(f for f in outcome.findings if f not in told), outcome.words.counted, without)

    return check
