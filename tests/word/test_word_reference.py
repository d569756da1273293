"""The reference document: complete, valid, deterministic, and kept by pandoc."""

from __future__ import annotations

import io
import re
import time
import zipfile

import docx
import pytest
from lxml import etree

from penholder.adapters import word
from penholder.adapters.word.xml import w
from penholder.model.theme import Furniture, Theme

STYLES = """Normal|Body Text|First Paragraph|Compact|Title|Subtitle|Author|Date|Abstract|Abstract Title|
Bibliography|heading 1|heading 2|heading 3|heading 4|heading 5|heading 6|Block Text|footnote text|
Footnote Block Text|footnote reference|Hyperlink|Default Paragraph Font|Table|Definition Term|Definition|
caption|Table Caption|Image Caption|Figure|Captioned Figure|Verbatim Char|Source Code|Section Number|
TOC Heading|toc 1|toc 2|toc 3|header|footer|Numbered Paragraph|Cover Body|Cover Title|Cover Subtitle|
Cover Detail|Cover First Detail|Cover Identity|Cover Band|Cover Logo|Summary Heading|Summary Text|Summary Bullet|
Summary Display|Recommendation Label|Contributor|Edition Detail|Detail Label|
Recommendation Addressee|Recommendation Text|Table Text|Table Source|Figure Source|Back Heading|Identity|
Gap|Draft Mark|Label|Citation|Cross Reference|Figure Value"""
NAMES = [name.strip() for name in STYLES.split("|")]


def part(docx_bytes: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx_bytes)) as archive:
        return etree.fromstring(archive.read(name))


def style_names(docx_bytes: bytes) -> list[str]:
    styles = part(docx_bytes, "word/styles.xml")
    return [name.get(w("val")) for name in styles.iterfind(f"{w('style')}/{w('name')}")]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_has_every_style_once(reference: bytes, name: str) -> None:
    assert style_names(reference).count(name) == 1


def test_styles_refer_to_styles_that_exist(reference: bytes) -> None:
    styles = part(reference, "word/styles.xml")
    known = {style.get(w("styleId")) for style in styles.iterfind(w("style"))}
    named = {e.get(w("val")) for tag in ("basedOn", "next", "link") for e in styles.iter(w(tag))}
    assert named <= known
    numbering = part(reference, "word/numbering.xml")
    assert {e.get(w("val")) for e in numbering.iter(w("pStyle"))} <= known


def test_pandoc_keeps_the_styles_and_adds_none(reference: bytes, written: bytes) -> None:
    assert style_names(written)[: len(NAMES)] == style_names(reference)[: len(NAMES)]
    assert set(style_names(written)) == set(style_names(reference))


def test_pandoc_keeps_the_numbering(written: bytes) -> None:
    numbering = part(written, "word/numbering.xml")
    kept = {n.get(w("numId")) for n in numbering.iterfind(w("num"))}
    assert {"1", "2", "3"} <= kept
    for abstract in numbering.iterfind(w("abstractNum")):
        if abstract.get(w("abstractNumId")) == "1":
            assert abstract.find(f"{w('lvl')}/{w('lvlText')}").get(w("val")) == "%1"
            return
    pytest.fail("the numbering of paragraphs is gone")


def test_pandoc_keeps_page_header_and_footer(finished: bytes) -> None:
    text = word.read_text(finished)
    assert [h.strip() for h in text.headers] == ["Social value", ""]
    assert text.footers == ("Social Value UK\t22 November 2026\tPage 1 of 1\nDRAFT 1a2b3c4",)
    section = part(finished, "word/document.xml").find(f"{w('body')}/{w('sectPr')}")
    assert section.find(w("titlePg")) is not None
    assert section.find(w("pgSz")).get(w("w")) == "11906"


def test_fonts_name_a_fallback(finished: bytes) -> None:
    fonts = part(finished, "word/fontTable.xml")
    named = {f.get(w("name")): f.find(w("altName")).get(w("val")) for f in fonts if f.find(w("altName")) is not None}
    assert named["Source Sans 3"] == "Calibri"
    assert b"Source Sans 3" in zipfile.ZipFile(io.BytesIO(finished)).read("word/theme/theme1.xml")


def test_margins_and_measure(theme: Theme) -> None:
    """Nothing crosses the theme's margins, and a line holds about 75 letters."""
    from penholder.adapters.word.layout import page_layout, twips

    for paper in ("a4", "letter"):
        page = page_layout(theme, paper)
        assert page.left - page.gutter == twips(25)
        assert page.right - page.beyond == twips(25)
        assert 360 <= page.column / 20 <= 390
        assert page.hang <= page.gutter


def test_no_cover_and_letter(theme: Theme, furniture: Furniture) -> None:
    made = word.reference_docx(word.ReferenceSpec(theme, furniture, cover=False, paper="letter"))
    section = part(made, "word/document.xml").find(f"{w('body')}/{w('sectPr')}")
    assert section.find(w("titlePg")) is None
    assert section.find(w("pgSz")).get(w("w")) == "12240"
    headings = part(made, "word/styles.xml").find(f"{w('style')}[@{w('styleId')}='Heading1']")
    assert headings.find(f"{w('pPr')}/{w('numPr')}") is None


def test_a_long_body_sends_the_date_below(theme: Theme, furniture: Furniture) -> None:
    long = furniture.changed(footer_left="The Association of Very Long Names in Public Life")
    footer = word.read_text(word.reference_docx(word.ReferenceSpec(theme, long))).footers[0]
    assert footer == f"{long.footer_left}\tPage 1 of 1\n22 November 2026"


def test_hostile_words_are_escaped(theme: Theme) -> None:
    furniture = Furniture(header='<w:p> & "x" {page} ]]>', footer_left="\x0b&amp;")
    made = word.reference_docx(word.ReferenceSpec(theme, furniture, draft="<&>"))
    text = word.read_text(made)
    assert text.headers[0] == '<w:p> & "x" 1 ]]>'
    assert text.footers[0].startswith("&amp;")
    assert text.footers[0].endswith("\n<&>")


def test_the_reference_is_deterministic_and_quick(theme: Theme, furniture: Furniture) -> None:
    spec = word.ReferenceSpec(theme, furniture)
    first = word.reference_docx(spec)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert word.reference_docx(spec) == first
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05  # 0.004 s here


def test_python_docx_opens_it(reference: bytes) -> None:
    opened = docx.Document(io.BytesIO(reference))
    assert opened.styles["Numbered Paragraph"].base_style.name == "Normal"
    assert opened.styles["Heading 1"].font.size.pt == 24
    assert opened.styles["Heading 1"].paragraph_format.keep_with_next


def test_nothing_asks_the_reader_to_update(finished: bytes) -> None:
    settings = part(finished, "word/settings.xml")
    assert settings.find(w("updateFields")) is None
    modes = [s.get(w("val")) for s in settings.iter(w("compatSetting")) if s.get(w("name")) == "compatibilityMode"]
    assert modes == ["15"]
    assert not re.search(rb'w:dirty="(1|true|on)"', zipfile.ZipFile(io.BytesIO(finished)).read("word/document.xml"))
