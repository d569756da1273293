"""The page in Word's units: where the text stands, from the theme's margins and sizes.

Word measures in twips, twentieths of a point (ECMA-376 Part 1, 17.18.87).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from penholder.model.theme import Theme

PageSize = Literal["a4", "letter"]

GUTTER_MM = 15.0
"""Paragraph and heading numbers hang in a gutter of this width, left of the text."""

MEASURE_EM = 31.0
"""A line holds at most this many times the body size: about 75 characters."""

_PAPER_MM: dict[PageSize, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}


def twips(millimetres: float) -> int:
    """Millimetres in twips."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Layout:
    """One page in twips. Numbers and the cover's band use the gutter; nothing crosses the
    theme's margins."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    gutter: int
    beyond: int  # room between the end of the line and the theme's right margin

    @property
    def column(self) -> int:
        """The width of the text."""
        return self.width - self.left - self.right


def layout(theme: Theme, paper: PageSize) -> Layout:
    """The page for a theme on a paper size."""
    width, height = (twips(side) for side in _PAPER_MM[paper])
    page = theme.page
    gutter = twips(GUTTER_MM)
    room = width - twips(page.margin_left) - gutter - twips(page.margin_right)
    column = min(room, round(MEASURE_EM * theme.sizes.body * 20))
    return Layout(
        width=width,
        height=height,
        top=twips(page.margin_top),
        bottom=twips(page.margin_bottom),
        left=twips(page.margin_left) + gutter,
        right=twips(page.margin_right) + room - column,
        gutter=gutter,
        beyond=room - column,
    )
