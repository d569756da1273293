"""What the library's tests share: the real pandoc, and entries of our own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest

from penholder.library import LibraryTextError

HERE = Path(__file__).parent
_CITE = r"""
local function content(path)
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end
local doc = pandoc.read(content(arg[1]), "markdown")
doc.meta = pandoc.read(content(arg[2]), "csljson").meta
doc.meta.csl = arg[3]
doc.meta.lang = "en-GB"
doc = pandoc.utils.citeproc(doc)
io.write(pandoc.write(doc, {format = "markdown", extensions = {smart = false, citations = false}}, {wrap_text = "none"}))
"""


@pytest.fixture(scope="session")
def pandoc() -> str:
    return str(pypandoc.get_pandoc_path())


class ToCsl:
    """pandoc as the stages will hand it over, counting how often it is asked."""

    def __init__(self, pandoc: str) -> None:
        self.pandoc, self.calls = pandoc, 0

    def __call__(self, text: str, format: str, /) -> list[dict[str, Any]]:
        self.calls += 1
        asked = [self.pandoc, "-f", format, "-t", "csljson"]
        done = subprocess.run(asked, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise LibraryTextError(done.stderr)
        return json.loads(done.stdout)


@pytest.fixture
def to_csl(pandoc: str) -> ToCsl:
    return ToCsl(pandoc)


@pytest.fixture
def printed(pandoc: str, tmp_path: Path):
    """Print Markdown citations and the reference list in a style, along the worker's own way."""

    def run(items: list[dict[str, Any]], markdown: str, csl: Path) -> str:
        (tmp_path / "cite.lua").write_text(_CITE)
        (tmp_path / "text.md").write_text(markdown, encoding="utf-8")
        (tmp_path / "items.json").write_text(json.dumps(items), encoding="utf-8")
        arguments = [str(tmp_path / name) for name in ("cite.lua", "text.md", "items.json")]
        done = subprocess.run(
            [pandoc, "lua", *arguments, str(csl)], capture_output=True, text=True, encoding="utf-8", check=True
        )
        return done.stdout

    return run


@pytest.fixture
def policy() -> tuple[str, bytes]:
    return "citations/policy.bib", (HERE / "items" / "policy.bib").read_bytes()
