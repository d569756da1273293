"""``penholder rule``: the page of a rule."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.checks.registry import built_in
from penholder.report.rules import page, pages_json, rules_page, shortened
from workbench import TOOL


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    import os

    command = [sys.executable, "-m", "penholder", "rule", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(TOOL), "NO_COLOR": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_the_page_says_what_why_and_how() -> None:
    said = run("stru004").stdout
    for words in ("STRU004", "Why it matters: ", "What to do: ", "Found:", "Right:", "<!-- penholder: allow STRU004 because ... -->"):
        assert words in said


def test_all_rules_are_listed() -> None:
    said = run("all").stdout
    assert all(f"  {rule.id}  {rule.code.title}" in said for rule in built_in())
    assert {r["code"] for r in json.loads(run("all", "--format", "json").stdout)} >= {rule.id for rule in built_in()}


@pytest.mark.parametrize("code", ["CITE001", "WAIV003", "SECT001"])
def test_other_findings_have_pages_too(code: str) -> None:
    assert "Why it matters" in run(code).stdout


def test_a_long_example_is_told_and_not_printed() -> None:
    """A picture of 5 MB or 40 sentences alike are an example, and nothing to read."""
    for code in (r.id for r in built_in()):
        assert len(page(code)) < 6_000, code
    assert "xxxx ... (5,000,108 characters)" in page("STRU006")
    assert page("STRU001").count("Councils buy for good.") == 2 and "and they hold to it. ... (the same 40 times)" in page("STRU001")
    assert len(rules_page()) < 100_000 and len(pages_json()) < 100_000


@given(st.text(st.sampled_from("a b.\n"), max_size=2000))
def test_what_is_short_is_shown_whole(text: str) -> None:
    shown = shortened(text).split("\n")
    for line, said in zip(text.split("\n"), shown, strict=True):
        assert said == line if len(line) <= 800 else len(said) < len(line)


def test_a_family_is_listed() -> None:
    said = run("evid").stdout
    family = [rule for rule in built_in() if rule.family == "EVID"]
    assert all(f"  {rule.id}  " in said for rule in family) and "STRU001" not in said
    assert {r["code"] for r in json.loads(run("EVID", "--format", "json").stdout)} >= {rule.id for rule in family}


def test_an_unknown_rule_names_the_nearest() -> None:
    done = run("STRU040")
    assert done.returncode == 2 and "Did you mean STRU0" in done.stderr
