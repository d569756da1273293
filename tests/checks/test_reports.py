"""Reports for machines and letters to people."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from rulekit import check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.record import Checked, Report, from_record, to_record
from penholder.checks.registry import all_rules
from penholder.checks.rule import Example
from penholder.findings import Code, Severity
from penholder.report.github import to_github
from penholder.report.letter import to_letter
from penholder.report.sarif import to_sarif
from penholder.source import Span

TEXT = """\
# Need

The list is TODO.

More than half of councils have a policy, and 58% of them publish it.

<!-- penholder: allow STRU004 because it is its name -->

It is called TBC.
"""
# The parts of SARIF 2.1.0 (sections 3.13 to 3.55) that a reader of results relies on.
REGION = {
    "type": "object",
    "required": ["startLine"],
    "properties": {k: {"type": "integer", "minimum": 1} for k in ("startLine", "startColumn", "endLine", "endColumn")},
}
MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
    "properties": {
        "message": MESSAGE,
        "level": {"enum": ["none", "note", "warning", "error"]},
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["physicalLocation"],
                "properties": {
                    "physicalLocation": {
                        "type": "object",
                        "required": ["artifactLocation"],
                        "properties": {"region": REGION, "artifactLocation": {"type": "object", "required": ["uri"]}},
                    }
                },
            },
        },
        "suppressions": {"type": "array", "items": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["inSource", "external"]}}}},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"type": "object", "required": ["driver"]},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def pandoc():
    with Worker() as worker:
        yield worker


@pytest.fixture
def report(tmp_path: Path, pandoc: Worker) -> Report:
    make(tmp_path, Example(TEXT))
    return check(tmp_path, pandoc)


def test_sarif_holds_every_finding_and_the_waived_ones_with_their_reasons(report: Report, tmp_path: Path) -> None:
    made = json.loads(to_sarif(report, tmp_path))
    Draft7Validator(SARIF).validate(made)
    (run,) = made["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report.items)
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    reasons = [s["justification"] for r in run["results"] for s in r.get("suppressions", ())]
    assert reasons == ["it is its name"]
    todo = next(r for r in run["results"] if "TODO" in r["message"]["text"])
    region = todo["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 17}


def test_github_has_a_line_for_each_finding(report: Report, tmp_path: Path) -> None:
    lines = to_github(report, tmp_path).split("\n")
    assert len(lines) == len(report.findings)
    todo = next(line for line in lines if "TODO" in line)
    assert todo.startswith("::warning file=papers/paper/sections/10-section.md,line=7,endLine=7,col=13,endColumn=17,title=STRU004 A mark")


def test_github_escapes_what_would_end_a_command(tmp_path: Path) -> None:
    code = Code("STRU004", Severity.ERROR, "A, title: of 50%", "Why.", "Help.")
    item = Checked(code.at(Span("a,b:c.md", 1, 1, 2, 3), "50%\n::error::x", help="Do."))
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "repo/work").mkdir()
    assert to_github(Report([item]), tmp_path / "repo/work") == (
        "::error file=work/a%2Cb%3Ac.md,line=1,endLine=2,title=STRU004 A%2C title%3A of 50%25::50%25%0A::error::x Do."
    )


def test_a_letter_asks_about_paragraphs(report: Report, tmp_path: Path) -> None:
    letter = to_letter(report, tmp_path)
    flat = re.sub(r"\s+", " ", letter)
    assert "In your second paragraph (“More than half of councils have a policy, ...”): “half” and “58%” have no source. Which report are they from?" in flat
    assert "It still says “TODO”. What belongs there?" in flat and "TBC" not in flat
    assert all(len(line) <= 72 for line in letter.split("\n"))


def test_nothing_to_say_is_said_kindly(tmp_path: Path) -> None:
    assert to_letter(Report(), tmp_path) == "Nothing in the text needs an answer. Thank you."


@pytest.mark.parametrize("rule", [r for r in all_rules() if not r.network], ids=lambda r: r.id)
def test_no_letter_names_codes_or_paths(rule, tmp_path: Path, pandoc: Worker) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path, rule.bad)
    letter = to_letter(check(tmp_path, pandoc, final=rule.bad.mode == "final"), tmp_path)
    assert not re.search(r"\b[A-Z]{4}\d{3}\b", letter), letter
    assert not re.search(r"\.(?:md|yaml|bib|toml)\b|papers/|:\d+:\d+", letter), letter


def test_a_report_can_be_kept_and_read_again(report: Report) -> None:
    again = from_record(json.loads(json.dumps(to_record(report))))
    assert again.items == report.items
