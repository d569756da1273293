"""CREF006: a comma between an Act's title and its year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.library_acts import acts_in
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF006", Severity.WARNING, "A comma before the year of an Act",
    "The year is part of an Act's short title; a comma makes it look like something else.",
    "Write the short title as it is: Procurement Act 2023.",
    "https://www.law.ox.ac.uk/oscola",
)  # fmt: skip

# "Since the Care Act, 2014 has seen ...": there the year begins another thought.
_OTHER = re.compile(r"\s+(?:was|is|saw|has|had|will|would|brought|became|marked|may|could|should|to\s+\d{4})\b")


def look(section: SectionView) -> Iterator[Hit]:
    """In the prose and the notes of the author; quotations are left as they are."""
    for passage in section.passages:
        if "Act," not in passage.text or not (passage.is_prose or passage.kind == "heading"):
            continue
        for act in acts_in(passage, passage.plain):
            if act.comma and act.year and not _OTHER.match(passage.plain, act.end):
                right = f"{act.name} {act.year}"
                yield section.hit(
                    passage, act.start, act.end, f"“{act.name}, {act.year}” is written without the comma: {right}.",
                    ask=f"Its short title is “{right}”, without a comma. May we write it so?", mend=right,
                )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), fix=Safety.UNSAFE,
    bad=Example("The Procurement Act, 2023 says so."),
    good=Example("The Procurement Act 2023 says so."),
)  # fmt: skip
