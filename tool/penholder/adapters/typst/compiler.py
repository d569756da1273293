"""The Typst process as Python sees it."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from penholder.adapters.system import limit_memory
from penholder.adapters.watchdog import limited
from penholder.errors import LimitError, PenholderError, UnusableError

STANDARDS = ("a-2a", "ua-1")
_FONTS = ("fontpkg_source_sans_3",)
_MEGABYTES = 4096  # a paper of 36,000 words takes a tenth of it
_ABORTED = -6  # SIGABRT: what Rust does where it gets no memory
_RECYCLE = 40  # Typst keeps what it has laid out: after so many jobs a new process is cheaper


class TypstFailure(PenholderError):
    """Typst could not lay the text out; ``diagnostic`` is what it said."""

    def __init__(self, diagnostic: str) -> None:
        first = next((line for line in diagnostic.splitlines() if line.strip()), "Typst failed")
        super().__init__(re.sub(r"\x1b\[[0-9;]*m", "", first).removeprefix("error: "))
        self.diagnostic = re.sub(r"\x1b\[[0-9;]*m", "", diagnostic)


def font_folders() -> list[str]:
    """The folders of the fonts that come as packages. A build uses no others of this machine."""
    folders = []
    for name in _FONTS:
        spec = find_spec(name)
        if spec and spec.origin:
            folders.append(str(Path(spec.origin).parent / "files"))
    return folders


def spawn() -> subprocess.Popen[bytes]:
    """Start the process. Raises ``OSError`` where it cannot, ``UnusableError`` where Typst is not installed."""
    spec = find_spec("typst")
    if spec is None or spec.origin is None:
        raise UnusableError("Typst is not installed", "Install Penholder again: pip install --force-reinstall penholder")
    packages = str(Path(spec.origin).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("worker.py")), packages, *font_folders()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    limit_memory(process.pid, _MEGABYTES)
    return process


class Compiler:
    """A resident Typst. Starts on first use."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._leaving: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None  # of the job that is on its way

    def start(self) -> None:
        """Start the process now, so that it is awake when it is wanted."""
        if self._process is None:
            try:
                self._process = spawn()
            except OSError as error:
                raise UnusableError(
                    f"Typst cannot be started ({error.strerror or error})", "Run `penholder doctor` to see what is wrong."
                ) from error

    def send(
        self,
        files: Mapping[str, bytes],
        *,
        timestamp: int | None = None,
        fonts: Sequence[str] = (),
        fmt: str = "pdf",
        standards: Sequence[str] = STANDARDS,
        ppi: float | None = None,
    ) -> None:
        """Send a job: ``files`` by name, ``main.typ`` being the one to lay out. Fetch it with ``receive``."""
        if self._folder:
            raise RuntimeError("a job is on its way: its file would be taken for that of the next")
        self.start()
        assert self._process is not None and self._process.stdin is not None
        job = {
            "root": self._laid_out(files),
            "fonts": [*font_folders(), *fonts],
            "format": fmt,
            "timestamp": timestamp,
            "standards": list(standards) if fmt == "pdf" else [],
            "ppi": ppi,
        }
        try:
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.close()
            raise UnusableError("Typst ended unexpectedly", "Run `penholder doctor` to see what is wrong.") from None

    def receive(self, *, seconds: float = 120) -> bytes:
        """The file of the job that was sent.

        Raises ``TypstFailure``, or ``LimitError`` after ``seconds`` or where the memory does not do.
        """
        process = self._process
        assert process is not None and process.stdout is not None
        with limited(process, seconds) as limit:
            limit.wait()
            head = process.stdout.readline().split()
            body = process.stdout.read(int(head[1])) if head else b""
        self._cleared()
        if not head or len(body) < int(head[1]):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            code = process.returncode
            self.close()
            if limit.expired:
                raise LimitError(f"Typst took longer than {seconds:g} seconds")
            if code == _ABORTED:
                raise LimitError("Typst ran out of the memory it may use")
            raise UnusableError("Typst ended unexpectedly", "Run `penholder doctor` to see what is wrong.")
        self._jobs += 1
        if self._jobs >= _RECYCLE:
            self.close()
        if head[0] != b"ok":
            raise TypstFailure(body.decode("utf-8", "replace"))
        return body

    def dismiss(self) -> None:
        """Nothing more will be asked: Typst ends by itself, while others work; ``close`` then has nothing to wait for."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
            self._leaving, self._process = self._process, None

    def close(self) -> None:
        """End the process; a later job starts a new one."""
        processes = [process for process in (self._leaving, self._process) if process]
        self._leaving = self._process = None
        self._jobs = 0
        for process in processes:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):  # unsent bytes of a dead process
                        pipe.close()
            process.wait()
        self._cleared()

    def _laid_out(self, files: Mapping[str, bytes]) -> str:
        """The folder that the files of a job were written to. Raises ``UnusableError`` where there is no room."""
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="penholder-typst-")
            for name, data in files.items():
                path = Path(self._folder.name, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        except OSError as error:
            self._cleared()
            raise UnusableError(
                f"the files for Typst cannot be written to {tempfile.gettempdir()} ({error.strerror or error})",
                "Make room there, or name another folder in TMPDIR.",
            ) from error
        return self._folder.name

    def _cleared(self) -> None:
        """Take the files of the job away."""
        folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()


def quoted(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    return f'"{escaped}"'
