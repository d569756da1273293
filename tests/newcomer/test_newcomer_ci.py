"""The workflows that ``init`` writes: a button that builds and checks, wherever the tool comes from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newcomer_helpers import TOOL, Command

from penholder import __version__
from penholder.adapters import yaml
from penholder.adapters.versions import installed_from
from penholder.errors import UsageError
from penholder.features.locales import locale_of
from penholder.features.scaffold import workspace_files
from penholder.source import SourceFile


def _workflows(source: str = "") -> tuple[Any, Any]:
    made = workspace_files(locale_of(), source=source)
    github, found = yaml.load(SourceFile("paper.yml", made[".github/workflows/paper.yml"].decode()))
    gitlab, more = yaml.load(SourceFile("gitlab", made[".gitlab-ci.yml"].decode()))
    assert not found and not more
    return github.data, gitlab.data


def _scripts(which: str) -> list[str]:
    """The shell scripts of a workflow, in order: install, build and check."""
    github, gitlab = _workflows()
    if which == "gitlab":
        return list(gitlab["paper"]["script"])
    return [step["run"] for step in github["jobs"]["build"]["steps"] if "run" in step]


def test_the_workflows_can_be_run_by_hand_and_hand_back_a_zip() -> None:
    github, gitlab = _workflows()
    assert "paper" in github["on"]["workflow_dispatch"]["inputs"]
    assert github["permissions"] == {"contents": "read"}
    steps = github["jobs"]["build"]["steps"]
    assert steps[-1]["with"]["path"] == "dist/" and steps[-1]["if"] == "always()"
    assert not any("${{" in step.get("run", "") for step in steps), "what a person typed must not become a command"
    job = gitlab["paper"]
    assert {"if": '$CI_PIPELINE_SOURCE == "web"'} in job["rules"]
    assert any(rule.get("when") == "manual" for rule in job["rules"])
    assert (job["artifacts"]["paths"], job["artifacts"]["when"]) == (["dist/"], "always")


@pytest.mark.parametrize(
    "source", ["", "penholder>=0.1,<1", "tools/penholder-0.1.0-py3-none-any.whl", "git+https://example.org/p.git@v1#subdirectory=tool"]
)
def test_where_the_tool_comes_from_is_a_setting(source: str) -> None:
    github, gitlab = _workflows(source)
    wanted = source or f"penholder=={__version__}"
    assert github["env"]["PENHOLDER_SOURCE"] == f"${{{{ vars.PENHOLDER_SOURCE || '{wanted}' }}}}"
    assert gitlab["variables"]["PENHOLDER_SOURCE"]["value"] == wanted
    assert f'pip install "{wanted}"' in workspace_files(locale_of(), source=source)["README.md"].decode()


@pytest.mark.parametrize("source", ["$(rm -rf ~)", "a'b", 'a"b', "-r x.txt", "a\nb", "${{ x }}"])
def test_a_source_that_would_be_more_than_a_name_is_refused(source: str) -> None:
    with pytest.raises(UsageError, match="nothing that pip installs"):
        workspace_files(locale_of(), source=source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ({"url": "https://example.org/p.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, "git+https://example.org/p.git@abc"),
        (
            {"url": "https://example.org/p.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}, "subdirectory": "tool"},
            "git+https://example.org/p.git@abc#subdirectory=tool",
        ),
        ({"url": "https://example.org/penholder.whl", "archive_info": {}}, "https://example.org/penholder.whl"),
        ({"url": "file:///home/me/penholder", "dir_info": {"editable": True}}, ""),
        (None, ""),
        ("broken", ""),
    ],
)
def test_what_was_installed_from_a_repository_is_installed_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Any, source: str) -> None:
    folder = tmp_path / "aside-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: aside\nVersion: 1.0\n")
    if said is not None:
        (folder / "direct_url.json").write_text("{" if said == "broken" else json.dumps(said))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert installed_from("aside") == source
    assert installed_from("no-such-package") == ""


@pytest.fixture
def runner(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the very lines of a workflow as its host does: in the workspace, ``pip`` set aside, ``penholder`` as given."""
    programs = tmp_path / "programs"
    programs.mkdir()

    def program(name: str, text: str) -> None:
        (programs / name).write_text(f"#!/bin/sh\n{text}\n")
        (programs / name).chmod(0o755)

    def run(which: str, penholder: str, *, pip: str = "exit 0", folder: Path = tmp_path, **variables: str) -> Any:
        program("python", f'echo "$@" >> {tmp_path}/pip.txt; {pip}')
        program("penholder", penholder)
        environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        environment |= {"PENHOLDER_SOURCE": "penholder==9", "PAPER": "", **variables}
        # https://docs.github.com/actions (bash -eo pipefail); https://docs.gitlab.com/runner/shells (set -eo pipefail)
        script = "\n".join(f"({each})" for each in _scripts(which))
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.parametrize("which", ["github", "gitlab"])
def test_the_lines_of_the_workflows_build_and_check(tmp_path: Path, runner: Any, command: Command, which: str) -> None:
    """With the real tool: everything ends up in dist/, and a paper with a mistake turns the run red, its files all the same."""
    command("init", "w")
    real = f'PYTHONPATH={TOOL} exec {sys.executable} -m penholder "$@"'
    done = runner(which, real, folder=tmp_path / "w")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "pip.txt").read_text() == "-m pip install --disable-pip-version-check --quiet -- penholder==9\n"
    dist = tmp_path / "w" / "dist"
    assert {p.relative_to(dist).as_posix() for p in dist.rglob("*") if p.is_file()} == {
        "build.txt", "check.txt", *(f"first-paper/{name}" for name in ("edition.json", "first-paper.docx", "first-paper.pdf"))
    }  # fmt: skip
    assert "first-paper: built" in (dist / "build.txt").read_text()
    assert "1 paper checked: nothing found." in done.stdout
    section = tmp_path / "w/papers/first-paper/sections/10-summary.md"
    section.write_text(section.read_text() + "\nA claim [@nosuch2020].\n")
    done = runner(which, real, folder=tmp_path / "w", PAPER="first-paper")
    assert done.returncode == 1
    assert "CITE001" in done.stdout and "CITE001" in (dist / "check.txt").read_text()
    if which == "github":
        assert "CITE001" in (tmp_path / "summary.md").read_text()


