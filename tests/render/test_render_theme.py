"""A theme reaches all three files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from render_tools import NS, Outputs, W, same

Workspace = Callable[..., Any]
FORMATS = "docx,pdf,html"
THEME = """\
schema_version = 1
[fonts]
body = "New Computer Modern"
heading = "Libertinus Serif"
[sizes]
heading1 = 27
[colours]
accent = "#7a1f5c"
[page]
margin_left = 40
[furniture]
header = "{title} for all"
footer_left = "Bottom left"
[labels.en]
recommendation = "Proposal"
contents = "In this paper"
"""
TEXT = """\
# Duties

## A second level

A paragraph. See @rec-a and @para-x.

::: {#rec-a .recommendation to="The Cabinet Office"}
Do it.
:::

- a list

Another paragraph. {#para-x}
"""


def made(built: Any) -> Outputs:
    return Outputs.of(built.folder, built.slug)


@pytest.fixture
def themed(workspace: Workspace) -> Outputs:
    bench = workspace({"10-a.md": TEXT})
    bench.file("templates/house/theme.toml", THEME)
    bench.paper("theme: house\nnumbering: {paragraphs: true, headings: true}\n")
    built = bench.build(to=FORMATS)
    assert built.code == 0, built.findings
    return made(built)


def test_a_theme_arrives_in_word(themed: Outputs) -> None:
    styles = themed.part("word/styles.xml")
    heading = styles.find("w:style[@w:styleId='Heading1']", NS)
    assert heading.find("w:rPr/w:sz", NS).get(W + "val") == "54"
    assert heading.find("w:rPr/w:color", NS).get(W + "val") == "7A1F5C"
    assert heading.find("w:rPr/w:rFonts", NS).get(W + "ascii") == "Libertinus Serif"
    with zipfile.ZipFile(io.BytesIO(themed.docx)) as package:
        assert b'<a:minorFont><a:latin typeface="New Computer Modern"/>' in package.read("word/theme/theme1.xml")
    margin = int(themed.document.find(".//w:pgMar", NS).get(W + "left"))
    assert margin > 40 * 1440 / 25.4
    assert "A small paper for all" in "".join(themed.part("word/header1.xml").itertext())
    assert "Bottom left" in "".join(themed.part("word/footer1.xml").itertext())


def test_a_theme_arrives_in_the_pdf(themed: Outputs) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(themed.pdf)) as document:
        page = document.pages[-1]
        fonts = {c["fontname"].split("+")[-1] for c in page.chars}
        heading = [c for c in page.chars if "Libertinus" in c["fontname"]]
        sizes = {round(c["size"]) for c in heading}
        colours = {tuple(round(v, 2) for v in c["non_stroking_color"]) for c in heading}
        left = min(c["x0"] for c in page.chars)
    assert any("NewCM" in f for f in fonts)
    assert 27 in sizes
    assert (0.48, 0.12, 0.36) in colours
    assert left >= 40 * 72 / 25.4 - 1
    assert "A small paper for all" in themed.pages[-1]
    assert "Bottom left" in themed.pages[-1]


def test_a_theme_arrives_in_the_page(themed: Outputs) -> None:
    style = themed.web.styles.lower()
    assert "#7a1f5c" in style
    assert "new computer modern" in style
    assert "#1d3f5e" not in style


def test_labels_arrive_everywhere(themed: Outputs) -> None:
    for text in ("".join(themed.word_texts()), "".join(themed.pages), "".join(themed.web.blocks)):
        assert same("Proposal 1") in same(text)
        assert same("In this paper") in same(text)
        assert "Recommendation" not in text


def test_a_broken_theme_is_found_and_the_default_used(workspace: Workspace) -> None:
    bench = workspace({"10-a.md": TEXT})
    bench.file("templates/house/theme.toml", 'schema_version = 1\n[colours]\naccent = "dark blue"\n')
    bench.paper("theme: house\n")
    built = bench.build(to=FORMATS)
    (found,) = [f for f in built.findings if f.path.endswith("theme.toml")]
    assert (found.severity, found.line) == ("error", 3)
    outputs = made(built)
    assert "#1d3f5e" in outputs.web.styles
    heading = outputs.part("word/styles.xml").find("w:style[@w:styleId='Heading1']/w:rPr/w:color", NS)
    assert heading.get(W + "val") == "1D3F5E"


def test_the_default_theme_is_readable() -> None:
    """Text, accent, muted and draft on white and on the tint: at least 7:1 (WCAG 1.4.6)."""
    import tomllib

    import penholder

    theme = tomllib.loads((Path(penholder.__file__).parent / "data/themes/default/theme.toml").read_text())
    colours = theme["colours"]
    for name in ("text", "accent", "draft"):
        assert _contrast(colours[name], "#ffffff") >= 7, name
        assert _contrast(colours[name], colours["tint"]) >= 6.9, name
    assert _contrast(colours["muted"], "#ffffff") >= 7


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_logo_stands_on_the_cover(workspace: Workspace, kind: str) -> None:
    from PIL import Image

    bench = workspace({"10-a.md": TEXT})
    bench.file("templates/house/theme.toml", f'schema_version = 1\n[logo]\npath = "logo.{kind}"\nalt = "The house"\nwidth = 30\n')
    picture = io.BytesIO()
    Image.new("RGB", (300, 100), "#7a1f5c").save(picture, "PNG")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#7a1f5c"/></svg>'
    bench.file(f"templates/house/logo.{kind}", picture.getvalue() if kind == "png" else svg)
    bench.paper("theme: house\nnumbering: {paragraphs: true, headings: true}\n")
    built = bench.build(to=FORMATS)
    assert built.code == 0, built.findings
    outputs = made(built)
    (drawing,) = outputs.document.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert drawing.get("descr") == "The house"
    assert b'alt="The house"' in outputs.html or b"The house" in outputs.html
    import page

    assert page.validate_pdf_bytes(outputs.pdf, profile=page.ValidationProfile.PDF_UA_1).is_compliant


@pytest.mark.parametrize("paper_size", ["a4", "letter"])
def test_the_paper_is_the_one_asked_for(workspace: Workspace, paper_size: str) -> None:
    bench = workspace({"10-a.md": TEXT})
    toml = bench.root / "penholder.toml"
    toml.write_text(toml.read_text().replace("[limits]", f'paper_size = "{paper_size}"\n\n[limits]'))
    bench.paper("cover: false\ncontents: false\n")
    outputs = made(bench.build(to=FORMATS))
    width = int(outputs.document.find(".//w:pgSz", NS).get(W + "w"))
    assert width == {"a4": 11906, "letter": 12240}[paper_size]
    import pdfplumber

    with pdfplumber.open(io.BytesIO(outputs.pdf)) as document:
        assert round(document.pages[0].width) == {"a4": 595, "letter": 612}[paper_size]
    assert outputs.document.find(".//w:titlePg", NS) is None
    assert "In this" not in outputs.pages[0]
