"""The GitHub Action: its steps are run as a runner runs them, in a repository of its own."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from penholder.adapters import yaml
from penholder.source import SourceFile
from workbench import TOOL, WORKSPACE, Bench

ROOT = TOOL.parent
ACTION: Mapping[str, Any] = yaml.load(SourceFile("action.yml", (ROOT / "action.yml").read_text()))[0].data
_EXPRESSION = re.compile(r"\$\{\{\s*inputs\.([\w-]+)\s*\}\}")


@dataclass
class Ran:
    """What the steps gave: exit codes by step, what was printed, outputs, and the summary."""

    codes: dict[str, int]
    log: str
    outputs: dict[str, str]
    summary: str


@pytest.fixture
def run(bench: Bench, tmp_path: Path) -> Callable[..., Ran]:
    """Run the action's own scripts, but for the installing, as ``runs: using: composite`` does."""
    command = tmp_path / "penholder/bin/penholder"  # where the step before has put it
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m penholder "$@"\n')
    command.chmod(0o755)

    def go(**inputs: str) -> Ran:
        given = {name: inputs.pop(name.replace("-", "_"), str(spec.get("default", ""))) for name, spec in ACTION["inputs"].items()}
        assert not inputs
        files = {name: tmp_path / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        base = {
            **os.environ, "PYTHONPATH": str(TOOL), "CI": "true", "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_WORKSPACE": str(bench.root), "RUNNER_TEMP": str(tmp_path), **{k: str(v) for k, v in files.items()},
        }  # fmt: skip
        codes, log = {}, ""
        for step in ACTION["runs"]["steps"]:
            if step["name"] not in ("Check", "Build") or (step["name"] == "Build" and given["build"] != "true"):
                continue
            environment = {name: _EXPRESSION.sub(lambda m: given[m[1]], str(value)) for name, value in step.get("env", {}).items()}
            script = tmp_path / "step.sh"
            script.write_text(step["run"])
            shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]  # what `shell: bash` means to a runner
            done = subprocess.run(shell, cwd=bench.root, env=base | environment, capture_output=True, text=True, timeout=120, check=False)
            codes[step["name"]] = done.returncode
            log += done.stdout + done.stderr
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ran(codes, log, outputs, files["GITHUB_STEP_SUMMARY"].read_text())

    return go


@pytest.fixture
def draft(bench: Bench) -> Bench:
    bench.file("penholder.toml", WORKSPACE)
    bench.section("10-need.md", "# Need\n\nThe list is TODO.\n")
    bench.file("papers/p/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\nsections: [10-need.md]\n")
    bench.commit()
    return bench


def test_the_action_is_what_github_accepts() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_holds_an_expression() -> None:
    """What a workflow hands in could hold commands: it may reach a script by the environment only."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), step["name"]


def test_every_input_is_used_and_explained() -> None:
    text = (ROOT / "action.yml").read_text()
    for name, spec in ACTION["inputs"].items():
        assert f"inputs.{name}" in text and spec["description"], name


def test_findings_are_annotations_and_fail_the_job(draft: Bench, run: Callable[..., Ran]) -> None:
    made = run(select="STRU004")
    assert made.codes == {"Check": 1}
    assert "::warning file=papers/p/sections/10-need.md,line=3,endLine=3,col=13,endColumn=17,title=STRU004" in made.log
    assert made.outputs == {"findings": "1"}
    assert "    papers/p/sections/10-need.md:3:13: warning STRU004" in made.summary
    assert all(line.startswith(("    ", "###")) or not line for line in made.summary.splitlines())


def test_a_clean_paper_passes(draft: Bench, run: Callable[..., Ran]) -> None:
    draft.section("10-need.md", "# Need\n\nThe list is here.\n")
    made = run(select="STRU004")
    assert made.codes == {"Check": 0} and made.outputs == {"findings": "0"} and "::" not in made.log


def test_inputs_reach_the_command(draft: Bench, run: Callable[..., Ran]) -> None:
    assert "::error" in run(select="STRU004", mode="final").log
    assert run(select="STRU004", severity="error").codes == {"Check": 0}
    assert "STRU004" not in run(ignore="STRU").log
    assert run(papers="p", select="STRU004").codes == {"Check": 1}
    made = run(papers="p nobody")
    assert made.codes == {"Check": 2} and "no paper called" in made.log and made.outputs == {}


def test_sarif_is_written_on_request(draft: Bench, run: Callable[..., Ran]) -> None:
    made = run(select="STRU004", sarif="out.sarif")
    assert made.codes == {"Check": 1} and made.outputs["sarif"] == "out.sarif"
    assert json.loads((draft.root / "out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "STRU004"


def test_papers_are_built_also_where_something_was_found(draft: Bench, run: Callable[..., Ran]) -> None:
    made = run(select="STRU004", build="true", to="docx", papers="p")
    assert made.codes == {"Check": 1, "Build": 0}, made.log
    assert (draft.root / "dist/p/p.docx").is_file()


@pytest.mark.parametrize("hostile", ["$(touch owned)", "`touch owned`", "x; touch owned", "--fix", "a\ntouch owned", "*", '"; touch owned; "'])
def test_no_input_is_a_command(draft: Bench, run: Callable[..., Ran], hostile: str) -> None:
    before = (draft.root / "papers/p/sections/10-need.md").read_text()
    run(papers=hostile)
    run(**dict.fromkeys(("papers", "folder", "mode", "select", "ignore", "severity", "links", "sarif", "to"), hostile), build="true")
    assert not list(draft.root.rglob("owned"))
    assert (draft.root / "papers/p/sections/10-need.md").read_text() == before
