"""Pandoc is started before Python has read anything it could wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import penholder

SLOW = {"subprocess", "pathlib", "typing", "re", "json", "tempfile", "dataclasses"}


def test_nothing_slow_is_imported_to_start_pandoc() -> None:
    tool = str(Path(penholder.__file__).parent.parent)
    program = f"import sys; sys.path.insert(0, {tool!r}); import penholder.adapters.pandoc.spawn; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-I", "-c", program], capture_output=True, text=True, check=True)
    assert "penholder.adapters.system" in done.stdout.split()
    assert SLOW & set(done.stdout.split()) == set()
