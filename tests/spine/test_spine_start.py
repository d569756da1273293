"""What a build does not wait for: modules nobody needs are not imported."""

from __future__ import annotations

import subprocess
import sys


def loaded_by(*modules: str) -> set[str]:
    """The modules that are there after importing some in a new Python."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_models_are_made_of_little() -> None:
    loaded = loaded_by("penholder.model.paper", "penholder.model.theme")
    assert "msgspec" in loaded
    assert not {"importlib.metadata", "email", "pydantic", "penholder.model.schema"} & loaded


def test_a_paper_without_templates_needs_no_ledger() -> None:
    loaded = loaded_by("penholder.stages.assemble")
    assert not {"penholder.stages.ledger", "penholder.model.evidence", "jinja2", "csv"} & loaded
