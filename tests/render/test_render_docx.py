"""The Word file of the workspace's own paper, seen by python-docx, LibreOffice and Microsoft's validator."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import docx
import pytest
from render_tools import NS, Outputs, W, same

STAYS = ("word/settings.xml", "docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")


def test_properties_name_the_paper_and_no_person(paper: Outputs) -> None:
    core = docx.Document(io.BytesIO(paper.docx)).core_properties
    assert core.title == "Social value at every stage of the commissioning cycle"
    assert core.language == "en-GB"
    assert core.author == "Social Value UK, Procurement Thought Leadership Group"
    assert (core.last_modified_by, core.comments, core.keywords) == ("", "", "")
    custom = {p.get("name"): "".join(p.itertext()) for p in paper.part("docProps/custom.xml")}
    assert custom["Paper"] == "social-value-commissioning"
    assert re.fullmatch("commit [0-9a-f]{10}", custom["Edition"])
    assert custom["Version"] == "1.0"


def test_headings_are_headings(paper: Outputs) -> None:
    opened = docx.Document(io.BytesIO(paper.docx))
    names = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "Introduction") in names
    assert ("Heading 2", "Who we are") in names
    assert len([n for n, _ in names if n == "Heading 1"]) >= 8
    summary = next(p for p in opened.paragraphs if p.text == "Summary" and p.style.name == "Summary Heading")
    assert summary.style.base_style.name == "Heading 1"


def test_headings_carry_native_numbers(paper: Outputs) -> None:
    numbered = {p.text: p.number for p in paper.paragraphs if p.style.startswith("Heading") and p.number}
    assert numbered["Introduction"] == "1"
    assert numbered["Who we are"] == "1.1"
    assert not any(text.startswith("References") for text in numbered)


def test_paragraphs_are_numbered_by_their_style(paper: Outputs) -> None:
    numbered = [p for p in paper.paragraphs if p.style == "NumberedParagraph"]
    assert [p.number for p in numbered] == [str(n) for n in range(1, len(numbered) + 1)]
    assert len(numbered) > 50
    assert all(p.element.find("w:pPr/w:numPr", NS) is None for p in numbered)


def test_captions_count_by_fields(paper: Outputs) -> None:
    fields = [e.text.split() for e in paper.document.iter(W + "instrText") if "SEQ" in (e.text or "")]
    assert {f[1] for f in fields} == {"Table", "Figure", "Recommendation"}
    captions = [p.text for p in paper.paragraphs if p.style == "TableCaption"]
    assert [c.split("  ")[0] for c in captions] == [f"Table\u00a0{n}" for n in range(1, len(captions) + 1)]
    assert any(p.style == "ImageCaption" and p.text.startswith("Figure\u00a01") for p in paper.paragraphs)


def test_tables_repeat_their_header_and_keep_their_rows(paper: Outputs) -> None:
    tables = list(paper.document.iter(W + "tbl"))
    assert len(tables) == 2
    for table in tables:
        rows = table.findall("w:tr", NS)
        assert rows[0].find("w:trPr/w:tblHeader", NS) is not None
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
        widths = [int(c.get(W + "w")) for c in table.iter(W + "gridCol")]
        assert min(widths) > 900  # no column squeezed to a letter a line
        assert sum(widths) == pytest.approx(7680, abs=4)


def test_contents_are_filled_and_clean(paper: Outputs) -> None:
    settings = paper.part("word/settings.xml")
    assert settings.find("w:updateFields", NS) is None
    assert not any(e.get(W + "dirty") for e in paper.document.iter(W + "fldChar", W + "fldSimple"))
    entries = [p for p in paper.paragraphs if re.fullmatch("TOC[123]", p.style)]
    headings = [p for p in paper.paragraphs if p.style in ("Heading1", "Heading2", "SummaryHeading")]
    assert [same(p.text) for p in entries] == [same(p.number + p.text) for p in headings]
    anchors = {e.get(W + "name") for e in paper.document.iter(W + "bookmarkStart")}
    assert {link.get(W + "anchor") for p in entries for link in p.element.iter(W + "hyperlink")} <= anchors


def test_every_internal_link_leads_somewhere(paper: Outputs) -> None:
    anchors = {e.get(W + "name") for e in paper.document.iter(W + "bookmarkStart")}
    links = [e.get(W + "anchor") for e in paper.document.iter(W + "hyperlink") if e.get(W + "anchor")]
    assert len(links) > 60
    assert set(links) <= anchors


def test_references_to_numbers_show_the_number_at_their_target(paper: Outputs) -> None:
    at = {}
    for paragraph in paper.paragraphs:
        for mark in paragraph.element.iter(W + "bookmarkStart"):
            at[mark.get(W + "name")] = paragraph
    seen = 0
    for link in paper.document.iter(W + "hyperlink"):
        code = "".join(e.text for e in link.iter(W + "instrText")).split()
        shown = "".join(t.text for t in link.iter(W + "t"))
        if code[:1] == ["REF"] and "\\n" in code:
            assert shown == at[code[1]].number
            seen += 1
        elif code[:1] == ["REF"]:
            assert same(shown) in same(at[code[1]].text)
            seen += 1
    assert seen > 20


def test_looks_of_links_say_what_they_are(paper: Outputs) -> None:
    """Citations look like text, references like references; only what leaves the paper is underlined."""
    for link in paper.document.iter(W + "hyperlink"):
        looks = {e.get(W + "val") for e in link.iter(W + "rStyle")}
        if link.get(W + "anchor"):
            assert "Hyperlink" not in looks
        else:
            assert looks == {"Hyperlink"}


def test_pictures_speak(paper: Outputs) -> None:
    described = [e.get("descr") for e in paper.document.iter() if e.tag.endswith("}docPr")]
    assert len(described) == 1
    assert len(described[0]) > 40


def test_footnotes_are_native(paper: Outputs) -> None:
    notes = paper.part("word/footnotes.xml")
    texts = ["".join(t.text for t in n.iter(W + "t")) for n in notes if n.get(W + "type") is None]
    references = list(paper.document.iter(W + "footnoteReference"))
    assert len(texts) == len(references) >= 5
    assert texts[0].strip().startswith("The commencement regulations")


def test_every_style_used_is_defined(paper: Outputs) -> None:
    known = {s.get(W + "styleId") for s in paper.part("word/styles.xml").iterfind("w:style", NS)}
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml"):
        used = {e.get(W + "val") for e in paper.part(name).iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
        assert used <= known, name


@pytest.mark.needs("ooxml-validator")
def test_the_schema_finds_no_fault(paper: Outputs, ooxml_validator: str, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(paper.docx)
    done = subprocess.run([ooxml_validator, str(tmp_path / "paper.docx")], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.slow
@pytest.mark.needs("soffice")
def test_libreoffice_reads_the_same_words(paper: Outputs, soffice: str, tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(paper.docx)
    command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "paper.txt").read_text(encoding="utf-8-sig").splitlines()
    theirs = [" ".join(line.split()) for line in lines if line.strip()]
    body = [p for p in paper.paragraphs if p.style in ("NumberedParagraph", "BodyText", "RecommendationText", "SummaryText")]
    joined = [same(line) for line in theirs]
    missing = [p.text for p in body if not any(re.fullmatch(p.with_notes, line) for line in joined)]
    assert len(body) > 70
    assert missing == []
