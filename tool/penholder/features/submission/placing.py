"""Write a submission's files into its folder: all of them or none, and nothing that somebody else put there lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from penholder.adapters import files
from penholder.errors import UnusableError
from penholder.features.submission.package import MANIFEST

_CHANGED = "-changed-by-hand-"


class Placed(NamedTuple):
    """What became of the folder. ``kept`` are files that a person changed after the last build, under their new names."""

    folder: Path
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    strangers: tuple[str, ...]


def place(root: Path, folder: Path, made: Mapping[str, bytes]) -> Placed:
    """Bring ``folder`` to hold ``made``. The same bytes stay as they are; files of the last build that are not made any
    more go; one that was changed by hand since is kept under another name. The manifest is written last.

    Raises ``UnusableError`` where the folder leads out of the workspace or cannot be written.
    """
    files.keep_inside(root, folder)
    with files.locked(folder, root):
        before = _manifest(folder)
        kept = _set_aside(folder, before, made)
        written = [name for name in sorted(made, key=lambda n: (n == MANIFEST, n)) if not files.holds(_path(folder, name), made[name])]
        files.write_together({_path(folder, name): made[name] for name in written})
        removed = [name for name in before if name not in made and _gone(_path(folder, name))]
        for inner in (p for p in folder.iterdir() if p.is_dir() and not p.is_symlink() and not any(p.iterdir())):
            inner.rmdir()
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    strangers = sorted(n for n in there - set(made) - set(kept) if not n.startswith("."))
    return Placed(folder, tuple(written), tuple(removed), tuple(kept), tuple(strangers))


def _path(folder: Path, name: str) -> Path:
    """The place of a file; one that a link leads out of the folder is refused."""
    path = folder / name
    try:
        return files.inside(folder, path.parent) / path.name
    except files.OutsideError:
        raise UnusableError(f"{path} leads out of {folder}", "Remove the link.") from None


def _manifest(folder: Path) -> dict[str, str]:
    """The files of the last build and their hashes; a manifest that is damaged knows none."""
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
        known = {str(f["name"]): str(f["sha256"]) for f in data["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: seal for name, seal in known.items() if name != MANIFEST and ".." not in PurePosixPath(name).parts and not name.startswith("/")}


def _set_aside(folder: Path, before: Mapping[str, str], made: Mapping[str, bytes]) -> list[str]:
    """Rename files that are not as the last build left them and would be written over or removed."""
    kept = []
    for name in {*before, *made} - {MANIFEST}:
        path = _path(folder, name)
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        seal = files.sha256(data)
        if seal == before.get(name) or data == made.get(name):
            continue
        other = path.with_name(f"{path.stem}{_CHANGED}{seal[:8]}{path.suffix}")
        path.replace(other)
        kept.append(other.relative_to(folder.resolve()).as_posix())
    return sorted(kept)


def _gone(path: Path) -> bool:
    if not path.is_file() and not path.is_symlink():
        return False
    path.unlink(missing_ok=True)
    return True
