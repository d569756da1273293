"""A limit on how long a resident program may take to answer."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penholder.adapters.child import Child


@contextlib.contextmanager
def limited(process: Child, seconds: float) -> Iterator[threading.Event]:
    """Kill ``process`` unless the block ends within ``seconds``; the event is set if that was so."""
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        process.kill()

    watchdog = threading.Timer(seconds, expire)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield expired
    finally:
        watchdog.cancel()
