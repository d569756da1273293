"""``penholder submission check`` at the command line: what it prints, in which formats, and how it takes bad input."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from profile_fixtures import Case, passing, section
from test_check_profiles import BUILT_IN

PATH = "papers/paper/submissions/s.yaml"


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    from penholder.cli.main import run as command

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(["-C", str(root), "submission", "check", *arguments])
    return code, out.getvalue(), err.getvalue()


def case(profile: str = "uk-commons-select", **more: Any) -> Case:
    made = passing(BUILT_IN.get(profile))
    made.submission |= {"deadline": "2999-12-11 17:00 Europe/London", **more}  # never near
    return made


def test_a_report_for_a_person(tmp_path: Path) -> None:
    made = case("uk-public-bill", overrides={"LEN-WORDS": {"max": 40, "reason": "The call says 40."}})
    code, out, _ = run(made.write(tmp_path), "paper", "s")
    assert code == 1
    assert f"{PATH}:" in out and "error LEN-WORDS: " in out
    assert "paper/s: Written evidence to a Public Bill Committee (uk-public-bill)" in out
    assert re.search(r"^  STR-PARANUM +nothing found +Paragraphs are numbered, none left out and none twice \[\d\]$", out, re.M)
    assert "uk-public-bill (from memory, not verified)" in out
    assert "written-submissions/ (read on an official page, checked 2026-11-22)" in out
    assert "LEN-WORDS: at most 40 words; the profile: at most 3,000 words. Why: The call says 40." in out
    assert "- Stick to what is in the bill. (" in out
    assert "“Nothing found” means: not found by a machine." in out
    assert "compl" not in out.replace("does not mean that the recipient's rule is kept", "").lower()


def test_nothing_found_is_exit_code_0_and_quiet_says_nothing(tmp_path: Path) -> None:
    root = case().write(tmp_path)
    code, out, _ = run(root, "paper", "s")
    assert code == 0 and "Next: penholder submission build paper s" in out
    assert run(root, "paper", "s", "-q") == (0, "", "")


def test_a_report_for_machines(tmp_path: Path) -> None:
    made = case("uk-survey")
    made.submission["answers"][0]["text"] = "a" * 2001
    code, out, _ = run(made.write(tmp_path), "paper", "s", "--format", "json")
    data = json.loads(out)
    assert code == 1 and [f["code"] for f in data["findings"]] == ["LEN-ANSWER"]
    summary = data["summary"]
    assert summary["profile"] == "uk-survey" and summary["pages"] is None and summary["files"] == []
    rule = next(r for r in summary["rules"] if r["rule"] == "LEN-ANSWER")
    assert (rule["verdict"], rule["status"], rule["mark"], rule["checked"]) == ("found", ["V2"], "read on another body's page", "2026-11-22")
    first = summary["answers"][0]
    assert first["question"] == "Q1" and not first["fits"] and first["characters"] > 2001 and first["characters_with_crlf"] > first["characters"]
    assert "not found by a machine" in summary["note"]


@pytest.mark.parametrize("shape", ["github", "sarif"])
def test_reports_for_a_repository(tmp_path: Path, shape: str) -> None:
    root = case(overrides={"LEN-WORDS": {"max": 40, "reason": "The call says 40."}}).write(tmp_path)
    code, out, _ = run(root, "paper", "s", "--format", shape)
    assert code == 1
    if shape == "github":
        assert out.startswith(f"::error file={PATH},line=") and "LEN-WORDS" in out
    else:
        [result] = json.loads(out)["runs"][0]["results"]
        assert result["ruleId"] == "LEN-WORDS" and result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == PATH


def test_a_report_into_a_file(tmp_path: Path) -> None:
    root = case().write(tmp_path)
    code, out, err = run(root, "paper", "s", "--output", str(tmp_path / "report.txt"))
    assert code == 0 and out == "" and "nothing found" in err
    assert "\x1b" not in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_the_file_that_will_be_sent_is_checked_in_place_of_ours(tmp_path: Path) -> None:
    root = case().write(tmp_path)
    (tmp_path / "North-Body.pdf").write_bytes(b"%PDF-1.4 nothing")
    code, out, _ = run(root, "paper", "s", "--file", str(tmp_path / "North-Body.pdf"), "--format", "json")
    found = {f["code"] for f in json.loads(out)["findings"]}
    assert code == 1 and "FILE-TYPE" in found
    assert run(root, "paper", "s", "--file", str(tmp_path / "gone.docx"))[0] == 2


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    root = case().write(tmp_path)
    assert run(root, "paper", "gone")[0] == 2 and run(root, "gone", "s")[0] == 2


# bad input ---------------------------------------------------------------------------------------


def found(root: Path) -> list[tuple[str, str, str]]:
    _, out, err = run(root, "paper", "s", "--format", "json")
    assert "fault of Penholder" not in err
    return [(f["code"], f["path"], f["message"]) for f in json.loads(out)["findings"]]


def codes(root: Path) -> set[str]:
    return {code for code, _, _ in found(root)}


def test_a_profile_that_extends_itself(tmp_path: Path) -> None:
    made = case()
    made.submission["profile"] = "mine"
    made.files["templates/profiles/mine.toml"] = 'schema_version = 1\nid = "mine"\ntitle = "Mine"\nextends = "mine"\nmakes = ["docx"]\n'
    assert ("PROF002", "templates/profiles/mine.toml", "mine extends mine.") in found(made.write(tmp_path))


def test_a_rule_that_does_not_exist(tmp_path: Path) -> None:
    made = case(overrides={"LEN-WORD": {"max": 5, "reason": "The call."}})
    made.submission["profile"] = "mine"
    made.files["templates/profiles/mine.toml"] = 'schema_version = 1\nid = "mine"\ntitle = "Mine"\nextends = "uk-commons-select"\n[rules.STR-DATES]\n'
    assert [(c, p) for c, p, _ in found(made.write(tmp_path))] == [("PROF003", PATH), ("PROF003", "templates/profiles/mine.toml")]


@pytest.mark.parametrize("written", ["2026-10-30 17:00", "2026-03-29 01:30 Europe/London", "2026-10-30"])
def test_a_deadline_that_is_no_moment(tmp_path: Path, written: str) -> None:
    assert "SUBM003" in codes(case(deadline=written).write(tmp_path))


def test_a_question_answered_by_a_section_that_is_gone(tmp_path: Path) -> None:
    made = case("uk-survey")
    made.submission["answers"][0]["sections"] = ["gone.md"]
    assert {"SUBM002", "STR-QUESTIONS"} <= codes(made.write(tmp_path))


def test_two_submissions_with_one_id(tmp_path: Path) -> None:
    made = case()
    made.files["papers/paper/submissions/s.yml"] = "schema_version: 1\nprofile: submission\n"
    assert [(c, p) for c, p, _ in found(made.write(tmp_path))] == [("SUBM001", "papers/paper/submissions/s.yml")]


def test_a_contact_file_that_git_tracks_is_not_read(tmp_path: Path) -> None:
    made = case(contact="private/contact.yaml")
    made.files["private/contact.yaml"] = 'name: Carl\nemail: carl@north.example\nphone: "020 7946 0018"\n'
    root = made.write(tmp_path)
    for arguments in (["init", "-q"], ["add", "-f", "private/contact.yaml"]):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    assert codes(root) == {"SUBM007"}


def test_a_consent_that_forbids_naming_a_contributor_who_is_named(tmp_path: Path) -> None:
    made = case(contributors=["anna"], consent={"names": False})
    made.files["contributors.yaml"] = "schema_version: 1\ncontributors:\n  - {id: anna, name: Anna Author, consent_to_be_named: true}\n"
    made.sections["30-need.md"] = section("What is needed", "Anna Author told us so.")
    assert [(c, p) for c, p, _ in found(made.write(tmp_path))] == [("SUBM010", PATH)]
    del made.submission["contributors"]
    assert [(c, p) for c, p, _ in found(made.write(tmp_path))] == [("SUBM010", "papers/paper/sections/30-need.md")]


@pytest.mark.parametrize("text", ["", "[", "- a\n- b\n", "profile: [x]\n", "profile: uk-commons-select\nsections: []\n", "profile: uk-survey\n"])
def test_a_file_that_says_little_is_checked_all_the_same(tmp_path: Path, text: str) -> None:
    made = case()
    made.files[PATH] = text
    assert codes(made.write(tmp_path))
