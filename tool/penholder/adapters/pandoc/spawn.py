"""Start the pandoc worker. Imported before anything else, so it imports next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

WORKER = Path(__file__).with_name("worker.lua")
HEAP_MEGABYTES = 1500

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
        bundled = Path(spec.origin).parent / "files" / name
        if bundled.is_file():
            return str(bundled)
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def spawn(folder: str | None = None, heap_megabytes: int = HEAP_MEGABYTES) -> subprocess.Popen[bytes]:
    """A new worker process, its working folder ``folder`` (nothing is read from it)."""
    environment = {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LC_ALL")}
    environment.setdefault("LC_ALL", "C.UTF-8")
    return subprocess.Popen(
        [pandoc_path(), "+RTS", f"-M{heap_megabytes}m", "-A64m", "-RTS", "lua", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder or str(WORKER.parent),
        env=environment,
        bufsize=0,
        start_new_session=True,  # Ctrl-C is for Penholder, which then ends the worker
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a worker: it goes when its input ends, and takes its folder in the temporary folder along; else it is killed."""
    try:
        if process.stdin:
            process.stdin.close()
        process.wait(0.3)
    except (OSError, subprocess.TimeoutExpired):
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def spawn_awake() -> subprocess.Popen[bytes]:
    """A new worker that is already loading what a first paper needs; its first answer is to be thrown away."""
    process = spawn()
    assert process.stdin is not None
    process.stdin.write(b"warm markdown 0 %d\n" % len(_LITTLE_OF_ALL) + _LITTLE_OF_ALL)
    return process
