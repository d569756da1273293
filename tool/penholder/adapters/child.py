"""A child process as those see it who talk to it over its pipes: what ``subprocess.Popen`` gives, and no more."""

from __future__ import annotations

from typing import IO, Protocol


class Child(Protocol):
    """A running program. Its pipes are not buffered; ``wait`` raises an exception where ``timeout`` seconds do not do."""

    @property
    def pid(self) -> int: ...

    @property
    def stdin(self) -> IO[bytes] | None: ...

    @property
    def stdout(self) -> IO[bytes] | None: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def kill(self) -> None: ...
