"""PLAI013: amounts of money in short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import GOVUK, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI013", Severity.NOTE, "An amount in short",
    "Screen readers say “m” and “bn” as letters, and m may be metres.",
    "Write £138 million, £5,000, £500,000 (not £0.5 million) and £75 (not £75.00).",
    GOVUK,
)  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SHORT = re.compile(rf"(?P<sign>[£€$])(?P<n>{_NUMBER})[ \u00a0]?(?P<scale>mn|bn|tn|m|k|M|B|K)(?![\w’'/-])")
_COUNT = re.compile(rf"(?<![\w.,£€$/-])(?P<n>{_NUMBER})[ \u00a0]?(?P<scale>bn)(?![\w’'/-])")
_PART = re.compile(r"(?P<sign>£)0\.(?P<n>\d{1,6})[ \u00a0]?(?P<scale>million|billion)(?![\w-])")
_ZEROS = re.compile(r"£(?:\d{1,3}(?:,\d{3})+|\d+)(?P<zeros>\.00)(?![\d%]|[ \u00a0](?:million|billion|[mb]n?\b))")
_SCALES = {"m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion"}
_WORTH = {"million": 10**6, "billion": 10**9}


def look(section: SectionView) -> Iterator[Hit]:
    """Money in short, counts with bn, parts of a million or billion pounds, and pence that are none."""
    for passage, found in swept(section, _SHORT, "£", "€", "$"):
        yield _hit(section, passage, found.start(), found.end(), _in_full(found["sign"], found["n"], found["scale"].lower()))
    for passage, found in swept(section, _COUNT, "bn"):
        yield _hit(section, passage, found.start(), found.end(), f"{found['n']} billion")
    for passage, found in swept(section, _PART, "£0."):
        yield _hit(section, passage, found.start(), found.end(), _smaller(found))
    for passage, found in swept(section, _ZEROS, ".00"):
        yield _hit(section, passage, found.start(), found.end(), found[0].removesuffix(".00"))


def _in_full(sign: str, number: str, scale: str) -> str:
    if scale == "k":
        value = float(number.replace(",", "")) * 1000
        return f"{sign}{value:,.0f}" if value == int(value) else ""
    if number.startswith("0."):
        return ""
    return f"{sign}{number} {_SCALES[scale]}"


def _smaller(found: re.Match[str]) -> str:
    """£0.5 million as £500,000, £0.5 billion as £500 million."""
    value = int(found["n"]) * _WORTH[found["scale"]] // 10 ** len(found["n"])
    return f"£{value:,}" if value < 10**6 else f"£{value / 10**6:g} million"


def _hit(section: SectionView, passage: Passage, start: int, end: int, mend: str) -> Hit:
    quote = passage.text[start:end]
    return section.hit(
        passage, start, end, f"“{quote}” is written {mend}." if mend else f"“{quote}” is written in full.",
        ask=f"May we write “{mend}” in place of “{quote}”?" if mend else f"How much is “{quote}” in full?", mend=mend or None,
    )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Councils spent £138m on care and £5k on fares, £0.5 million on beds and £75.00 on tea [@alpha2020]."),
    good=Example("Councils spent £138 million on care, £5,000 on fares and £75.50 on tea, 5 m from the door [@alpha2020]."),
)  # fmt: skip
