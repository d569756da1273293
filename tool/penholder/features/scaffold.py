"""Start a workspace (``init``) or a paper (``new``): files of ``data/workspace`` with the blanks filled in.

``files/`` is written to every workspace; ``files-XX/`` replaces or adds to it
where the country is XX; ``paper/`` is what ``new`` writes. A name that begins
with ``dot-`` is written with a dot. ``@@NAME@@`` is a blank.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from penholder import __version__
from penholder.adapters import files, git
from penholder.adapters.versions import installed_from
from penholder.errors import PenholderError, UsageError
from penholder.features.locales import Locale
from penholder.packaged import DATA
from penholder.stages.where import MARKER, find_root

ORGANISATION = "Our organisation"
SCHEMAS = "schemas"  # where `penholder schema --write schemas` puts what `new` refers to
SAMPLE = "en"  # the language of the first paper's text
_SAMPLE = "language: en-GB                  # of this sample; take the line out when the text is in your own language\n"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE = re.compile(r"[\w.][\w .+~:/@#=&%<>!,\[\]-]*")  # no quotation marks, dollars or braces
_LONGEST_SLUG = 60  # Windows allows 260 characters for a whole path
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names Windows keeps for itself

GitState = Literal["made", "inside", "files", "missing"]


@dataclass(frozen=True)
class Made:
    """What was written: the folder, the files' names, and what became of the Git repository."""

    folder: Path
    names: tuple[str, ...]
    git: GitState = "inside"


# a workspace ------------------------------------------------------------------


def workspace_files(locale: Locale, organisation: str = ORGANISATION, source: str = "") -> dict[str, bytes]:
    """The files of a new workspace, by path. The same words give the same bytes.

    ``source`` is what pip installs where CI builds: this version, if nothing is said.
    Raises ``UsageError`` for words that cannot stand in the files.
    """
    source = source or f"penholder=={__version__}"
    if not _SOURCE.fullmatch(source):
        raise UsageError(
            f"{source!r} is nothing that pip installs",
            "Give a version (penholder==0.1), a wheel's path in the workspace, or git+https://HOST/REPOSITORY@TAG.",
        )
    blanks = {
        "ORGANISATION": _quoted(organisation, "The organisation's name"),
        "COUNTRY": locale.country,
        "LANGUAGE": locale.language,
        "STYLE": locale.citation_style,
        "PAPER": locale.paper_size,
        "CHECK": _house_rules(locale.country),
        "SOURCE": source,
        "SAMPLE": "" if locale.language.split("-")[0] == SAMPLE else _SAMPLE,
    }
    found = _tree(DATA / "workspace" / "files")
    own = DATA / "workspace" / f"files-{locale.country}"
    if own.is_dir():
        found |= _tree(own)
    return {name: _filled(data, blanks) for name, data in sorted(found.items())}


def _house_rules(country: str) -> str:
    """The settings for checking in a country that has house rules for what government reads; empty elsewhere."""
    file = DATA / "workspace" / f"check-{country}.toml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def make_workspace(folder: Path, locale: Locale, organisation: str = ORGANISATION, source: str = "") -> Made:
    """Write a workspace into ``folder``, overwriting nothing.

    ``source`` is what pip installs where CI builds; by default what this Penholder was installed from.
    Raises ``UsageError`` where something stands in the way, ``UnusableError``
    where the disk does not let us write (what was written is taken back).
    """
    folder = folder.resolve()
    contents = workspace_files(locale, organisation, source or installed_from("penholder"))
    _refuse_nested(folder)
    _refuse_in_the_way(folder, list(contents))
    had_files = folder.is_dir() and any(p.name != ".git" for p in folder.iterdir())
    _write(folder, contents)
    return Made(folder, tuple(contents), _make_repository(folder, had_files))


def _make_repository(folder: Path, had_files: bool) -> GitState:
    """A first commit, unless the folder held files we know nothing about: they may be private."""
    if git.repository_of(folder):
        return "inside"
    if had_files:
        return "files"
    return "made" if git.init_repository(folder) else "missing"


def _refuse_nested(folder: Path) -> None:
    if (folder / MARKER).is_file():
        raise UsageError(f"{folder} is a workspace already", "Start a paper in it with `penholder new SLUG`.")
    try:
        outer = find_root(folder.parent)
    except UsageError:
        return
    raise UsageError(
        f"{folder} lies inside the workspace {outer}",
        "Start a paper there with `penholder new SLUG`, or choose a folder outside it.",
    )


