"""The page before those who judge pages: the Nu HTML checker, and axe-core in Chromium."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from papers import Page, document_of, front, full_sections, theme
from test_html_page import HOSTILE_TEXT

from penholder.adapters.pandoc.worker import Worker
from penholder.stages.render.html import html_page
from secondopinions import program, tool

pytestmark = pytest.mark.slow
VARIANTS = ("draft", "final", "bare", "rtl", "hostile", "ieee")


def _page(variant: str, folder: Path, worker: Worker) -> bytes:
    sections = {"10-one.md": HOSTILE_TEXT} if variant == "hostile" else full_sections()
    settings = 'citation_style = "ieee"\n' if variant == "ieee" else ""
    known: dict[str, dict[str, Any]] = {
        "draft": {"draft": True, "status": "draft"},
        "bare": {"cover": False, "contents": False, "abstract": "", "subtitle": "", "contributors": (), "cite_as": ""},
        "rtl": {"language": "ar", "direction": "rtl"},
    }
    return html_page(document_of(folder, sections, worker, settings), front(**known.get(variant, {})), theme(), worker)


@pytest.mark.needs("vnu-jar")
def test_html_is_valid(tmp_path: Path, worker: Worker) -> None:
    java, jar = program("java"), tool("vnu-jar", "build", "dist", "vnu.jar")
    paths = []
    for variant in VARIANTS:
        paths.append(tmp_path / f"{variant}.html")
        paths[-1].write_bytes(_page(variant, tmp_path / variant, worker))
    done = subprocess.run([java, "-jar", jar, "--format", "json", *paths], capture_output=True, text=True, check=False, timeout=180)
    messages = json.loads(done.stderr)["messages"]
    assert [m for m in messages if m["type"] == "error"] == []


@pytest.mark.needs("axe-core")
@pytest.mark.parametrize("variant", VARIANTS)
def test_page_is_accessible(tmp_path: Path, worker: Worker, variant: str) -> None:
    node, modules = program("node"), tool("axe-core").parent
    tool("playwright-core")
    chromium = os.environ.get("CHROMIUM") or program("chromium")
    path = tmp_path / "page.html"
    path.write_bytes(_page(variant, tmp_path / "paper", worker))
    script = Path(__file__).with_name("axe.mjs")
    done = subprocess.run(
        [node, script, modules, path, "1280", "320"],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env={**os.environ, "CHROMIUM": chromium},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["violations"] == []
    assert found["overflow"] == []
    assert found["requests"] == []
    assert found["broken"] == []


def test_the_helper_sees_what_is_wrong() -> None:
    with pytest.raises(AssertionError):
        Page(b"<p><b>x</p>")
