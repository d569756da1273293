"""Other people's programs on the redline of a whole paper: its form is Word's, Writer and another comparer see what we see."""

from __future__ import annotations

import json
import subprocess

import pytest
import writer
from laws import plain
from test_laws import ANNEX, BODY, HEAD, SUMMARY

from penholder.adapters import word
from penholder.adapters.typst.compiler import Compiler
from penholder.features.redline.making import make
from penholder.features.redline.versions import open_versions
from penholder.stages.render.outputs import Tools
from secondopinions import compared, tool

NEWER = (
    BODY.replace("Authorities must consider it", "Every authority has to consider it")
    .replace("| England | 0 |", "| England | 0 |\n| Ireland | 1 |")
    .replace("- another thing", "- another thing, said otherwise")
    .replace("2. second", "2. second\n3. third")
    .replace("A note with *words*", "A note with other words")
)


@pytest.fixture
def made(repository, worker):
    """The Word files of both versions and of the redline."""
    for text, author in ((BODY, "Anna"), (NEWER, "Bela")):
        repository.bench.section("05-s.md", SUMMARY if text is BODY else SUMMARY + "- three\n")
        repository.bench.section("10-a.md", HEAD + text)
        repository.bench.section("90-x.md", ANNEX)
        repository.commit(author, tag=author)
    compiler = Compiler()
    tools = Tools(worker, compiler)
    with open_versions(repository.root, "p", "Anna", "Bela", worker) as (old, new):
        yield plain(old, tools)["docx"], plain(new, tools)["docx"], make(old, new, ("docx",), tools).files["docx"]
    compiler.close()


def lines(docx: bytes) -> list[str]:
    text = word.read_text(docx)
    return [" ".join(line.split()) for line in (*(p.text for p in text.body), *text.footnotes)]


@pytest.mark.needs("ooxml-validator")
def test_the_schema_finds_no_fault(made, tmp_path):
    path = tmp_path / "redline.docx"
    path.write_bytes(made[2])
    done = subprocess.run([tool(".bin", "ooxml-validator"), path], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("accept", [True, False], ids=["accepted", "rejected"])
def test_writer_takes_it_as_it_was_meant(made, tmp_path, accept):
    old, new, redline = made
    resolved = writer.resolved(redline, tmp_path, accept=accept)
    theirs = [line for line in lines(resolved.docx) if line]
    assert theirs == [line for line in lines(new if accept else old) if line]
    assert {("Insert", "Bela"), ("Delete", "Bela")} <= set(resolved.changes)


@pytest.mark.needs("comparer")
def test_another_comparer_comes_to_the_same_texts(made, tmp_path):
    old, new, redline = made
    theirs = compared(old, new, tmp_path)
    for take, version in ((word.accepted, new), (word.rejected, old)):
        assert lines(take(theirs)) == lines(version) == lines(take(redline))
