"""Reports for machines and letters to people."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif
from rulekit import check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.record import Checked, Report, from_record, to_record
from penholder.checks.registry import all_rules
from penholder.checks.rule import Example, Fix
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
@pytest.fixture
def report(tmp_path: Path, pandoc: Worker) -> Report:
    make(tmp_path, Example(TEXT))
    return check(tmp_path, pandoc)


def test_sarif_holds_every_finding_and_the_waived_ones_with_their_reasons(report: Report, tmp_path: Path) -> None:
    text = to_sarif(report, tmp_path)
    Sarif.model_validate_json(text)  # made of the standard's own schema: nothing missing, nothing unknown
    made = json.loads(text)
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
    assert "In your second paragraph (“More than half of councils have a policy, ...”) “half” and “58%” have no source. Which report are they from?" in flat
    assert "it still says “TODO”. What belongs there?" in flat and "TBC" not in flat
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


def one(span: Span, message: str = "It is so.", severity: Severity = Severity.WARNING, **more: object) -> Checked:
    code = Code("STRU004", severity, "A mark left for later", "Why.", "Do it.", "https://example.org/rule")
    return Checked(code.at(span, message), **more)  # type: ignore[arg-type]


def result(report: Report, root: Path) -> dict[str, Any]:
    text = to_sarif(report, root)
    Sarif.model_validate_json(text)
    return json.loads(text)["runs"][0]["results"][0]


def test_sarif_counts_columns_as_its_readers_do(tmp_path: Path) -> None:
    """A letter beyond the 65,536 first ones is two units of UTF-16: after it, columns differ."""
    (tmp_path / "a.md").write_text("𝒳𝒴 and é TODO\n𝒳 end\n")
    region = result(Report([one(Span("a.md", 1, 10, 1, 14))]), tmp_path)["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 12, "endLine": 1, "endColumn": 16}
    region = result(Report([one(Span("a.md", 1, 10, 2, 3))]), tmp_path)["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (12, 4)


def test_sarif_and_github_name_files_as_the_repository_does(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "our work"
    root.mkdir()
    report = Report([one(Span("papers/é/a b.md", 3, 1, 3, 2))])
    place = result(report, root)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "our%20work/papers/%C3%A9/a%20b.md", "uriBaseId": "SRCROOT"}
    assert "file=our work/papers/é/a b.md,line=3" in to_github(report, root)


@pytest.mark.parametrize(("severity", "github", "sarif"), [(Severity.ERROR, "error", "error"), (Severity.WARNING, "warning", "warning"), (Severity.NOTE, "notice", "note")])
def test_severities_are_said_in_each_ones_words(tmp_path: Path, severity: Severity, github: str, sarif: str) -> None:
    report = Report([one(Span("a.md", 1, 1, 1, 2), severity=severity)])
    assert to_github(report, tmp_path).startswith(f"::{github} ") and result(report, tmp_path)["level"] == sarif


def test_a_finding_about_a_file_as_a_whole_names_no_line(tmp_path: Path) -> None:
    report = Report([one(Span("papers/p/paper.yaml"))])
    assert "region" not in result(report, tmp_path)["locations"][0]["physicalLocation"]
    assert to_github(report, tmp_path).startswith("::warning file=papers/p/paper.yaml,title=")


def test_a_waived_finding_is_no_annotation_and_no_question(tmp_path: Path) -> None:
    item = one(Span("a.md", 1, 1, 1, 2), waived="it is so", section="a.md", title="A", ask="Is it so?")
    assert to_github(Report([item]), tmp_path) == ""
    assert result(Report([item]), tmp_path)["suppressions"] == [{"kind": "inSource", "justification": "it is so"}]
    assert to_letter(Report([item]), tmp_path).startswith("Nothing in the text")


def test_a_fix_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("One.\n\nOn 3rd May, eg.\n")
    made = result(Report([one(Span("a.md", 3, 4, 3, 11), fix=Fix("a.md", 9, 16, "3 May"), safety="safe")]), tmp_path)
    (change,) = made["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 11}, "insertedContent": {"text": "3 May"}}
    ]


def test_an_empty_report_is_a_whole_one(tmp_path: Path) -> None:
    Sarif.model_validate_json(to_sarif(Report(), tmp_path))
    assert to_github(Report(), tmp_path) == ""


def test_github_reads_each_line_as_one_command(tmp_path: Path) -> None:
    report = Report([one(Span("a.md", n + 1, 1, n + 1, 2), f"x\r\n::set-output name=a::b % {n}") for n in range(3)])
    lines = to_github(report, tmp_path).splitlines()
    assert len(lines) == 3 and all(line.startswith("::warning file=a.md,") and "%0D%0A::set-output name=a::b %25" in line for line in lines)


def letter(*items: Checked) -> str:
    return re.sub(r"\s+", " ", to_letter(Report(list(items)), Path()))


def paragraph(n: int, ask: str, **more: Any) -> Checked:
    told = {"section": "papers/p/sections/10-a.md", "title": "Need", "nth": 3, "kind": "paragraph", "opening": "More than half of councils ..."} | more
    return one(Span(told["section"], n, 1, n, 2), ask=ask, **told)


def test_a_letter_reads_as_one_would_write_it() -> None:
    asked = paragraph(7, "A number has no source. Which report is it from?")
    assert "In your third paragraph (“More than half of councils ...”) a number has no source. Which report is it from?" in letter(asked)
    assert "(“More than half of councils ...”): When was that?" in letter(paragraph(7, "When was that?"))
    assert "In the heading “Need and/or want”: Is that so?" in letter(paragraph(1, "Is that so?", kind="heading", nth=0, opening="Need and/or want"))


def test_a_letter_leaves_the_authors_words_alone() -> None:
    said = letter(paragraph(7, "“and/or NHS100” is unclear. Which is it?", opening="Housing/planning in ABC123 see plan.md ..."))
    assert "(“Housing/planning in ABC123 see plan.md ...”) “and/or NHS100” is unclear." in said


def test_a_finding_without_a_question_is_said_without_codes_and_files() -> None:
    item = one(Span("papers/p/sections/10-a.md", 1, 1, 1, 2), "`figures/a b/x.png` of papers/p/sections/10-a.md is not there (IMG001), see https://example.org/a.md.", section="papers/p/sections/10-a.md")
    said = letter(item)
    assert "IMG001" not in said and "10-a.md" not in said and "https://example.org/a.md." in said


def test_letters_to_several_authors_stand_apart() -> None:
    first, other = paragraph(7, "Is it so?"), paragraph(3, "Who says so?", section="papers/p/sections/20-b.md", title="Plan")
    general = one(Span("papers/p/paper.yaml", 1, 1, 1, 2), "The paper has no summary.")
    letters = to_letter(Report([first, other, general]), Path()).split("\n\n" + "-" * 20 + "\n\n")
    assert [re.sub(r"\s+", " ", text).split(".")[0] for text in letters] == [
        "Hello, Thank you for “Need”", "Hello, Thank you for “Plan”", "For the editor, about the paper as a whole: - The paper has no summary"
    ]  # fmt: skip
    assert "Who says so?" not in letters[0] and "Is it so?" not in letters[1]


def test_the_same_question_is_asked_once() -> None:
    items = [paragraph(n, "Which report is it from?", nth=n) for n in range(1, 10)]
    said = letter(*items)
    assert said.count("Which report is it from?") == 1
    assert "The same goes for your second paragraph; your third paragraph; " in said and "and 3 more places" in said


def test_what_must_be_answered_comes_first() -> None:
    error, note = paragraph(2, "Who says so?", severity=Severity.ERROR), paragraph(3, "Hm?", severity=Severity.NOTE)
    said = letter(paragraph(1, "Is it so?"), error, note)
    assert said.index("must be answered") < said.index("Who says so?") < said.index("make it better") < said.index("Is it so?")
    assert "Hm?" not in said and "one small remark" in said


def test_a_letter_greets_whom_it_is_for() -> None:
    assert letter(paragraph(1, "Is it so?", owner="Anna Author")).startswith("Dear Anna Author, Thank you for “Need”. Going through it we came upon one thing.")
    assert letter(paragraph(1, "Is it so?")).startswith("Hello, Thank you")


def test_the_owner_is_found_in_the_list_of_contributors(tmp_path: Path, pandoc: Worker) -> None:
    people = "schema_version: 1\ncontributors:\n  - id: anna\n    name: Anna Author\n    consent_to_be_named: true\n"
    make(tmp_path, Example("---\ntitle: Need\nowner: anna\n---\n\nThe list is TODO.\n", {"contributors.yaml": people}))
    assert to_letter(check(tmp_path, pandoc), tmp_path).startswith("Dear Anna Author,\n\nThank you for “Need”.")


def test_a_letter_of_small_remarks_says_them() -> None:
    said = letter(paragraph(1, "Is it so?", severity=Severity.NOTE))
    assert "Nothing in it needs an answer. We have a small remark only, if you like: - In your third paragraph (“More than" in said
    assert "besides" not in said and said.endswith("Is it so? Many thanks.")
    assert letter(one(Span("papers/p/paper.yaml"), severity=Severity.NOTE)) == "Nothing in the text needs an answer. Thank you."


def test_a_letter_has_no_holes(tmp_path: Path, pandoc: Worker) -> None:
    text = "About 4 children live in poverty [@alpha2020]. TODO.\n\n<!-- penholder: allow STRU004 -->\nHere (see [@alpha2020]) it is TODO.\n\n"
    make(tmp_path, Example(text + "<!-- penholder: allow EVID999 because of this -->\n\nAll good.\n\n<!-- penholder: allow PLAI006 because of that -->\n\nAll done.\n"))
    said = re.sub(r"\s+", " ", to_letter(check(tmp_path, pandoc), tmp_path))
    assert "(“About 4 children live in poverty. TODO.”)" in said
    assert "In your second paragraph (“Here (see) it is TODO.”): You let a remark of ours stand here, and no reason is given" in said
    assert "In your third paragraph (“All good.”): You let a remark stand here that we never make." in said
    assert "In your fourth paragraph (“All done.”): You let a remark stand here, and we no longer make it." in said
    assert not re.search(r"\s[.,;:!?)]|  |\(\)| of \.", said)


def test_marks_in_marks_are_single_ones() -> None:
    said = letter(paragraph(1, "“He said “no” twice” still says TODO.", opening="The “best” of them ..."), paragraph(2, "Is it “so?", opening='A "plain" one'))
    assert "(“The ‘best’ of them ...”) “He said ‘no’ twice” still" in said
    assert "(“A ‘plain’ one”): Is it “so?" in said


def test_a_code_in_a_message_leaves_no_hole() -> None:
    said = letter(one(Span("a.md", 1, 1, 1, 2), "The setting of STRU004 is odd; rule EVID001, too (PLAI003). `EVID999` is none.", section="a.md"))
    assert "The setting of that rule is odd; that rule, too. EVID999 is none." in said
