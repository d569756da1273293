"""The PDF of the workspace's own paper: for screen readers, for archives, and in the right order."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import page
import pypdfium2
import pytest
from render_tools import Outputs, same, small_paper

_READ = ("NumberedParagraph", "RecommendationText", "TableText", "SummaryText", "SummaryBullet", "Heading1", "Heading2")
_FALSE_ALARM = "PDFA2A-STREAM-LENGTH-001"  # of page-validation, where a deflated stream ends in \r


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-2a"])
def test_it_keeps_the_standard(paper: Outputs, profile: str) -> None:
    report = page.validate_pdf_bytes(paper.pdf, profile=_profile(profile))
    failures = [(f.rule_id, f.message) for f in report.failures if f.rule_id != _FALSE_ALARM]
    assert failures == []
    assert report.rules.total > 20


def _profile(name: str) -> page.ValidationProfile:
    wanted = re.sub(r"\W", "", name).casefold()
    return next(p for p in page.ValidationProfile if wanted in re.sub(r"\W|_", "", f"{p.name} {p.value}").casefold())


def test_title_language_and_bookmarks(paper: Outputs) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(paper.pdf)) as document:
        catalog = document.doc.catalog
        assert catalog["Lang"] in (b"en-GB", b"\xfe\xff" + "en-GB".encode("utf-16-be"))
        assert catalog["ViewerPreferences"]["DisplayDocTitle"] is True
        assert document.metadata["Title"] == "Social value at every stage of the commissioning cycle"
    opened = pypdfium2.PdfDocument(paper.pdf)
    titles = [same(mark.get_title()) for mark in opened.get_toc()]
    opened.close()
    headings = [same(f"{p.number}{p.text}") for p in paper.paragraphs if re.fullmatch("Heading[12]|SummaryHeading", p.style)]
    assert [t for t in titles if t in headings] == headings


def test_all_fonts_are_embedded(paper: Outputs) -> None:
    import pdfplumber
    from pdfminer.pdftypes import resolve1

    fonts = {}
    with pdfplumber.open(io.BytesIO(paper.pdf)) as document:
        for each in document.pages:
            for name, reference in (resolve1(each.page_obj.resources.get("Font")) or {}).items():
                fonts[(each.page_number, name)] = resolve1(reference)
    assert fonts
    for font in fonts.values():
        descendant = resolve1(resolve1(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
        descriptor = resolve1(descendant["FontDescriptor"])
        assert {"FontFile", "FontFile2", "FontFile3"} & descriptor.keys()
        assert "SourceSans3" in str(font["BaseFont"])


def test_links_inside_lead_to_what_they_name(paper: Outputs) -> None:
    """The page a reference leads to shows what it says: ``paragraph 12`` a 12 in the margin."""
    import pdfplumber
    from pdfminer.pdftypes import resolve1

    with pdfplumber.open(io.BytesIO(paper.pdf)) as document:
        numbers = {each.page_obj.pageid: each.page_number for each in document.pages}
        targets = set()
        dests = _destinations(document)
        for each in document.pages:
            for annotation in each.annots:
                data = annotation["data"]
                action = resolve1(data.get("A")) or {}
                dest = resolve1(data.get("Dest")) or resolve1(action.get("D"))
                if action.get("URI") or dest is None:
                    continue
                if isinstance(dest, bytes | str):
                    dest = dests[dest if isinstance(dest, bytes) else dest.encode()]
                assert dest[0].objid in numbers
                targets.add(numbers[dest[0].objid])
    assert len(targets) > 10


def _destinations(document: object) -> dict[bytes, list[object]]:
    """Named destinations, wherever the catalogue keeps them."""
    from pdfminer.pdftypes import resolve1

    found: dict[bytes, list[object]] = {}

    def walk(node: object) -> None:
        tree = resolve1(node)
        names = resolve1(tree.get("Names")) or []
        for key, value in zip(names[::2], names[1::2], strict=True):
            inner = resolve1(value)
            found[key] = resolve1(inner["D"]) if isinstance(inner, dict) else inner
        for kid in resolve1(tree.get("Kids")) or []:
            walk(kid)

    catalog = document.doc.catalog  # type: ignore[attr-defined]
    names = resolve1(catalog.get("Names")) or {}
    if "Dests" in names:
        walk(names["Dests"])
    for key, value in (resolve1(catalog.get("Dests")) or {}).items():
        inner = resolve1(value)
        found[key.encode() if isinstance(key, str) else key] = resolve1(inner["D"]) if isinstance(inner, dict) else inner
    return found


@pytest.mark.slow
def test_a_screen_reader_reads_in_the_order_of_the_paper(paper: Outputs) -> None:
    """The structure tree, leaf by leaf, against the Word file's paragraphs."""
    tags = {tag for tag, _ in paper.tagged}
    assert {"H1", "H2", "P", "TD", "TH", "Caption", "LBody", "Note"} <= tags
    whole = "".join(same(text) for tag, text in paper.tagged if tag not in ("Note", "Lbl"))
    at = 0
    for paragraph in paper.paragraphs:
        if paragraph.style in _READ:
            found = re.compile(paragraph.with_notes).search(whole, at)
            assert found, paragraph.text
            assert found.start() - at < 2500, paragraph.text
            at = found.end()


@pytest.mark.slow
def test_no_paragraphs_run_together(paper: Outputs) -> None:
    heard = [same(text) for tag, text in paper.tagged if tag == "P"]
    for paragraph in paper.paragraphs:
        if paragraph.style == "NumberedParagraph":
            assert any(re.fullmatch(paragraph.with_notes, h) for h in heard), paragraph.text


def test_no_page_is_nearly_empty_and_no_heading_stands_at_a_foot(paper: Outputs) -> None:
    headings = {same(f"{p.number}{p.text}") for p in paper.paragraphs if re.fullmatch("Heading[123]", p.style)}
    for number, text in enumerate(paper.pages[1:], start=2):
        lines = [line for line in text.splitlines() if line.strip()]
        lines = [line for line in lines if not re.search(r"Page \d+ of \d+|^Social Value UK, Proc|^22 November 2026$", line)]
        assert len(lines) > 8, f"page {number} is nearly empty"
        assert same(lines[-1]) not in headings, f"page {number} ends with a heading"


def test_front_matter_takes_a_page_each(paper: Outputs) -> None:
    assert "Summary" in paper.pages[1]
    assert "Contents" in paper.pages[2]
    assert re.search(r"References\W+\d+", paper.pages[2].replace("\r\n", " "))
    assert "Introduction" in paper.pages[3].splitlines()[1]


def test_words_in_another_language_are_marked_so(tmp_path: Path) -> None:
    text = "---\ntitle: Words\n---\n\nText.\n\n::: {lang=cy}\nMae’r cyngor yn talu.\n\n- bob dydd\n:::\n\nOne [متن]{lang=ar-EG} and [odd]{lang=x\"y}.\n"
    made = small_paper(tmp_path, text)
    streams = [_inflated(m[1]) for m in re.finditer(rb"stream\r?\n(.*?)endstream", made.pdf, re.S)]
    assert set(re.findall(rb"/Lang ?\(([^)]*)\)", b"".join([made.pdf, *streams]))) == {b"en-GB", b"cy", b"ar-EG"}


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:  # a picture or a font
        return b""
