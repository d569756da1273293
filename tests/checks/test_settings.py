"""Whose word counts: the paper's own settings lie on top of the workspace's."""

from __future__ import annotations

import pytest

from penholder.checks.registry import all_rules
from penholder.checks.settings import settings_of
from penholder.findings import Severity
from penholder.model.check import CheckSettings
from penholder.model.paper import PaperFile, WorkspaceFile

RULES = {rule.id: rule for rule in all_rules()}
ANNEX = "papers/p/sections/90-annex.md"
PATH = {"path": "papers/*/sections/*annex*"}


def settings(house: dict[str, object], paper: dict[str, object]):
    base = WorkspaceFile(check=CheckSettings.of(house))
    return settings_of(base, PaperFile(title="T", check=CheckSettings.of(paper)))


@pytest.mark.parametrize(
    ("house", "paper", "runs"),
    [
        ({"ignore": ["PLAI"]}, {"select": ["PLAI001"]}, True),
        ({"ignore": ["PLAI001"]}, {"select": ["PLAI"]}, True),
        ({"ignore": ["PLAI"]}, {"select": ["PLAI002"]}, False),
        ({"select": ["PLAI001"]}, {"ignore": ["PLAI"]}, False),
        ({"ignore": ["PLAI"]}, {}, False),
        ({}, {}, True),
    ],
)
def test_which_rules_look(house: dict[str, object], paper: dict[str, object], runs: bool) -> None:
    assert settings(house, paper).runs(RULES["PLAI001"], "en-GB") is runs
    assert settings(house, paper).runs(RULES["PLAI001"], "en-GB", ["PLAI"]) is runs


@pytest.mark.parametrize(
    ("house", "paper", "severity"),
    [
        ({"severity": {"PLAI001": "error"}}, {"severity": {"PLAI": "note"}}, Severity.NOTE),
        ({"severity": {"PLAI": "error", "PLAI001": "note"}}, {}, Severity.NOTE),
        ({"paths": [{**PATH, "severity": {"PLAI001": "error"}}]}, {"severity": {"PLAI001": "note"}}, Severity.NOTE),
        ({"paths": [{**PATH, "severity": {"PLAI001": "error"}}]}, {}, Severity.ERROR),
        ({"paths": [{**PATH, "ignore": ["PLAI"]}]}, {}, None),
        ({"paths": [{**PATH, "ignore": ["PLAI"]}]}, {"select": ["PLAI001"]}, Severity.WARNING),
        ({"severity": {"PLAI001": "error"}}, {"select": ["PLAI001"]}, Severity.ERROR),
        ({"severity": {"PLAI001": "error"}}, {"paths": [{**PATH, "ignore": ["PLAI001"]}]}, None),
    ],
)
def test_how_severe_a_finding_is(house: dict[str, object], paper: dict[str, object], severity: Severity | None) -> None:
    assert settings(house, paper).of("PLAI001", ANNEX, Severity.WARNING) is severity
