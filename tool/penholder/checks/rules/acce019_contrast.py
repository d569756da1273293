"""ACCE019: a colour of the theme that is hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters import files
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.source import Span

CODE = Code(
    "ACCE019", Severity.ERROR, "A colour of the theme that is hard to read",
    "Below a contrast of 4.5:1 many people cannot read the words at all.",
    "Choose a darker colour: 4.5:1 must be, 7:1 is what the house aims at.",
    "https://www.w3.org/TR/WCAG22/#contrast-minimum",
)  # fmt: skip

_LEAST, _AIM = 4.5, 7.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.6
_WHITE = "#ffffff"
# The colours that words are printed in, and the grounds they stand on.
_ON = {
    "text": ("white", "tint"), "accent": ("white", "tint"), "muted": ("white",), "draft": ("white",),
    "inserted": ("white",), "deleted": ("white",),
}  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Each colour of words on the worst of its grounds: an error below 4.5:1, a note below 7:1."""
    colours = paper.look.theme.colours
    grounds = {"white": _WHITE, "tint": colours.tint}
    for name, on in _ON.items():
        colour: str = getattr(colours, name)
        ratio, ground = min((contrast(colour, grounds[g]), g) for g in on)
        needed = _LEAST if ratio < _LEAST else _AIM if contrast(colour, _WHITE) < _AIM else 0
        if not needed:
            continue
        better = _darker(colour, grounds[ground])
        advice = f" {better} would have 7:1." if better else f" The ground ({grounds[ground]}) is too dark for any."
        yield Hit(
            _place(paper, name if better else ground), f"The {name} colour {colour} on {ground} has a contrast of {_shown(ratio)}:1.",
            ask=f"The {name} colour {colour} is hard to read. May we choose a darker one?",
            help=("" if ratio < _LEAST else "That is enough for WCAG's level AA; level AAA asks for 7:1.") + advice,
            quote=colour, severity=Severity.ERROR if ratio < _LEAST else Severity.NOTE,
        )  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (``#rrggbb``), from 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shown(ratio: float) -> str:
    """Cut, not rounded: 4.49 is not 4.5."""
    return f"{int(ratio * 10) / 10:.1f}"


def _darker(colour: str, ground: str) -> str:
    """The colour as far darkened as 7:1 needs; empty where black itself has less."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for tenth in range(99, -1, -1):
        made = "#" + "".join(f"{part * tenth // 100:02x}" for part in parts)
        if contrast(made, ground) >= _AIM:
            return made
    return ""


def _place(paper: PaperView, key: str) -> Span:
    """Where the theme's file says the colour, else where the file begins."""
    workspace = paper.paper.workspace
    name = paper.paper.meta.theme or workspace.settings.theme
    path = workspace.root / "templates" / name / "theme.toml"
    if not path.is_file():
        return paper.key_span("theme")
    source, _ = files.read_text(workspace.root, path)
    found = re.search(rf"^\s*{key}\s*=\s*(\S+)", source.text, re.M)
    return source.span(found.start(1), found.end(1)) if found else Span(source.path, 1, 1, 1, 1)


_THEME = 'schema_version = 1\nname = "default"\n\n[colours]\naccent = "{}"\n'
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Care costs money.", {"templates/default/theme.toml": _THEME.format("#7aa5c9")}),
    good=Example("Care costs money.", {"templates/default/theme.toml": _THEME.format("#1d3f5e")}),
)  # fmt: skip
