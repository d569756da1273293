"""What ``submission status`` says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
from penholder.findings import Finding, Severity
from penholder.report.text import say, show_findings
from penholder.stages.where import choose, find_root, papers_of

if TYPE_CHECKING:
    from penholder.features.submission.standing import Standing


def show(folder: Path, paper: str | None, name: str | None, shape: str) -> int:
    """Print where submissions stand; the exit code."""
    from penholder.features.submission.standing import public_findings, standing_of, standings

    root = find_root(folder)
    slugs = choose(papers_of(root), [paper] if paper else [])
    if name:
        one, findings = standing_of(root, slugs[0], name)
        all_ = [one]
    else:
        all_, findings = standings(root, slugs)
    faults: list[Finding] = [*findings.sorted(), *public_findings(root, slugs)]
    if shape == "json":
        from penholder.report.machine import finding_data

        say(json.dumps({"submissions": [_data(s) for s in all_], "findings": [finding_data(f) for f in faults]}, indent=2, ensure_ascii=False))
    else:
        show_findings(faults, root)
        if not all_:
            say("There are no submissions. Start one: penholder submission new PAPER ID --profile P")
        for standing in all_:
            for line in _lines(standing, dt.datetime.now(dt.UTC)):
                say(line)
    return EXIT_FINDINGS if any(f.severity > Severity.NOTE for f in faults) else EXIT_CLEAN


def _lines(standing: Standing, now: dt.datetime) -> Iterator[str]:
    from penholder.features.submission.standing import block_of
    from penholder.features.submission.states import NAMES, NEXT
    from penholder.features.submission.wording import deadline_in_words, left_in_words
    from penholder.model.moments import moment

    file, profile = standing.head.file, standing.head.profile
    yield f"{standing.slug} {standing.id}: {NAMES[standing.state]}{f' since {standing.since.isoformat()}' if standing.since else ''}"
    yield f"  Profile: {profile.id} ({profile.file.title})"
    if file.deadline:
        deadline = moment(file.deadline)
        left = f": {left_in_words(deadline, now, profile.file.staff)}" if standing.state == "draft" else ""
        yield f"  Deadline: {deadline_in_words(deadline)}{left}"
    for step in standing.record.steps:
        yield f"  {step.date.isoformat()}: {NAMES[step.state]}{f', reference {step.reference}' if step.reference else ''}{f'. {step.note}' if step.note else ''}"
        for kept in step.files:
            yield f"    {kept.name} ({kept.size:,} bytes), kept as {kept.kept}"
        for line in step.differences:
            yield f"    {line}"
    for entry in standing.record.despite:
        yield f"  {entry.date.isoformat()}: {entry.code} set aside by {entry.by}: {entry.reason}"
    block = block_of(standing)
    if block:
        yield f"  Not to be published: {block.message}"
    yield f"  Next: {NEXT[standing.state]}."


def _data(standing: Standing) -> dict[str, Any]:
    return {
        "paper": standing.slug,
        "submission": standing.id,
        "profile": standing.head.profile.id,
        "state": standing.state,
        "since": standing.since.isoformat() if standing.since else None,
        "reference": standing.reference or None,
        "deadline": standing.head.file.deadline,
        "may_be_published": not standing.embargoed,
        **standing.record.json(without={"schema_version"}),
    }
