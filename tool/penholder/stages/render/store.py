"""Editions that were built before: found again by everything they were made of.

The key is made of the content of every file that can reach a paper, of the commit
that HEAD names, and of the tools. Nothing of it needs a parser, so an unchanged
paper costs a few milliseconds.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import penholder
from penholder.adapters import files, seals
from penholder.adapters.git import head, repository_of
from penholder.errors import UnusableError
from penholder.stages.where import SUBMISSIONS

_KEEP = 4  # editions of one paper
_KEY = re.compile(r"[0-9a-f]{40}")
_STYLE = re.compile(r"citation_style\s*[:=]\s*[\"']?([\w./-]+\.csl)")
_WORD_FILE = re.compile(r"reference_docx\s*=\s*[\"']([^\"']+)")
_HOUSE = ("penholder.toml", "contributors.yaml", ".gitignore", "templates", "citations")


class Stored(NamedTuple):
    """A stored edition: its record, and the bytes of its files by format."""

    record: dict[str, Any]
    files: dict[str, bytes]


class Store:
    """The editions kept in ``.penholder/cache/editions`` of a workspace."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / ".penholder" / "cache" / "editions"
        self._house: str | None = None
        self._here: str | None = None
        self._inputs: dict[str, str] = {}

    def inputs(self, slug: str) -> str:
        """A digest of the content of every file that can reach the paper; the same on every machine."""
        if slug not in self._inputs:
            if self._house is None:
                names = [*_HOUSE, *self._named_in("penholder.toml", _WORD_FILE, _STYLE)]
                self._house = files.digest(*self._all_parts(names))
            paper = self._parts(self._root / "papers" / slug, without=SUBMISSIONS)
            styles = self._all_parts(self._named_in(f"papers/{slug}/paper.yaml", _STYLE))
            self._inputs[slug] = files.digest(slug.encode(), self._house.encode(), *paper, *styles)
        return self._inputs[slug]

    def standing(self, slug: str) -> str:
        """A digest of what a build of ``slug`` would find here now: its inputs, and where Git stands."""
        if self._here is None:
            self._here = files.digest(self._git(), os.environ.get("SOURCE_DATE_EPOCH", "").encode())
        return files.digest(self.inputs(slug).encode(), self._here.encode())

    def key(self, slug: str, formats: Sequence[str]) -> str:
        """The key of the edition that a build of ``slug`` would make now, with these tools, here."""
        return files.digest(self.standing(slug).encode(), ",".join(formats).encode(), tools_digest())[:40]

    def knows(self, slug: str) -> bool:
        """Whether any edition of ``slug`` is kept: where none is, nobody need ask for its key."""
        return (self._folder / slug).is_dir()

    def get(self, slug: str, key: str) -> Stored | None:
        """The edition stored under ``key``, if it is whole and ours: the record is sealed, and holds the files' hashes."""
        folder = self._folder / slug / key
        sealed = seals.unseal(self._root, folder / "record.json")
        if sealed is None:
            return None
        try:
            record = json.loads(sealed)
            made = {fmt: (folder / f"paper.{fmt}").read_bytes() for fmt in record["sha256"] if files.own(self._root, folder / f"paper.{fmt}")}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if len(made) != len(record["sha256"]):
            return None
        if any(files.sha256(data) != record["sha256"][fmt] for fmt, data in made.items()):
            return None
        if any(files.sha256(_content(self._root / path)) != wanted for path, wanted in record.get("elsewhere", {}).items()):
            return None
        return Stored(record, made)

    def put(self, slug: str, key: str, record: dict[str, Any], made: dict[str, bytes]) -> None:
        """Keep an edition; the oldest ones of the paper make room. The disk being full is no fault."""
        folder = self._folder / slug / key
        if not seals.usable(self._root, folder / "record.json"):
            return
        try:
            for fmt, data in made.items():
                files.write_whole(folder / f"paper.{fmt}", data, lasting=False)
            hashes = {fmt: files.sha256(data) for fmt, data in made.items()}
            whole = seals.seal(self._root, folder / "record.json", json.dumps({**record, "sha256": hashes}).encode())
        except UnusableError:
            whole = False
        if not whole:
            shutil.rmtree(folder, ignore_errors=True)
            return
        kept = [p for p in folder.parent.iterdir() if _KEY.fullmatch(p.name) and not p.is_symlink()]
        for old in sorted(kept, key=lambda p: p.stat().st_mtime_ns)[:-_KEEP]:
            shutil.rmtree(old, ignore_errors=True)

    def _all_parts(self, names: Iterable[str]) -> Iterator[bytes]:
        for name in names:
            yield from self._parts(self._root / name)

    def _parts(self, top: Path, without: str = "") -> Iterator[bytes]:
        """Name and hash of every file at or below ``top``, in order, but for those of its folder ``without``.

        Links are not followed out of the workspace.
        """
        if top.is_symlink() or not top.is_dir():
            if top.is_symlink() or top.exists():
                yield from (top.name.encode(), self._file(top))
            return
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(f for f in folders if f != without or Path(folder) != top)
            for name in sorted(names):
                path = Path(folder, name)
                yield from (str(path.relative_to(self._root)).encode("utf-8", "surrogateescape"), self._file(path))

    def _file(self, path: Path) -> bytes:
        """The hash of a regular file of the workspace, else what can be said of it without reading it."""
        target = str(path.readlink()).encode("utf-8", "surrogateescape") if path.is_symlink() else b""
        try:
            files.inside(self._root, path)
        except files.OutsideError:
            return target + b" outside"
        return target + (_hash(path) if path.is_file() else b" no file")

    def _named_in(self, name: str, *patterns: re.Pattern[str]) -> list[str]:
        """What a file of settings names outside the folders that are looked through anyway."""
        path = self._root / name
        text = _content(path).decode("utf-8", "replace") if path.is_file() else ""
        return [found for pattern in patterns for found in sorted(set(pattern.findall(text)))]

    def _git(self) -> bytes:
        return f"{repository_of(self._root) is not None} {head(self._root)}".encode()


def _hash(path: Path) -> bytes:
    """The hash of a file's content, or why there is none."""
    try:
        return files.content_hash(path).encode()
    except OSError as error:
        return f"unreadable {error.errno}".encode()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        return f"unreadable {error.errno}".encode()


@cache
def tools_digest() -> bytes:
    """What makes the bytes: the versions of the tools, and this package's own files as they are."""
    from penholder.stages.render.versions import tool_versions

    return json.dumps([tool_versions(), list(_stamps(str(Path(penholder.__file__).parent)))]).encode()


def _stamps(folder: str) -> Iterator[str]:
    """Name, size and time of every file of a folder and its folders, in order."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _stamps(entry.path)
        else:
            status = entry.stat()
            yield f"{entry.name} {status.st_size} {status.st_mtime_ns}"
