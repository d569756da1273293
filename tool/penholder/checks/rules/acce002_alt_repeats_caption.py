"""ACCE002: a text alternative that only repeats the caption."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._pictures import file_of, folded
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity
from penholder.stages.resolve.parts import Shown

CODE = Code(
    "ACCE002", Severity.WARNING, "A text alternative that repeats the caption",
    "People who listen hear the same words twice, and still not what the picture shows.",
    "Say in `alt` what can be seen and the caption does not say; where the caption says it all, leave `alt` out.",
    "https://www.w3.org/WAI/tutorials/images/tips/",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Only alt text that the author wrote: a caption that serves in its place is meant to be the same."""
    for shown in section.shown:
        if shown.caption and folded(shown.described) == folded(shown.caption) and _written(section, shown):
            yield section.at(
                shown.span, f"The text alternative of {file_of(shown)} repeats its caption.", quote=shown.described,
                ask=f"The description of the picture {file_of(shown)} repeats its caption. What can be seen that the caption does not say?",
            )  # fmt: skip


def _written(section: SectionView, shown: Shown) -> bool:
    """Whether there is an ``alt`` of its own; pandoc gives a picture without one its caption, letter by letter."""
    text = section.text.markdown
    return shown.described != shown.caption or any(f"alt={mark}{shown.described}{mark}" in text for mark in "\"'")


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example('![What care costs.](spend.svg){alt="What care costs"}', {"papers/paper/figures/spend.svg": _SVG}),
    good=Example("![Care costs twice as much as in 2010.](spend.svg)", {"papers/paper/figures/spend.svg": _SVG}),
)  # fmt: skip
