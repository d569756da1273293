"""Reading inside the workspace only, and writing whole files only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from penholder import codes
from penholder.errors import UnusableError
from penholder.findings import Finding
from penholder.source import SourceFile, Span

_PREFIX, _SUFFIX = ".penholder-", ".part"


class OutsideError(Exception):
    """A path leads out of the folder it must stay in."""


def inside(root: Path, path: Path) -> Path:
    """The real path of ``path`` if it lies under ``root``, links followed; else ``OutsideError``."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise OutsideError(str(path)) from error
    if not real.is_relative_to(root.resolve()):
        raise OutsideError(str(path))
    return real


def keep_inside(root: Path, path: Path, remedy: str = "Remove the link.") -> None:
    """Refuse to write where a link leads out of the workspace: raises ``UnusableError``."""
    try:
        inside(root, path)
    except OutsideError:
        raise UnusableError(f"{path} leads out of the workspace", remedy) from None


def holds(path: Path, data: bytes) -> bool:
    """Whether a file (no link) holds these very bytes already."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def own(root: Path, path: Path) -> bool:
    """Whether a file of a cache really lies where it says: a link in a stranger's commit could lead it anywhere."""
    try:
        return inside(root, path) == root.resolve() / path.relative_to(root)
    except OutsideError:
        return False


def relative(root: Path, path: Path) -> str:
    """``path`` as authors name it: relative to the workspace, with forward slashes."""
    try:
        return PurePosixPath(path.relative_to(root)).as_posix()
    except ValueError:
        return path.as_posix()


def read_bytes(root: Path, path: Path) -> tuple[bytes, list[Finding]]:
    """The bytes of a file of the workspace, and what is wrong with it."""
    name = relative(root, path)
    try:
        return inside(root, path).read_bytes(), []
    except OutsideError:
        return b"", [codes.FILE_OUTSIDE.at(Span(name), f"{name} leads out of the workspace.")]
    except OSError as error:
        return b"", [codes.FILE_UNREADABLE.at(Span(name), f"{name} cannot be read: {error.strerror or error}.")]


def read_text(root: Path, path: Path) -> tuple[SourceFile, list[Finding]]:
    """A text file of the workspace; what is not UTF-8 is shown as � and found."""
    data, findings = read_bytes(root, path)
    name = relative(root, path)
    if wide := _utf16(data):
        text = data.decode(wide, "replace").lstrip("\ufeff")
        findings.append(codes.FILE_ENCODING.at(Span(name, 1, 1, 1, 1), f"{name} is UTF-16, not UTF-8."))
        return SourceFile(name, _unix(text)), findings
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _unix(data[: error.start].decode("utf-8-sig", "replace"))
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        text = data.decode("utf-8", "replace")
        findings.append(
            codes.FILE_ENCODING.at(
                Span(name, line, column, line, column + 1),
                f"{name} is not UTF-8: byte 0x{data[error.start]:02x} stands for no letter.",
            )
        )
    return SourceFile(name, _unix(text)), findings


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf16(data: bytes) -> str:
    """The kind of UTF-16 a text is in; ``""`` for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:400]
    if len(head) >= 4 and head.count(0) * 3 > len(head):  # every other byte of Latin text is 0
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return ""


def write_whole(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file so that it appears whole or not at all.

    Not ``lasting`` is what can be made again and tells damage by itself: where the
    power fails at once, it may be broken. Raises ``UnusableError`` when the disk is
    full or does not let us write; the file that was there stays.
    """
    write_together({path: data}, lasting=lasting)


def write_together(wanted: Mapping[Path, bytes], *, lasting: bool = True) -> None:
    """Write files that belong together: all are on the disk before the first takes its place.

    Raises ``UnusableError`` like ``write_whole``; where there is no room for one of
    them, all that were there stay.
    """
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in wanted.items():
            _set_aside(path, data, waiting, lasting=lasting)
        for path in wanted:
            waiting[path].replace(path)
            del waiting[path]
    except OSError as error:
        raise UnusableError(f"{path} cannot be written: {_reason(error)}", _remedy(error)) from error
    finally:
        for left in waiting.values():
            with contextlib.suppress(OSError):
                left.unlink()


def _set_aside(path: Path, data: bytes, waiting: dict[Path, Path], *, lasting: bool) -> None:
    """Write ``data`` to a file beside ``path``, and note it in ``waiting``."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    waiting[path] = Path(name)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        if lasting:
            out.flush()
            os.fsync(out.fileno())
    waiting[path].chmod(0o644)


def sweep(folder: Path) -> None:
    """Remove what a killed build left behind in ``folder``. Call it under the folder's lock."""
    for leftover in folder.glob(f"{_PREFIX}????????{_SUFFIX}"):
        with contextlib.suppress(OSError):
            leftover.unlink()


@contextlib.contextmanager
def locked(folder: Path, root: Path) -> Iterator[None]:
    """Hold ``folder`` for one build at a time; others wait.

    The lock is a file in ``.penholder/locks`` of the workspace ``root``; the system lets go of it when a build dies.
    Raises ``UnusableError``, also where that leads out of the workspace.
    """
    from filelock import FileLock

    locks = root / ".penholder" / "locks"
    keep_inside(root, locks)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / f"{digest(str(folder.resolve()).encode())[:20]}.lock"):
            sweep(folder)
            yield
    except OSError as error:
        raise UnusableError(f"{folder} cannot be used: {_reason(error)}", _remedy(error)) from error


_hashes: dict[str, tuple[tuple[int, ...], str]] = {}  # of this process
_begun: dict[str, threading.Thread] = {}
_LARGE = 1 << 20


def content_hash(path: Path, data: bytes | None = None) -> str:
    """A hash of a file's content; not made again while its size and times are the same.

    ``data`` is what was read of it just now, if that was done; else ``OSError`` may be raised.
    """
    if begun := _begun.pop(str(path), None):
        begun.join()
    return _content_hash(path, data)


def begin_hashes(folder: Path) -> None:
    """Begin to hash the large files of a folder beside what is done meanwhile: ``content_hash`` then has them, or waits."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_file() and not path.is_symlink() and path.stat().st_size > _LARGE:
                _begun[str(path)] = threading.Thread(target=_try_to_hash, args=(path,), daemon=True)
                _begun[str(path)].start()


def _try_to_hash(path: Path) -> None:
    with contextlib.suppress(OSError):  # whoever asks for the hash is told
        _content_hash(path, None)


def _content_hash(path: Path, data: bytes | None) -> str:
    try:
        status = path.stat()
    except OSError:
        if data is None:
            raise
        return _blake2b(data).hexdigest()
    stamp = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    known = _hashes.get(str(path))
    if known is None or known[0] != stamp:
        known = _hashes[str(path)] = stamp, _hash_of_file(path) if data is None else _blake2b(data).hexdigest()
    return known[1]


def _blake2b(data: bytes = b"") -> hashlib.blake2b:
    return hashlib.blake2b(data, digest_size=32)


def _hash_of_file(path: Path) -> str:
    """The hash of a file that is not kept: a library may have 10 MB. Raises ``OSError``."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, _blake2b).hexdigest()


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: bytes) -> str:
    """SHA-256 of the parts, in hexadecimal, each part's length counted in."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def _reason(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "the disk is full"
    return (error.strerror or str(error)).lower()


def _remedy(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "Make room on the disk and build again; the last good files are still there."
    return "Check that the folder exists and that you may write to it."
