"""A redline in Markdown: both versions are in it, and CriticMarkup tells which is which."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from marked import Marked, change, made, marked, version

from penholder.adapters.change import Kind
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Worker
from penholder.stages.render import markdown_text
from penholder.stages.render.expected import passages
from penholder.stages.render.markdown import WRITER, markdown_file
from penholder.stages.render.readback import Written, lost, written
from penholder.stages.resolve.changes import mark_inlines


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, worker: Worker) -> Marked:
    return marked(tmp_path_factory.mktemp("md") / "work", worker)


@pytest.fixture(scope="module")
def text(paper: Marked, worker: Worker) -> str:
    outputs = made(paper, ["md"], worker)
    assert outputs.findings == []
    return outputs.files["md"].decode()


def test_changes_of_words_stand_where_they_were_made(text: str) -> None:
    lines = text.splitlines()
    assert "Public bodies spend {--a good deal--}{++£385 billion++} each year on what they buy, and {--should--}{++must++} publish what it was for." in lines
    assert "## 1.1 The {--old--}{++new++} plan[^4]" in lines
    assert "[^1]: A note that {--stays--}{++remains++}." in lines
    assert "A {++link to [their guidance](https://example.org/new)++}" in text
    assert "{--`old_name`--} became {++`new_name`++}." in text


def test_whole_blocks_are_marked_a_paragraph_at_a_time(text: str) -> None:
    assert re.search(r"^\*\*2\*\* \{\+\+This whole paragraph is new\..*\[\^2\]\+\+\}$", text, re.M)
    assert re.search(r"^\*\*\{--3--\}\*\* \{--This whole paragraph is gone\..*\[\^3\]--\}$", text, re.M)
    assert "[^3]: {--A note that is gone.--}" in text
    assert "    {++A new paragraph in a list.++}\n\n    - {++an item in it++}" in text
    assert "> {++A quotation that is new.++}" in text
    assert "{++$$\\frac{a}{b} = \\sum_{i=1}^{n} c_i$$++}" in text
    assert "{--![A ring of 4 boxes](old.svg)--}\n\n{++![A ring of 5 boxes](ring.svg)++}" in text


def test_rows_are_marked_cell_by_cell(text: str) -> None:
    rows = {re.sub(r"\s*\|\s*", "|", line) for line in text.splitlines() if line.startswith("|")}
    assert {"|Gross|2023|{--380--}{++385++}|", "|{++Net++}|{++2024++}|{++1,407.5++}|", "|{--one--}|{--two--}|"} <= rows


def test_what_was_moved_says_so_in_a_comment(text: str) -> None:
    assert "{--This paragraph stood here and was moved further down.--}{>>Moved from here to paragraph 9<<}" in text
    assert "{++This paragraph stood further up and was moved here.++}{>>Moved here from paragraph 5<<}" in text


def test_earlier_numbers_and_addressees_are_told(text: str) -> None:
    lines = text.splitlines()
    assert "**{--3--} 4** This paragraph had\u00a0another number." in lines
    assert "## {--1.3--} 1.4 Later things" in lines
    assert "# {--Annex B--} Annex A The figures" in lines
    assert "To: {--The Treasury--} {++The Cabinet Office++}" in lines
    assert "**Table {--3--} 1** What is spent {++in all++}" in lines


def test_it_opens_with_what_changed(text: str, paper: Marked) -> None:
    assert paper.front.legend is not None
    assert text.index(f"## {paper.front.legend.title}") < text.index("# Summary")
    assert "| Summary             |              7 |             6 |" in text
    assert "- Title: {--A small draft--} {++A small paper++}" in text


def _taken(text: str, *, new: bool) -> str:
    """The text with all changes accepted, or all rejected, as tools for CriticMarkup do it."""
    gone, stays = (r"\{--.*?--\}", r"\{\+\+(.*?)\+\+\}") if new else (r"\{\+\+.*?\+\+\}", r"\{--(.*?)--\}")
    escaped = text.replace("\\{", "\0").replace("\\}", "\1")
    text = re.sub(r"\{>>.*?<<\}", "", re.sub(gone, "", re.sub(stays, r"\1", escaped, flags=re.S), flags=re.S), flags=re.S)
    return text.replace("\0", "\\{").replace("\1", "\\}")


def _read(text: str, worker: Worker) -> Written:
    blocks = json.loads(worker.ask("read", WRITER, text.encode()).payload)["blocks"]
    read = tree.text_of(tree.rewrite(blocks, markdown_text.code_read), notes=True)
    return written([read], [read], [read])


@pytest.mark.parametrize("new", [True, False])
def test_all_accepted_is_the_newer_version_and_all_rejected_the_older(text: str, paper: Marked, worker: Worker, new: bool) -> None:
    taken = _read(_taken(text, new=new), worker)
    assert lost(passages(version(paper.document, new)), taken, "MD") == []
    assert lost(passages(version(paper.document, not new)), taken, "MD") != []
    assert ("Thiswholeparagraphisgone" in taken.body) is not new
    assert ("Thiswholeparagraphisnew" in taken.body) is new


def test_signs_of_an_authors_own_are_no_marks(tmp_path: Path, worker: Worker) -> None:
    text = "Words {++ x ++} and {>> y <<} and {~~a~>b~~}, code `{--z--}`, $x^{++}$ and <https://example.org/{++>.\n\n```\n{++ & ++}\n```\n"
    paper = marked(tmp_path / "work", worker, sections=[f"---\ntitle: T\n---\n\n{text}"])
    data, read = markdown_file(paper.document, paper.front, worker)
    body = data.decode().partition("# 1 T")[2]
    assert markdown_text.veiled(body) == body
    assert not re.search(r"(?<!\\)\{(\+\+|--|>>|~~|==)", body)
    assert lost(passages(paper.document), read, "MD") == []


def test_marks_stand_close_around_words_and_on_no_spaces(paper: Marked, worker: Worker) -> None:
    def of(kind: Kind, *inlines: Node) -> Node:
        return mark_inlines(change(kind), inlines)

    words = [
        *tree.words("14"), of("deleted", tree.SPACE), of("inserted", tree.string("\u00a0")), *tree.words("of"),
        of("inserted", tree.SPACE, *tree.words("all "), tree.SPACE), *tree.words("them"), of("deleted"), of("deleted", tree.SPACE, *tree.words("now")),
    ]  # fmt: skip
    section = paper.document.sections[0]._replace(blocks=(tree.para(words),))
    data, read = markdown_file(paper.document._replace(sections=(section,), references=()), paper.front, worker)
    assert "14\u00a0of {++all++} them {--now--}\n" in re.sub(" +", " ", data.decode())
    assert "14ofallthemnow" in read.body


def test_a_table_that_markdown_cannot_have_keeps_its_marks(tmp_path: Path, worker: Worker) -> None:
    text = "+-----+---------------------+\n| A   | B                   |\n+=====+=====================+\n| x   | - [one]{.ins}       |\n|     | - [two]{.del}       |\n+-----+---------------------+\n"
    paper = marked(tmp_path / "work", worker, sections=[f"---\ntitle: T\n---\n\n{text}"])
    body = made(paper, ["md"], worker).files["md"].decode()
    assert "{++one++} {--two--}" in body
    assert "<t" not in body


def test_reading_back_finds_what_was_taken_out(paper: Marked, worker: Worker) -> None:
    _, read = markdown_file(version(paper.document, True), paper.front, worker)
    assert lost(passages(paper.document), read, "MD") != []
