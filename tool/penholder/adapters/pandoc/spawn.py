"""Start the pandoc worker. Imported before anything else, so it imports next to nothing."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from penholder.adapters.system import start_at_once

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
    process = start_at_once(_command(HEAP_MEGABYTES), _environment()) or spawn()
    assert process.stdin is not None
    process.stdin.write(b"warm markdown 0 %d\n" % len(_LITTLE_OF_ALL) + _LITTLE_OF_ALL)
    return process
