"""What is done to pandoc's DOCX, and that it is the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from lxml import etree
from word_paper import Pandoc, paper_markdown

from penholder.adapters import word
from penholder.adapters.word.xml import ADEC, WP, w
from penholder.errors import PenholderError


@pytest.fixture(scope="module")
def document(finished: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(finished)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def styled(document: etree._Element, style: str) -> list[etree._Element]:
    return [e.getparent().getparent() for e in document.iter(w("pStyle")) if e.get(w("val")) == style]


def test_no_text_is_lost(written: bytes, finished: bytes) -> None:
    before, after = word.read_text(written), word.read_text(finished)
    assert [p.text for p in after.body] == [p.text for p in before.body if p.text != "\n"]
    assert after.footnotes == before.footnotes == ("The first note.", "The second note.")


def test_numbered_paragraphs_share_one_native_list(finished: bytes, document: etree._Element) -> None:
    numbered = styled(document, "NumberedParagraph")
    assert [paragraph.find(f"{w('pPr')}/{w('numPr')}") for paragraph in numbered] == [None] * 3
    opened = docx.Document(io.BytesIO(finished))
    numbering = opened.styles["Numbered Paragraph"].element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    assert numbering.get(w("val")) == "1"


def test_header_rows_repeat_and_no_row_splits(document: etree._Element) -> None:
    (table,) = document.iter(w("tbl"))
    rows = table.findall(w("tr"))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_tables_are_full_width_in_the_house_style(document: etree._Element) -> None:
    (table,) = document.iter(w("tbl"))
    properties = table.find(w("tblPr"))
    assert properties.find(w("tblStyle")).get(w("val")) == "Table"
    assert (properties.find(w("tblW")).get(w("type")), properties.find(w("tblW")).get(w("w"))) == ("pct", "5000")
    assert properties.find(w("tblLook")).get(w("firstRow")) == "1"
    assert {e.get(w("val")) for e in table.iter(w("pStyle"))} == {"TableText"}
    numbers = [row.findall(w("tc"))[1] for row in table.findall(w("tr"))]
    assert {cell.find(f"{w('p')}/{w('pPr')}/{w('jc')}").get(w("val")) for cell in numbers} == {"right"}
    assert sum(int(c.get(w("w"))) for c in table.iter(w("gridCol"))) == pytest.approx(7680, abs=4)


def test_columns_follow_their_words_unless_the_author_chose(pandoc: Pandoc, finish_spec: word.FinishSpec) -> None:
    def grid(table: str) -> list[int]:
        made = word.finish(pandoc(table), finish_spec)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        return [int(column.get(w("w"))) for column in root.iter(w("gridCol"))]

    words = "many words that want room " * 4
    alike, chosen = grid(f"| A | B |\n|---|---|\n| {words} | 1 |\n"), grid(f"| A | B |\n|--|------|\n| {words} | 1 |\n")
    assert alike[0] > 3 * alike[1]
    assert chosen[1] == pytest.approx(3 * chosen[0], rel=0.02)
    assert sum(alike) == pytest.approx(sum(chosen), abs=4)


def test_ids_in_footnotes_differ_from_those_in_the_text(pandoc: Pandoc, finish_spec: word.FinishSpec) -> None:
    made = word.finish(pandoc("[a]{#here}[^1]\n\n[^1]: [note]{#there}\n"), finish_spec)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        roots = [etree.fromstring(archive.read(f"word/{part}.xml")) for part in ("document", "footnotes")]
    ids = [mark.get(w("id")) for root in roots for mark in root.iter(w("bookmarkStart"))]
    assert len(ids) == len(set(ids)) == 2


def test_a_source_stays_with_its_table(document: etree._Element) -> None:
    (table,) = document.iter(w("tbl"))
    last = table.findall(w("tr"))[-1]
    assert all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in last.iter(w("p")))


def test_only_named_headings_lose_their_number(document: etree._Element) -> None:
    found = {}
    for heading in styled(document, "Heading1"):
        number = heading.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        name = heading.find(w("bookmarkStart")).get(w("name"))
        found[name] = None if number is None else number.get(w("val"))
    assert found == {"sec_analyse": None, "sec_review": None, "refs": "0"}


def test_a_headings_bookmark_holds_the_heading_alone(document: etree._Element) -> None:
    for heading in styled(document, "Heading1") + styled(document, "Heading2"):
        starts = [e.get(w("id")) for e in heading.iterfind(w("bookmarkStart"))]
        assert starts == [e.get(w("id")) for e in heading.iterfind(w("bookmarkEnd"))] != []


def test_every_link_and_field_has_its_bookmark(document: etree._Element) -> None:
    names = [e.get(w("name")) for e in document.iter(w("bookmarkStart"))]
    assert len(names) == len(set(names))
    assert {e.get(w("anchor")) for e in document.iter(w("hyperlink")) if e.get(w("anchor"))} <= set(names)


def test_ids_are_unique(document: etree._Element) -> None:
    tags = [w(tag) for tag in ("bookmarkStart", "ins", "del")]
    ids = [e.get(w("id")) for e in document.iter(*tags)]
    assert len(ids) == len(set(ids)) >= 8
    ends = [e.get(w("id")) for e in document.iter(w("bookmarkEnd"))]
    assert sorted(ends) == sorted(e.get(w("id")) for e in document.iter(w("bookmarkStart")))
    drawings = [e.get("id") for e in document.iter() if etree.QName(e).localname in ("docPr", "cNvPr")]
    assert len(drawings) == len(set(drawings)) == 4


def test_alternative_text_is_kept_and_decoration_said(document: etree._Element) -> None:
    pictures = list(document.iter(f"{{{WP}}}docPr"))
    assert [p.get("descr") for p in pictures] == ["Five stages in a ring", ""]
    marks = [[m.get("val") for m in p.iter(f"{{{ADEC}}}decorative")] for p in pictures]
    assert marks == [[], ["1"]]


def test_page_breaks_leave_no_empty_paragraph(document: etree._Element) -> None:
    assert styled(document, "PageBreak") == []
    broken = [e.getparent().find(w("pStyle")).get(w("val")) for e in document.iter(w("pageBreakBefore"))]
    assert broken == ["SummaryHeading", "Heading1"]


def test_properties_hold_the_edition_and_no_person(finished: bytes) -> None:
    properties = docx.Document(io.BytesIO(finished)).core_properties
    assert (properties.title, properties.author) == ("Social value & purpose", "Social Value UK")
    assert properties.last_modified_by == ""
    assert properties.created == properties.modified == datetime.fromtimestamp(1_795_000_000, UTC)
    found = word.read_text(finished).properties
    assert {k: found[k] for k in ("paper", "commit", "status", "version")} == {
        "paper": "social-value",
        "commit": "1a2b3c4",
        "status": "draft",
        "version": "1.0",
    }


def test_no_name_of_this_machine_is_inside(pandoc: Pandoc, finish_spec: word.FinishSpec) -> None:
    made = pandoc(paper_markdown(), USERNAME="jane.doe", USER="jane.doe", LOGNAME="jane.doe")
    with zipfile.ZipFile(io.BytesIO(word.finish(made, finish_spec))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"jane.doe" not in everything
    assert str(Path.cwd()).encode() not in everything


def test_the_empty_comments_part_is_left_out(finished: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(finished)) as archive:
        assert not [name for name in archive.namelist() if "comments" in name]
        assert b"comments" not in archive.read("[Content_Types].xml")
        assert b"comments" not in archive.read("word/_rels/document.xml.rels")


def test_a_real_comment_stays(pandoc: Pandoc, finish_spec: word.FinishSpec) -> None:
    text = '[Why?]{.comment-start id="0" author="A" date="2020-01-01T00:00:00Z"}here[]{.comment-end id="0"}'
    with zipfile.ZipFile(io.BytesIO(word.finish(pandoc(text), finish_spec))) as archive:
        assert b"Why?" in archive.read("word/comments.xml")


def test_bullets_are_plain_letters(finished: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(finished)) as archive:
        numbering = archive.read("word/numbering.xml").decode()
    assert "\uf0b7" not in numbering
    assert "Symbol" not in numbering
    assert "•" in numbering


def test_the_package_is_canonical(finished: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(finished)) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[:3] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert names[3:] == sorted(names[3:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_paper_is_the_same_bytes_in_another_time_zone(
    pandoc: Pandoc, finished: bytes, finish_spec: word.FinishSpec, tmp_path: Path
) -> None:
    again = pandoc(paper_markdown(), TZ="Pacific/Auckland", SOURCE_DATE_EPOCH="86400")
    (tmp_path / "in.docx").write_bytes(again)
    spec = f"FinishSpec({', '.join(f'{k}={v!r}' for k, v in finish_spec._asdict().items() if v)})"
    program = (
        "import sys, hashlib, pathlib; from penholder.adapters.word import FinishSpec, finish;"
        f"print(hashlib.sha256(finish(pathlib.Path(sys.argv[1]).read_bytes(), {spec})).hexdigest())"
    )
    env = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    env["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", program, str(tmp_path / "in.docx")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(finished).hexdigest()


def test_the_edition_changes_the_bytes(written: bytes, finished: bytes, finish_spec: word.FinishSpec) -> None:
    assert word.finish(written, finish_spec._replace(epoch=0)) != finished


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_refused(data: bytes, finish_spec: word.FinishSpec) -> None:
    with pytest.raises(PenholderError):
        word.finish(data, finish_spec)
    with pytest.raises(PenholderError):
        word.read_text(data)


def test_a_raw_block_that_breaks_the_file_is_named(pandoc: Pandoc, finish_spec: word.FinishSpec) -> None:
    broken = pandoc("```{=openxml}\n<w:p><w:r></w:p>\n```\n")
    for read in (lambda data: word.finish(data, finish_spec), word.read_text):
        with pytest.raises(PenholderError) as caught:
            read(broken)
        assert "openxml" in caught.value.remedy
