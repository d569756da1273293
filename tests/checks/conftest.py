"""One pandoc for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from penholder.adapters.pandoc.worker import Worker


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker
