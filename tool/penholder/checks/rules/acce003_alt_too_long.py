"""ACCE003: a text alternative that is too long to listen to."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._pictures import file_of
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE003", Severity.NOTE, "A text alternative that is too long to listen to",
    "A screen reader reads it in one go: nobody can stop in it, go back in it or skip it.",
    "Give the point of the picture in two sentences, and the rest in the text or a table, where everybody can read it.",
    "https://www.w3.org/WAI/tutorials/images/complex/",
)  # fmt: skip

_MOST = 300  # characters: about three sentences, and twenty seconds


def look(section: SectionView) -> Iterator[Hit]:
    """By characters, that of pictures that are not decorative."""
    for shown in section.shown:
        length = len(shown.described)
        if length > _MOST and not shown.decorative and shown.described != shown.caption:
            yield section.at(
                shown.span, f"The text alternative of {file_of(shown)} has {length:,} characters, more than the {_MOST} one can follow.",
                ask=f"The description of the picture {file_of(shown)} has {length:,} characters. Could the details go into the text?",
            )  # fmt: skip


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
_LONG = "Spending on care rises from year to year. "
RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example(f'![What care costs](spend.svg){{alt="{_LONG * 9}"}}', {"papers/paper/figures/spend.svg": _SVG}),
    good=Example(f'![What care costs](spend.svg){{alt="{_LONG}"}}', {"papers/paper/figures/spend.svg": _SVG}),
)  # fmt: skip
