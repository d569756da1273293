"""The files of a commit, byte for byte as they were committed: no checkout, no hooks, no filters, no network."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from penholder.adapters.history.ask import names, need, stream
from penholder.errors import UnusableError

_FILES = (b"100644", b"100755", b"100664")  # the last was written by the first Gits
_LINK = b"120000"
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Entry(NamedTuple):
    """A file of a commit: its path as the workspace names it, its blob, and whether it is a symbolic link."""

    path: str
    blob: str
    is_link: bool


def entries(root: Path, commit: str, paths: tuple[str, ...] = ()) -> list[Entry]:
    """The files of ``commit`` (a full hash) under ``root``, or under its ``paths``; submodules are not among them."""
    found = []
    for line in names(need(root, "ls-tree", "-r", "-z", commit, "--", *paths)):
        about, _, path = line.partition(b"\t")
        mode, _, blob = about.split(b" ")
        if mode in _FILES or mode == _LINK:
            found.append(Entry(os.fsdecode(path), blob.decode(), mode == _LINK))
    return found


def blobs(root: Path, wanted: Sequence[str]) -> Iterator[bytes]:
    """The bytes of blobs, in the order of their hashes, read as they are asked for.

    Raises ``UnusableError`` where the clone lacks one of them.
    """
    with stream(root, ("cat-file", "--batch", "--buffer"), (f"{blob}\n".encode() for blob in wanted)) as out:
        for blob in wanted:
            yield _blob(blob, out)


def snapshot(root: Path, commit: str, folder: Path, wanted: Callable[[str], bool] = lambda _: True) -> list[str]:
    """Write the files of ``commit`` (a full hash) under ``root`` to ``folder``, those of whose path ``wanted`` says so.

    Returns the paths that could not be written, as their names lead out of ``folder`` or mean nothing to this
    system. Symbolic links are written as links (who reads them must see to where they lead), submodules not at
    all. Raises ``UnusableError`` where the clone lacks a file, or the disk is full.
    """
    there = [entry for entry in entries(root, commit) if wanted(entry.path)]
    left_out, links = [], []
    made: set[Path] = set()
    for entry, data in zip(there, blobs(root, [entry.blob for entry in there]), strict=True):
        target = _target(folder, entry.path)
        if target is None:
            left_out.append(entry.path)
        elif entry.is_link:
            links.append((entry.path, target, data))
        elif not _write(target, data, made):
            left_out.append(entry.path)
    # Links come last: where capitals do not count, one of them could stand for the folder of a file.
    left_out += [path for path, target, data in links if not _link(target, data, made)]
    return left_out


def _blob(blob: str, out: IO[bytes]) -> bytes:
    """The content that follows a line ``<hash> blob <size>``."""
    head = out.readline().split()
    if len(head) != 3:  # it says "missing", or Git has given up
        raise UnusableError(f"this clone lacks a file of an older version ({blob[:12]})", "Clone the repository again, whole (without --filter).")
    data = out.read(int(head[2]))
    out.read(1)
    return data


def _target(folder: Path, path: str) -> Path | None:
    """Where a file goes; None where its name would lead anywhere else."""
    if any(part in ("", ".", "..") for part in path.split("/")):
        return None
    target = Path(os.path.abspath(folder / path))  # noqa: PTH100 (links must not be followed here)
    return target if target.is_relative_to(folder) and target.relative_to(folder).as_posix() == path else None


def _write(target: Path, data: bytes, made: set[Path]) -> bool:
    try:
        _hold(target.parent, made)
        target.write_bytes(data)
    except OSError as error:
        if error.errno in _FULL:
            raise UnusableError("there is no room for the files of an older version", "Make room on the disk of temporary files.") from error
        return False
    return True


def _link(target: Path, data: bytes, made: set[Path]) -> bool:
    try:
        _hold(target.parent, made)
        target.symlink_to(os.fsdecode(data))
    except (OSError, ValueError):  # Windows lets only some users make links
        return False
    return True


def _hold(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        folder.mkdir(parents=True, exist_ok=True)
        made.add(folder)
