"""A paper small enough to read, with everything the house sets, built by the real pandoc."""

from __future__ import annotations

import os
import subprocess

import pypandoc
import pytest
from word_paper import Pandoc, paper_markdown

from penholder.adapters import word
from penholder.model.theme import Furniture, Theme
from penholder.stages.look import default_theme


@pytest.fixture(scope="session")
def theme() -> Theme:
    return default_theme("en-GB")[1]


@pytest.fixture(scope="session")
def furniture() -> Furniture:
    return Furniture(
        header="Social value",
        footer_left="Social Value UK",
        footer_centre="22 November 2026",
        footer_right="{page_of}",
    )


@pytest.fixture(scope="session")
def reference(theme: Theme, furniture: Furniture) -> bytes:
    spec = word.ReferenceSpec(theme, furniture, draft="DRAFT 1a2b3c4", heading_numbers=True)
    return word.reference_docx(spec)


@pytest.fixture(scope="session")
def finish_spec() -> word.FinishSpec:
    return word.FinishSpec(
        title="Social value & purpose",
        creator="Social Value UK",
        epoch=1_795_000_000,
        properties={"paper": "social-value", "commit": "1a2b3c4", "status": "draft", "version": "1.0"},
        unnumbered=frozenset({"refs"}),
    )


@pytest.fixture(scope="session")
def pandoc(tmp_path_factory: pytest.TempPathFactory, reference: bytes) -> Pandoc:
    """Markdown to DOCX with the generated reference; ``env`` changes pandoc's environment."""
    from PIL import Image

    folder = tmp_path_factory.mktemp("word")
    Image.new("RGB", (400, 200), "#1d3f5e").save(folder / "cycle.png", dpi=(96, 96))

    def convert(markdown: str, reference: bytes = reference, **env: str) -> bytes:
        (folder / "reference.docx").write_bytes(reference)
        command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", "-"]
        command += ["--reference-doc", "reference.docx", "--syntax-highlighting=none"]
        done = subprocess.run(
            command,
            input=markdown.encode(),
            capture_output=True,
            check=True,
            cwd=folder,
            env={**os.environ, **env},
        )
        assert not done.stderr, done.stderr.decode()
        return done.stdout

    return convert


@pytest.fixture(scope="session")
def written(pandoc: Pandoc) -> bytes:
    return pandoc(paper_markdown())


@pytest.fixture(scope="session")
def finished(written: bytes, finish_spec: word.FinishSpec) -> bytes:
    return word.finish(written, finish_spec)
