"""Rules that ``penholder check`` knows already, asked of the document that is derived, as strictly as the profile says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from penholder.features.submission.checking.registry import DELEGATED
from penholder.features.submission.checking.rule import Hit
from penholder.findings import Finding, Severity
from penholder.model.check import CheckSettings

if TYPE_CHECKING:
    from penholder.checks.reading import Sections
    from penholder.features.profile_rules import Profile
    from penholder.features.submission.rendering import Resolved

_ONLY_ERRORS = frozenset(("ACCE019",))  # it also notes what would be better than must be


def delegated_codes(profile: Profile) -> tuple[str, ...]:
    """The codes that a profile's rules are looked at with."""
    return tuple(code for rule in profile.rules for code in DELEGATED.get(rule, ()))


def look_by_rules(
    resolved: Resolved, seen: Sections, stages: Iterable[Finding], today: dt.date, *, network: bool = False
) -> dict[str, list[Hit]]:
    """What ``penholder check`` sees in the document, by the rule of the profile it answers for.

    ``seen`` was shown the sections while they were read, ``stages`` are the findings of reading them. What the workspace
    ignores is looked at all the same, for the recipient asks; a waiver in the text, with its reason, still answers.
    """
    from penholder.checks.engine import Choice, run
    from penholder.checks.reading import view_of
    from penholder.checks.views import PaperView, WorkspaceView

    profile, paper = resolved.submission.profile, resolved.derived.paper
    codes = delegated_codes(profile)
    if not codes:
        return {}
    view, found = view_of(paper, seen, resolved.look, final=True, today=today)
    sentence = profile.rule("STYLE-SENTENCE")
    settings = replace(
        view.settings, layers=(CheckSettings(select=codes), CheckSettings()),
        sentence_words=int(sentence.setting.max) if sentence and sentence.setting.max else view.settings.sentence_words,
    )  # fmt: skip
    view = PaperView(paper, view.sections, settings, view.library, view.ledger, view.look, final=True, today=today)
    whole = WorkspaceView(paper.workspace, [view])
    if network and "LINK-DEAD" in profile.rules:
        from penholder.features.linking import ask_links

        ask_links(whole, [view])
    report = run(whole, [[*stages, *found]], Choice(codes, network=network))
    return _by_rule(profile.rules, report.findings)


def _by_rule(rules: Mapping[str, object], findings: Sequence[Finding]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {}
    for finding in findings:
        if finding.code.id in _ONLY_ERRORS and finding.severity is not Severity.ERROR:
            continue
        for rule in rules:
            if finding.code.id in DELEGATED.get(rule, ()):
                found.setdefault(rule, []).append(Hit(finding.span, f"{finding.message} ({finding.code.id})", finding.help))
    return found
