"""The page in Word's units: where the text stands, from the theme's margins and sizes.

Word measures in twips, twentieths of a point (ECMA-376 Part 1, 17.18.87).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from penholder.model.theme import Theme

PageSize = Literal["a4", "letter"]

HANG_MM = 14.0
"""Paragraph and heading numbers hang so far left of the text."""

GUTTER_MM = (15.0, 31.0)
"""What the page has over beside the line goes to a gutter of this least and greatest width, left of the text."""

MEASURE_EM = 32.0
"""A line holds at most this many times the body size: about 75 characters."""

_PAPER_MM: dict[PageSize, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}


def twips(millimetres: float) -> int:
    """Millimetres in twips."""
    return round(millimetres * 1440 / 25.4)


class Layout(NamedTuple):
    """One page in twips. Numbers hang in the gutter; nothing crosses the theme's margins."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    gutter: int  # room between the theme's left margin and the text
    hang: int  # how far numbers stand left of the text
    beyond: int  # room between the end of the line and the theme's right margin

    @property
    def column(self) -> int:
        """The width of the text."""
        return self.width - self.left - self.right


def page_layout(theme: Theme, paper: PageSize) -> Layout:
    """The page for a theme on a paper size."""
    width, height = (twips(side) for side in _PAPER_MM[paper])
    page = theme.page
    measure = round(MEASURE_EM * theme.sizes.body * 20)
    inside = width - twips(page.margin_left) - twips(page.margin_right)
    least, greatest = map(twips, GUTTER_MM)
    gutter = max(least, min(inside - measure, greatest))
    room = inside - gutter
    column = min(room, measure)
    return Layout(
        width=width,
        height=height,
        top=twips(page.margin_top),
        bottom=twips(page.margin_bottom),
        left=twips(page.margin_left) + gutter,
        right=twips(page.margin_right) + room - column,
        gutter=gutter,
        hang=twips(HANG_MM),
        beyond=room - column,
    )


def lines_of(text: str, size: float, column: int) -> int:
    """About how many lines a text takes in bold letters of ``size`` points; ``column`` in twips."""
    a_line = max(1.0, column / 20 / size / 0.53)
    lines, filled = 1, 0.0
    for word in text.split():
        if filled and filled + 1 + len(word) > a_line:
            lines, filled = lines + 1, 0.0
        filled += len(word) + bool(filled)
    return lines
