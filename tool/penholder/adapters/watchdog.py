"""A limit on how long a resident program may take to answer."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from penholder.adapters.system import WINDOWS, has_answer

if TYPE_CHECKING:
    from penholder.adapters.child import Child


class Limit:
    """The time a program has left; ``expired`` says that it was over and the program killed."""

    def __init__(self, process: Child, seconds: float) -> None:
        self._process = process
        self._last = time.monotonic() + seconds
        self.expired = False

    def wait(self) -> None:
        """Wait until the program has said something, or has ended; it is killed when the time is over."""
        if not has_answer(self._process.stdout, max(0.0, self._last - time.monotonic())):
            self.expire()

    def expire(self) -> None:
        """The time is over."""
        self.expired = True
        self._process.kill()


@contextlib.contextmanager
def limited(process: Child, seconds: float) -> Iterator[Limit]:
    """The limit on one answer of ``process``: ``wait`` with it before each read."""
    limit = Limit(process, seconds)
    if not WINDOWS:
        yield limit
        return
    import threading  # a pipe cannot be waited for there

    watchdog = threading.Timer(seconds, limit.expire)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield limit
    finally:
        watchdog.cancel()
