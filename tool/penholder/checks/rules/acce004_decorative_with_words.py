"""ACCE004: a picture that is marked decorative and yet described."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._pictures import file_of
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE004", Severity.WARNING, "A decorative picture with words or a number",
    "What is marked decorative is hidden from people who listen, and its text alternative with it.",
    "Take {.decorative} out where the picture tells something, and the words or the name where it does not.",
    "https://www.w3.org/WAI/tutorials/images/decorative/",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """Alt text, a caption, or a name that references use."""
    for shown in section.shown:
        if not shown.decorative:
            continue
        name = file_of(shown)
        what = "has a name that references use" if shown.identifier.startswith("fig-") else "is described" if shown.described or shown.caption else ""
        if what:
            yield section.at(
                shown.span, f"{name} is marked decorative, and yet {what}.", quote=shown.described,
                ask=f"Does the picture {name} tell the reader something, or is it decoration?",
            )  # fmt: skip


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("![Spending doubled.](spend.svg){.decorative}", {"papers/paper/figures/spend.svg": _SVG}),
    good=Example("![](spend.svg){.decorative}", {"papers/paper/figures/spend.svg": _SVG}),
)  # fmt: skip
