"""``penholder check`` as people run it, in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from penholder.adapters.seals import seal
from workbench import WORKSPACE, Bench

TEXT = "---\ntitle: Need\n---\n\n# Need\n\nThe list is TODO.\n\nIt is long.\n"


def run(bench: Bench, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "penholder", "-C", str(bench.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=bench.environment(**more), timeout=120, check=False)


def data(bench: Bench, *arguments: str) -> dict[str, Any]:
    done = run(bench, "check", "--format", "json", *arguments)
    assert done.stdout.startswith("{"), done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def draft(bench: Bench) -> Bench:
    bench.file("penholder.toml", WORKSPACE)
    bench.section("10-need.md", TEXT)
    bench.file(f"papers/{bench.slug}/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\nsections: [10-need.md]\n")
    return bench


def test_the_words_are_underlined_and_the_next_step_is_named(draft: Bench) -> None:
    done = run(draft, "check", "--select", "STRU004")
    assert done.returncode == 1
    lines = done.stdout.split("\n")
    assert lines[0].startswith("papers/p/sections/10-need.md:7:13: warning STRU004: ")
    assert lines[1].endswith("The list is TODO.")
    assert lines[2].index("^") == lines[1].index("TODO") and lines[2].strip() == "^^^^"
    assert "1 paper checked: 1 warning." in done.stdout
    assert lines[-2].startswith("Next: ")


def test_json_has_the_shape_that_build_prints(draft: Bench) -> None:
    made = data(draft, "--select", "STRU")
    (finding,) = made["findings"]
    assert set(finding) == {"code", "severity", "path", "line", "column", "end_line", "end_column", "message", "why", "help", "url"}
    assert (finding["code"], finding["line"], finding["column"], finding["end_column"]) == ("STRU004", 7, 13, 17)
    assert made["summary"]["warnings"] == 1 and made["summary"]["papers"] == [{"paper": "p"}]


def test_a_family_asks_for_what_is_on_in_it_and_a_whole_code_for_the_rule(draft: Bench) -> None:
    draft.section("10-need.md", "---\ntitle: Need\n---\n\nText.\n\n| A |\n|---|\n| 1 |\n\n: Spend {#tbl-spend}\n")
    codes = lambda *a: [f["code"] for f in data(draft, *a)["findings"]]  # noqa: E731
    assert codes("--select", "STRU") == [] and codes("--select", "STRU010,EVID") == ["STRU010"]
    for said, found in (('["STRU"]', []), ('["STRU010"]', ["STRU010"])):
        draft.file("penholder.toml", WORKSPACE + f"\n[check]\nselect = {said}\n")
        assert codes("--select", "STRU") == found == [c for c in codes() if c == "STRU010"]


@pytest.mark.parametrize("named", [".", "papers/p", "papers/p/sections", "papers/p/sections/10-need.md", "papers/p/paper.yaml", "papers", "p"])
def test_a_paper_is_named_by_what_lies_in_it(draft: Bench, named: str) -> None:
    command = [sys.executable, "-m", "penholder", "check", "--select", "STRU004", named]
    done = subprocess.run(command, cwd=draft.root, capture_output=True, text=True, env=draft.environment(), timeout=120, check=False)
    assert done.returncode == 1 and "1 paper checked" in done.stdout, done.stderr
    inside = subprocess.run([*command[:-1], "."], cwd=draft.root / "papers/p/sections", capture_output=True, text=True, env=draft.environment(), timeout=120, check=False)
    assert "1 paper checked" in inside.stdout


def test_select_ignore_severity_and_mode(draft: Bench) -> None:
    codes = lambda *a: [f["code"] for f in data(draft, *a)["findings"]]  # noqa: E731
    assert "STRU004" in codes()
    assert "STRU004" not in codes("--ignore", "STRU004")
    assert "STRU004" not in codes("--ignore", "STRU")
    assert codes("--select", "stru004,ACCE") == ["STRU004"]
    assert codes("--select", "STRU004", "--severity", "error") == []
    made = data(draft, "--select", "STRU004", "--mode", "final")
    assert [f["severity"] for f in made["findings"]] == ["error"]


def test_settings_of_the_workspace_and_the_paper(draft: Bench) -> None:
    toml = (draft.root / "penholder.toml").read_text()
    severity = lambda: [f["severity"] for f in data(draft)["findings"] if f["code"] == "STRU004"]  # noqa: E731
    draft.file("penholder.toml", toml + '\n[check]\nseverity = {STRU004 = "error"}\n')
    assert severity() == ["error"]
    draft.file("penholder.toml", toml + '\n[check]\nseverity = {STRU = "note"}\n')
    assert severity() == ["note"]
    draft.file("penholder.toml", toml + '\n[check]\nignore = ["STRU004"]\n')
    assert severity() == []
    paper = (draft.folder / "paper.yaml").read_text()
    draft.file("papers/p/paper.yaml", paper + "check:\n  select: [STRU004]\n")
    assert severity() == ["warning"]
    draft.file("papers/p/paper.yaml", paper)
    draft.file("penholder.toml", toml + '\n[check]\n[[check.paths]]\npath = "papers/*/sections/10-*"\nseverity = {STRU004 = "note"}\n')
    assert severity() == ["note"]
    draft.file("penholder.toml", toml + '\n[check]\n[[check.paths]]\npath = "papers/*/sections/10-*"\nignore = ["STRU"]\n')
    assert severity() == []


def test_a_misspelt_setting_is_found_at_its_key(draft: Bench) -> None:
    draft.file("papers/p/paper.yaml", (draft.folder / "paper.yaml").read_text() + "check:\n  ingore: [STRU004]\n")
    (finding,) = [f for f in data(draft)["findings"] if f["code"] == "YAML002"]
    assert (finding["path"], finding["line"], finding["column"]) == ("papers/p/paper.yaml", 6, 3)
    assert "ignore" in finding["message"]


def test_what_the_stages_find_is_found_too(draft: Bench) -> None:
    draft.section("10-need.md", TEXT + "\nA claim [@alhpa2020] and @sec-nowhere.\n")
    found = {f["code"]: f for f in data(draft)["findings"]}
    assert "alpha2020" in found["CITE001"]["message"] + found["CITE001"]["help"]
    assert found["XREF001"]["line"] == 11


def test_one_section(draft: Bench) -> None:
    draft.section("20-other.md", "# Other\n\nAlso TODO.\n")
    draft.file("papers/p/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\n")
    for name in ("20-other.md", "20-other", "other", "Other", "sections/20-other.md"):
        assert {f["path"] for f in data(draft, "--section", name)["findings"]} == {"papers/p/sections/20-other.md"}, name
    done = run(draft, "check", "--section", "nothing")
    assert done.returncode == 2 and "20-other" in done.stderr and "Traceback" not in done.stderr


def test_the_report_can_go_into_a_file(draft: Bench, tmp_path: Path) -> None:
    for shape in ("text", "json", "github", "sarif", "letter"):
        target = tmp_path / f"report.{shape}"
        done = run(draft, "check", "--format", shape, "--output", str(target))
        assert done.returncode == 1 and done.stdout == ""
        text = target.read_text()
        assert "TODO" in text and "\x1b" not in text and text.endswith("\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "NOPE1"], "no rule NOPE1"),
        (["nopaper"], "no paper called"),
        (["--unsafe-fixes"], "--fix"),
        (["--watch", "--format", "json"], "--watch"),
        (["--output", "/nowhere/at/all/x.json"], "no folder"),
    ],
)
def test_wrong_use_is_one_clear_line(draft: Bench, arguments: list[str], said: str) -> None:
    done = run(draft, "check", *arguments)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_second_run_reads_nothing_again_and_says_the_same(draft: Bench) -> None:
    first = run(draft, "check")
    kept = list((draft.root / ".penholder/cache/checks").glob("*.json"))
    assert len(kept) == 1
    blocked = draft.root / "no-pandoc"
    blocked.mkdir()
    again = run(draft, "check", PENHOLDER_PANDOC=str(blocked / "none"), PATH=str(blocked) + os.pathsep + os.environ["PATH"])
    assert again.stdout == first.stdout
    draft.section("10-need.md", TEXT.replace("TODO", "there"))
    assert "STRU004" not in run(draft, "check").stdout


@pytest.mark.parametrize("broken", ["", "{", '{"a": 1}', '[{"finding": 1}]', "[1]"])
def test_a_broken_cache_is_no_fault(draft: Bench, broken: str) -> None:
    first = run(draft, "check")
    (kept,) = (draft.root / ".penholder/cache/checks").glob("*.json")
    kept.write_text(broken)
    assert run(draft, "check").stdout == first.stdout
    assert seal(draft.root, kept, broken.encode())
    assert run(draft, "check").stdout == first.stdout


def test_a_report_without_spelling_is_not_kept(draft: Bench) -> None:
    """A dictionary that is installed is no file of the workspace."""
    draft.file("papers/p/paper.yaml", "schema_version: 1\ntitle: Paper\nlanguage: en-ZZ\ncheck:\n  spelling: true\n")
    asked = run(draft, "check", "--select", "SPEL001")
    assert "Spelling was not checked" in asked.stdout, asked.stdout + asked.stderr
    assert not list((draft.root / ".penholder/cache").glob("checks/*.json"))


def test_a_cache_that_leads_elsewhere_is_not_used(draft: Bench, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (draft.root / ".penholder" / "cache").mkdir(parents=True, exist_ok=True)
    (draft.root / ".penholder/cache/checks").symlink_to(elsewhere)
    assert run(draft, "check").returncode == 1
    assert list(elsewhere.iterdir()) == []


def test_no_colours_in_a_pipe_and_no_progress(draft: Bench) -> None:
    done = run(draft, "check")
    assert "\x1b" not in done.stdout + done.stderr and done.stderr == ""


def test_watch_checks_again_on_save(draft: Bench) -> None:
    command = [sys.executable, "-u", "-m", "penholder", "-C", str(draft.root), "check", "--watch", "--select", "STRU004"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=draft.environment())
    try:
        assert process.stdout
        said = _until(process, "Watching")
        assert "STRU004" in said
        draft.section("10-need.md", TEXT.replace("TODO", "there"), listed=False)
        assert "nothing found" in _until(process, "Watching")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert process.returncode in (0, 1, 130) and "Traceback" not in err
    finally:
        process.kill()


def _until(process: subprocess.Popen[str], mark: str) -> str:
    said = ""
    end = time.monotonic() + 60
    while mark not in said and time.monotonic() < end:
        said += process.stdout.readline()  # type: ignore[union-attr]
    assert mark in said
    return said


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [broken\n---\n\nText TODO.\n",
        "Text TODO \x00 with \ufffd.\n",
        "{{ nothing.here }} TODO.\n",
        "Mae angen TODO.\n\nالفقر مرتفع TODO.\n",
        "[" * 400 + " TODO\n",
        "",
        "TODO\n\n```\nnever closed\n",
    ],
)
def test_bad_text_is_a_finding_and_never_a_crash(draft: Bench, text: str) -> None:
    draft.section("10-need.md", text)
    done = run(draft, "check", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["findings"]


def test_a_section_of_two_megabytes(draft: Bench) -> None:
    draft.section("10-need.md", "# Need\n\n" + "Councils spend more than they did. The list is long.\n\n" * 38_000)
    done = run(draft, "check", "--format", "json")
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["summary"]["papers"]
