"""A long paper goes to pandoc ahead of being asked for, as far as a pipe holds it; nothing is lost where it does not."""

from __future__ import annotations

import sys

import pytest

from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.system import roomy


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say how much a pipe holds")
def test_a_pipe_can_be_made_roomy() -> None:
    with Worker() as worker:
        worker.read("Awake.\n")
        assert worker._process is not None
        assert roomy(worker._process.stdin, 1 << 20) >= 1 << 20
    assert roomy(None, 1 << 20) == 65_536


@pytest.mark.parametrize("size", [10, 60_000, 300_000, 1_500_000])
def test_what_was_sent_ahead_is_read_the_same(size: int) -> None:
    texts = [f"Section {i} says *much*. " + "word " * (size // 25) for i in range(5)]
    with Worker() as plain, Worker() as ahead:
        ahead.expect(texts)
        assert [ahead.read(t) for t in texts] == [plain.read(t) for t in texts]
