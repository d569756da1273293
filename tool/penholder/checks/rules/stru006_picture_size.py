"""STRU006: a picture far larger than print needs, or too small for the width it is shown at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity
from penholder.stages.resolve.parts import Shown
from penholder.stages.resolve.sound import size_of

CODE = Code(
    "STRU006", Severity.WARNING, "A picture of the wrong size",
    "Too large, it makes files that mail servers refuse; too small, it is printed blurred.",
    "Save it at about 300 pixels for each inch (120 for each centimetre) of the width it is shown at.",
)  # fmt: skip

_HEAVY = 5_000_000  # bytes
_WIDE = 5000  # pixels: twice what 600 for each inch need on a page of A4
_COARSE = 90  # pixels for each inch: fewer are seen to be blurred
_TEXT = 6.3  # inches: the text on a page of A4
_UNITS = {"": 1 / 96, "px": 1 / 96, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "pt": 1 / 72, "%": _TEXT / 100}
_WIDTH = re.compile(r"(\d+(?:\.\d+)?)\s*(px|in|cm|mm|pt|%)?$")


def look(section: SectionView) -> Iterator[Hit]:
    """Each picture once for each place it is shown at; drawings (SVG) by their weight only."""
    for shown in section.shown:
        found = _fault(shown)
        if found:
            message, ask = found
            yield section.at(shown.span, message, ask=ask, quote=shown.target)


def _fault(shown: Shown) -> tuple[str, str] | None:
    picture = shown.picture
    name = shown.target.rsplit("/", 1)[-1]
    if len(picture.data) > _HEAVY:
        size = f"{len(picture.data) / 1_000_000:.0f} MB"
        return f"{name} takes up {size}.", f"The picture {name} takes up {size}. Could you save it smaller?"
    size_in_pixels = size_of(picture.data, picture.kind)
    if size_in_pixels is None:
        return None
    across, down = size_in_pixels
    if max(across, down) > _WIDE:
        return (
            f"{name} has {across:,} by {down:,} pixels, far more than print can show.",
            f"The picture {name} is {across:,} pixels wide. Could you save it at 2,500 or fewer?",
        )
    wide = _inches(shown.width)
    if wide and across / wide < _COARSE:
        needed = round(wide * 300, -2)
        return (
            f"{name} is {across:,} pixels wide, too few for the {wide * 2.54:.0f} cm at which it is shown.",
            f"The picture {name} will look blurred. Have you a version about {needed:,.0f} pixels wide?",
        )
    return None


def _inches(width: str) -> float:
    """The width a picture is shown at; 0 where the author names none, and it is not made larger than it is."""
    found = _WIDTH.match(width.strip())
    if not found or found[2] in (None, "px"):
        return 0
    return min(float(found[1]) * _UNITS[found[2]], _TEXT)


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/>{}</svg>'
RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("Here it is.\n\n![A plan](plan.svg)", {"papers/paper/figures/plan.svg": _SVG.format("<!-- " + "x" * 5_000_000 + " -->")}),
    good=Example("Here it is.\n\n![A plan](plan.svg){width=50%}", {"papers/paper/figures/plan.svg": _SVG.format("")}),
)  # fmt: skip
