"""What a page holds and how it is built, without a browser."""

from __future__ import annotations

import base64
import copy
import re
from itertools import pairwise
from pathlib import Path

import pytest
from papers import DRAWING, Page, document_of, front, full_sections, page_of, png, theme

from penholder.adapters.pandoc.worker import Worker
from penholder.model.theme import Logo
from penholder.stages.render.expected import passages
from penholder.stages.render.html import html_page
from penholder.stages.render.html_read import html_text
from penholder.stages.render.readback import lost, written
from penholder.stages.resolve import Document


def test_nothing_is_lost(document: Document, page: Page) -> None:
    read = html_text(page.data)
    assert lost(passages(document), written(read.body, read.notes, read.references), "HTML") == []


def test_reading_back_finds_what_was_taken_out(document: Document, page: Page) -> None:
    read = html_text(page.data.replace(b"Publish what was bought.", b""))
    assert len(lost(passages(document), written(read.body, read.notes, read.references), "HTML")) == 1


def test_the_page_is_read_in_its_parts(page: Page) -> None:
    read = html_text(page.data)
    assert read.headings[:3] == ("In brief", "1 First things", "1.1 The plan")
    assert "Annex A The figures" in read.headings
    assert read.cells[:4] == ("Basis", "Period", "£ billion", "Gross")
    assert read.captions == ("Table 1 What is spent", "Figure 1 The ring of stages.", "Drawn by us.")
    assert [n[:15] for n in read.notes] == ["The first note,", "The second note", "A note in a hea"]
    assert read.notes[1] == "The second note. Its second paragraph."
    assert len(read.references) == 2
    assert any(t.startswith("1 Opening words with a citation") for t in read.paragraphs)
    assert any("x^2 < y" in t for t in read.paragraphs)
    assert read.cover[:2] == ("DRAFT commit 1a2b3c4d5e", "First Body")
    assert read.back[0] == "Contributors"


def test_same_bytes_twice_and_the_document_untouched(document: Document, worker: Worker) -> None:
    before = copy.deepcopy((document.sections, document.references))
    first, second = (html_page(document, front(), theme(), worker) for _ in range(2))
    assert first == second
    assert (document.sections, document.references) == before


