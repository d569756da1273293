"""The words that rules of plain language know, from the package's ``data/checks/plain.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Avoided:
    """A word to avoid: its name, what to look for, where it is meant plainly, what to say, and the mend that always fits."""

    word: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    say: str
    mend: str


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("penholder") / "data/checks/plain.toml").read_text(encoding="utf-8"))


@cache
def avoided() -> Mapping[str, tuple[Avoided, ...]]:
    """The words to avoid, by the first word (in small letters) of what is looked for."""
    found: dict[str, list[Avoided]] = {}
    for row in _data()["avoid"]:
        forms = sorted(row.get("forms", ()), key=len, reverse=True)
        pattern = row.get("pattern") or rf"(?<![\w-])(?:{'|'.join(re.escape(form) for form in forms)})(?![\w-])"
        made = Avoided(
            row["word"], re.compile(pattern.replace(r"\ ", "[ \u00a0]"), re.I),
            re.compile(row["unless"]) if "unless" in row else None, row["say"], row.get("mend", ""),
        )  # fmt: skip
        for first in row.get("first") or {re.split(r"\W", form, maxsplit=1)[0] for form in forms}:
            found.setdefault(first, []).append(made)
    return {first: tuple(rows) for first, rows in found.items()}


@cache
def known_acronyms() -> frozenset[str]:
    """Acronyms that need not be spelled out."""
    return frozenset(_data()["acronyms"]["known"].split())


@cache
def stressed() -> frozenset[str]:
    """Words that are set in capitals for stress, and are no acronyms."""
    return frozenset(_data()["acronyms"]["stressed"].split())
