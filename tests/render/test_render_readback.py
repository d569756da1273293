"""What was written is read again: a file that lacks a passage is refused, at the author's line."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.stages.render.expected import Passage, fold, passages
from penholder.stages.render.readback import Written, lost, written, written_pages

Workspace = Callable[..., Any]
SECTION = """\
# Duties

The first paragraph says what the law asks.

The second paragraph says what it does not.[^n]

| Who | What |
|-----|------|
| All | Publish |

The third paragraph ends it.

[^n]: A note that matters.
"""


@pytest.fixture
def expected(bench: Any, resolved: Callable[[], Any]) -> list[Passage]:
    bench.section("10-a.md", SECTION)
    return passages(resolved().document)


def whole(expected: list[Passage]) -> Written:
    parts: dict[str, list[str]] = {"footnote": [], "reference": [], "body": []}
    for passage in expected:
        parts.get(passage.kind, parts["body"]).append(passage.text)
    return written(parts["body"], parts["footnote"], parts["reference"])


def test_a_whole_output_is_not_complained_of(expected: list[Passage]) -> None:
    assert len(expected) >= 8
    assert lost(expected, whole(expected), "DOCX") == []


def test_each_passage_that_is_missing_is_found_at_its_line(expected: list[Passage]) -> None:
    lines = {"second paragraph": 5, "third paragraph": 11, "Publish": 9, "A note": 13}
    for words, line in lines.items():
        passage = next(p for p in expected if words in p.text)
        without = [p for p in expected if p is not passage]
        (found,) = lost(expected, whole(without), "DOCX")
        assert found.code.id == "LOST001"
        assert (found.span.path, found.span.line) == ("papers/p/sections/10-a.md", line)
        assert words.split()[-1] in found.message


def test_passages_out_of_order_are_found(expected: list[Passage]) -> None:
    shuffled = [*expected[3:], *expected[:3]]
    assert lost(expected, whole(shuffled), "HTML")


def test_a_reference_that_is_missing_is_found_by_its_words() -> None:
    entries = [Passage("reference", None, f"Author{n} (2020) Work{n}.") for n in range(3)]
    (found,) = lost(entries, written([], [], [entries[0].text, entries[2].text]), "PDF")
    assert "Author1" in found.message


def test_a_docx_without_a_paragraph_is_refused(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finished bytes are doctored, as a fault of the tools would."""
    from penholder.stages.render import docx

    real = docx.finished

    def doctored(*arguments: Any, **named: Any) -> bytes:
        return without(real(*arguments, **named), "The second paragraph says")

    monkeypatch.setattr(docx, "finished", doctored)
    built = workspace({"10-a.md": SECTION}).build(to="docx,pdf")
    (found,) = built.of("LOST001")
    assert (found.line, found.severity) == (5, "error")
    assert built.code != 0
    assert not built.path("docx").exists()
    assert not built.path("pdf").exists()


def without(data: bytes, text: str) -> bytes:
    """A DOCX without the words of a paragraph."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                assert text.split()[1].encode() in content
                content = content.replace(b"second", b"")
            target.writestr(entry, content)
    return out.getvalue()


def test_a_pdf_of_a_paper_without_a_paragraph_is_refused(workspace: Workspace) -> None:
    """The PDF of one document against what another expects."""
    import pypdfium2

    cut = SECTION.replace("The third paragraph ends it.\n\n", "")
    built = workspace({"10-a.md": cut}).build(to="pdf")
    document = pypdfium2.PdfDocument(built.path("pdf").read_bytes())
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    third = Passage("paragraph", None, "The third paragraph ends it.")
    assert lost([Passage("paragraph", None, "The first paragraph says what the law asks.")], written_pages(pages), "PDF") == []
    assert lost([third], written_pages(pages), "PDF")


def test_a_passage_cut_by_the_end_of_a_page_is_found_and_its_loss_too() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    passage = Passage("paragraph", None, text)
    pages = ["Running head " + text[:40] + " 1 A note at the foot. Page 1", "Running head " + text[40:] + " Page 2"]
    assert lost([passage], written_pages(pages), "PDF") == []
    assert lost([passage], written_pages([pages[0], "Running head Page 2"]), "PDF")
    assert lost([passage], written_pages([pages[0], pages[1].replace("twelve", "")]), "PDF")


def test_lines_of_two_directions_are_known_again() -> None:
    passage = Passage("paragraph", None, "القيمة الاجتماعية في 2024")
    page = "2024 يف ةيعامتجالا القيمة"
    assert lost([passage], written_pages(["", page]), "PDF") == []
    assert lost([passage._replace(text=passage.text + " كلمة")], written_pages(["", page]), "PDF")


def test_a_paper_from_the_right_is_found_word_by_word() -> None:
    """PDFium turns lines of Latin letters round in a paper that runs from the right, and W3C with them."""
    passage = Passage("paragraph", None, "The W3C (2023) asks for access, version 2.2.")
    pages = ["first", "for asks )2023( C3W The", ".2.2 version ,access", "last"]
    assert lost([passage], written_pages(pages), "PDF")
    assert lost([passage], written_pages(pages, right_to_left=True), "PDF") == []
    assert lost([passage._replace(text=passage.text + " More.")], written_pages(pages, right_to_left=True), "PDF")
    reference = Passage("reference", None, "Consortium")
    assert lost([reference], written_pages([*["x"] * 9, "Consortium ."], right_to_left=True), "PDF") == []


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=80)


@given(TEXT, TEXT)
def test_folding_is_stable_and_blind_to_space(text: str, other: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(text.replace(" ", "\n \u00ad")) == once
    assert not any(character.isspace() for character in once)
    assert fold(unicodedata.normalize("NFKC", text)) == once
    if text.isascii() and other.isascii():
        assert fold(text + other) == fold(text) + fold(other)


@given(st.lists(TEXT.filter(fold), min_size=1, max_size=6))
def test_what_is_there_is_never_called_lost(texts: list[str]) -> None:
    everything = [Passage("paragraph", None, text) for text in texts]
    assert lost(everything, written(texts, [], []), "DOCX") == []


@given(st.lists(st.from_regex(r"[a-z]{12,30}", fullmatch=True), min_size=2, max_size=6, unique=True), st.data())
def test_what_is_not_there_is_always_called_lost(texts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    rest = [t for n, t in enumerate(texts) if n != gone]
    if any(texts[gone] in "".join(rest) for _ in "x"):
        return
    everything = [Passage("paragraph", None, text) for text in texts]
    assert len(lost(everything, written(rest, [], []), "DOCX")) == 1
