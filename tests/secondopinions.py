"""Programs of others that judge what we made; a test is skipped where one is absent (and fails in CI, see conftest)."""

from __future__ import annotations

import os
import shutil
import subprocess
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


def compared(old: bytes, new: bytes, folder: Path) -> bytes:
    """What another comparer of Word files (Docxodus) makes of two: the newer with tracked changes."""
    python = HERE / "tools/comparer/bin/python"
    if not python.exists():
        pytest.skip("tests/tools/comparer is not there (make it as .ci/run does)")
    for name, data in (("old", old), ("new", new)):
        (folder / f"{name}.docx").write_bytes(data)
    said = "r = DocxodusEngine().run_redline('Another', *(open(p, 'rb').read() for p in sys.argv[1:3])); open(sys.argv[3], 'wb').write(r[0])"
    files = [str(folder / f"{name}.docx") for name in ("old", "new", "compared")]
    subprocess.run([str(python), "-c", f"import sys; from python_redlines import DocxodusEngine; {said}", *files], check=True, capture_output=True)
    return (folder / "compared.docx").read_bytes()
