"""Words and files of a stranger: no terminal, log or fix obeys them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import TOOL, Bench

STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def run(bench: Bench, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(TOOL), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "penholder", "-C", str(bench.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.fixture
def hostile(bench: Bench) -> Bench:
    bench.file("penholder.toml", "schema_version = 1\n")
    bench.section("10-a.md", "---\ntitle: A\n---\n\nEvil \x1b]0;owned\x07 and \x1b[2J with \x9b2J, \u202eflow and TODO here.\n")
    bench.file("papers/p/paper.yaml", 'schema_version: 1\ntitle: "T\\n::error::injected\\n##[add-mask]e TODO"\n')
    return bench


@pytest.mark.parametrize("arguments", [("check",), ("build", "--to", "html"), ("check", "--format", "letter"), ("check", "--format", "github")])
def test_no_word_steers_a_terminal_or_a_log(hostile: Bench, arguments: tuple[str, ...]) -> None:
    done = run(hostile, *arguments)
    assert done.returncode == 1, done.stderr
    assert not STEERS.search(done.stdout + done.stderr), STEERS.findall(done.stdout + done.stderr)
    if "github" not in arguments:
        assert not re.search(r"^\s*::", done.stdout + done.stderr, re.M)


def test_the_shown_line_keeps_its_columns(hostile: Bench) -> None:
    lines = run(hostile, "check", "--select", "STRU004").stdout.split("\n")
    at = next(i for i, line in enumerate(lines) if "| Evil" in line)
    assert lines[at + 1].index("^") == lines[at].index("TODO")


def test_a_file_whose_name_is_not_utf8_can_be_told_of(bench: Bench) -> None:
    bench.file("penholder.toml", "schema_version = 1\n")
    bench.section("10-a.md", "Text.\n")
    folder = os.fsencode(bench.root / "papers/p/sections")
    Path(os.fsdecode(folder + b"/20-b\xff.md")).write_text("TODO here.\n")
    for arguments in (("check",), ("check", "--format", "json"), ("check", "--format", "sarif"), ("check", "--output", str(bench.root / "out.txt"))):
        done = run(bench, *arguments)
        assert done.returncode in (0, 1), (arguments, done.stderr)


def test_no_fix_touches_a_file_that_is_not_utf8(bench: Bench) -> None:
    bench.file("penholder.toml", 'schema_version = 1\n[check]\nhouse = ["govuk"]\n')
    written = "---\nschema_version: 1\ntitle: T\n---\n\nText e.g. this on 12 Mar 2020 here. It costs 10kg.\n".encode("utf-16-le")
    path = bench.root / "papers/p/sections/10-a.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)
    assert "FILE002" in run(bench, "check", "--fix").stdout
    assert path.read_bytes() == written


def test_a_fix_goes_behind_a_link_and_not_in_its_place(bench: Bench) -> None:
    bench.file("penholder.toml", 'schema_version = 1\n[check]\nhouse = ["govuk"]\n')
    bench.section("10-a.md", "One.\n")
    bench.section("20-b.md", "---\ntitle: B\n---\n\nAsk widely, eg in schools.\n")
    link, real = bench.root / "papers/p/sections/20-b.md", bench.root / "papers/p/shared.md"
    link.rename(real)
    link.symlink_to("../shared.md")
    run(bench, "check", "--fix")
    assert link.is_symlink() and "for example in schools" in real.read_text()


@pytest.mark.parametrize("target", ["https://example.org/" + "x" * 9000, "#sec-a"])
def test_a_link_costs_no_pdf(bench: Bench, target: str) -> None:
    words = target if target.startswith("#") else "words"
    bench.section("10-a.md", f"---\ntitle: A\nid: sec-a\n---\n\nSee [{words}]({target}) there.\n")
    made = bench.build()
    assert made.path("pdf").is_file(), made.findings
    assert ("LINK001" in made.codes) is (len(target) > 2000)
    json.dumps(made.summary)
