"""Every rule: its bad example is found, its good one is not, its page is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import check_example

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import safe
from penholder.checks.registry import built_in
from penholder.checks.rule import Rule, Safety

RULES = sorted(built_in(), key=lambda r: r.id)
LOCAL = [r for r in RULES if not r.network]


def _id(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", LOCAL, ids=_id)
def test_the_bad_example_is_found_at_its_place(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    report = check_example(tmp_path, pandoc, rule, rule.bad)
    found = [f for f in report.findings if f.code.id == rule.id]
    assert found, [str(f) for f in report.findings]
    for finding in found:
        path = tmp_path / finding.span.path
        assert path.is_file(), finding.span
        assert finding.span.line <= path.read_text().count("\n") + 1
        assert finding.message.strip()


@pytest.mark.parametrize("rule", LOCAL, ids=_id)
def test_the_good_example_is_not_found(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    report = check_example(tmp_path, pandoc, rule, rule.good)
    assert [f.message for f in report.findings if f.code.id == rule.id] == []


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_the_page_of_a_rule_is_whole(rule: Rule) -> None:
    code = rule.code
    assert len(code.title) > 5 and not code.title.endswith(".")
    assert code.why.endswith(".") and code.help.endswith(".")
    assert code.id.rstrip("0123456789").isupper()


@pytest.mark.parametrize("rule", LOCAL, ids=_id)
def test_a_letter_can_ask_about_what_a_rule_finds(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    report = check_example(tmp_path, pandoc, rule, rule.bad)
    for item in report.open:
        if item.finding.code.id == rule.id and item.section:
            assert item.ask and item.ask[-1] in ".?", item
            assert rule.id not in item.ask and ".md" not in item.ask


@pytest.mark.parametrize("rule", [r for r in LOCAL if r.fix is Safety.SAFE], ids=_id)
def test_a_safe_rule_brings_its_fix(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    report = check_example(tmp_path, pandoc, rule, rule.bad)
    assert any(safe(item) for item in report.items)
