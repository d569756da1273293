"""Run a program that may be missing, blocked or broken, and say in words which of these it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SECONDS = 30
REINSTALL = "Install it again: python -m pip install --force-reinstall penholder"


class Blocked(Exception):
    """A program did not do its work; ``what`` was seen, ``remedy`` may help."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def run(command: list[str], given: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    """What a program writes on standard output. Raises ``Blocked`` for all that can go wrong."""
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env=None if environment is None else dict(environment),
            check=False,
        )
    except OSError as error:
        raise _did_not_start(command[0], error) from None
    except subprocess.TimeoutExpired:
        raise Blocked(
            f"{command[0]} did not answer within {SECONDS} seconds",
            "A virus scanner may be holding it: run `penholder doctor` again, and if it stays so, ask your IT service to allow the program.",
        ) from None
    if done.returncode:
        raise _ended_badly(command[0], done.returncode, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _did_not_start(program: str, error: OSError) -> Blocked:
    windows = getattr(error, "winerror", None)
    if windows in (1260, 4551):  # access disabled by policy; Smart App Control
        return Blocked(f"{program} is blocked by this computer's policy (error {windows})", _allow(program))
    if windows in (225, 226):
        return Blocked(f"{program} is held back by the virus scanner (error {windows})", _allow(program))
    if isinstance(error, FileNotFoundError):
        return Blocked(f"{program} was not found", REINSTALL)
    if isinstance(error, PermissionError):
        return Blocked(f"{program} may not be run: permission denied", _allow(program))
    if error.errno in (errno.ENOEXEC, 86):  # 86: wrong processor, on macOS
        return Blocked(f"{program} is not a program for this computer's processor", REINSTALL)
    return Blocked(f"{program} cannot be started: {error.strerror or error}", REINSTALL)


def _ended_badly(program: str, code: int, said: str) -> Blocked:
    if code == 126:
        return Blocked(f"{program} may not be run (exit code 126)", _allow(program))
    if code == 127:
        return Blocked(f"{program} lacks something it needs (exit code 127)", REINSTALL)
    if code < 0 or code in (132, 134, 135, 137, 139):
        signal = -code if code < 0 else code - 128
        remedy = _allow(program)
        if sys.platform == "darwin":
            remedy = f"Take it out of quarantine: xattr -d com.apple.quarantine {program}"
        elif signal == 9:
            remedy = "The computer may be short of memory: close other programs. " + remedy
        return Blocked(f"{program} was stopped by the system (signal {signal})", remedy)
    first = next((line.strip() for line in said.splitlines() if line.strip()), "it said nothing")
    return Blocked(f"{program} failed (exit code {code}): {first[:200]}", REINSTALL)


def _allow(program: str) -> str:
    if sys.platform == "win32":
        return f"Ask your IT service to allow {program} (AppLocker or virus scanner), or build in CI: init wrote a workflow for it."
    if Path(program).is_file() and not os.access(program, os.X_OK):
        return f"Make it a program again: chmod +x {program}"
    if sys.platform == "darwin":
        return f"Take it out of quarantine: xattr -d com.apple.quarantine {program}"
    return f"Ask your IT service to allow {program}, or build in CI: init wrote a workflow for it."
