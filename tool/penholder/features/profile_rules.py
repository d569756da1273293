"""What a profile is: its rules, each with who says so; and one profile over another.

A profile lies over what it extends, overlays lie beside it, and a submission may set rules of its own on top. Values that
are changed lose the mark of the page they came from: they are rules of the house, until they name their own source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from penholder.findings import Severity
from penholder.model.profile import ProfileFile, RuleFile
from penholder.model.rulebook import RULEBOOK, RuleKind

_VALUES = ("max", "min", "over", "values", "counting")
_SAID = ("source", "checked", "status", "note")
_SEVERITIES = {"error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE}


class Rule(NamedTuple):
    """A rule as it holds for a submission: what it is, what is set, and which profile sets it.

    ``reason`` is given where the submission overrides it; ``before`` is then what the profile says (``None``: nothing).
    """

    kind: RuleKind
    setting: RuleFile
    profile: str
    reason: str = ""
    before: RuleFile | None = None

    @property
    def id(self) -> str:
        return self.kind.id

    @property
    def severity(self) -> Severity:
        """How much a breach matters. A rule that rests on memory is never an error."""
        wanted = _SEVERITIES[self.setting.severity or self.kind.severity]
        return min(wanted, Severity.WARNING) if self.setting.from_memory else wanted

    @property
    def said(self) -> str:
        """Who says so, in words: ``uk-commons-select: https://... (read on an official page, checked 2026-11-22)``."""
        if self.reason:
            return f"overridden in this submission: {self.reason}"
        read = self.setting.checked if set(self.setting.status) != {"M"} else None  # nothing was read there
        checked = f", checked {read.isoformat()}" if read else ""
        source = f": {self.setting.source}" if self.setting.source else ""
        return f"{self.profile}{source} ({self.setting.mark}{checked})"


class Profile(NamedTuple):
    """A profile with all it extends and all overlays. ``chain`` names what it is made of, itself first."""

    file: ProfileFile
    rules: Mapping[str, Rule]
    chain: tuple[str, ...]
    overlays: tuple[str, ...] = ()
    own: bool = False

    @property
    def id(self) -> str:
        return self.file.id

    def rule(self, rule: str) -> Rule | None:
        """A rule by its id, where it holds."""
        return self.rules.get(rule)

    @property
    def accepts(self) -> tuple[str, ...]:
        """The formats the recipient accepts; those Penholder makes for it where it does not say."""
        rule = self.rules.get("FILE-TYPE")
        return tuple(rule.setting.values) if rule else tuple(self.file.makes)

    def stale(self, today: dt.date) -> list[Rule]:
        """The rules that were not checked for twelve months."""
        return [rule for rule in self.rules.values() if not rule.reason and rule.setting.stale(today)]


def merged(below: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A profile's data over that of what it extends."""
    made = {**below, **own, "document": {**below.get("document", {}), **own.get("document", {})}}
    rules = dict(below.get("rules", {}))
    for name, setting in own.get("rules", {}).items():
        rules[name] = rule_over(rules.get(name, {}), setting)
    made["rules"] = rules
    made["advice"] = [*below.get("advice", ()), *own.get("advice", ())]
    return made


def rule_over(below: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's data with other values over it. New values without a source of their own are the house's."""
    made = {**below, **own, "counting": {**below.get("counting", {}), **own.get("counting", {})}}
    if own.keys() & {*_VALUES, "status", "source"}:
        for key in _SAID:
            made.pop(key, None)
        made |= {key: own[key] for key in _SAID if key in own}
    return made


def combined(profile: Profile, overlays: Sequence[Profile]) -> Profile:
    """A profile with overlays: the recipient's own rule outranks an overlay's, an overlay named first one named later."""
    rules = dict(profile.rules)
    size = profile.file.document.font_size
    for overlay in overlays:
        for name, rule in overlay.rules.items():
            rules.setdefault(name, rule)
        size = size or overlay.file.document.font_size
    document = profile.file.document.changed(font_size=size)
    advice = (*profile.file.advice, *(a for o in overlays for a in o.file.advice))
    file = profile.file.changed(document=document, advice=advice)
    ordered = {name: rules[name] for name in RULEBOOK if name in rules}
    return profile._replace(file=file, rules=ordered, overlays=(*profile.overlays, *(o.id for o in overlays)))


def overridden(profile: Profile, rules: Mapping[str, tuple[RuleFile, str]]) -> Profile:
    """A profile with rules set by one submission, each with its reason; one that is ``off`` does not hold.

    A rule that is known must fit (``fault_of``).
    """
    made = dict(profile.rules)
    for name, (setting, reason) in rules.items():
        before = made.pop(name, None)
        if setting.off:
            continue
        below = before.setting.data("given") if before else {}
        own = setting.data("given")
        data = rule_over(below, own)
        made[name] = Rule(RULEBOOK[name], RuleFile.of(data), "this submission", reason, before.setting if before else None)
    return profile._replace(rules={name: made[name] for name in RULEBOOK if name in made})
