"""What differs between operating systems: child processes, and limits to them. The only such module.

A build imports it before anything else, so it imports next to nothing itself.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import IO, Any, Literal

    from penholder.adapters.child import Child

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
    import stat

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
    import signal
    import warnings

    reading, writing = os.pipe()
    with warnings.catch_warnings():  # Python 3.12 warns of threads; ours hash files and hold no lock
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
    import signal

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
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123
            return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 32


def _collect(reading: int, seconds: float, each: Callable[[bytes], None]) -> None:
    import select

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
    import select

    return bool(select.select([pipe], [], [], seconds)[0])


def start_at_once(command: list[str], environment: Mapping[str, str]) -> Child | None:
    """Start a program in a session of its own without ``subprocess``, whose import takes 10 ms; None where that cannot be done.

    Its input and output are pipes, what it says on standard error is lost. Raises ``OSError``.
    """
    if not hasattr(os, "posix_spawn"):
        return None
    theirs, ours = os.pipe()
    mine, its = os.pipe()
    doings = [
        (os.POSIX_SPAWN_DUP2, theirs, 0),
        (os.POSIX_SPAWN_DUP2, its, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    try:
        pid = os.posix_spawn(command[0], command, environment, file_actions=doings, setsid=True)
    except BaseException as error:
        os.close(ours)
        os.close(mine)
        if isinstance(error, NotImplementedError):  # a session of its own
            return None
        raise
    finally:
        os.close(theirs)
        os.close(its)
    return _Started(pid, ours, mine)


class _Started:
    """A child process that was started with next to nothing: as ``subprocess.Popen`` sees one."""

    def __init__(self, pid: int, stdin: int, stdout: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "wb", 0)
        self.stdout = os.fdopen(stdout, "rb", 0)
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._reaped(os.WNOHANG)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one. Raises ``TimeoutError`` after ``timeout`` seconds."""
        last = None if timeout is None else time.monotonic() + timeout
        while (code := self._reaped(0 if last is None else os.WNOHANG)) is None:
            if last is not None and time.monotonic() > last:
                raise TimeoutError(f"process {self.pid} still runs")
            time.sleep(0.001)
        return code

    def kill(self) -> None:
        """End it at once, if it has not ended yet."""
        import signal

        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _reaped(self, how: int) -> int | None:
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, how)
            except ChildProcessError:  # somebody else has taken its code
                pid, status = self.pid, 0
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code
