"""What the tests of redlines share."""

from __future__ import annotations

import pytest
from releases import Releases, releases
from repository import Repository

from workbench import Bench


@pytest.fixture
def repository(bench: Bench) -> Repository:
    """An empty repository around the bench's workspace."""
    return Repository(bench)


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """The Standard for Public Code, release by release; only where its history is at hand."""
    return releases(tmp_path_factory.mktemp("releases"))
