"""PLAI010: a time of day in another form than that of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GOVUK, ends_sentence, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI010", Severity.NOTE, "A time of day in another form",
    "Several forms in one paper look careless, and not everybody reads the 24-hour clock.",
    "Write 5:30pm, 9am, midday, midnight.",
    GOVUK,
)  # fmt: skip

_HALF = r"(?P<half>[ap]\.?m\b\.?|[AP]\.?M\b\.?)"
_TWELVE = re.compile(rf"(?<![\w.,:/£$€–-])(?:(?P<from>0?[1-9]|1[0-2]) ?[-–] ?)?(?P<h>0?[1-9]|1[0-2])(?:[.:](?P<m>[0-5]\d))?[ \u00a0]?{_HALF}(?![\w-])")
_HOURS = re.compile(r"(?<![\w.,:/£$€-])(?:(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)hrs\b|(?P<noon>12 noon)\b)")
_CLOCK = re.compile(r"\b(?:at|by|until|before|after|from) (?P<time>(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d))(?![\w:.,]?\d| ?[ap]\.?m)")


def look(section: SectionView) -> Iterator[Hit]:
    """Hours with am and pm, and on the 24-hour clock."""
    for passage, found in swept(section, _TWELVE, *DIGITS):
        half = found["half"].replace(".", "").lower()
        plain = _said(int(found["h"]), found["m"], half)
        if found["from"]:
            plain = f"{int(found['from'])}{half} to {plain}" if int(found["from"]) % 12 < int(found["h"]) % 12 else ""
        end = found.end()
        if found["half"].endswith(".") and plain:
            plain, end = (plain, end - 1) if ends_sentence(passage.text, end) else (plain, end)
        if passage.text[found.start() : end] != plain:
            yield _hit(section, passage, found.start(), end, plain)
    for passage, found in swept(section, _HOURS, "hrs", "noon"):
        yield _hit(section, passage, found.start(), found.end(), "midday" if found["noon"] else _of_clock(found))
    for passage, found in swept(section, _CLOCK, ":"):
        yield _hit(section, passage, found.start("time"), found.end("time"), _of_clock(found))


def _of_clock(found: re.Match[str]) -> str:
    hour = int(found["h"])
    return _said(hour % 12 or 12, found["m"], "am" if hour < 12 else "pm")


def _said(hour: int, minutes: str | None, half: str) -> str:
    if hour == 12 and minutes in (None, "00"):
        return "midday" if half == "pm" else "midnight"
    return f"{hour}:{minutes}{half}" if minutes not in (None, "00") else f"{hour}{half}"


def _hit(section: SectionView, passage: Passage, start: int, end: int, plain: str) -> Hit:
    quote = passage.text[start:end]
    return section.hit(
        passage, start, end, f"“{quote}” is written {plain}." if plain else f"“{quote}” is written with “to”, and am or pm twice.",
        ask=f"May we write “{plain}” in place of “{quote}”?" if plain else f"From when to when is “{quote}”?",
        mend=plain or None,
    )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("The office opens at 9.00 a.m., closes at 5.30 pm, and takes bids until 1730hrs."),
    good=Example("The office opens at 9am and closes at 5:30pm. I am 5, and the score was 3:20."),
)  # fmt: skip
