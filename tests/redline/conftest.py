"""What the tests of redlines share."""

from __future__ import annotations

import pytest
from repository import Repository

from workbench import Bench


@pytest.fixture
def repository(bench: Bench) -> Repository:
    """An empty repository around the bench's workspace."""
    return Repository(bench)
