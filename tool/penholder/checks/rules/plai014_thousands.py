"""PLAI014: a large number without commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GOVUK, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI014", Severity.NOTE, "A large number without commas",
    "Readers count the digits, and miscount them.",
    "Write 9,000 and 14,400,000.",
    GOVUK,
)  # fmt: skip

_MONEY = re.compile(r"[£€](\d{4,15})(?:\.\d\d)?(?![\w,]|\.\d)")
_COUNT = re.compile(r"(?<![\w.,/£€$:#@(+-])([1-9]\d{4,14}|[1-9]\d{0,2}(?: \d{3}){1,4})(?= (?!(?:and|or|in|of|to|on|at|by|for|is|was|were|from|with|as|which|that|the|a|an)\b)[a-z]{3})")
_FOUR = re.compile(r"(?<![\w.,/£€$:#@(+-])([1-9]\d{3})(?= (?:people|households|homes|children|adults|pupils|staff|jobs|places|beds|deaths|councils|contracts|suppliers|charities|businesses|firms|organisations|respondents|patients|families|tenders|miles|hours|pounds|tonnes)\b)")
_NUMBERED = re.compile(r"\b(?:nos?|number|ref|reference|case|order|issue|section|page|report|paper|room|code|series|since|by|in|of|until|before|after|form|standard|version|call|dial|telephone|tel|phone|year)\.?[ \u00a0](?:\d+ )?$|(?-i:\b[A-Z]{2,})[ \u00a0]$", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """Money, numbers of five digits or more before what they count, and of four before a few well-known things."""
    for pattern in (_MONEY, _COUNT, _FOUR):
        for passage, found in swept(section, pattern, *DIGITS):
            before = passage.text[max(0, found.start() - 16) : found.start()]
            value = int(found[1].replace(" ", ""))
            if (pattern is not _MONEY and _NUMBERED.search(before)) or (pattern is _FOUR and 1800 <= value <= 2100):
                continue
            mend = f"{value:,}"
            yield section.hit(
                passage, found.start(1), found.end(1), f"“{found[1]}” is written {mend}.",
                ask=f"May we write “{mend}” in place of “{found[1]}”?", mend=mend,
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.SAFE,
    bad=Example("Care reaches 144000 people and costs £9000 each [@alpha2020]."),
    good=Example("In 2024 care reached 144,000 people. Case 123456 was heard in 2024 rooms. ISO 20400 applies."),
)  # fmt: skip