def test_order_is_that_of_the_other_outputs(page: Page) -> None:
    places = [
        page.shown.index(words)
        for words in (
            "DRAFT", "First Body", "A paper on buying", "And on selling", "The Minister", "What this paper says", "The short of it",
            "Opening words", "See [missing source", "Buying well", "The first note", "Ann Smith", "How to cite", "buying, commit",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_links_inside_the_page_lead_somewhere_and_ids_stand_once(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    targets = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    assert targets <= set(page.ids)
    for _, given, _ in page.tags:
        assert set(given.get("aria-labelledby", "").split()) <= set(page.ids)
    assert {"para-open", "tbl-spend", "fig-ring", "rec-first", "sec-plan", "p-2"} <= set(page.ids)


def test_headings_do_not_skip_a_level(page: Page) -> None:
    levels = [int(t[1]) for t, _, path in page.tags if re.fullmatch("h[1-6]", t) and "nav" not in path]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_contents_are_nested_links_to_their_depth(page: Page) -> None:
    told = page.words("nav")[0]
    assert told.startswith("Contents In brief 1 First things 1.1 The plan")
    assert "Too deep" not in told
    assert "A.1 Part of it" in told
    assert "References" in told
    assert [a["href"] for t, a, path in page.tags if t == "a" and "nav" in path][:2] == ["#sec-brief", "#sec-first"]


@pytest.mark.parametrize(("cover", "contents"), [(True, False), (False, True), (False, False)])
def test_without_cover_or_contents(tmp_path: Path, worker: Worker, cover: bool, contents: bool) -> None:
    page = page_of(tmp_path, worker, "# One\n\nText.\n", cover=cover, contents=contents)
    assert bool(page.all("nav")) == contents
    assert page.words("h1") == ["A paper on buying"]


def test_tables(page: Page) -> None:
    heads = page.all("th")
    assert [h.get("scope") for h in heads] == ["col"] * 3
    assert page.words("caption") == ["Table 1 What is spent"]
    scroll = page.all("div", class_="scroll")[0]
    assert (scroll["role"], scroll["tabindex"]) == ("group", "0")
    assert "right" in heads[2]["style"]  # numbers stand to the right though nobody said so
    assert not any("right" in h.get("style", "") for h in heads[:2])  # words and years do not
    assert "Our compilation, after" in page.shown


def test_a_header_cell_without_words_is_no_header(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "|  | A |\n|---|---|\n| x | 1 |\n")
    assert len(page.all("th")) == 1
    assert len(page.all("td")) == 3


def test_pictures_are_in_the_page(page: Page) -> None:
    ring, dot = page.all("img")
    assert ring["alt"] == "A ring of 5 boxes"
    assert base64.b64decode(ring["src"].removeprefix("data:image/svg+xml;base64,")).decode() == DRAWING
    assert (dot["alt"], dot["src"][:22]) == ("", "data:image/png;base64,")
    assert "Figure 1 The ring of stages. Drawn by us." in page.words("figcaption")[0]


def test_footnotes_go_there_and_back(page: Page) -> None:
    marks = page.all("a", role="doc-noteref")
    backs = page.all("a", role="doc-backlink")
    assert [m["href"] for m in marks] == ["#fn1", "#fn2", "#fn3"]
    assert [b["href"] for b in backs] == [f"#{m['id']}" for m in marks]
    assert backs[1]["aria-label"] == "Back to note 2 in the text"
    assert page.all("section", role="doc-endnotes")


def test_a_task_list_keeps_its_boxes(page: Page) -> None:
    assert "☐ open task ☒ done task" in page.shown


def test_gaps_and_drafts_are_said_in_words(page: Page, worker: Worker, tmp_path: Path) -> None:
    assert "[missing source: nosuch2020]" in page.words("mark")
    assert "Section awaited: Deliver" in page.shown
    assert page.words("title") == ["Draft: A paper on buying"]
    assert page.all("meta", name="robots", content="noindex")
    final = page_of(tmp_path, worker, "# One\n\nText.\n")
    assert "DRAFT" not in final.shown
    assert final.words("title") == ["A paper on buying"]
    assert not final.all("meta", name="robots")


def test_recommendations_and_numbers_are_text(page: Page) -> None:
    assert "Recommendation 1 To: The Cabinet Office Publish what was bought." in page.shown
    assert page.all("p", class_="numbered", id="para-open")
    assert " 1 Opening words" in page.shown


def test_language_direction_and_metadata(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "# One\n\n[bonjour]{lang=fr} [x]{lang='\"><b>'}\n", language="ar", direction="rtl")
    assert page.all("html", lang="ar", dir="rtl")
    assert page.all("span", lang="fr")
    assert not page.all("b")
    assert page.all("meta", name="author", content="First Body, Second Body")
    assert page.all("meta", name="description", content="What this paper says.")
    assert page.all("meta", name="keywords", content="buying, selling")


def test_nothing_is_fetched_and_nothing_runs(page: Page) -> None:
    assert not [t for t, _, _ in page.tags if t in ("script", "link", "iframe", "object", "embed", "form", "input")]
    assert all(a["src"].startswith("data:") for a in page.all("img"))
    assert "url(" not in page.text
    assert "@import" not in page.text
    assert page.all("meta", http_equiv="Content-Security-Policy")


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_hostile_metadata_is_text(tmp_path: Path, worker: Worker) -> None:
    from penholder.stages.render.front import Person

    words = {**theme().words("en"), "table": HOSTILE, "recommendation": HOSTILE, "notes": HOSTILE, "to": HOSTILE, "skip": HOSTILE}
    everything = dict.fromkeys(
        ("title", "subtitle", "addressee", "date", "version", "status", "identity", "paper_id", "abstract", "cite_as", "language", "direction"),
        HOSTILE + " $body ${main}",
    )
    page = page_of(
        tmp_path,
        worker,
        full_sections(),
        **everything,
        words=words,
        draft=True,
        organisations=(HOSTILE,),
        keywords=(HOSTILE,),
        contributors=(Person(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
    )
    _harmless(page)
    assert page.words("h1") == [HOSTILE + " $body ${main}"]


HOSTILE_TEXT = """
# Heading `"><script>` {#sec-x onclick="alert(1)" style="display:none" .skip}

[go](javascript:alert(1)) [go](JaVa&#x0A;Script:alert(1)) [go](data:text/html,x) [go](vbscript:x) [go](file:///etc/passwd){onclick="alert(1)"}

[span]{onclick="alert(1)" style="position:fixed" .front .skip tabindex=1 data-x=1} `code`{onclick="alert(1)"} "quoted <b>"

![" onerror="alert(1)](ring.svg){#fig-x alt='" onerror="alert(1)"><script>x</script>' width='1px;background:url(https://example.org)' onload="alert(1)"}

::: {.recommendation #rec-x to='"><script>alert(1)</script>' onclick="alert(1)"}
Do <script>alert(1)</script> it.
:::

::: {.front style="display:none" onclick="alert(1)"}
Inside a div.
:::

```{.html onclick="alert(1)"}
</code></pre><script>alert(1)</script>
```

| a | b |
|---|---|
| <script>alert(1)</script> | `</td><script>` |

: Caption <script>alert(1)</script> {#tbl-x onclick="alert(1)"}

`<!-- penholder: the next part -->` <!-- penholder: the next part --> [a [b](#sec-x)[^1] c](https://example.org "ti\\"tle")

[^1]: Note </section></main> `</li>`{=html}
"""


def test_hostile_text_is_text(tmp_path: Path, worker: Worker) -> None:
    document = document_of(tmp_path, {"10-one.md": HOSTILE_TEXT}, worker)
    page = Page(html_page(document, front(), theme(), worker))
    _harmless(page)
    read = html_text(page.data)
    assert lost(passages(document), written(read.body, read.notes, read.references), "HTML") == []
    assert not [a for a in page.all("a") if a.get("href", "").startswith(("java", "data", "vb", "file"))]
    assert "style" not in page.all("h2", id="sec-x")[0]
    assert len(page.all("main")) == 1


def _harmless(page: Page) -> None:
    for tag, given, path in page.tags:
        assert tag not in ("script", "b", "iframe", "object", "form")
        assert not [k for k in given if k.startswith(("on", "data-x"))], (tag, given)
        assert "url(" not in given.get("style", "") and "position" not in given.get("style", "")
        assert not ({"front", "skip"} & set(given.get("class", "").split())) or tag == "a" or path[-1] == "header"
    assert all(a["src"].startswith("data:") for a in page.all("img"))
    assert len(page.ids) == len(set(page.ids))


def test_ids_that_pandoc_or_the_page_use_make_way(tmp_path: Path, worker: Worker) -> None:
    text = "# One {#main}\n\n[x]{#fn1} [to it](#fn1) note[^1] [y](#main)\n\n## Two {#references}\n\n::: {}\n\n### Two {#one-in-a-div}\n\n:::\n\n[^1]: N.\n"
    page = page_of(tmp_path, worker, {"10-a.md": text, "20-b.md": text.replace("{#main}", "")})
    assert len(page.ids) == len(set(page.ids))
    assert page.all("main")[0]["id"] == "page-main"
    assert page.all("h2", id="main")
    assert {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")} <= set(page.ids)


def test_links_have_words_and_stand_in_no_link(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "[](https://example.org/empty) [see [@smith2020]](https://example.org/x) [n^[A note]](https://example.org/y)\n")
    assert not [a for t, a, path in page.tags if t == "a" and "a" in path]
    assert not [a for a in page.all("a") if a["href"].endswith("empty")]


def test_numeric_style(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "# One\n\nBoth [@smith2020; @jones2021].\n", settings='citation_style = "ieee"\n')
    assert "[1]" in page.shown
    assert len(page.all("div", class_="csl-left-margin")) == 2
    assert html_text(page.data).references[0].startswith("[1] A. Smith")
    assert not [t for t, _, path in page.tags if t == "div" and path[-1] == "p"]


def test_a_note_style_keeps_its_citations_in_the_notes(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "# One\n\nSaid.[@smith2020, p. 3]\n", settings='citation_style = "oscola"\n')
    assert "Buying" in " ".join(html_text(page.data).notes)


def test_own_template_and_logo(document: Document, worker: Worker) -> None:
    own = html_page(document, front(), theme(), worker, template=b"<!DOCTYPE html><title>$title</title>$body $unknown 5$")
    assert own.startswith(b"<!DOCTYPE html><title>A paper on buying</title><section")
    assert own.endswith(b"$unknown 5$")
    with_logo = theme().changed(logo=Logo(path="mark.png", alt="The <body>"))
    assert Page(html_page(document, front(), with_logo, worker, logo=png())).all("img", alt="The <body>")


def test_the_look_is_the_themes(document: Document, worker: Worker) -> None:
    colours = theme().colours.changed(accent="#123456")
    made = html_page(document, front(), theme().changed(colours=colours), worker).decode()
    assert "--colour-accent: #123456;" in made
    assert '--font-body: "Source Sans 3", system-ui' in made
    assert re.findall(r"#[0-9a-f]{6}", made.split("</style>")[0].replace("#fff2b8", "")).count("#1d3f5e") == 0


def test_tracked_marks_typed_by_hand_are_words(tmp_path: Path, worker: Worker) -> None:
    page = page_of(tmp_path, worker, "# One\n\n[new]{.insertion} [old]{.deletion}\n")
    assert (page.words("ins"), page.words("del")) == ([], [])
