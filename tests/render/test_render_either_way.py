"""Lines of two directions come back from a PDF in an order of their own: nothing that is there is missed, what is lost is found."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.stages.render.expected import Passage, words
from penholder.stages.render.readback import lost, written_pages

Workspace = Callable[..., Any]

AGAIN = "שלום עולם"
PAPERS = {
    "joined, he": ("he", f"# מבוא\n\nהתקן של בW3C אומר כך. {AGAIN} {AGAIN}.\n\nהקוד בPDF/UA-1 וב־HTML5 או בGDPR2016 כאן (סעיף 3).\n\n| {AGAIN} | בW3C |\n|--|--|\n| {AGAIN} | xשלוםy |\n"),
    "joined, ar": ("ar", "# مقدمة\n\nوفقا لHTML5 وبPDF/UA-1 (المادة 3).\n\nيقول معيار الW3C كذا.\n"),
    "joined, en": ("en-GB", "# Intro\n\nThe word בW3C is joined, and xשלוםy, الW3C (2023) too.\n"),
    "again, he": ("he", f"# {AGAIN}\n\n" + f"{AGAIN}.\n\n" * 3 + f"- {AGAIN}\n" * 3 + f"\n## {AGAIN} (2024)\n\n" + f"בW3C {AGAIN}.\n\n" * 90 + f"## {AGAIN}\n"),
    "again, en": ("en-GB", f"# Intro\n\nSay {AGAIN} or {AGAIN} (2).\n\n" + f"{AGAIN}\n\nOne {AGAIN} two.[^a]\n\n" * 40 + f"[^a]: A note {AGAIN}.\n"),
}


@pytest.mark.parametrize("what", PAPERS)
def test_what_is_there_is_not_missed(workspace: Workspace, what: str) -> None:
    language, text = PAPERS[what]
    bench = workspace({"10-a.md": text})
    paper = bench.folder / "paper.yaml"
    paper.write_text(paper.read_text().replace("en-GB", language))
    built = bench.build(to="pdf")
    assert built.of("LOST001") == []
    assert built.path("pdf").exists()


def test_words_have_letters_of_one_direction() -> None:
    assert words("בW3C, לPDF/UA-1 (2024)") == ["ב", "W", "3", "C", "ל", "PDF", "UA", "1", "2024"]
    assert words("الW3C") == ["W", "3", "C"], "lam and alef are not compared"


def _of(*texts: str) -> list[Passage]:
    return [Passage("paragraph", None, text) for text in texts]


def test_a_phrase_is_wanted_as_often_as_it_is_written() -> None:
    page = f"מילה אחת בC3W {AGAIN} סוף"
    expected = _of("מילה אחת בW3C", AGAIN, AGAIN, "סוף")
    assert lost(expected, written_pages(["", page.replace(AGAIN, f"{AGAIN} {AGAIN}")]), "PDF") == []
    assert len(lost(expected, written_pages(["", page]), "PDF")) == 1
    assert len(lost(_of(f"בW3C {AGAIN} {AGAIN}"), written_pages(["", f"בC3W {AGAIN}"]), "PDF")) == 1


def test_one_like_it_further_on_does_not_lead_away() -> None:
    """The first is read backwards, so that it is found as it stands only pages later."""
    pages = ["", f"{AGAIN[::-1]} ראשון שני", "שלישי", "רביעי", f"{AGAIN} חמישי"]
    expected = _of(AGAIN, "ראשון", "שני", "שלישי", "רביעי", AGAIN, "חמישי")
    assert lost(expected, written_pages(pages), "PDF") == []


def test_one_like_it_at_the_end_of_the_page_does_not_lead_to_the_next() -> None:
    expected = _of("שלום בW3C", "שלום בW3C", AGAIN)
    assert lost(expected, written_pages(["שלום בC3W שלום בW3C", AGAIN]), "PDF") == []


def test_one_like_it_further_down_the_page_does_not_lead_past_what_is_between() -> None:
    expected = _of(AGAIN, "Plain words.", AGAIN, "More of them.")
    assert lost(expected, written_pages(["", f"עולם שלום Plain words. {AGAIN} More of them."]), "PDF") == []


def test_latin_words_behind_a_note_share_a_line_with_others() -> None:
    expected = _of("A line of שלום", "12 plain", "The end.")
    assert lost(expected, written_pages(["", "A line of plain 12 שלום The end."]), "PDF") == []
    assert lost(expected, written_pages(["", "A line of plain שלום The end."]), "PDF")
    assert lost(_of("12 plain"), written_pages(["", "A line of plain 12"]), "PDF"), "no word of these pages runs from the right"


_PHRASE = st.lists(st.sampled_from(["שלום", "עולם", "ב", "W3C", "PDF/UA-1", "(2024)", "בW3C", "סעיף", "12"]), min_size=1, max_size=4).map(" ".join)


@st.composite
def _papers(draw: st.DrawFn) -> tuple[list[list[str]], list[str]]:
    """The passages of some pages, and the pages as they might be read: in each passage the pieces change places, or turn round.

    Passages in Latin letters are read as they stand.
    """
    passages = draw(st.lists(st.lists(_PHRASE | st.sampled_from(["Plain words.", "More, in order"]), min_size=1, max_size=5), min_size=1, max_size=4))
    pages = []
    for page in passages:
        read = []
        for passage in page:
            pieces = draw(st.permutations(words(passage))) if re.search("[א-ת]", passage) else [passage]
            turned = [piece[::-1] if len(pieces) > 1 and draw(st.booleans()) else piece for piece in pieces]
            read.append(" ".join(turned))
        pages.append(" ".join(read))
    return passages, pages


@pytest.mark.parametrize("right_to_left", [False, True])
@given(paper=_papers())
def test_pieces_in_any_order_are_not_missed(paper: tuple[list[list[str]], list[str]], right_to_left: bool) -> None:
    passages, pages = paper
    expected = _of(*(passage for page in passages for passage in page))
    assert lost(expected, written_pages(pages, right_to_left=right_to_left), "PDF") == []


@given(_papers(), st.data())
def test_a_word_that_is_gone_is_found(paper: tuple[list[list[str]], list[str]], data: st.DataObject) -> None:
    passages, pages = paper
    at = data.draw(st.integers(0, len(passages) - 1))
    which = data.draw(st.integers(0, len(passages[at]) - 1))
    passages[at][which] += " אבגדה"
    expected = _of(*(passage for page in passages for passage in page))
    assert "אבגדה" in "".join(f.message for f in lost(expected, written_pages(pages, right_to_left=True), "PDF"))


def test_a_long_paper_is_looked_through_quickly() -> None:
    """36,000 words, all of it from the right and every line of it turned round."""
    texts = [" ".join(f"{AGAIN} מילה{n} בW{n}C" for n in range(at, at + 15)) for at in range(0, 9000, 15)]
    pages = [" ".join(" ".join(reversed(words(text))) for text in texts[at : at + 5]) for at in range(0, len(texts), 5)]
    output = written_pages(pages, right_to_left=True)
    began = time.process_time()
    assert lost(_of(*texts), output, "PDF") == []
    assert time.process_time() - began < 2
