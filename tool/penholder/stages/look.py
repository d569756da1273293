"""The look of a paper: the default theme with the workspace's over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from penholder import codes
from penholder.adapters import files
from penholder.adapters.pictures import KINDS, kind_of
from penholder.findings import Finding, Findings
from penholder.model.theme import Theme
from penholder.packaged import DEFAULT_THEME
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored
from penholder.stages.discover import read_toml
from penholder.stages.load import Paper
from penholder.stages.tomlplace import toml_place

_LAYOUT = ("paper.typ", "house.typ", "tables.typ")


class Look(NamedTuple):
    """A theme, its templates' texts (Typst files by name, the web page), its logo's bytes, its font folders and a body's own Word file."""

    theme: Theme
    typst: Mapping[str, bytes]
    page: bytes
    logo: bytes = b""
    fonts: tuple[str, ...] = ()
    reference: bytes = b""


def look_of(paper: Paper) -> tuple[Look, Findings]:
    """The look that ``theme`` in paper.yaml or penholder.toml names."""
    findings = Findings()
    root = paper.workspace.root
    name = paper.meta.theme or paper.workspace.settings.theme
    data, base = default_theme(paper.language)
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", name):
        findings.add(codes.THEME_BROKEN.at(_place(paper), f"{name!r} is not the name of a folder of templates/."))
        name = "default"
    folder = root / "templates" / name
    theme = base
    if (folder / "theme.toml").is_file():
        theme, found = _own_theme(root, folder, data, base)
        findings.extend(found)
    elif name != "default":
        findings.add(codes.THEME_BROKEN.at(_place(paper), f"There is no theme {name!r} (templates/{name}/theme.toml)."))
    typst = {name: _template(root, folder / name, findings) or _default_file(name) for name in _LAYOUT}
    typst["attempts.typ"] = _default_file("attempts.typ")  # no matter of looks: a theme has none of its own
    page = _template(root, folder / "page.html", findings) or _default_file("page.html")
    logo = b""
    if theme.logo:
        theme, logo, found = _logo(root, folder, theme)
        findings.extend(found)
    fonts = (str(folder / "fonts"),) if (folder / "fonts").is_dir() else ()
    reference = b""
    if paper.workspace.settings.reference_docx:
        reference, found = files.read_bytes(root, root / paper.workspace.settings.reference_docx)
        findings.extend(found)
    return Look(theme, typst, page, logo, fonts, reference), findings


@cache
def _default_file(name: str) -> bytes:
    return (DEFAULT_THEME / name).read_bytes()


@cache
def default_theme(language: str) -> tuple[dict[str, Any], Theme]:
    """The default theme as it stands and as it is read, with the words of ``language`` (``cy-GB``) and the English ones."""
    data = tomllib.loads(_default_file("theme.toml").decode())
    tongues = [t for t in dict.fromkeys(("en", language.split("-", maxsplit=1)[0])) if t in label_languages()]
    data["labels"] = {tongue: tomllib.loads(_default_file(f"labels/{tongue}.toml").decode()) for tongue in tongues}
    return data, Theme.of(data)


@cache
def label_languages() -> tuple[str, ...]:
    """The languages in which the default theme has the house's words."""
    return tuple(sorted(path.stem for path in (DEFAULT_THEME / "labels").glob("*.toml")))


def _place(paper: Paper) -> Span:
    """Where the theme is named: in paper.yaml, else in penholder.toml."""
    named = re.search(r"^theme\s*:\s*(.*)$", paper.source.text, re.M)
    return paper.source.span(named.start(1), named.end(1)) if named else Span("penholder.toml", 1, 1, 1, 1)


def _logo(root: Path, folder: Path, theme: Theme) -> tuple[Theme, bytes, list[Finding]]:
    """The logo's bytes, and the theme with a name of our own for it; without it where it cannot be used."""
    assert theme.logo is not None
    data, findings = files.read_bytes(root, folder / theme.logo.path)
    kind = kind_of(data) if data else None
    if data and kind is None:
        name = files.relative(root, folder / "theme.toml")
        findings.append(codes.IMAGE_KIND.at(Span(name, 1, 1, 1, 1), f"The logo {theme.logo.path} is not a picture that can be used ({KINDS})."))
    logo = theme.logo.changed(path=f"house-logo.{kind}") if kind else None
    return theme.changed(logo=logo), data if kind else b"", findings


def _own_theme(root: Path, folder: Path, data: dict[str, Any], base: Theme) -> tuple[Theme, list[Finding]]:
    source: SourceFile
    source, findings = files.read_text(root, folder / "theme.toml")
    own, found = read_toml(source)
    findings += found
    merged = _over(data, {"name": folder.name, **own})
    theme, more = authored(Theme, merged, lambda where: toml_place(source, where))
    return theme or base, findings + more


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = _over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return merged


def _template(root: Path, path: Path, findings: Findings) -> bytes:
    if not path.is_file():
        return b""
    data, found = files.read_bytes(root, path)
    findings.extend(found)
    return data
