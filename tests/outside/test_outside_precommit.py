"""The pre-commit hooks, run by pre-commit itself in a repository of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import TOOL, WORKSPACE, Bench

ROOT = TOOL.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


def test_the_manifest_is_what_pre_commit_accepts() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


Commit = Callable[[], subprocess.CompletedProcess[str]]


@pytest.fixture
def commit(bench: Bench, tmp_path: Path) -> Commit:
    """Commit everything with the hooks of this repository's manifest installed.

    ``language: system`` takes the place of pre-commit's own installing, which would fetch
    all that Penholder needs; what the manifest says of files, entry and the like is as it is.
    """
    command = tmp_path / "bin/penholder"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m penholder "$@"\n')
    command.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / MANIFEST.name).write_bytes(MANIFEST.read_bytes())
    environment = {
        **os.environ, "PYTHONPATH": str(TOOL), "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org",
    }  # fmt: skip

    def git(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *arguments], cwd=where, env=environment, capture_output=True, text=True, timeout=120, check=False)

    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "hooks")):
        assert git(hooks, *arguments).returncode == 0
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    bench.file("penholder.toml", WORKSPACE + '\n[check]\nselect = ["STRU004", "PLAI"]\n')
    bench.file(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n"
        "  - {id: penholder-fix, language: system}\n  - {id: penholder-check, language: system, args: [--severity, warning, --select, STRU004]}\n",
    )
    bench.file(".gitignore", ".penholder/\n")
    assert git(bench.root, "init", "-q").returncode == 0
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=bench.root, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert installed.returncode == 0, installed.stdout

    def go() -> subprocess.CompletedProcess[str]:
        git(bench.root, "add", "-A")
        return git(bench.root, "commit", "-m", "x")

    return go


def test_a_paper_with_a_fault_is_not_committed(bench: Bench, commit: Commit) -> None:
    bench.file("papers/p/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\n")
    bench.section("10-need.md", "# Need\n\nThe list is TODO.\n", listed=False)
    done = commit()
    assert done.returncode == 1
    assert "penholder check" in done.stderr + done.stdout and "10-need.md:3:13: warning STRU004" in done.stderr + done.stdout
    bench.section("10-need.md", "# Need\n\nThe list is here.\n", listed=False)
    done = commit()
    assert done.returncode == 0, done.stdout + done.stderr


def test_other_files_are_not_asked_about(bench: Bench, commit: Commit) -> None:
    bench.section("10-need.md", "# Need\n\nThe list is here.\n")
    assert commit().returncode in (0, 1)
    commit()
    bench.file("notes.txt", "TODO\n")
    done = commit()
    assert (done.stderr + done.stdout).count("Skipped") == 2
