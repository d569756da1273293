"""A redline as a web page: what changed is in ``ins`` and ``del``, said by sign and line as well as colour, and to the ear."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html
from marked import LEGEND, Marked, made, marked, version

from penholder.adapters.pandoc.worker import Worker
from penholder.stages.render.expected import passages
from penholder.stages.render.html_read import html_text
from penholder.stages.render.readback import lost, written
from samples import squeezed
from secondopinions import program, tool

AXE = Path(__file__).parents[1] / "render_html" / "axe.mjs"
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {}, "draft": {"draft": True}, "bare": {"cover": False, "contents": False}, "rtl": {"language": "ar", "direction": "rtl"},
}  # fmt: skip


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Marked:
    return marked(tmp_path_factory.mktemp("html") / "work", worker)


@pytest.fixture(scope="module")
def data(paper: Marked, worker: Worker) -> bytes:
    outputs = made(paper, ["html"], worker)
    assert outputs.findings == []
    return outputs.files["html"]


@pytest.fixture(scope="module")
def page(data: bytes) -> Any:
    return lxml_html.fromstring(data.decode())


def _said(element: Any) -> str:
    """What a screen reader says: without what is hidden from it."""
    hidden = "ancestor-or-self::*[@aria-hidden='true']"
    return squeezed("".join(element.xpath(f".//text()[not({hidden})]")))


def _seen(element: Any) -> str:
    """What is seen: without what is only said."""
    return squeezed("".join(element.xpath(".//text()[not(ancestor::*[@class='said'])]")))


def test_changes_tell_who_and_when(page: Any) -> None:
    new = next(e for e in page.iter("ins") if "£385 billion" in e.text_content())
    assert dict(new.attrib) == {"datetime": "2030-01-31T12:00:00Z", "title": "Inserted by Anna Author on 31 January 2030"}
    assert next(e for e in page.iter("del") if "a good deal" in e.text_content()).get("title") == "Deleted by Anna Author on 31 January 2030"


def test_changes_are_seen_by_signs_and_heard_by_words(page: Any) -> None:
    paragraph = page.get_element_by_id("sec-brief").getnext()
    assert "spend −a good deal−+£385 billion+ each year" in _seen(paragraph)
    said = "spend [deletion] a good deal [end of deletion] [insertion] £385 billion [end of insertion] each year"
    assert said in _said(paragraph)


def test_every_change_is_where_html_allows_it(page: Any) -> None:
    for each in page.iter("ins", "del"):
        assert each.getparent().tag not in ("ul", "ol", "dl", "table", "thead", "tbody", "tr"), lxml_html.tostring(each)
    rows = [[_seen(cell) for cell in row] for row in page.xpath("//tr[td/ins or td/del]")]
    assert rows[:3] == [["Gross", "2023", "−380−+385+"], ["+Net+", "+2024+", "+1,407.5+"], ["−Estimate−", "−2022−", "−377−"]]


def test_blocks_are_marked_whole(page: Any) -> None:
    assert [_seen(e).startswith("def gone(x):") for e in page.xpath("//div[@class='changed deleted']/del[pre]")] == [True]
    assert [e.get("alt") for e in page.xpath("//figure//del//img | //figure//ins//img")] == ["A ring of 4 boxes", "A ring of 5 boxes"]
    assert len(page.xpath("//div[starts-with(@class, 'changed ')]//*[self::ins or self::del]/span[@class='equation']")) == 2
    heading = page.xpath("//div[@class='changed deleted']/h3")[0]
    assert _seen(heading) == "−1.2− −A heading that is gone−"


def test_contents_read_as_the_newer_version(page: Any) -> None:
    entries = [squeezed(e.text_content()) for e in page.xpath("//nav//a")]
    assert entries == ["Summary", "1 What is bought", "1.1 The new plan", "1.3 A heading that is new", "1.4 Later things", "Annex A The figures", "References", "Notes"]


def test_moved_blocks_lead_to_each_other(page: Any) -> None:
    away, here = page.xpath("//p[@class='moved']")
    assert (away.text_content(), here.text_content()) == ("Moved from here to paragraph 9", "Moved here from paragraph 5")
    assert away.find("a").get("href") == "#" + here.get("id")
    assert here.find("a").get("href") == "#" + away.get("id")
    assert "stood here" in _seen(away.getparent())


def test_ids_stand_once_and_links_lead_somewhere(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in page.xpath("//a/@href") if h.startswith("#")} <= set(ids)


def test_earlier_numbers_and_addressees_are_told(page: Any) -> None:
    assert _seen(page.get_element_by_id("para-renumbered")).startswith("−3− 4 This paragraph")
    assert _seen(page.get_element_by_id("sec-later")) == "−1.3− 1.4 Later things"
    assert "Recommendation −4− 2 To: −The Treasury− +The Cabinet Office+" in _seen(page.get_element_by_id("rec-pay"))
    assert _seen(page.xpath("//caption")[1]) == "Table −3− 1 What is spent +in all+"


def test_it_opens_with_how_to_read_it(page: Any) -> None:
    legend = page.xpath("//main//section[@class='redline']")[0]
    assert legend.getnext().get("class") == "abstract"
    assert squeezed(legend.find("h2").text_content()) == LEGEND.title
    assert [squeezed(row.text_content()) for row in legend.iter("tr")] == ["SectionWords insertedWords deleted", "Summary76", "1 What is bought9683", "Annex A The figures30"]
    assert [_seen(e) for e in legend.xpath("ul[last()]/li")] == ["Title: −A small draft− +A small paper+", "Version: −1.0− +1.1+", "Addressed to: +The Minister+"]
    assert page.findtext(".//title") == "Redline: A small paper"


@pytest.mark.parametrize("without", ["a good deal", "£385 billion", "A note that is gone", "1,407.5", "What it means"])
def test_reading_back_finds_what_was_taken_out(paper: Marked, data: bytes, without: str) -> None:
    read = html_text(data.replace(without.encode(), b""))
    assert len(lost(passages(paper.document), written(read.body, read.notes, read.references), "HTML")) == 1


def test_the_newer_version_alone_is_no_redline(paper: Marked, worker: Worker) -> None:
    alone = made(paper._replace(document=version(paper.document, True)), ["html"], worker).files["html"]
    read = html_text(alone)
    assert lost(passages(paper.document), written(read.body, read.notes, read.references), "HTML") != []


HOSTILE = """\
---
title: T
---

