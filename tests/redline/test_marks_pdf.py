"""A redline as PDF: what changed is seen, printed, copied and heard; the file is as accessible as any other of ours."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pypdfium2
import pytest
from marked import LEGEND, PAPER, Marked, made, marked, version

from penholder.adapters import pdf
from penholder.adapters.pandoc.worker import Worker
from penholder.checks.rules.acce019_contrast import contrast
from penholder.stages.render.expected import passages
from penholder.stages.render.marks import signed
from penholder.stages.render.readback import Written, lost, written_pages
from samples import squeezed

_FALSE_ALARM = "PDFA2A-STREAM-LENGTH-001"  # of page-validation, where a deflated stream ends in \r


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Marked:
    return marked(tmp_path_factory.mktemp("pdf") / "work", worker)


@pytest.fixture(scope="module")
def data(paper: Marked, worker: Worker) -> bytes:
    outputs = made(paper, ["pdf"], worker)
    assert outputs.findings == []
    return outputs.files["pdf"]


@pytest.fixture(scope="module")
def pages(data: bytes) -> list[str]:
    return [squeezed(text) for text in pdf.read_text(data).pages]


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_it_keeps_the_standards(data: bytes, profile: str) -> None:
    wanted = next(p for p in page.ValidationProfile if re.sub(r"\W|_", "", p.name).casefold() == profile.replace("_", "").casefold())
    report = page.validate_pdf_bytes(data, profile=wanted)
    assert [(f.rule_id, f.message) for f in report.failures if f.rule_id != _FALSE_ALARM] == []
    assert report.rules.total > 20


def test_copied_words_say_where_a_change_begins_and_ends(pages: list[str]) -> None:
    text = " ".join(pages)
    assert "from −many−+about 200,000+ firms" in text
    assert re.search(r"\+This whole paragraph is new\. .* of its own\.\d ?\+", text)
    assert re.search(r"−This whole paragraph is gone\. .* with it\.\d ?−", text)
    assert "A note that −stays−+remains+." in text
    assert "−old_name− became +new_name+" in text
    assert "To: −The Treasury− +The Cabinet Office+" in text
    assert "+Net+ +2024+ +1,407.5+" in text
    assert "−Estimate− −2022− −377−" in text


def test_earlier_numbers_stand_beside_the_new_ones(pages: list[str]) -> None:
    text = " ".join(pages)
    assert "−3− 4 This paragraph had another number." in text
    assert "−3− −This whole paragraph is gone." in text
    assert "−1.3− 1.4 Later things" in text
    assert "Table −3− 1 What is spent" in text
    assert "Recommendation −4− 2" in text
    assert "−Annex B− Annex A The figures" in text


def test_what_was_moved_names_its_other_place_and_leads_there(data: bytes, pages: list[str]) -> None:
    text = " ".join(pages)
    assert "Moved from here to paragraph 9 −5− −This paragraph stood here" in text
    assert "Moved here from paragraph 5 9 +This paragraph stood further up" in text


def test_contents_and_bookmarks_read_as_the_newer_version(data: bytes, pages: list[str]) -> None:
    document = pypdfium2.PdfDocument(data)
    titles = [mark.get_title().removesuffix("A note in a heading.") for mark in document.get_toc()]
    document.close()
    assert titles[:6] == [LEGEND.title, "Summary", "1 What is bought", "1.1 The new plan", "1.3 A heading that is new", "1.4 Later things"]
    contents = next(text for text in pages if "Contents" in text).partition("Contents")[2]
    assert "1.1 The new plan" in contents
    assert not re.search("old|gone|[+−]|1.3 1.4", contents)


def test_it_opens_with_how_to_read_it(data: bytes, pages: list[str]) -> None:
    assert LEGEND.title in pages[1]
    assert "Section Words inserted Words deleted Summary 7 6 1 What is bought 96 83" in pages[1]
    assert "Title: −A small draft− +A small paper+" in pages[1]
    assert all(text.startswith("A small paper · Redline") for text in pages[1:])
    assert "Abstract" in pages[2]
    with pdfplumber.open(io.BytesIO(data)) as document:
        tags = [node["type"] for node in _tags(document.pages[1].structure_tree)]
    assert (tags.count("Table"), tags.count("TH"), tags.count("TD")) == (1, 3, 9)


def test_lines_and_pictures_are_told_to_a_screen_reader(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        nodes = [node for each in document.pages for node in _tags(each.structure_tree)]
    lines = [str(node.get("attributes", {}).get("TextDecorationType", "")) for node in nodes]
    assert any("Underline" in line for line in lines)
    assert any("LineThrough" in line for line in lines)
    assert [n["alt_text"] for n in nodes if n["type"] == "Figure"] == ["Deleted: A ring of 4 boxes", "Inserted: A ring of 5 boxes"]


def _tags(nodes: list[Any]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _tags(node.get("children", []))


def _written(data: bytes, without: str = "") -> Written:
    return written_pages([squeezed(text).replace(without, "") if without else text for text in pdf.read_text(data).pages])


@pytest.mark.parametrize("without", ["−many−", "+about 200,000+", "+This whole", "A note that is gone", "+385+", "−two−"])
def test_reading_back_finds_what_was_taken_out_be_it_a_sign(paper: Marked, data: bytes, without: str) -> None:
    expected = passages(signed(paper.document))
    assert lost(expected, _written(data), "PDF") == []
    assert len(lost(expected, _written(data, without), "PDF")) == 1


def test_the_newer_version_alone_is_no_redline(paper: Marked, worker: Worker) -> None:
    alone = made(paper._replace(document=version(paper.document, True), front=paper.front._replace(legend=None)), ["pdf"], worker)
    assert len(lost(passages(signed(paper.document)), _written(alone.files["pdf"]), "PDF")) > 10


def test_without_a_legend_only_the_newer_version_is_written(paper: Marked, worker: Worker) -> None:
    front = paper.front._replace(legend=None)
    newer = version(paper.document, True)
    marks = made(paper._replace(front=front), ["pdf"], worker)
    assert marks.files == {}  # what was deleted would be lost
    assert made(paper._replace(document=newer, front=front), ["pdf"], worker).findings == []


LINED = """\
---
title: T
---

[Under a line: [new]{.ins} and [old]{.del}]{.underline}, ~~struck: [new]{.ins}~~, [[its own]{.underline} and ~~its own~~ line]{.ins}, and [a link to [new]{.ins} words](https://example.org/).
"""


def test_lines_of_an_authors_own_do_not_stand_in_the_way(tmp_path: Path, worker: Worker) -> None:
    assert made(marked(tmp_path / "work", worker, sections=[LINED]), ["pdf"], worker).findings == []


@pytest.mark.parametrize("front", [{"cover": False}, {"contents": False}, {"language": "ar", "direction": "rtl"}, {"draft": True}])
def test_other_fronts(tmp_path: Path, worker: Worker, front: dict[str, Any]) -> None:
    assert made(marked(tmp_path / "work", worker, PAPER, **front), ["pdf"], worker).findings == []


def test_colours_of_marks_are_read_on_white_and_on_tint(paper: Marked) -> None:
    colours = paper.look.theme.colours
    for ground in ("#ffffff", colours.tint):
        assert min(contrast(colours.inserted, ground), contrast(colours.deleted, ground)) >= 7