def _refuse_in_the_way(folder: Path, names: Sequence[str]) -> None:
    """Raise ``UsageError`` where a file would be overwritten, or a folder cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "Name a new folder.")
    there = sorted({place for name in names if (place := _occupied(folder, name))})
    if there:
        raise UsageError(
            f"nothing was written, because these are in the way in {folder}: {', '.join(there)}",
            "Move them elsewhere, or name a new folder.",
        )


def _occupied(folder: Path, name: str) -> str:
    """What stands where ``name`` would be written: the file, or a link or file in place of a folder of it."""
    parts = name.split("/")
    for depth in range(1, len(parts)):
        place = folder.joinpath(*parts[:depth])
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return "/".join(parts[:depth])
    return name if os.path.lexists(folder / name) else ""


# a paper ----------------------------------------------------------------------


def paper_files(title: str, *, hint: bool = False) -> dict[str, bytes]:
    """The files of a new paper, by path in its folder; ``hint`` tells editors where the schema is."""
    blanks = {"TITLE": _quoted(title, "A title")}
    found = {name: _filled(data, blanks) for name, data in sorted(_tree(DATA / "workspace" / "paper").items())}
    if hint:
        line = f"# yaml-language-server: $schema=../../{SCHEMAS}/paper.schema.json\n"
        found["paper.yaml"] = line.encode() + found["paper.yaml"]
    return found


def make_paper(start: Path, slug: str, title: str | None = None) -> Made:
    """Write ``papers/<slug>`` into the workspace around ``start``.

    Raises ``UsageError`` for a slug that cannot be used or is taken.
    """
    root = find_root(start)
    check_slug(slug)
    holder = root / "papers"
    taken = next((p.name for p in holder.iterdir() if p.name.lower() == slug), "") if holder.is_dir() else ""
    if taken:
        raise UsageError(f"there is a papers/{taken} already", "Choose another name, or remove that folder first.")
    files_ = paper_files(slug.replace("-", " ").capitalize() if title is None else title, hint=_has_schemas(root))
    folder = holder / slug
    _refuse_in_the_way(root, [f"papers/{slug}/{name}" for name in files_])
    _write(folder, files_)
    return Made(folder, tuple(files_))


def check_slug(slug: str) -> None:
    """Raise ``UsageError`` unless ``slug`` is safe as a folder's name and in a web address."""
    if _SLUG.fullmatch(slug) and len(slug) <= _LONGEST_SLUG and not _DEVICES.fullmatch(slug):
        return
    better = _slug_of(slug)
    raise UsageError(
        f"{slug!r} cannot be a paper's short name" + (f"; did you mean {better!r}?" if better else ""),
        f"Use small letters, digits and hyphens, at most {_LONGEST_SLUG}, like social-value.",
    )


def _slug_of(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return "" if _DEVICES.fullmatch(slug) else slug


def _has_schemas(root: Path) -> bool:
    return (root / SCHEMAS / "paper.schema.json").is_file()


# files ------------------------------------------------------------------------


def _tree(folder: Path, above: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        name = above + ("." + entry.name.removeprefix("dot-") if entry.name.startswith("dot-") else entry.name)
        found |= _tree(entry, name + "/") if entry.is_dir() else {name: entry.read_bytes()}
    return found


def _filled(data: bytes, blanks: Mapping[str, str]) -> bytes:
    return re.sub(rb"@@([A-Z]+)@@", lambda m: blanks[m[1].decode()].encode(), data)


def _quoted(text: str, what: str) -> str:
    """``text`` in the quotation marks that YAML and TOML both read."""
    text = " ".join(text.split())
    if not text or any(unicodedata.category(c).startswith("C") for c in text):
        raise UsageError(f"{what} cannot be empty or hold control characters", "Write it in plain words.")
    return json.dumps(text, ensure_ascii=False)


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files or none."""
    new = not folder.exists()
    written: list[Path] = []
    try:
        for name, data in contents.items():
            written.append(folder / name)
            files.write_whole(folder / name, data)
    except PenholderError:
        for path in written:
            with suppress(OSError):
                path.unlink()
        for parent in sorted({p for path in written for p in path.parents if p.is_relative_to(folder)}, reverse=True):
            if new or parent != folder:
                with suppress(OSError):
                    parent.rmdir()
        raise
