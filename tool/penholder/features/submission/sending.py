"""What the agreed text of a submission is now, as files; and the recording of what was sent instead of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.errors import UsageError
from penholder.features.submission.answering import answer_files
from penholder.features.submission.filing import document_name
from penholder.features.submission.package import formats_of, is_form
from penholder.features.submission.pasting import pasted_all
from penholder.features.submission.recording import (
    Recorded,
    Sent,
    check_step,
    compare,
    counterpart,
    keep,
    read_sent,
    write_step,
)
from penholder.features.submission.rendering import document_of, render_submission
from penholder.model.profile import State
from penholder.model.record import Despite, Step

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.features.submission.opening import Submission
    from penholder.features.submission.standing import Standing

AS_BUILT = "Of what no file was given, the agreed text was kept as it is now."


class Said(NamedTuple):
    """What a person says happened: which state, when, and what proves it."""

    state: State
    date: dt.date
    reference: str = ""
    note: str = ""
    by: str = ""
    paths: tuple[Path, ...] = ()
    despite: Despite | None = None


class Agreed(NamedTuple):
    """The agreed files by name, made from the workspace as it is now, and the commit it is at (``""``: changed since, or none)."""

    files: dict[str, bytes]
    commit: str


def agreed_files(submission: Submission, worker: Worker, compiler: Compiler) -> Agreed:
    """The files as ``build`` would make them. Raises what rendering raises."""
    formats = formats_of(submission)
    made: dict[str, bytes] = {}
    if formats:
        rendered, _ = render_submission(submission, formats, worker, compiler)
        resolved = rendered.resolved
        made = {document_name(submission, fmt): data for fmt, data in rendered.files.items()}
    else:
        resolved, _ = document_of(submission, worker)
    if is_form(submission):
        made |= answer_files(pasted_all(resolved))
    identity = resolved.identity
    return Agreed(made, "" if identity.modified else identity.commit)


def record(submission: Submission, standing: Standing, said: Said, worker: Worker, compiler: Compiler) -> Recorded:
    """Check the step, keep the files, compare them, write the record.

    Raises ``UsageError`` for a step that may not be, and for a document that is said to be sent without its file.
    """
    check_step(standing, said.state, said.date, said.despite)
    root = submission.paper.workspace.root
    sent = read_sent(said.paths)
    differences: tuple[str, ...] = ()
    commit = ""
    if said.state == "submitted":
        agreed = agreed_files(submission, worker, compiler)
        commit = agreed.commit
        sent, differences = _what_was_sent(submission, sent, agreed, worker)
    kept = keep(root, standing, sent, said.date, submission.contact, worker)
    step = Step(
        state=said.state, date=said.date, reference=said.reference.strip(), note=said.note.strip(), by=said.by.strip(),
        files=tuple(kept), commit=commit, differences=differences,
    )  # fmt: skip
    return write_step(root, standing, step, said.despite)


def _what_was_sent(submission: Submission, given: list[Sent], agreed: Agreed, worker: Worker) -> tuple[list[Sent], tuple[str, ...]]:
    """All files that were sent, and how they differ. Answers of a form are sent whether or not a file of them is given;
    what else is given with them (the form's confirmation) proves it, and is compared with nothing.
    """
    answers = {name: data for name, data in agreed.files.items() if name.startswith("answers/")}
    if not answers:
        if not given:
            raise UsageError("which file was sent?", "Give it with --file: the very file that was uploaded, also where somebody mended it at the last minute.")
        return given, compare(given, agreed.files, worker)
    kinds = {name.rpartition(".")[2] for name in agreed.files}
    matched = [file for file in given if file.kind in kinds and counterpart(file, agreed.files)]
    found = {counterpart(file, agreed.files) for file in matched}
    rest = [Sent(Path(name), data) for name, data in agreed.files.items() if name not in found]
    return [*given, *rest], (*compare(matched, agreed.files, worker), *([AS_BUILT] if rest else []))


def problems_of(sent: Sequence[str]) -> bool:
    """Whether what was sent is not what was agreed."""
    from penholder.features.submission.difference import SAME, SAME_WORDS

    return any(not line.endswith((SAME, SAME_WORDS, AS_BUILT)) for line in sent)
