"""Run commands as a person does, and keep what they said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from penholder.cli.main import run
from workbench import Said

TOOL = Path(__file__).parent.parent.parent / "tool"


Command = Callable[..., Said]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """``command("new", "slug", folder=...)``: a command line, from ``tmp_path`` or another folder."""

    def go(*arguments: str, folder: Path | None = None) -> Said:
        capfd.readouterr()
        code = run(["-C", str(folder or tmp_path), *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    return go


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but Git's own."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and ".git" not in p.relative_to(folder).parts
    }
