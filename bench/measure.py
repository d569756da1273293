"""One command measured whole: its time, and what it and all its children used."""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """Seconds on the wall, seconds of processors, and the size in MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


class Unbuilt(SystemExit):
    """The command did not do what was to be measured."""


def adopt_orphans() -> None:
    """Let processes that outlive their parents become ours (Linux), so that none escapes the count."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER, prctl(2)


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run ``command`` in ``folder``. Findings (exit code 1) are fine; anything worse ends the bench."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=said, stderr=said, stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise Unbuilt(f"{' '.join(command)}\nended with {process.returncode}:\n{said.read().decode('utf-8', 'replace')}")
    cpu, peak = used.ru_utime + used.ru_stime, used.ru_maxrss
    for orphan in _orphans():
        cpu += orphan.ru_utime + orphan.ru_stime
        peak = max(peak, orphan.ru_maxrss)
    return Run(wall, cpu, peak / (1024 if sys.platform != "darwin" else 1024 * 1024))


def _orphans() -> list[Any]:
    """What was used by processes that the command left behind; they are waited for."""
    found = []
    while True:
        try:
            found.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            return found
