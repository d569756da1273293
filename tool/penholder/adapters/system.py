"""What differs between operating systems: child processes with limits. The only such module."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import stat
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Literal

WINDOWS = sys.platform == "win32"
UNLIMITED_HERE = "On Windows a template's time and memory cannot be limited: build only texts you trust."


def memory_is_limited() -> bool:
    """Whether ``limit_memory`` can do what it says: only Linux can limit another process."""
    return sys.platform == "linux"


def limit_memory(process: int, megabytes: int) -> None:
    """Let a program that runs already use so much memory and no more, where the system can do so."""
    if sys.platform == "linux":
        import resource

        limit = megabytes * 1024 * 1024
        with contextlib.suppress(OSError, ValueError):  # it is gone already, or has less
            resource.prlimit(process, resource.RLIMIT_AS, (limit, limit))


def readers_of(status: os.stat_result) -> Literal["we", "others too", "another"]:
    """Who may read a file: this user alone, others too, or it is another user's. Windows keeps a user's folders by itself."""
    if sys.platform == "win32":
        return "we"
    if status.st_uid != os.geteuid():
        return "another"
    return "others too" if stat.S_IMODE(status.st_mode) & 0o077 else "we"


def roomy(pipe: IO[bytes] | None, wanted: int) -> int:
    """How many bytes a pipe takes before its reader must read: ``wanted``, where the system can be asked for it, or the usual."""
    if sys.platform == "linux" and pipe is not None:
        import fcntl

        with contextlib.suppress(OSError):  # more than this user may have
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, wanted)
    return _USUAL_PIPE


_USUAL_PIPE = 65_536


class ChildEnded(Exception):
    """A child process died or was stopped; ``why`` is ``time``, ``memory`` or ``crash``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def run_limited(
    work: Callable[[], Iterator[bytes]], *, seconds: float, memory_megabytes: int, each: Callable[[bytes], None]
) -> None:
    """Run ``work`` in a forked child and hand every line it yields to ``each``.

    The child may use ``memory_megabytes`` more than it starts with, and may let
    ``seconds`` pass between two lines. Raises ``ChildEnded``. On Windows, which
    cannot fork, ``work`` runs here, without limits.
    """
    if WINDOWS:
        for line in work():
            each(line)
        return
    reading, writing = os.pipe()
    with warnings.catch_warnings():  # Python 3.12 warns of threads; ours wait on pipes and hold no lock
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _be_child(work, reading, writing, seconds, memory_megabytes)
    os.close(writing)
    try:
        _collect(reading, seconds, each)
        _, status = os.waitpid(child, 0)
        child = 0
    finally:
        os.close(reading)
        if child:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) == _MEMORY:
        raise ChildEnded("memory")
    if status != 0:
        raise ChildEnded("time" if os.waitstatus_to_exitcode(status) == -signal.SIGXCPU else "crash")


_MEMORY = 91


def _be_child(work: Callable[[], Iterator[bytes]], reading: int, writing: int, seconds: float, memory: int) -> None:
    """The child's life; it never returns into the parent's code."""
    code = 1
    try:
        os.close(reading)
        _limit(seconds, memory)
        with os.fdopen(writing, "wb") as out:
            for line in work():
                out.write(line + b"\n")
                out.flush()
                _allow(seconds)
        code = 0
    except MemoryError:
        code = _MEMORY
    finally:
        os._exit(code)


def _limit(seconds: float, memory: int) -> None:
    import resource

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _allow(seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):  # macOS refuses RLIMIT_AS
        in_use = _address_space()
        limit = in_use + memory * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _allow(seconds: float) -> None:
    """Let the child use ``seconds`` more of the processor, and a little: the parent's clock comes first."""
    import resource

    used = time.process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(used + seconds * 2) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int:
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 32


def _collect(reading: int, seconds: float, each: Callable[[bytes], None]) -> None:
    rest: list[bytes] = []
    deadline = time.monotonic() + seconds
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ChildEnded("time")
        chunk = os.read(reading, 1 << 16)
        if not chunk:
            return
        if b"\n" not in chunk:
            rest.append(chunk)
            continue
        *lines, last = b"".join([*rest, chunk]).split(b"\n")
        rest = [last]
        for line in lines:
            each(line)
            deadline = time.monotonic() + seconds


def has_answer(pipe: Any, seconds: float = 0) -> bool:
    """Whether something, or the end, can be read from a pipe within ``seconds``; on Windows, which cannot tell, ``True``."""
    if WINDOWS or pipe is None:
        return True
    return bool(select.select([pipe], [], [], seconds)[0])
