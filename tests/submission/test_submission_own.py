"""The submissions of this repository's own paper, and what of a document answers a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from submission_desk import Desk

from penholder.adapters.pandoc import tree
from penholder.features.submission.opening import open_submission, submissions_of
from penholder.features.submission.passages import pieces_of
from penholder.features.submission.rendering import document_of, render_submission
from penholder.stages.discover import discover

ROOT = Path(__file__).parents[2]
PAPER = "social-value-commissioning"
ASKED = "profile: uk-survey\nquestions:\n  - {id: Q1, text: What is the need?}\nanswers:\n  - question: Q1\n"


def faults(findings: Any) -> list[str]:
    return [f"{f.span} {f.message}" for f in findings if f.severity.label != "note"]


def test_written_evidence_to_a_commons_committee(worker: Any, compiler: Any) -> None:
    submission, findings = open_submission(discover(ROOT)[0], PAPER, "commons-evidence")
    assert faults(findings) == []
    rendered, findings = render_submission(submission, ["docx", "pdf"], worker, compiler)
    assert faults(findings) == [] and set(rendered.files) == {"docx", "pdf"}
    document = rendered.resolved.document
    assert [s.title for s in document.sections][:2] == ["Summary", "Introduction"]
    assert {b["t"] for b in document.sections[0].blocks} == {"Header", "BulletList"}
    assert document.targets["para-record"].number == "2"  # told in the submission's own introduction
    words = sum(len(tree.text_of(s.blocks, notes=True).split()) for s in document.sections) + len(tree.text_of(document.references).split())
    assert 2000 < words <= 3000


def test_answers_to_a_consultation_of_nine_questions(worker: Any) -> None:
    submission, findings = open_submission(discover(ROOT)[0], PAPER, "consultation")
    assert faults(findings) == [] and len(submission.questions) == len(submission.answers) == 9
    resolved, findings = document_of(submission, worker)
    assert faults(findings) == []
    for answer in submission.answers:
        text = "\n\n".join(tree.text_of(p.blocks, notes=True) for p in pieces_of(answer, resolved.document)).strip()
        assert 200 < len(text) <= (submission.limit_of(answer.question) or 0) == 2000


def test_it_has_these_two() -> None:
    assert submissions_of(ROOT, PAPER) == ({n: ROOT / f"papers/{PAPER}/submissions/{n}.yaml" for n in ("commons-evidence", "consultation")}, [])


# what answers a question ------------------------------------------------------------------------


def answered(desk: Desk, text: str) -> list[tuple[str, str]]:
    """The ids and the words of the pieces that answer Q1."""
    resolved, _ = desk.document(ASKED + text)
    pieces = pieces_of(resolved.submission.answers[0], resolved.document)
    return [(p.id, " ".join(tree.text_of(p.blocks).split())) for p in pieces]


def test_a_section_answers_without_its_title(desk: Desk) -> None:
    found = answered(desk, "    sections: [20-need.md]\n")
    assert len(found) == 1 and found[0][0] == "" and found[0][1].startswith("The first paragraph of need") and "Need" not in found[0][1].split(".")[0]


def test_passages_answer_alone_and_bring_their_section_along(desk: Desk) -> None:
    assert [i for i, _ in answered(desk, '    passages: ["@para-first", "#tbl-spend"]\n')] == ["para-first", "tbl-spend"]


def test_its_own_text_comes_first(desk: Desk) -> None:
    found = answered(desk, "    sections: [30-deliver.md]\n    passages: [para-first]\n    text: |\n      Yes.\n")
    assert [i for i, _ in found] == ["", "", "para-first"] and found[0][1] == "Yes." and found[1][1].startswith("Keep promises")


def test_a_heading_answers_with_what_stands_under_it(desk: Desk) -> None:
    desk.bench.section("20-need.md", "# Need\n\nBefore.\n\n## One {#sec-one}\n\nFirst.\n\n### Deeper\n\nSecond.\n\n## Two\n\nThird.\n")
    assert answered(desk, "    passages: [sec-one]\n") == [("sec-one", "First. Deeper Second.")]


def test_an_id_that_the_submission_takes_over_is_its_own(desk: Desk) -> None:
    text = "left_out: words\nsections:\n  - title: Introduction\n    text: |\n      Said anew. {#para-first}\n  - title: More\n    text: |\n      As @para-first says.\n"
    resolved, findings = desk.document(text)
    assert faults(findings) == [] and "paragraph\u00a01" in tree.text_of(resolved.document.sections[1].blocks)
