"""The words that rules of plain language know, from the package's ``data/checks/plain.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from penholder.packaged import DATA


@dataclass(frozen=True)
class Avoided:
    """A word to avoid: its name, what to look for, where it is meant plainly, what to say, and the mend that always fits."""

    word: str
    found_by: str
    unless_by: str
    say: str
    mend: str

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.found_by, re.I)

    def meant_plainly(self, near: str) -> bool:
        """Whether the words nearby show that it is meant plainly."""
        return bool(self.unless_by and _compiled(self.unless_by, re.NOFLAG).search(near))


@cache
def _compiled(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(pattern, flags)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "checks" / "plain.toml").read_text(encoding="utf-8"))


@cache
def avoided() -> Mapping[str, tuple[Avoided, ...]]:
    """The words to avoid, by the first word (in small letters) of what is looked for."""
    found: dict[str, list[Avoided]] = {}
    for row in _data()["avoid"]:
        forms = sorted(row.get("forms", ()), key=len, reverse=True)
        pattern = row.get("pattern") or rf"(?<![\w.@/-])(?:{'|'.join(re.escape(form) for form in forms)})(?![\w-])"
        made = Avoided(row["word"], pattern.replace(r"\ ", "[ \u00a0]"), row.get("unless", ""), row["say"], row.get("mend", ""))
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
