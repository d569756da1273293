"""Programs of others that judge what we made; a test is skipped where one is absent (and fails in CI, see conftest)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def node_modules() -> Path | None:
    """Where npm put the validators: where the environment says, else in the folders it is run in."""
    given = os.environ.get("PENHOLDER_NODE_MODULES")
    places = [Path(given)] if given else [HERE / "tools/node_modules", HERE.parent / "node_modules"]
    return next((p.resolve() for p in places if p.is_dir()), None)


def tool(*parts: str) -> Path:
    """A file of a package that npm installed."""
    modules = node_modules()
    path = modules.joinpath(*parts) if modules else None
    if path is None or not path.exists():
        pytest.skip(f"{parts[0]} is not installed (npm install {parts[0]}, or set PENHOLDER_NODE_MODULES)")
    return path


def program(name: str) -> str:
    """A program on the path."""
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found
