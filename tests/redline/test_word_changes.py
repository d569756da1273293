"""Tracked changes in Word files: accepting all gives the newer version, rejecting all the older one."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import writer
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from wordform import W, changes_in, word_form
from wordmarks import DATE, Line, Press, blocks, contents_lines, version
from wordsample import paper

from penholder.adapters import word
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from secondopinions import tool

VERSIONS: list[tuple[bool, Callable[[bytes], bytes]]] = [(True, word.accepted), (False, word.rejected)]
RANDOM = settings(  # to shrink a case takes longer than to read it
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.reuse, Phase.generate)
)


@pytest.fixture(scope="module")
def press(worker: Any, tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(worker, tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def marked(press: Press) -> bytes:
    """A paper with a change of every kind."""
    return press.docx(paper())


def elements(docx: bytes, *names: str) -> list[Any]:
    found = []
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        for part in ("word/document.xml", "word/footnotes.xml"):
            found += etree.fromstring(file.read(part)).iter(*(f"{W}{name}" for name in names))
    return found


# accepting gives the new, rejecting the old ------------------------------------------


@RANDOM
@given(nodes=blocks())
def test_accepting_gives_the_new_version_and_rejecting_the_old(press: Press, nodes: list[Node]) -> None:
    docx = press.docx(nodes)
    for new, resolve in VERSIONS:
        made = resolve(docx)
        assert changes_in(made) == []
        assert word_form(made) == word_form(press.docx(version(nodes, new=new)))


@RANDOM
@given(lines=contents_lines())
def test_the_contents_keep_their_field_in_both_versions(press: Press, lines: list[Line]) -> None:
    text = [tree.para([tree.string("text")])]
    docx = press.docx(text, lines)
    for new, resolve in VERSIONS:
        kept = [(None, entry) for change, entry in lines if change is None or change.is_new == new]
        assert word_form(resolve(docx)) == word_form(press.docx(text, kept))


def test_resolved_text_is_what_is_read(press: Press, marked: bytes) -> None:
    assert word.read_text(marked) == word.read_text(word.accepted(marked))
    texts = [p.text for p in word.read_text(word.rejected(marked)).body]
    assert texts == [p.text for p in word.read_text(press.docx(version(paper(), new=False))).body]


# what stands in the file ----------------------------------------------------------


def test_every_annotation_has_an_id_of_its_own_and_says_who_and_when(marked: bytes) -> None:
    changes = elements(marked, "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange")
    ids = [e.get(f"{W}id") for e in [*changes, *elements(marked, "bookmarkStart")]]
    assert len(ids) == len(set(ids))
    said = {(e.get(f"{W}author"), e.get(f"{W}date")) for e in changes}
    assert said == {("Anna", DATE), ("Bob", DATE), ("North Body", "2026-11-18T11:06:40Z")}


def test_the_two_ends_of_a_move_share_a_name_that_no_other_has(marked: bytes) -> None:
    for kind in ("moveFrom", "moveTo"):
        starts, ends = elements(marked, f"{kind}RangeStart"), elements(marked, f"{kind}RangeEnd")
        assert [e.get(f"{W}id") for e in starts] == [e.get(f"{W}id") for e in ends]
        assert sorted(e.get(f"{W}name") for e in starts) == ["move1", "move2"]


def test_a_moved_table_is_deleted_and_inserted(marked: bytes) -> None:
    rows = [row for row in elements(marked, "tr") if "travels" in "".join(row.itertext())]
    assert [[e.tag for e in row.find(f"{W}trPr")][-1] for row in rows] == [f"{W}del", f"{W}ins"]


def test_changes_stand_inside_links_and_not_around_them(marked: bytes) -> None:
    assert any(link.find(f"{W}ins") is not None for link in elements(marked, "hyperlink"))
    assert not [e for change in elements(marked, "ins", "del", "moveFrom", "moveTo") for e in change.iter(f"{W}hyperlink")]


def test_no_name_is_taken_out_and_nothing_recorded_when_word_saves(press: Press, marked: bytes) -> None:
    def settings_of(docx: bytes) -> bytes:
        return zipfile.ZipFile(io.BytesIO(docx)).read("word/settings.xml")

    assert b"trackRevisions" not in settings_of(marked)
    assert b"removePersonalInformation" not in settings_of(marked)
    assert b"removePersonalInformation" in settings_of(press.docx(version(paper(), new=True)))


def test_the_same_changes_give_the_same_bytes(press: Press, marked: bytes) -> None:
    assert press.docx(paper()) == marked


# second opinions ------------------------------------------------------------------


@pytest.mark.needs("ooxml-validator")
@pytest.mark.parametrize("which", [lambda docx: docx, word.accepted, word.rejected], ids=["marked", "accepted", "rejected"])
def test_the_schema_finds_no_fault(which: Callable[[bytes], bytes], marked: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(which(marked))
    done = subprocess.run([tool(".bin", "ooxml-validator"), path], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("new", [True, False], ids=["accepted", "rejected"])
def test_writer_makes_the_same_of_it(new: bool, press: Press, marked: bytes, tmp_path: Path) -> None:
    made = writer.resolved(marked, tmp_path, accept=new)
    want = word.read_text(press.docx(version(paper(), new=new)))
    assert [p.text for p in word.read_text(made.docx).body] == [p.text for p in want.body]
    assert sorted(word.read_text(made.docx).footnotes) == sorted(want.footnotes)
    assert {("Insert", "Anna"), ("Delete", "Bob"), ("Delete", "North Body"), ("Insert", "North Body")} <= set(made.changes)


# others' files --------------------------------------------------------------------

_WHO = 'w:id="1" w:author="A"'
OTHERS = {  # what Word records and Penholder does not: the body, accepted, rejected
    "looks of a run": (
        f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {_WHO}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>x</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>x</w:t></w:r></w:p>",
    ),
    "looks of a paragraph": (
        f'<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:b/></w:rPr><w:pPrChange {_WHO}><w:pPr><w:keepNext/></w:pPr></w:pPrChange></w:pPr></w:p>',
        '<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:b/></w:rPr></w:pPr></w:p>',
        "<w:p><w:pPr><w:keepNext/><w:rPr><w:b/></w:rPr></w:pPr></w:p>",
    ),
    "an inserted cell": (
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:cellIns {_WHO}/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>",
        "<w:tbl><w:tr><w:tc><w:tcPr/><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>",
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>",
    ),
    "inserted and deleted again": (
        f"<w:p><w:ins {_WHO}><w:r><w:t>a</w:t></w:r><w:del {_WHO}><w:r><w:delText>b</w:delText></w:r></w:del></w:ins></w:p>",
        "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
        "<w:p/>",
    ),
    "the mark of a paragraph": (
        f"<w:p><w:pPr><w:rPr><w:del {_WHO}/></w:rPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
    ),
    "numbering": (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {_WHO}/></w:numPr></w:pPr></w:p>',
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>',
        "<w:p><w:pPr/></w:p>",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_other_programs_record_is_resolved_too(name: str) -> None:
    def document(body: str) -> bytes:
        return f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>'.encode()

    body, *wanted = map(document, OTHERS[name])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("word/document.xml", body)
    for (_, resolve), want in zip(VERSIONS, wanted, strict=True):
        with zipfile.ZipFile(io.BytesIO(resolve(made.getvalue()))) as file:
            assert etree.tostring(etree.fromstring(file.read("word/document.xml")), method="c14n") == etree.tostring(
                etree.fromstring(want), method="c14n"
            )