[Unread]{.said} and [signs]{.sign .deleted} [moved]{.moved}, <ins title="x">raw</ins> [a <b> &amp; "c"]{.ins}.
"""


def test_no_words_of_an_authors_are_kept_from_the_proof(tmp_path: Path, worker: Worker) -> None:
    paper = marked(tmp_path / "work", worker, sections=[HOSTILE])
    outputs = made(paper, ["html"], worker)
    assert outputs.findings == []
    body = outputs.files["html"].decode().partition('<section class="part')[2]
    assert "Unread and signs moved" in body
    assert 'title="x"' not in body


def test_other_pages_know_nothing_of_it(paper: Marked, worker: Worker) -> None:
    plain = made(paper._replace(document=version(paper.document, True), front=paper.front._replace(legend=None)), ["html"], worker)
    text = plain.files["html"].decode()
    assert "redline" not in text
    assert "--colour-inserted" not in text


def _page(folder: Path, worker: Worker, variant: str) -> Path:
    path = folder / f"{variant}.html"
    path.write_bytes(made(marked(folder / variant, worker, **VARIANTS[variant]), ["html"], worker).files["html"])
    return path


@pytest.mark.slow
@pytest.mark.needs("vnu-jar")
def test_html_is_valid(tmp_path: Path, worker: Worker) -> None:
    java, jar = program("java"), tool("vnu-jar", "build", "dist", "vnu.jar")
    paths = [_page(tmp_path, worker, variant) for variant in VARIANTS]
    done = subprocess.run([java, "-jar", jar, "--format", "json", *paths], capture_output=True, text=True, check=False, timeout=180)
    assert [m for m in json.loads(done.stderr)["messages"] if m["type"] == "error"] == []


@pytest.mark.slow
@pytest.mark.needs("axe-core")
@pytest.mark.parametrize("variant", VARIANTS)
def test_page_is_accessible(tmp_path: Path, worker: Worker, variant: str) -> None:
    node, modules = program("node"), tool("axe-core").parent
    tool("playwright-core")
    environment = {**os.environ, "CHROMIUM": os.environ.get("CHROMIUM") or program("chromium")}
    command = [node, AXE, modules, _page(tmp_path, worker, variant), "1280", "320"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180, env=environment)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {key: found[key] for key in ("violations", "overflow", "requests", "broken")} == {
        "violations": [], "overflow": [], "requests": [], "broken": [],
    }  # fmt: skip
