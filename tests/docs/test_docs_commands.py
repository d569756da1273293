"""Every command that a page shows is run, or at least exists with the options shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from docs_pages import PAGES, ROOT, Block, blocks, prose

from penholder.cli.main import cli
from penholder.features import scaffold
from penholder.features.locales import locale_of

SHELL = [b for page in PAGES for b in blocks(page, "sh")]
RUN = [b for b in SHELL if b.value("run")]
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
OUTSIDE = ("git", "cd", "python3", ".venv/bin/pip", ".venv/bin/python", ".venv/bin/penholder", "make", "PYTHONPATH=tool")
WORKSPACE = ("papers", "citations", "templates", "contributors.yaml", "penholder.toml")


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``penholder`` is this checkout's."""
    command = tmp_path / "bin/penholder"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m penholder "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "tool"), "NO_COLOR": "1", "HOME": str(tmp_path)}


@pytest.mark.parametrize("block", RUN, ids=[b.name for b in RUN])
def test_commands_run(block: Block, shell: dict[str, str], tmp_path: Path) -> None:
    """``run=new``: in a new workspace; ``run=here``: in a copy of this one; ``run=empty``: where there is none."""
    folder = tmp_path / "work"
    where = block.value("run")
    if where == "new":
        scaffold.make_workspace(folder, locale_of())
    else:
        folder.mkdir()
    if where == "here":
        for name in WORKSPACE:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    done = subprocess.run(["sh", "-e", "-c", block.text], cwd=folder, env=shell, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def lines(block: Block) -> list[list[str]]:
    return [shlex.split(line, comments=True) for line in block.text.splitlines() if line.strip()]


@pytest.mark.parametrize("block", SHELL, ids=[b.name for b in SHELL])
def test_commands_exist(block: Block) -> None:
    for words in lines(block):
        if words[0] == "make":
            assert set(words[1:]) <= TARGETS, words
        elif words[0].endswith("penholder"):
            _check(words[1:])
        else:
            assert words[0] in OUTSIDE, words
        for word in words[1:]:
            if word in ("requirements.lock", "pyproject.toml") or word.startswith(("tests/", "bench/")):
                assert (ROOT / word).exists(), word


def test_commands_in_the_prose_exist() -> None:
    seen = 0
    for page in PAGES:
        for code in re.findall(r"`([^`\n]+)`", prose(page)):
            if code.startswith("penholder ") and "==" not in code:
                _check(shlex.split(code)[1:])
                seen += 1
            elif code.startswith("make "):
                assert set(code.split()[1:]) <= TARGETS, code
    assert seen > 10


def _check(words: list[str]) -> None:
    """Every subcommand and option of a command line is one that the command has."""
    command: click.Command = cli
    context = click.Context(cli)
    skip = False
    for word in words:
        if skip or re.fullmatch(r"[A-Z]+(\.\.\.)?", word):  # a blank, like DIR
            skip = False
        elif word.startswith("-") and word != "-":
            name = word.split("=")[0]
            known = {o: p for p in command.get_params(context) for o in (*p.opts, *p.secondary_opts)}
            assert name in known, f"{' '.join(words)}: no {name}"
            skip = isinstance(known[name], click.Option) and not known[name].is_flag and name != "--help"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            assert found is not None, f"{' '.join(words)}: no command {word}"
            command = found
