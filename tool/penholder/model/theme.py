"""``theme.toml``: one look for Word, PDF and the web page."""

import re
from typing import Annotated, Any

from msgspec import Meta

from penholder.model.base import Authored
from penholder.model.shapes import spelt, worded


def _colour(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _font(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[\w .,'&+-]+", value):
        raise ValueError("a font name holds letters, digits, spaces and . , ' & + - only")
    return value


Colour = Annotated[
    str, spelt(_colour), worded("^#[0-9a-fA-F]{6}$", "a colour is written as # and six hexadecimal digits, like #1d3f5e")
]
FontName = Annotated[str, spelt(_font, minLength=1)]
Points = Annotated[float, Meta(gt=3, lt=120)]
Millimetres = Annotated[float, Meta(ge=5, le=100)]


class Fonts(Authored, frozen=True, kw_only=True):
    body: FontName
    heading: FontName
    mono: FontName
    word_fallback: FontName
    web_fallback: FontName


class Sizes(Authored, frozen=True, kw_only=True):
    """Type sizes in points."""

    body: Points
    small: Points
    heading3: Points
    heading2: Points
    heading1: Points
    title: Points


class Spacing(Authored, frozen=True, kw_only=True):
    line_height: Annotated[float, Meta(ge=1, le=3)]
    paragraph: Annotated[float, Meta(ge=0, le=40)]


class Colours(Authored, frozen=True, kw_only=True):
    text: Colour
    accent: Colour
    muted: Colour
    rule: Colour
    tint: Colour
    draft: Colour
    inserted: Colour
    deleted: Colour


class PageMargins(Authored, frozen=True, kw_only=True):
    """Margins in millimetres."""

    margin_top: Millimetres
    margin_right: Millimetres
    margin_bottom: Millimetres
    margin_left: Millimetres


class Furniture(Authored, frozen=True, kw_only=True):
    """Running header and footer: text with ``{short_title}`` ``{body}`` ``{date}`` ``{version}``
    ``{identity}`` ``{page}`` ``{pages}`` ``{page_of}`` to be filled in."""

    header: str = ""
    footer_left: str = ""
    footer_centre: str = ""
    footer_right: str = ""


class Logo(Authored, frozen=True, kw_only=True):
    """The body's mark on the cover: a picture of the theme's folder, and what it shows."""

    path: str
    alt: str
    width: Millimetres = 45


class Theme(Authored, frozen=True, kw_only=True):
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
