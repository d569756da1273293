"""ACCE001: a text alternative that says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._pictures import file_of, folded
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE001", Severity.WARNING, "A text alternative that says nothing",
    "People who cannot see the picture hear that there is one, and not what it tells everybody else.",
    "Say in a sentence what the picture shows; mark a picture that says nothing {.decorative}.",
    "https://www.w3.org/WAI/tutorials/images/",
)  # fmt: skip

_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|tiff?|bmp|pdf|emf|wmf)|(?:img|dsc|image|screenshot|picture|scan)[\W_]*\d+[\d\W_]*", re.I)
_THING = (
    "images? pictures? photos? photographs? figures? charts? graphs? diagrams? drawings? icons? logos? maps? plots? tables? screenshots? infographics? illustrations? "
    "alt text todo tbc placeholder untitled caption spacer "
    "delweddau? delwedd lluniau? llun siart graff ffigur diagram "
    "bild grafik foto abbildung diagramm graphique schéma imagen gráfico foto figura صورة شكل رسم"
)  # fmt: skip
_NOTHING = re.compile(
    r"(?:(?:an?|the|some|this|my|insert|add|here|a?lt|bar|line|pie|text|new|of|for) )*(?:" + "|".join(sorted(set(_THING.split()))) + r")(?: (?:here|text|\d+(?: \d+)*|[a-z]))*",
    re.I,
)


def look(section: SectionView) -> Iterator[Hit]:
    """The name of a file, or of a kind of picture and no more, whether it is the alt text or a caption in its place."""
    for shown in section.shown:
        said = shown.described.strip()
        if not said or shown.decorative or len(said) > 120:
            continue
        if _FILE.fullmatch(said) or said.casefold() == file_of(shown).casefold():
            what = "the name of a file"
        elif _NOTHING.fullmatch(folded(said)) or not folded(said):
            what = "no more than that there is a picture"
        else:
            continue
        yield section.at(
            shown.span, f"“{said}”, the text alternative of {file_of(shown)}, is {what}.", quote=said,
            ask=f"The picture {file_of(shown)} is described as “{said}”. What does it show?",
        )  # fmt: skip


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
RULE = Rule(
    CODE, Scope.SECTION, look, final=True,
    bad=Example('![What care costs](spend.svg){alt="chart"}', {"papers/paper/figures/spend.svg": _SVG}),
    good=Example('![What care costs](spend.svg){alt="Spending doubled from 2010 to 2020."}', {"papers/paper/figures/spend.svg": _SVG}),
)  # fmt: skip
