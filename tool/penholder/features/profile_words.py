"""Profiles in words: what a rule sets, and what two profiles ask differently."""

from __future__ import annotations

from typing import Any, NamedTuple

from penholder.features.profile_rules import Profile, Rule
from penholder.model.rulebook import RULEBOOK


class Difference(NamedTuple):
    """One thing two profiles say differently; ``""`` where one says nothing."""

    what: str
    left: str
    right: str


def differences(left: Profile, right: Profile) -> list[Difference]:
    """Where two profiles differ: rules first, then settings of the document, then what is said of publication."""
    rows = []
    for name in RULEBOOK:
        said = [value_text(p.rules[name]) if name in p.rules else "" for p in (left, right)]
        if said[0] != said[1]:
            rows.append(Difference(name, *said))
    for group in ("document", "publication", "confidentiality"):
        pair = [getattr(p.file, group).json() for p in (left, right)]
        rows += [
            Difference(f"{group}.{key}", _shown(pair[0][key]), _shown(pair[1][key]))
            for key in pair[0]
            if pair[0][key] != pair[1][key] and key not in ("source", "checked", "status", "note")
        ]
    rows += [Difference("makes", _shown(left.file.makes), _shown(right.file.makes))] if left.file.makes != right.file.makes else []
    return rows


def value_text(rule: Rule) -> str:
    """What a rule sets, in words: ``at most 3,000 words``, ``docx, odt``, or ``yes``."""
    setting, unit = rule.setting, rule.kind.unit
    parts = []
    if setting.max is not None:
        parts.append(f"at most {setting.max:,g} {_counted(unit, setting.max)}".strip())
    if setting.min is not None:
        parts.append(f"at least {setting.min:,g} {_counted(unit, setting.min)}".strip())
    if setting.over is not None:
        parts.append(f"over {setting.over:g} pages")
    if setting.values:
        parts.append(", ".join(setting.values))
    if rule.kind.id.startswith("LEN-WORDS") and (out := left_out(rule)):
        parts.append(f"without {', '.join(out)}")
    return "; ".join(parts) or "yes"


def _counted(unit: str, number: float) -> str:
    return unit.removesuffix("s") if number == 1 and unit != "MB" else unit


def left_out(rule: Rule) -> list[str]:
    """What a limit does not count."""
    counting = rule.setting.counting
    return [key for key in counting.key_names() if key != "said" and not getattr(counting, key)]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
