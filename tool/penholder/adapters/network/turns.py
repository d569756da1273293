"""Whose turn it is: one question at a time to each site, a pause between two, and rest where a site asks for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from penholder.adapters.network.answer import Manner


class Stopped(Exception):
    """The round was ended while waiting."""


class RestingError(Exception):
    """The site wants to be left alone for longer than we wait."""


@dataclass
class _Site:
    busy: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0  # when it may be asked again


class Turns:
    """Turns at sites, for many threads. ``stop`` ends all waiting."""

    def __init__(self, manner: Manner, stop: threading.Event) -> None:
        self._manner = manner
        self._stop = stop
        self._sites: dict[str, _Site] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait for a site, ask it inside. Raises ``Stopped``, or ``RestingError`` where it rests for too long."""
        place = self._site(name)
        with place.busy:
            left = place.free - time.monotonic()
            if left > max(self._manner.wait, self._manner.pause):
                raise RestingError(name)
            if self._stop.wait(max(0.0, left)):
                raise Stopped
            try:
                yield
            finally:
                place.free = max(place.free, time.monotonic() + self._manner.pause)

    def rest(self, name: str, seconds: float) -> None:
        """Leave a site alone for so long."""
        place = self._site(name)
        place.free = max(place.free, time.monotonic() + seconds)

    def _site(self, name: str) -> _Site:
        with self._guard:
            return self._sites.setdefault(name, _Site())
