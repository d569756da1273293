"""Every built-in profile: a submission made from its rules has nothing found, one that breaks them all has each of them found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from profile_fixtures import BREAKS, Case, breaking, examples_of, passing, tampered

from penholder.features.profile_rules import Profile, combined
from penholder.features.profiles import profiles_of
from penholder.features.submission.checking.engine import Examined
from penholder.features.submission.checking.registry import CHECKS, DELEGATED
from penholder.features.submission.checking.run import Wish, examined
from penholder.features.submission.opening import open_submission
from penholder.features.submission.rendering import render_submission
from penholder.findings import Severity
from penholder.model.rulebook import RULEBOOK
from penholder.stages.discover import discover

BUILT_IN = profiles_of()
HOUSES = [p.id for p in BUILT_IN if p.file.kind == "house"]
OVERLAYS = [p.id for p in BUILT_IN if p.file.kind == "overlay"]


def looked_at(case: Case, root: Path, worker: Any, compiler: Any, *, links: bool = False) -> Examined:
    """The case written down and checked, as it would be sent."""
    case.write(root)
    workspace, findings = discover(root)
    submission, found = open_submission(workspace, "paper", "s")
    findings.extend(found)
    files = []
    if case.by_hand:
        files = [root / (case.name or "North-Body.docx"), *(root / name for name in case.sent)]
        rendered, _ = render_submission(submission, ["docx"], worker, compiler)
        files[0].write_bytes(tampered(rendered.files["docx"], case.tampers, case.pad))
        for name, data in case.sent.items():
            (root / name).write_bytes(data)
    return examined(submission, findings, worker, compiler, Wish(root, "paper", "s", tuple(files), links, case.now))


def found_in(outcome: Examined) -> set[str]:
    return {j.rule.id for j in outcome.judged if j.verdict == "found"}


def profile_of(name: str) -> tuple[Profile, tuple[str, ...]]:
    """A recipient's profile as it is; an overlay over the rules of any submission."""
    if name in OVERLAYS:
        return combined(BUILT_IN.get("submission"), [BUILT_IN.get(name)]), (name,)
    return BUILT_IN.get(name), ()


def test_every_rule_is_looked_at_by_something_and_can_be_broken() -> None:
    assert set(CHECKS) | set(DELEGATED) == set(RULEBOOK)
    assert set(BREAKS) == set(RULEBOOK)


@pytest.mark.parametrize("name", [*HOUSES, *OVERLAYS])
def test_a_submission_made_from_the_rules_has_nothing_found(name: str, tmp_path: Path, worker: Any, compiler: Any) -> None:
    profile, overlays = profile_of(name)
    outcome = looked_at(passing(profile, overlays), tmp_path, worker, compiler)
    assert [(f.code.id, f.message) for f in outcome.findings] == []
    assert [j.rule.id for j in outcome.judged] == list(profile.rules)
    assert {j.verdict for j in outcome.judged} <= {"nothing found", "does not apply"}


@pytest.mark.parametrize("name", [*HOUSES, *OVERLAYS])
def test_a_submission_that_breaks_every_rule_has_each_named(name: str, tmp_path: Path, worker: Any, compiler: Any) -> None:
    profile, overlays = profile_of(name)
    outcome = looked_at(breaking(profile, overlays), tmp_path, worker, compiler)
    missing = set(examples_of(profile.rules)) - found_in(outcome) - ({"A11Y-CONTRAST"} if overlays else set())
    assert not missing, {j.rule.id: (j.verdict, j.why) for j in outcome.judged if j.rule.id in missing}
    for judged in outcome.judged:
        for finding in judged.findings:
            assert finding.code.id == judged.rule.id and finding.span.path and finding.span.line >= 1
            assert judged.rule.said.rstrip(".") in finding.code.why and finding.message and finding.help
            assert not (judged.rule.setting.from_memory and finding.severity is Severity.ERROR)
