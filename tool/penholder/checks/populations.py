"""Whom a figure counts: so that children are not held against people, nor firms against councils."""

from __future__ import annotations

import re

from penholder.checks.ledgering import Stated
from penholder.model.evidence import Fact

_SAME = {"persons": "people", "individuals": "people", "kids": "children", "pensioners": "pensioners", "businesses": "firms", "companies": "firms"}
_NAMES = (
    "people", "persons", "individuals", "children", "kids", "adults", "women", "men", "girls", "boys", "babies", "pupils", "students", "teachers", "pensioners",
    "workers", "employees", "carers", "parents", "mothers", "fathers", "households", "families", "homes", "tenants", "owners", "patients", "nurses", "doctors",
    "prisoners", "refugees", "migrants", "voters", "councils", "authorities", "schools", "hospitals", "firms", "companies", "businesses", "charities", "libraries",
    "jobs", "deaths", "admissions", "contracts", "suppliers", "countries",
)  # fmt: skip
_NAME = re.compile(rf"\b(?:{'|'.join(_NAMES)})\b", re.I)
_PREPOSITION = r"(?!(?:in|on|at|of|for|with|by|from|to|and|or|who|that|which|is|are|was|were|than|as)\b)"
_COUNTED = re.compile(rf"\s+(?:of (?:the |all |our |its |their )?)?(?:{_PREPOSITION}[\w’-]+ ){{0,3}}?(?P<name>{'|'.join(_NAMES)})\b", re.I)


def counts_others(fact: Fact, each: Stated) -> bool:
    """Whether the noun behind a figure names another population than the fact's unit, measure and population do."""
    found = _COUNTED.match(each.passage.text, each.quantity.end)
    theirs = {_name(m[0]) for m in _NAME.finditer(f"{fact.unit} {fact.population} {fact.measure}")}
    return found is not None and bool(theirs) and _name(found["name"]) not in theirs


def _name(word: str) -> str:
    return _SAME.get(word.lower(), word.lower())
