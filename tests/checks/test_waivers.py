"""Waivers: an answer to a rule, with a reason, for one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.record import Report
from penholder.checks.rule import Example


def found(root: Path, pandoc: Worker, section: str, **files: str) -> Report:
    make(root, Example(section, {k.replace("__", "/"): v for k, v in files.items()}))
    report = check(root, pandoc)
    return Report([c for c in report.items if c.finding.code.id in ("STRU004", "WAIV001", "WAIV002", "WAIV003")])


def codes(report: Report) -> list[str]:
    return sorted(c.finding.code.id for c in report.open)


def test_a_waiver_answers_the_paragraph_that_follows_and_no_other(tmp_path: Path, pandoc: Worker) -> None:
    text = "<!-- penholder: allow STRU004 because the name of the list is TODO -->\n\nThe list is TODO.\n\nAnother TODO here.\n"
    report = found(tmp_path, pandoc, text)
    assert codes(report) == ["STRU004"]
    assert [c.waived for c in report.waived] == ["the name of the list is TODO"]
    assert report.open[0].finding.span.line > report.waived[0].finding.span.line


@pytest.mark.parametrize(
    "text",
    [
        "The list is TODO. <!-- penholder: allow STRU004 because it is its name -->\n",
        "The list <!-- penholder: allow STRU004: it is its name --> is TODO.\n",
        "<!-- penholder: allow stru004 because it is its name -->\nThe list is TODO.\n",
        "<!-- penholder: allow STRU because it is its name -->\n\nThe list is TODO.\n",
        "<!-- penholder: allow STRU004, EVID001 because it is its name -->\n\nThe list is TODO.\n",
        "<!-- penholder: allow-section STRU004 because it is its name -->\n\nOne.\n\nTwo.\n\nThe list is TODO.\n",
        "<!--\npenholder: allow STRU004\nbecause it is its name\n-->\n\n\n\nThe list is TODO.\n",
        "<!-- penholder: allow STRU004 because it is its name -->\n\n- one\n- TODO\n",
    ],
)
def test_ways_to_write_a_waiver(tmp_path: Path, pandoc: Worker, text: str) -> None:
    report = found(tmp_path, pandoc, text)
    assert [c for c in codes(report) if c != "WAIV003"] == []
    assert [c.waived for c in report.waived] == ["it is its name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- penholder: allow STRU004 -->\n\nThe list is TODO.\n", ["STRU004", "WAIV001"]),
        ("<!-- penholder: allow STRU004 because -->\n\nThe list is TODO.\n", ["STRU004", "WAIV001"]),
        ("<!-- penholder: please look away -->\n\nThe list is TODO.\n", ["STRU004", "WAIV001"]),
        ("<!-- penholder: allow NOPE123 because reasons -->\n\nThe list is TODO.\n", ["STRU004", "WAIV002"]),
        ("<!-- penholder: allow STRU004 because it was there -->\n\nThe list is long.\n", ["WAIV003"]),
        ("```\n<!-- penholder: allow STRU004 because it is code -->\n```\n\nThe list is TODO.\n", ["STRU004"]),
        ("<!-- a remark of ours -->\n\nThe list is TODO.\n", ["STRU004"]),
        ("<!-- penholder: allow STRU004 because it ends the text -->", ["WAIV003"]),
    ],
)
def test_waivers_that_do_not_count(tmp_path: Path, pandoc: Worker, text: str, expected: list[str]) -> None:
    assert codes(found(tmp_path, pandoc, text)) == expected


def test_a_waiver_stands_at_its_place(tmp_path: Path, pandoc: Worker) -> None:
    report = found(tmp_path, pandoc, "One line.\n\n<!-- penholder: allow NOPE123 because reasons -->\n\nWords.\n")
    (item,) = report.open
    line = (tmp_path / item.finding.span.path).read_text().split("\n")[item.finding.span.line - 1]
    assert line[item.finding.span.column - 1 : item.finding.span.end_column - 1] == "<!-- penholder: allow NOPE123 because reasons -->"


def test_a_waiver_cannot_answer_a_fault_of_a_waiver(tmp_path: Path, pandoc: Worker) -> None:
    text = "<!-- penholder: allow-section WAIV001 because I say so -->\n\n<!-- penholder: allow STRU004 -->\n\nThe list is TODO.\n"
    assert "WAIV001" in codes(found(tmp_path, pandoc, text))


W = "<!-- penholder: allow STRU004 because it is its name -->"


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        (f"- TODO one {W}\n- TODO two\n- TODO three\n", ["TODO one"]),
        (f"- TODO one\n- TODO two\n  {W} more\n- TODO three\n", ["TODO two"]),
        (f"1. TODO one\n2. TODO two {W}\n", ["TODO two"]),
        (f"{W}\n- TODO one\n- TODO two\n", ["TODO one", "TODO two"]),
        (f"| a | b |\n|---|---|\n| TODO one {W} | x |\n| TODO two | y |\n", ["TODO one"]),
        (f"+--------------+\n| TODO one     |\n+==============+\n| TODO two     |\n| {W} |\n+--------------+\n| TODO three   |\n+--------------+\n", ["TODO two"]),
        (f"{W}\n\n| a | b |\n|---|---|\n| TODO one | x |\n| TODO two | y |\n", ["TODO one", "TODO two"]),
        (f"::: {{.note}}\n{W}\n\nTODO one.\n:::\n\nTODO two.\n", ["TODO one"]),
        (f"{W}\n\n::: {{.note}}\n\nTODO one.\n\n:::\n\nTODO two.\n", ["TODO one"]),
        (f"TODO one is\n{W}\nTODO two.\n\nTODO three.\n", ["TODO one", "TODO two"]),
        (f"A sum of\n- TODO one {W}\n- TODO two, a dash at the front of a line.\n", ["TODO one", "TODO two"]),
        (f"{W}\n\n<!-- a remark\n\nwith a blank line -->\n\nTODO one.\n\nTODO two.\n", ["TODO one"]),
    ],
)
def test_how_far_a_waiver_reaches(tmp_path: Path, pandoc: Worker, text: str, answered: list[str]) -> None:
    report = found(tmp_path, pandoc, text)
    lines = (tmp_path / "papers/paper/sections/10-section.md").read_text().split("\n")
    told = [lines[c.finding.span.line - 1][c.finding.span.column - 1 :] for c in report.waived]
    assert [next((a for a in answered if t.startswith(a)), t) for t in told] == answered
    assert set(codes(report)) <= {"STRU004"}


@pytest.mark.parametrize(("code", "said"), [("CITE", "is no rule"), ("CITE001", "cannot be answered, only mended"), ("NOPE", "There is no rule NOPE")])
def test_what_no_rule_saw_cannot_be_answered(tmp_path: Path, pandoc: Worker, code: str, said: str) -> None:
    make(tmp_path, Example(f"<!-- penholder: allow-section {code} because we know -->\n\nIt is so [@nobody1999].\n"))
    report = check(tmp_path, pandoc)
    assert not report.waived
    open_ = {c.finding.code.id: c.finding.message for c in report.open}
    assert "CITE001" in open_ and said in open_["WAIV002"]


def test_a_family_answers_its_rules_alone(tmp_path: Path, pandoc: Worker) -> None:
    make(tmp_path, Example("<!-- penholder: allow-section LINK because we know -->\n\nIt is [here](ftp://example.org/x) and [there](javascript:x).\n"))
    report = check(tmp_path, pandoc)
    assert "LINK001" in codes(report)
