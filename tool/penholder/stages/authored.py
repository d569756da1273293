"""From YAML or TOML data to a model, every problem a finding at its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from penholder import codes
from penholder.findings import Finding
from penholder.model.base import Authored, Problem
from penholder.model.paper import CONTACT_KEYS, FOREIGN_KEYS, SCHEMA_VERSION
from penholder.source import Span

M = TypeVar("M", bound=Authored)
Place = Callable[[Sequence[str | int]], Span]


def authored(model: type[M], data: Any, place: Place, *, foreign: bool = False) -> tuple[M | None, list[Finding]]:
    """Make ``model`` of ``data``; what cannot be used is left out and found.

    ``foreign`` keys of Quarto and MyST are then left alone without a word.
    Returns ``None`` where a key that must be there is missing.
    """
    if data is None:
        data = {}
    if not isinstance(data, Mapping):
        return None, [codes.VALUE_WRONG.at(place(()), "This should be a list of `key: value` lines.")]
    data = {str(k): v for k, v in data.items()}
    findings = _schema_version(data, place)
    if foreign:
        data = {k: v for k, v in data.items() if k not in FOREIGN_KEYS or k in model.key_names()}
    made, problems = model.lenient(data)
    return made, findings + [_finding(p, place) for p in problems]


def _schema_version(data: Mapping[str, Any], place: Place) -> list[Finding]:
    version = data.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or version == SCHEMA_VERSION:
        return []
    code = codes.SCHEMA_NEW if version > SCHEMA_VERSION else codes.SCHEMA_OLD
    return [code.at(place(("schema_version",)), f"This file says schema_version {version}; this Penholder writes {SCHEMA_VERSION}.")]


def _finding(problem: Problem, place: Place) -> Finding:
    span = place(problem.where)
    key = ".".join(str(step) for step in problem.where if isinstance(step, str)) or "this"
    if problem.kind == "unknown":
        return unknown_key(str(problem.where[-1]), problem.known, span)
    if problem.kind == "missing":
        return codes.KEY_MISSING.at(span, f"`{key}` is missing.", help=f"Add a line `{key}: ...`.")
    if problem.kind == "unprintable":
        return codes.MARKS_REMOVED.at(span, f"`{key}`: the character U+{ord(problem.value):04X} was taken out.")
    message = problem.message[:1].lower() + problem.message[1:]
    joint = " " if message.startswith("should ") else ": "
    return codes.VALUE_WRONG.at(span, f"`{key}`{joint}{message}{_shown(problem.value)}.")


def unknown_key(key: str, known: Sequence[str], span: Span) -> Finding:
    """The finding for a key nobody declared, with the nearest one that is known."""
    if key.lower() in CONTACT_KEYS:
        return codes.CONTRIBUTOR_CONTACT.at(span, f"`{key}` holds contact details, and this file is tracked.")
    near = get_close_matches(key, known, 1, 0.6)
    hint = f" Did you mean `{near[0]}`?" if near else f" Known here: {', '.join(sorted(known))}." if known else ""
    return codes.KEY_UNKNOWN.at(span, f"`{key}` is not a key Penholder knows.{hint}")


def _shown(value: Any) -> str:
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    text = str(value)
    return f" (it says {text[:60]!r})"


def nearest(word: str, known: Sequence[str]) -> str:
    """`` Did you mean ...?`` for a name that is not among ``known``, or nothing."""
    near = get_close_matches(word, known, 3, 0.5)
    return f" Did you mean {' or '.join(near)}?" if near else ""
