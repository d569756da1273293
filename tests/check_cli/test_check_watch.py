"""``penholder check --watch`` at a terminal: what an editor at the desk sees."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench import WORKSPACE, Bench

GOOD = "# Need\n\nThe list is there.\n"
BAD = "# Need\n\nThe list is TODO.\n"
CLEAR = "\x1b[2J\x1b[H"


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, bench: Bench, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "penholder", "-C", str(bench.root), "check", "--watch", *arguments]
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=bench.environment(), start_new_session=True, close_fds=True
        )
        os.close(theirs)

    def until(self, *marks: str, within: float = 60) -> str:
        """What is shown until all marks were seen, each after the one before."""
        said, left, end = "", list(marks), time.monotonic() + within
        at = 0
        while left:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"waited for {left[0]!r} and saw: {said}"
            try:
                said += os.read(self._ours, 65536).decode(errors="replace")
            except OSError:
                pytest.fail(f"it ended before {left[0]!r}: {said}")
            while left and (found := said.find(left[0], at)) >= 0:
                at = found + len(left.pop(0))
        return said

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code and the last words."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        said = b""
        try:
            while select.select([self._ours], [], [], 0.2)[0] and (more := os.read(self._ours, 65536)):
                said += more
        except OSError:  # the other end is closed
            pass
        return code, said.decode(errors="replace")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(20)
        os.close(self._ours)


@pytest.fixture
def watch(bench: Bench) -> Iterator[Callable[..., Terminal]]:
    bench.file("penholder.toml", WORKSPACE)
    bench.file("papers/p/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\n")
    bench.section("10-need.md", BAD, listed=False)
    bench.file("papers/p/paper.yaml", "schema_version: 1\ntitle: A small paper\nlanguage: en-GB\n")
    opened: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        opened.append(Terminal(bench, *(arguments or ("--select", "STRU004,YAML"))))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


def save(bench: Bench, text: str | bytes) -> Path:
    return bench.section("10-need.md", text, listed=False)


def test_it_redraws_on_save_and_ctrl_c_ends_it(bench: Bench, watch: Callable[..., Terminal]) -> None:
    terminal = watch()
    first = terminal.until("STRU004", "Watching for changes; Ctrl-C ends it.")
    assert CLEAR in first
    save(bench, GOOD)
    second = terminal.until("nothing found", "Watching")
    assert CLEAR in second and "STRU004" not in second.rsplit(CLEAR, 1)[-1]
    code, last = terminal.interrupt()
    assert code == 0 and "Traceback" not in last


def test_the_exit_code_is_that_of_the_last_look(bench: Bench, watch: Callable[..., Terminal]) -> None:
    terminal = watch()
    terminal.until("STRU004", "Watching")
    assert terminal.interrupt()[0] == 1


@pytest.mark.parametrize(
    "broken",
    [b"\xff\xfe\x00broken", b"---\ntitle: [never closed\n---\n\nText.\n", b"# Need\n\n{{ nothing.here }}\n", b"{% for x in %}", b""],
    ids=["no text", "front matter", "unknown value", "template", "empty"],
)
def test_a_broken_save_is_a_finding_and_not_the_end(bench: Bench, watch: Callable[..., Terminal], broken: bytes) -> None:
    terminal = watch("--severity", "note")
    terminal.until("STRU004", "Watching")
    save(bench, broken)
    seen = terminal.until(CLEAR, "Watching")
    assert "Traceback" not in seen and re.search(r"(?:error|warning|note) [A-Z]{4}\d{3}|nothing found", re.sub(r"\x1b\[[0-9;]*m", "", seen))
    save(bench, BAD)
    assert "STRU004" in terminal.until(CLEAR, "STRU004", "Watching")


def test_broken_settings_are_said_and_not_the_end(bench: Bench, watch: Callable[..., Terminal]) -> None:
    terminal = watch()
    terminal.until("Watching")
    whole = (bench.root / "penholder.toml").read_text()
    bench.file("penholder.toml", "schema_version = [\n")
    terminal.until(CLEAR, "penholder.toml", "Watching")
    (bench.folder / "paper.yaml").rename(bench.folder / "paper.off")
    terminal.until(CLEAR, "Watching")
    (bench.folder / "paper.off").rename(bench.folder / "paper.yaml")
    bench.file("penholder.toml", whole)
    terminal.until(CLEAR, "STRU004", "Watching")
    assert terminal.interrupt()[0] == 1


def test_new_files_and_the_ledger_are_seen_and_editors_own_files_are_not(bench: Bench, watch: Callable[..., Terminal]) -> None:
    terminal = watch()
    terminal.until("Watching")
    for name in (".10-need.md.swp", "#10-need.md#", "10-need.md~"):
        bench.file(f"papers/p/sections/{name}", "x")
    time.sleep(1.2)
    bench.file("papers/p/sections/20-plan.md", "# Plan\n\nAlso TBC.\n")
    seen = terminal.until(CLEAR, "20-plan.md", "Watching")
    assert seen.count(CLEAR) == 1
