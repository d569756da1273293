"""``theme.toml``: one look for Word, PDF and the web page."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from penholder.model.base import Authored


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("a colour is written as # and six hexadecimal digits, like #1d3f5e")
    return value.lower()


def _font(value: str) -> str:
    if not re.fullmatch(r"[\w .,'&+-]+", value):
        raise ValueError("a font name holds letters, digits, spaces and . , ' & + - only")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
FontName = Annotated[str, AfterValidator(_font)]
Points = Annotated[float, Field(gt=3, lt=120)]
Millimetres = Annotated[float, Field(ge=5, le=100)]


class Fonts(Authored):
    body: FontName
    heading: FontName
    mono: FontName
    word_fallback: FontName
    web_fallback: FontName


class Sizes(Authored):
    """Type sizes in points."""

    body: Points
    small: Points
    heading3: Points
    heading2: Points
    heading1: Points
    title: Points


class Spacing(Authored):
    line_height: Annotated[float, Field(ge=1, le=3)]
    paragraph: Annotated[float, Field(ge=0, le=40)]


class Colours(Authored):
    text: Colour
    accent: Colour
    muted: Colour
    rule: Colour
    tint: Colour
    draft: Colour
    inserted: Colour
    deleted: Colour


class PageMargins(Authored):
    """Margins in millimetres."""

    margin_top: Millimetres
    margin_right: Millimetres
    margin_bottom: Millimetres
    margin_left: Millimetres


class Furniture(Authored):
    """Running header and footer: text with ``{short_title}`` ``{body}`` ``{date}`` ``{version}``
    ``{identity}`` ``{page}`` ``{pages}`` ``{page_of}`` to be filled in."""

    header: str = ""
    footer_left: str = ""
    footer_centre: str = ""
    footer_right: str = ""


class Logo(Authored):
    """The body's mark on the cover: a picture of the theme's folder, and what it shows."""

    path: str
    alt: str
    width: Millimetres = 45


class Theme(Authored):
    """A look. ``labels`` maps a language (``en``, ``cy``) to the words the house prints."""

    schema_version: int = 1
    name: str
    fonts: Fonts
    sizes: Sizes
    spacing: Spacing
    colours: Colours
    page: PageMargins
    furniture: Furniture
    logo: Logo | None = None
    labels: dict[str, dict[str, str]]

    def words(self, language: str) -> dict[str, str]:
        """The labels for a language tag: ``cy-GB``, else ``cy``, over English."""
        return {**self.labels["en"], **self.labels.get(language.split("-", maxsplit=1)[0], {}), **self.labels.get(language, {})}