@pytest.mark.parametrize("which", ["github", "gitlab"])
def test_a_tool_that_cannot_be_installed_is_said_in_one_line(tmp_path: Path, runner: Any, which: str) -> None:
    done = runner(which, "exit 0", pip="echo 'ERROR: No matching distribution' >&2; exit 1")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert "pip cannot install 'penholder==9'" in line and "PENHOLDER_SOURCE" in line
    assert line.startswith("::error title=Penholder was not installed::" if which == "github" else "Penholder was not installed: ")
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("which", ["github", "gitlab"])
@pytest.mark.parametrize(
    ("paper", "expected"),
    [("", []), ("a b; rm", ["--", "a b; rm"]), ("--help", ["--", "--help"])],
)
def test_the_workflow_hands_on_the_papers_name(tmp_path: Path, runner: Any, which: str, paper: str, expected: list[str]) -> None:
    done = runner(which, 'for a in "$@"; do echo "$a"; done; exit 1', PAPER=paper)
    marked = ["check", "--format", "github", *expected] if which == "github" else []
    said = [line for line in done.stdout.splitlines() if not line.startswith("::")]  # but what is said to the runner
    assert said == ["build", *expected, "check", *expected, *marked]
    assert done.returncode == 1  # findings turn the run red; the files are kept all the same
    assert (tmp_path / "dist/build.txt").read_text().splitlines() == ["build", *expected]
