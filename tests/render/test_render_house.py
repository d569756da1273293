"""A body's own Word file as the reference document keeps its look and gets our numbers."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from render_tools import NS, Outputs, W, same

Workspace = Callable[..., Any]
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


def pandocs() -> bytes:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def pythons() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def foreign() -> bytes:
    """A file of a German Word: other ids for the same styles, and no footer."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pythons())) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("word/") and entry.filename.endswith(".xml"):
                content = re.sub(rb'"Heading([1-9])"', rb'"berschrift\1"', content).replace(b'"Title"', b'"Titel"')
            target.writestr(entry, content)
    return out.getvalue()


def numbering_house() -> bytes:
    """A house that numbers paragraphs and headings in its own way, with a style of our name."""
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§%1"/></w:lvl>' for n in range(1)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum xmlns:w="{NS["w"]}" w:abstractNumId="1500">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num xmlns:w="{NS["w"]}" w:numId="1700"><w:abstractNumId w:val="1500"/></w:num>'))
    style = document.styles.add_style("Numbered Paragraph", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr xmlns:w="{NS["w"]}"><w:ilvl w:val="0"/><w:numId w:val="1700"/></w:numPr>')
    )
    document.sections[0].footer.paragraphs[0].text = "The house's footer"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


HOUSES: dict[str, Callable[[], bytes]] = {
    "pandoc": pandocs, "python-docx": pythons, "foreign": foreign, "numbering": numbering_house
}  # fmt: skip


@pytest.fixture(params=HOUSES)
def house(request: pytest.FixtureRequest, workspace: Workspace) -> tuple[str, Outputs]:
    bench = workspace({"10-a.md": TEXT + "\n| A | B |\n|---|---|\n| c | d |\n\n: A table. {#tbl-a}\n\nNote.[^1]\n\n[^1]: Below.\n"})
    bench.file("templates/house.docx", HOUSES[request.param]())
    toml = bench.root / "penholder.toml"
    toml.write_text(toml.read_text().replace("[limits]", 'reference_docx = "templates/house.docx"\n\n[limits]'))
    bench.paper("numbering: {paragraphs: true, headings: true}\n")
    path = bench.folder / "paper.yaml"
    path.write_text(path.read_text().replace("status: final", "status: draft"))
    built = bench.build(to="docx,pdf,html")
    assert built.of("LOST001") == []
    assert built.code == 0, built.findings
    return request.param, Outputs.of(built.folder, built.slug)


def test_a_house_s_file_gets_numbers_captions_and_every_style(house: tuple[str, Outputs]) -> None:
    name, outputs = house
    sign = "§" if name == "numbering" else ""
    numbered = [p.number for p in outputs.paragraphs if p.style == "NumberedParagraph"]
    assert numbered == [f"{sign}{n}" for n in (1, 2, 3)]
    headings = [(p.number, p.text) for p in outputs.paragraphs if re.fullmatch("Heading[12]", p.style)]
    assert headings[:2] == [("1", "Duties"), ("1.1", "A second level")]
    assert any(p.style == "TableCaption" and same(p.text) == same("Table 1 A table.") for p in outputs.paragraphs)
    known = {s.get(W + "styleId"): s for s in outputs.part("word/styles.xml").iterfind("w:style", NS)}
    for part in ("word/document.xml", "word/footnotes.xml"):
        used = {e.get(W + "val") for e in outputs.part(part).iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
        assert used <= known.keys()
    based = {e.get(W + "val") for s in known.values() for e in s.iter(W + "basedOn", W + "next", W + "link")}
    assert based <= known.keys()
    assert len(known) == len(outputs.part("word/styles.xml").findall("w:style", NS))


def test_a_house_s_file_keeps_its_look_and_says_draft(house: tuple[str, Outputs]) -> None:
    name, outputs = house
    opened = docx.Document(io.BytesIO(outputs.docx))
    footer = "\n".join(p.text for p in opened.sections[0].footer.paragraphs)
    assert "DRAFT" in footer
    if name == "numbering":
        assert "The house's footer" in footer
    colour = opened.styles["Heading 1"].font.color.rgb
    assert str(colour) != "1D3F5E"  # the theme's
    assert opened.core_properties.author == ""
    assert opened.core_properties.title == "A small paper"


@pytest.mark.needs("ooxml-validator")
def test_a_house_s_file_is_valid(house: tuple[str, Outputs], ooxml_validator: str, tmp_path: Path) -> None:
    import json

    (tmp_path / "x.docx").write_bytes(house[1].docx)
    done = subprocess.run([ooxml_validator, str(tmp_path / "x.docx")], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


def test_no_word_file_is_a_clear_error(workspace: Workspace) -> None:
    bench = workspace({"10-a.md": TEXT})
    bench.file("templates/house.docx", b"not a Word file")
    toml = bench.root / "penholder.toml"
    toml.write_text(toml.read_text().replace("[limits]", 'reference_docx = "templates/house.docx"\n\n[limits]'))
    built = bench.build(to="docx")
    assert built.code == 2
    assert "Word file" in built.err + built.out
