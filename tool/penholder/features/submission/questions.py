"""The questions of a consultation, from the submission's file or from a CSV, and what answers each."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from penholder.adapters import files, yaml
from penholder.features.submission import codes
from penholder.features.submission.naming import gone, section_named
from penholder.findings import Finding
from penholder.model.submission import AnswerFile, Question, SubmissionFile
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored, nearest
from penholder.stages.load import Paper

_COLUMNS = ("id", "text", "limit", "kind", "choices", "required")


class Answer(NamedTuple):
    """What answers a question: ``sections`` are indexes into the paper's sections, ``slugs`` those sections' slugs,
    ``span`` the place of the answer, ``number`` its index in the file's list.
    """

    question: Question
    file: AnswerFile
    sections: tuple[int, ...]
    slugs: tuple[str, ...]
    span: Span
    number: int


def questions_of(
    file: SubmissionFile, document: yaml.Document, paper: Paper, folder: Path
) -> tuple[tuple[Question, ...], tuple[SourceFile, ...], list[Finding]]:
    """All questions, those of the CSV first; the files they were read from; what is wrong with them."""
    findings: list[Finding] = []
    listed: list[tuple[Question, Span]] = []
    inputs: list[SourceFile] = []
    if file.questions_from:
        source, rows, findings = _from_csv(file.questions_from, paper, folder, document.place(("questions_from",)))
        listed += rows
        inputs += [source] if source else []
    places = places_of(document, "questions", [q.id for q in file.questions], "id")
    listed += list(zip(file.questions, places, strict=True))
    known: dict[str, Question] = {}
    for question, place in listed:
        if question.id in known:
            findings.append(codes.QUESTION_TWICE.at(place, f"There are two questions `{question.id}`."))
        known.setdefault(question.id, question)
        if question.kind != "free" and not question.choices:
            findings.append(codes.CHOICE_WRONG.at(place, f"`{question.id}` is a {question.kind}, and has no `choices`."))
    return tuple(known.values()), tuple(inputs), findings


def answers_of(
    file: SubmissionFile, document: yaml.Document, paper: Paper, questions: Sequence[Question]
) -> tuple[tuple[Answer, ...], list[Finding]]:
    """The answers in the order of their questions, each once; what is wrong with them."""
    known = {q.id: q for q in questions}
    findings: list[Finding] = []
    answers: dict[str, Answer] = {}
    indexes = indexes_of(written_at(document, "answers"), [a.question for a in file.answers], "question")
    for answer, index in zip(file.answers, indexes, strict=True):
        place = document.place(("answers", index))
        question = known.get(answer.question)
        if question is None:
            hint = nearest(answer.question, list(known))
            findings.append(codes.QUESTION_UNKNOWN.at(document.place(("answers", index, "question")), f"There is no question `{answer.question}`.{hint}"))
            continue
        if answer.question in answers:
            findings.append(codes.QUESTION_TWICE.at(place, f"`{answer.question}` is answered twice."))
            continue
        sections = []
        for number, name in enumerate(answer.sections):
            found = section_named(paper, name)
            if found is None:
                findings.append(gone(paper, name, document.place(("answers", index, "sections", number))))
            else:
                sections.append(found)
        findings += _choice(question, answer, document.place(("answers", index, "choice")))
        answers[answer.question] = Answer(question, answer, tuple(sections), tuple(paper.sections[i].slug for i in sections), place, index)
    return tuple(answers[q.id] for q in questions if q.id in answers), findings


def _choice(question: Question, answer: AnswerFile, place: Span) -> list[Finding]:
    if not answer.choice or answer.choice in question.choices:
        return []
    if question.kind == "free":
        return [codes.CHOICE_WRONG.at(place, f"`{question.id}` is answered in free text, not by a choice.")]
    hint = nearest(answer.choice, question.choices) or f" It offers: {', '.join(question.choices)}."
    return [codes.CHOICE_WRONG.at(place, f"`{question.id}` does not offer {answer.choice!r}.{hint}")]


# where things stand ----------------------------------------------------------------------


def indexes_of(written: Any, kept: Sequence[str], key: str) -> list[int]:
    """For each item that could be used, its index in the list as written: what could not be used left a gap."""
    items = written if isinstance(written, list) else []
    found: list[int] = []
    index = 0
    for name in kept:
        while index < len(items) and not (isinstance(items[index], Mapping) and str(items[index].get(key, "")).strip() == name):
            index += 1
        found.append(min(index, max(len(items) - 1, 0)))
        index += 1
    return found


def written_at(document: yaml.Document, name: str) -> Any:
    """What stands at a key of the file, whatever it is."""
    return document.data.get(name) if isinstance(document.data, Mapping) else None


def places_of(document: yaml.Document, name: str, kept: Sequence[str], key: str) -> list[Span]:
    """The place of each item of a list that could be used."""
    return [document.place((name, i)) for i in indexes_of(written_at(document, name), kept, key)]


# a CSV -----------------------------------------------------------------------------------------


def _from_csv(
    name: str, paper: Paper, folder: Path, place: Span
) -> tuple[SourceFile | None, list[tuple[Question, Span]], list[Finding]]:
    """Questions of a CSV: of the submission's folder, else the paper's ``data/``, else the workspace."""
    root = paper.workspace.root
    path = next((p for p in (folder / name, folder.parent / name, paper.folder / "data" / name, root / name) if p.is_file()), None)
    if path is None:
        where = files.relative(root, folder)
        return None, [], [codes.QUESTIONS_FILE.at(place, f"There is no {name} in {where}/ or in the paper's data/.")]
    source, findings = files.read_text(root, path)
    if any(f.code.id in ("FILE001", "FILE003") for f in findings):
        return None, [], findings
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        span = Span(source.path, reader.line_num, 1, reader.line_num, 1)
        return source, [], [*findings, codes.QUESTIONS_FILE.at(span, f"This CSV cannot be read: {error}.")]
    head = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    if "id" not in head or "text" not in head:
        span = Span(source.path, 1, 1, 1, 1)
        return source, [], [*findings, codes.QUESTIONS_FILE.at(span, f"Its first line does not name the columns id and text, but: {', '.join(head) or 'nothing'}.")]
    questions: list[tuple[Question, Span]] = []
    before = lines[0][0]
    for last, row in lines[1:]:
        span = Span(source.path, before + 1, 1, before + 1, 1)
        before = last
        data, found = _row(dict(zip(head, row, strict=False)), span)
        made, more = authored(Question, data, lambda _, span=span: span)  # type: ignore[misc]
        findings += [*found, *more]
        questions += [(made, span)] if made else []
    return source, questions, findings


def _row(cells: Mapping[str, str], span: Span) -> tuple[dict[str, Any], list[Finding]]:
    """A row as the data of a question; a cell that is empty says nothing."""
    data: dict[str, Any] = {k: v.strip() for k, v in cells.items() if k in _COLUMNS and v.strip()}
    findings: list[Finding] = []
    if "limit" in data:
        digits = data["limit"].replace(",", "").replace("\u00a0", "").replace(" ", "")
        if digits.isdigit() and int(digits) > 0:
            data["limit"] = int(digits)
        else:
            findings.append(codes.QUESTIONS_FILE.at(span, f"The limit {data.pop('limit')!r} is not a number of characters."))
    if "choices" in data:
        data["choices"] = [c.strip() for c in data["choices"].split("|") if c.strip()]
    if "required" in data:
        data["required"] = data["required"].lower() not in ("no", "false", "0", "n")
    return data, findings
