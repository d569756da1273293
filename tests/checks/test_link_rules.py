"""The rules on links, with what sites would say: the asking itself is tested with a web server."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import TODAY, make

from penholder.adapters.network import Answer, Hop, State
from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice, run
from penholder.checks.reading import read_paper
from penholder.checks.record import Report
from penholder.checks.registry import built_in
from penholder.checks.rule import Example, Rule
from penholder.checks.views import WorkspaceView
from penholder.report.letter import to_letter
from penholder.stages.discover import discover

RULES = [rule for rule in built_in() if rule.network]
# What the sites of the examples would say.
ANSWERS = {
    "https://example.org/spending": Answer(State.ALIVE, 200),
    "https://example.org/gone": Answer(State.DEAD, 404, "answers 404 Not Found"),
    "https://example.org/moved": Answer(State.ALIVE, 200, "", (Hop(301, "https://example.org/spending"),)),
    "https://example.org/refused": Answer(State.UNSURE, 403, "answers 403 Forbidden"),
    "http://192.168.1.20/spending": Answer(State.PRIVATE, 0, "leads into a private network (192.168.1.20)"),
}


def found(root: Path, worker: Worker, rule: Rule, example: Example) -> Report:
    """What a rule says of an example."""
    make(root, example)
    workspace, _ = discover(root)
    view, stages = read_paper(workspace, "paper", worker, final=False, today=TODAY)
    return run(WorkspaceView(workspace, [view], ANSWERS), [stages], Choice(select=(rule.id,), network=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_the_examples_hold(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    assert found(tmp_path, pandoc, rule, rule.good).items == []
    (item,) = found(tmp_path, pandoc, rule, rule.bad).items
    assert (item.finding.span.path, item.finding.span.line) == ("papers/paper/sections/10-section.md", 5)
    assert item.quote == "what they spend" and item.ask[-1] in ".?"
    assert "what they spend" in item.ask and "example.org" not in item.ask and "192." not in item.ask


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_no_letter_names_an_address(rule: Rule, tmp_path: Path, pandoc: Worker) -> None:
    assert "http" not in to_letter(found(tmp_path, pandoc, rule, rule.bad), tmp_path)
