"""Start the pandoc worker. Imported before anything else, so it imports next to nothing."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from penholder.adapters.child import Child

WORKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.lua")  # noqa: PTH100, PTH118, PTH120 (pathlib takes 3 ms)
HEAP_MEGABYTES = 1500

# What is new stays in the processor's cache and what lasts is copied once: half the pages to be asked of the system.
_HEAP = ("-A4m", "-O128m", "-H1m")

_LITTLE_OF_ALL = b"""# A {#a}

B *c* **d** "e" [@a, p. 3; @b] `f` $g$[^n] <https://example.org>.

- h

1. i

| j | k |
|---|--:|
| l | m |

: N {#tbl-n}

![o](p.png){#fig-o}

::: {.q}
R @a
:::

[^n]: S.
"""


def pandoc_path() -> str:
    """The pandoc binary: the one in the ``pypandoc_binary`` wheel, else what pypandoc finds.

    Raises ``OSError`` where there is none.
    """
    spec = find_spec("pypandoc")  # importing it costs 80 ms
    if spec and spec.origin:
        name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
        bundled = os.path.join(os.path.dirname(spec.origin), "files", name)  # noqa: PTH118, PTH120
        if os.path.isfile(bundled):  # noqa: PTH113
            return bundled
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _command(heap_megabytes: int) -> list[str]:
    return [pandoc_path(), "+RTS", f"-M{heap_megabytes}m", *_HEAP, "-RTS", "lua", WORKER]


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C.UTF-8", **{k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LC_ALL")}}


def spawn(heap_megabytes: int = HEAP_MEGABYTES) -> Child:
    """A new worker process; it works in a folder of its own, whoever calls (``worker.lua``). Raises ``OSError``."""
    import subprocess

    return subprocess.Popen(
        _command(heap_megabytes),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        bufsize=0,
        start_new_session=True,  # Ctrl-C is for Penholder, which then ends the worker
    )


def end(process: Child) -> None:
    """End a worker: it goes when its input ends, and takes its folder in the temporary folder along; else it is killed."""
    from subprocess import TimeoutExpired

    try:
        if process.stdin:
            process.stdin.close()
        process.wait(0.3)
    except (OSError, TimeoutExpired):
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def spawn_awake() -> Child:
    """A new worker that is already loading what a first paper needs; its first answer is to be thrown away.

    Raises ``OSError``.
    """
    process = _started() or spawn()
    assert process.stdin is not None
    process.stdin.write(b"warm markdown 0 %d\n" % len(_LITTLE_OF_ALL) + _LITTLE_OF_ALL)
    return process


def _started() -> Child | None:
    """A new worker without ``subprocess``, whose import would let pandoc wait; None where the system cannot do it."""
    if not hasattr(os, "posix_spawn"):
        return None
    theirs, ours = os.pipe()
    mine, its = os.pipe()
    doings = [
        (os.POSIX_SPAWN_DUP2, theirs, 0),
        (os.POSIX_SPAWN_DUP2, its, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    command = _command(HEAP_MEGABYTES)
    try:
        pid = os.posix_spawn(command[0], command, _environment(), file_actions=doings, setsid=True)
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
        import time

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
