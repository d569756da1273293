"""Which question is answered by what: unanswered first, so that an editor sees what is left to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from penholder.adapters.csvtext import csv_text
from penholder.features.submission.opening import Submission
from penholder.features.submission.pasting import Pasted
from penholder.features.submission.wording import verdict


class Row(NamedTuple):
    """A question and what answers it. ``state``: ``missing``, ``long``, ``fits`` or ``open``; ``said`` the same in words."""

    id: str
    question: str
    kind: str
    required: bool
    by: tuple[str, ...]
    state: str
    said: str


class Map(NamedTuple):
    """The questions, unanswered first, then those too long; and the chosen sections that answer none."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...]


def map_of(submission: Submission, answers: tuple[Pasted, ...]) -> Map:
    """The map of a submission whose answers were made of its document."""
    made = {a.question.id: a for a in answers}
    rows = []
    for question in submission.questions:
        answer, pasted = submission.answer_to(question.id), made.get(question.id)
        state, said = verdict(pasted) if pasted else ("missing", "No answer yet.")
        if state == "missing" and not question.required:
            state, said = "open", "No answer, and none is required."
        by: list[str] = []
        if answer:
            by += [Path(submission.paper.sections[i].path).name for i in answer.sections]
            by += [f"@{name.removeprefix('@').removeprefix('#')}" for name in answer.file.passages]
            by += ["a text of its own"] if answer.file.text else []
            by += [f"choice: {answer.file.choice}"] if answer.file.choice else []
        rows.append(Row(question.id, " ".join(question.text.split()), question.kind, question.required, tuple(by), state, said))
    rows.sort(key=lambda r: ("missing", "long").index(r.state) if r.state in ("missing", "long") else 2)
    answering = {i for a in submission.answers for i in a.sections}
    unused = tuple(Path(s.path).name for i, s in enumerate(submission.paper.sections) if i not in answering and s.source is not None)
    return Map(tuple(rows), unused if submission.questions else ())


def map_csv(made: Map) -> str:
    """The map as CSV for a spreadsheet."""
    rows = ((row.id, row.question, "; ".join(row.by), row.state, row.said) for row in made.rows)
    return csv_text(("question", "text", "answered_by", "state", "length"), rows)
