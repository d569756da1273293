"""Typst text that we write ourselves says what pandoc's would: the same PDF, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters import pdf
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler
from penholder.stages.render.typst import WRITER
from penholder.stages.render.typst_text import text_of_all, written

HEAD = b'#set page(width: 120mm, height: auto)\n#set text(font: "Source Sans 3")\n#let horizontalrule = line()\n'


@pytest.fixture(scope="module")
def compiler() -> Iterator[Compiler]:
    made = Compiler()
    yield made
    made.close()


def by_pandoc(worker: Worker, blocks: Sequence[Node]) -> bytes:
    return worker.ask("write", WRITER, json.dumps(tree.document(list(blocks))).encode()).payload


def ours(worker: Worker, blocks: Sequence[Node]) -> bytes:
    made = written(blocks)
    text = text_of_all(made)
    return by_pandoc(worker, made) if text is None else text.encode()


def laid_out(compiler: Compiler, body: bytes) -> bytes:
    compiler.send({"main.typ": HEAD + body}, standards=(), timestamp=0)
    return compiler.receive()


PLAIN = [
    "# A *heading* of -- ours {#sec-a.b}\n\n## 2. Another\n\nText [to it](#sec-a.b).",
    "A *e **s*** ~~so~~ [u]{.underline} x^2^ y~2~ [Sc]{.smallcaps} 'q *e*' \"dq\" [l](http://a.b/c_d \"t\") <https://x.org>.",
    "One\\\ntwo \\\n three  four. Mail <a@b.c>, a\\ b, \\~ \\* \\_ \\# \\$ \\` \\\\ \\< \\@ // /* */ -- --- ...",
    "Note[^1] and [^2].\n\n[^1]: One.\n\n    Two *e*.\n\n[^2]: Three.",
    "A [b *c*]{#x-1} d [](#x-1) and ([more *words*](#x-1)).\n\n= not a heading\n\n- - -\n\n\\- nor a list\n\n1\\. nor that",
    "::: {#blk}\nOne in a block.\n\nTwo.\n:::\n\nAfter it.",
]
MIXED = [
    "Before.\n\n- one\n- two *e*\n\n    more\n\nAfter.\n\n> quoted\n\n| a | b |\n|---|--:|\n| c | d |\n\nLast `code`.",
    "A formula $x^2$ in a line, and\n\n$$y = 1$$\n\n1. a\n2. b\n\n```\ncode\n```\n\nTerm\n:   What it is.\n",
]


@pytest.mark.parametrize("markdown", [*PLAIN, *MIXED])
def test_the_pdf_is_the_one_pandocs_text_gives(markdown: str, worker: Worker, compiler: Compiler) -> None:
    blocks, _ = worker.read(markdown)
    assert laid_out(compiler, ours(worker, blocks)) == laid_out(compiler, by_pandoc(worker, blocks))


@pytest.mark.parametrize("markdown", PLAIN)
def test_plain_texts_need_no_pandoc(markdown: str, worker: Worker) -> None:
    blocks, _ = worker.read(markdown)
    assert text_of_all(written(b for b in blocks if b["t"] != "HorizontalRule")) is not None


def test_a_lone_quotation_mark_is_the_authors(worker: Worker, compiler: Compiler) -> None:
    """Straight as in Word; in pandoc's text Typst would guess which way it turns."""
    body = ours(worker, [tree.para([tree.string('12"')])])
    assert pdf.read_text(laid_out(compiler, body)).pages[0].strip() == '12"'


def test_what_is_not_known_is_left_as_it_is(worker: Worker) -> None:
    blocks, _ = worker.read("One.\n\n- a\n\nTwo.\n\nThree.\n\n```\nx\n```")
    assert [b["t"] for b in written(blocks)] == ["RawBlock", "BulletList", "RawBlock", "CodeBlock"]


def test_raw_text_of_other_formats_is_pandocs_to_drop(worker: Worker, compiler: Compiler) -> None:
    blocks = [tree.raw_block("html", "<b>"), tree.para([tree.raw_inline("openxml", "<w:r/>"), tree.string("left")])]
    assert b"<" not in ours(worker, blocks)
    assert pdf.read_text(laid_out(compiler, ours(worker, blocks))).pages[0].split() == ["left"]


_signs = st.text(st.characters(codec="ascii", exclude_categories=["C"], exclude_characters=" "), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(_signs, min_size=1, max_size=12), emphatic=st.sets(st.integers(0, 11)))
def test_any_signs_come_out_as_they_are(words: list[str], emphatic: set[int], worker: Worker, compiler: Compiler) -> None:
    inlines: list[Node] = []
    for i, word in enumerate(words):
        inlines += [tree.SPACE] if i else []
        inlines.append({"t": "Emph", "c": [tree.string(word)]} if i in emphatic else tree.string(word))
    body = ours(worker, [tree.para(inlines)])
    read = "".join("".join(pdf.read_text(laid_out(compiler, body)).pages).split()).replace("\u00ad", "").replace("\ufffe", "")
    read = read.replace("\x02", "-")  # as PDFium reads a hyphen at the end of a line
    assert read == "".join(words)
