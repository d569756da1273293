"""A workspace with a ledger, and the command line to run in it."""

from __future__ import annotations

from typing import Any

import pytest
from evidence_helpers import LEDGER, Command

from penholder.cli.main import run
from workbench import Said


@pytest.fixture
def desk(bench: Any) -> Any:
    """A workspace with a ledger whose rules of evidence look."""
    bench.file("penholder.toml", 'schema_version = 1\nname = "Test"\ncitation_style = "harvard-cite-them-right"\n\n[limits]\ntemplate_seconds = 2\n')
    bench.file("citations/evidence.yaml", LEDGER)
    return bench


@pytest.fixture
def command(bench: Any, capfd: pytest.CaptureFixture[str]) -> Command:
    """``command("evidence", "list")``: a command line in the workspace."""

    def go(*arguments: str) -> Said:
        capfd.readouterr()
        code = run(["-C", str(bench.root), *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert code != 3, err
        return Said(code, out, err)

    return go
