"""The one door to what is kept in a workspace's cache: sealed, so that only what this user wrote is ever read back.

A cache lies in ``.penholder`` of the workspace, and whoever contributes can commit files there. Names made of hashes
are no guard: they are the same on every machine. So each file begins with a MAC of its name and content (keyed BLAKE2,
RFC 7693) under a key that lies in the user's own cache folder, outside every workspace. What has no seal, another
user's or another file's is a miss, as is everything where no key can be had.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from functools import cache
from hmac import compare_digest
from pathlib import Path

from penholder.adapters import files
from penholder.adapters.system import readers_of
from penholder.errors import UnusableError

_SIZE = 32  # of the key and of a seal


def usable(root: Path, path: Path) -> bool:
    """Whether ``path`` of the workspace ``root`` can be kept: no link leads away from it, and there is a key."""
    return files.own(root, path) and _key(root) is not None


def seal(root: Path, path: Path, data: bytes) -> bool:
    """Keep ``data`` as ``path`` of the workspace ``root``, whole or not at all; whether that was done.

    Nothing is raised: a full disk, a link that leads elsewhere or a missing key only means to do the work again.
    """
    key = _key(root)
    if key is None or not files.own(root, path):
        return False
    try:
        files.write_whole(path, _mac(key, root, path, data) + data, lasting=False)
    except (OSError, UnusableError):
        return False
    return True


def unseal(root: Path, path: Path) -> bytes | None:
    """What ``seal`` kept as ``path`` for this user; None for anything else. Nothing is raised."""
    key = _key(root)
    if key is None or not files.own(root, path):
        return None
    try:
        held = path.read_bytes()
    except OSError:
        return None
    said, data = held[:_SIZE], memoryview(held)[_SIZE:]
    return bytes(data) if compare_digest(said, _mac(key, root, path, data)) else None


def _mac(key: bytes, root: Path, path: Path, data: bytes | memoryview) -> bytes:
    """The seal of a file: of its name, too, so that one file of a cache cannot stand for another."""
    name = files.relative(root, path).encode("utf-8", "surrogateescape")
    made = hashlib.blake2b(len(name).to_bytes(8, "big") + name, key=key, digest_size=_SIZE, person=b"penholder-cache")
    made.update(data)
    return made.digest()


def _key(root: Path) -> bytes | None:
    """The user's key, made where there is none; None where that cannot be, or where it would lie in the workspace."""
    place = _place()
    if place is None:
        return None
    try:
        if place.resolve().is_relative_to(root.resolve()):
            return None  # some build servers put the user's caches into the checkout, where a key could be committed
    except (OSError, RuntimeError, ValueError):
        return None
    return _key_at(place)


def _place() -> Path | None:
    """Where the key lies: the XDG Base Directory Specification's cache folder; on Windows, LOCALAPPDATA."""
    given = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    try:
        home = Path(given) if given and Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # there is no home
        return None
    return home / "penholder" / "key" if home.is_absolute() else None


@cache
def _key_at(place: Path) -> bytes | None:
    try:
        found = _read(place)
        if found is None:
            _make(place)
            found = _read(place)  # another process may have been the first: its key counts
    except OSError:
        return None
    return found


def _read(place: Path) -> bytes | None:
    """The key, where it is a whole one that nobody else can read. Raises ``OSError`` where it is another user's."""
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as held:
        status = os.fstat(descriptor)
        readers = readers_of(status)
        if readers == "another":
            raise PermissionError(str(place))
        if readers == "others too":
            return None
        if not stat.S_ISREG(status.st_mode):
            raise PermissionError(str(place))
        key = held.read(_SIZE + 1)
    return key if len(key) == _SIZE else None


def _make(place: Path) -> None:
    """Put a new key in its place, whole: where there is none, or one that is not sound. Raises ``OSError``."""
    import tempfile

    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    broken = place.exists()
    if broken and _read(place) is not None:
        return  # another process was quicker just now
    descriptor, name = tempfile.mkstemp(prefix=".key-", dir=place.parent)  # of mode 0600
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(os.urandom(_SIZE))
            out.flush()
            os.fsync(out.fileno())
        if broken:
            Path(name).replace(place)
        else:
            _first(Path(name), place)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _first(made: Path, place: Path) -> None:
    """Give a file its place unless another process was quicker."""
    try:
        place.hardlink_to(made)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):  # a file system without hard links: of two at once, the last counts
        made.replace(place)
