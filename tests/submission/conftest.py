"""A desk with a small paper, from which submissions are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from submission_desk import SECTIONS, Desk


@pytest.fixture(scope="session")
def compiler() -> Iterator[Any]:
    from penholder.adapters.typst.compiler import Compiler

    made = Compiler()
    yield made
    made.close()


@pytest.fixture
def desk(workspace: Callable[..., Any], worker: Any, compiler: Any) -> Desk:
    """A workspace with the paper ``p`` of five sections, and a body that issues it."""
    bench = workspace(SECTIONS)
    bench.paper("organisations:\n  - name: North Body\ncontributors: [anna]\n")
    return Desk(bench, worker, compiler)
