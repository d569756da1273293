"""Word, PDF and web page say the same: the same passages, numbers and references, by readers that are not ours."""

from __future__ import annotations

import re

import pytest
from render_tools import NS, Outputs, W, same

_BODY = {
    "NumberedParagraph", "BodyText", "FirstParagraph", "Compact", "SummaryText", "SummaryBullet", "RecommendationText",
    "TableText", "Heading1", "Heading2", "SummaryHeading",
}  # fmt: skip


def word_body(paper: Outputs) -> list[str]:
    """The passages of the body, the back matter left out."""
    texts = []
    for paragraph in paper.paragraphs:
        if paragraph.style == "BackHeading":
            break
        if paragraph.style in _BODY and paragraph.text.strip():
            texts.append(paragraph.text)
    return texts


def test_the_web_page_holds_word_s_passages_in_order(paper: Outputs) -> None:
    whole = re.sub(r"(?<=\D)\[?\d*\]?(?=$)", "", same("".join(paper.web.blocks)))
    at, missing = 0, []
    for paragraph in paper.paragraphs:
        if paragraph.style == "BackHeading":
            break
        if paragraph.style not in _BODY or not paragraph.text.strip():
            continue
        pattern = paragraph.with_notes.removeprefix(same(paragraph.number))
        found = re.compile(pattern).search(whole, at)
        if found is None:
            missing.append(paragraph.text)
        else:
            at = found.end()
    assert missing == []


def test_the_pdf_holds_word_s_passages_in_order(paper: Outputs) -> None:
    """Page by page: running text and notes stand between, so the words are followed, not the characters."""
    furniture = re.compile(
        r"Social value and commissioning\s*$|^Social Value UK, Procurement Thought Leadership Group.*$|^22 November 2026\s*$", re.M
    )
    whole = same(re.sub(r"Page \d+ of \d+", "", furniture.sub("", "\n".join(paper.pages))))
    at = 0
    for text in word_body(paper):
        head = same(text)[:28]
        found = whole.find(head, at)
        assert found >= 0, text
        at = found + len(head)


def test_numbers_of_paragraphs_agree(paper: Outputs) -> None:
    word = {p.number: same(p.text)[:30] for p in paper.paragraphs if p.style == "NumberedParagraph"}
    heard = [same(text) for tag, text in paper.tagged if tag == "P"]
    blocks = [same(block) for block in paper.web.blocks]
    assert len(word) > 50
    for number, text in word.items():
        assert any(h.startswith(number + text) for h in heard), f"PDF {number}"
        assert any(b.startswith((number + text, f"{number}.{text}")) for b in blocks), f"HTML {number}"


def test_numbers_run_on_over_sections_and_lists(paper: Outputs) -> None:
    paragraphs = paper.paragraphs
    numbers = [int(p.number) for p in paragraphs if p.style == "NumberedParagraph"]
    assert numbers == list(range(1, len(numbers) + 1))
    sections = sum(p.style == "Heading1" for p in paragraphs)
    lists = sum(p.style == "Compact" for p in paragraphs)
    assert sections > 6
    assert lists > 10


def test_headings_and_their_numbers_agree(paper: Outputs) -> None:
    word = [same(f"{p.number}{p.text}") for p in paper.paragraphs if re.fullmatch("Heading[123]", p.style)]
    pdf = [same(text) for tag, text in paper.tagged if tag in ("H1", "H2", "H3")]
    assert [h for h in pdf if h in word] == word
    page = "".join(same(block) for block in paper.web.blocks)
    at = 0
    for heading in word:
        at = page.index(heading, at) + 1


def test_recommendations_tables_and_figures_agree(paper: Outputs) -> None:
    labels = [same(p.text) for p in paper.paragraphs if p.style in ("RecommendationLabel", "TableCaption", "ImageCaption")]
    assert len(labels) == 11 + 2 + 1
    pdf = [same(text) for _, text in paper.tagged]
    page = "".join(same(block) for block in paper.web.blocks)
    for label in labels:
        assert label in pdf
        assert label in page


def test_references_agree(paper: Outputs) -> None:
    word = [same(p.text) for p in paper.paragraphs if p.style == "Bibliography"]
    assert len(word) > 30
    pdf = "".join(same(text) for _, text in paper.tagged)
    page = "".join(same(block) for block in paper.web.blocks)
    for entries in (pdf, page):
        at = entries.index(word[0])
        for entry in word:
            at = entries.index(entry, at) + len(entry)


def test_cross_references_print_the_same_numbers(paper: Outputs) -> None:
    names = r"(?:paragraph|section|Recommendation|Table|Figure|Annex) ?(?:[A-Z]\b|\d+(?:\.\d+)*)"
    word = [
        same("".join(t.text for t in link.iter(W + "t")))
        for link in paper.document.iter(W + "hyperlink")
        if any("REF" in (c.text or "") for c in link.iter(W + "instrText"))
    ]
    texts = re.findall(names, " ".join(p.text.replace("\u00a0", " ") for p in paper.paragraphs if p.style in _BODY))
    web = [same(text) for href, text in paper.web.links if href.startswith("#") and re.fullmatch(names, text.replace("\u00a0", " "))]
    assert len(word) > 20
    for shown in word:
        assert any(link.endswith(shown) for link in web), shown
    pdf = "".join(same(text) for _, text in paper.tagged)
    for text in set(texts):
        assert same(text) in pdf


def test_links_of_the_page_lead_somewhere(paper: Outputs) -> None:
    inside = [href[1:] for href, _ in paper.web.links if href.startswith("#") and len(href) > 1]
    assert len(inside) > 60
    assert set(inside) <= set(paper.web.ids)


@pytest.mark.parametrize("note", range(5))
def test_footnotes_agree(paper: Outputs, note: int) -> None:
    notes = [n for n in paper.part("word/footnotes.xml").iterfind("w:footnote", NS) if n.get(W + "type") is None]
    text = same("".join(t.text for t in notes[note].iter(W + "t")))
    assert any(text in same(t) for tag, t in paper.tagged if tag in ("Note", "P"))
    assert any(text in same(block) for block in paper.web.blocks)


def test_paper_says_who_and_which_everywhere(paper: Outputs) -> None:
    properties = {p.get("name"): "".join(p.itertext()) for p in paper.part("docProps/custom.xml")}
    edition = properties["Edition"]
    assert edition.startswith("commit ")
    assert same(edition) in same(paper.pages[0])
    assert same(edition) in same(paper.pages[-1])
    assert same(edition) in same("".join(paper.web.blocks))
    assert "DRAFT" not in paper.pages[1]
