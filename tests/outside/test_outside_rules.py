"""Rules of another package: the example of the documentation is built, installed, run and tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from docs.docs_pages import blocks, rows
from penholder.adapters import yaml
from penholder.source import SourceFile
from workbench import TOOL, WORKSPACE, Bench

ROOT = TOOL.parent
PAGE = ROOT / "docs/rules-of-your-own.md"
FILES = {block.words[0]: block.text for block in blocks(PAGE) if block.words}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of the page, installed by pip into a folder of its own."""
    source = tmp_path_factory.mktemp("our-house-rules")
    for name, text in FILES.items():
        (source / name).write_text(text)
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--target", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return target


def environment(*folders: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TOOL, *folders))), "NO_COLOR": "1"}


def penholder(bench: Bench, *arguments: str, site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "penholder", "-C", str(bench.root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment(site), timeout=120, check=False)


def test_the_page_has_the_whole_package() -> None:
    assert set(FILES) == {"pyproject.toml", "our_house_rules.py", "test_our_house_rules.py"}
    assert "penholder.rules" in tomllib.loads(FILES["pyproject.toml"])["project"]["entry-points"]


def test_the_rule_speaks_at_its_place_like_any_other(bench: Bench, installed: Path) -> None:
    bench.file("penholder.toml", WORKSPACE)
    bench.section("10-need.md", "# Need\n\nCouncils said “we will see”. We will publish what we spend.\n\nWe will do so by 2028.\n")
    done = penholder(bench, "check", "--select", "HOUSE", "--format", "json", site=installed)
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["code"], finding["line"], finding["column"], finding["end_column"]) == ("HOUSE001", 3, 30, 37)
    letter = " ".join(penholder(bench, "check", "--select", "HOUSE", "--format", "letter", site=installed).stdout.split())
    assert "In your first paragraph (“Councils said ‘we will see’. We will publish ...”): By when shall we do this?" in letter
    assert "HOUSE001" in json.dumps(json.loads(penholder(bench, "check", "--select", "HOUSE", "--format", "sarif", site=installed).stdout))
    bench.file("penholder.toml", WORKSPACE + '\n[check]\nseverity = { HOUSE = "error" }\n')
    assert "error HOUSE001" in penholder(bench, "check", "--select", "HOUSE", site=installed).stdout
    text = "# Need\n\n<!-- penholder: allow HOUSE001 because the date is in the annex --> We will publish what we spend.\n"
    bench.section("10-need.md", text)
    assert penholder(bench, "check", "--select", "HOUSE,WAIV", site=installed).returncode == 0


def test_it_has_a_page_and_is_listed(bench: Bench, installed: Path) -> None:
    page = penholder(bench, "rule", "HOUSE001", site=installed).stdout
    assert "A promise without a date" in page and "Found:\n  We will publish what we spend." in page
    assert "  HOUSE001  A promise without a date" in penholder(bench, "rule", "all", site=installed).stdout


def test_its_own_test_passes(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "test_our_house_rules.py").write_text(FILES["test_our_house_rules.py"])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=environment(installed), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_a_result_is_not_kept_over_another_version_of_the_rules(bench: Bench, installed: Path, tmp_path: Path) -> None:
    bench.file("penholder.toml", WORKSPACE)
    bench.section("10-need.md", "# Need\n\nWe will publish what we spend.\n")
    assert "HOUSE001" not in penholder(bench, "check", site=tmp_path).stdout
    assert "HOUSE001" in penholder(bench, "check", site=installed).stdout
    assert "HOUSE001" not in penholder(bench, "check", site=tmp_path).stdout


def package(site: Path, text: str) -> Path:
    """An installed package, as pip leaves one."""
    (site / "broken_rules.py").write_text(text)
    info = site / "broken_rules-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-rules\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text("[penholder.rules]\nbroken = broken_rules:RULES\n")
    return site


_HEAD = "from penholder.checks.rule import *\nfrom penholder.findings import Code, Severity\n"
_RULE = "RULES = Rule(Code({!r}, Severity.NOTE, 'A title', 'Why.', 'Help.'), Scope.SECTION, {}, bad=Example('a'), good=Example('b'))\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nothing_of_the_kind\n", "cannot be loaded (ModuleNotFoundError"),
        ("RULE = 1\n", "cannot be loaded (AttributeError"),
        ("def broken(:\n", "cannot be loaded (SyntaxError"),
        ("RULES = 7\n", "cannot be loaded (TypeError"),
        ("RULES = ['STRU004']\n", "gives no rules of Penholder"),
        (_HEAD + _RULE.format("STRU004", "lambda s: []"), "bring a rule STRU004 that is there already"),
        (_HEAD + _RULE.format("LINK001", "lambda s: []"), "bring a rule LINK001 that is there already"),
        (_HEAD + _RULE.format("house-1", "lambda s: []"), "three to eight capital letters"),
        (_HEAD + _RULE.format("HOUS001", "lambda s: 1 / 0"), "the rule HOUS001 of broken-rules 2.0 failed (ZeroDivisionError"),
        (_HEAD + _RULE.format("HOUS001", "lambda s: ['x']"), "the rule HOUS001 of broken-rules 2.0 failed (TypeError: it gives str"),
        (_HEAD + _RULE.format("HOUS001", "lambda s: None"), "the rule HOUS001 of broken-rules 2.0 failed (TypeError"),
    ],
)
def test_a_broken_package_is_one_clear_line(bench: Bench, tmp_path: Path, text: str, said: str) -> None:
    bench.section("10-need.md", "# Need\n\nWe will see.\n")
    done = penholder(bench, "check", site=package(tmp_path, text))
    assert done.returncode == 2 and said in " ".join(done.stderr.split()) and "broken" in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "" and len(done.stderr.strip().splitlines()) == 2


def test_a_failing_rule_can_be_left_out(bench: Bench, tmp_path: Path) -> None:
    bench.section("10-need.md", "# Need\n\nWe will see.\n")
    site = package(tmp_path, _HEAD + _RULE.format("HOUS001", "lambda s: 1 / 0"))
    assert penholder(bench, "check", "--ignore", "HOUS001", site=site).returncode == 0


def test_the_page_shows_the_hooks_and_the_inputs_there_are(tmp_path: Path) -> None:
    shown: list[Mapping[str, Any]] = [yaml.load(SourceFile("x.yaml", b.text))[0].data for b in blocks(PAGE, "yaml")]
    hooks, workflow = shown
    manifest = yaml.load(SourceFile("x.yaml", (ROOT / ".pre-commit-hooks.yaml").read_text()))[0].data
    assert [h["id"] for h in hooks["repos"][0]["hooks"]] == sorted((h["id"] for h in manifest), reverse=True)
    inputs = yaml.load(SourceFile("x.yaml", (ROOT / "action.yml").read_text()))[0].data["inputs"]
    told = {name.strip("` "): row[1].strip("`") for row in rows(PAGE, "On GitHub") for name in row[0].split(",")}
    assert set(told) == set(inputs)
    for name, default in told.items():
        assert default in (str(inputs[name]["default"]), "all", "by each paper's status"), name
    used = next(s for s in workflow["jobs"]["check"]["steps"] if "penholder@" in s["uses"])
    assert set(used["with"]) <= set(inputs)
    example = tmp_path / "papers.yml"
    example.write_text(list(blocks(PAGE, "yaml"))[1].text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(example)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
