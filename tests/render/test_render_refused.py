"""What Typst refuses, or cannot bear, is laid at the door of the section whose text it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from penholder.adapters import system
from penholder.adapters.typst.compiler import Compiler
from penholder.errors import LimitError
from penholder.stages.render.typst import section_at, sections_alone

Workspace = Callable[..., Any]
GOOD = "# Good\n\nGood text, see @sec-last.\n"
LAST = "# Last {#sec-last}\n\nLast text, see [Good](#good).\n"


def faulty(workspace: Workspace, code: str, *, seconds: int = 120) -> Any:
    bench = workspace({"10-a.md": GOOD, "20-b.md": f"---\ntitle: Bad\n---\n\nText.\n\n```{{=typst}}\n{code}\n```\n", "30-c.md": LAST})
    bench.file("penholder.toml", f'allow_raw = ["typst"]\n[limits]\ntypst_seconds = {seconds}\n')
    return bench


@pytest.mark.parametrize("code", ["#assert(1 == 2)", "#(", "#image(\"../../../etc/passwd\")", "#figure(numbering: 3)[x]", "#numbered(1, 2, 3)[x]"])
def test_a_section_that_typst_refuses_is_named(workspace: Workspace, code: str) -> None:
    built = faulty(workspace, code).build(to="docx,pdf")
    (found,) = built.of("TYPE001")
    assert (found.name[1], found.line) == ("20-b.md", 5)
    assert "papers/p/sections/20-b.md cannot be typeset. Typst says: " in found.message
    assert built.code == 1
    assert built.path("docx").exists()
    assert not built.path("pdf").exists()


def test_a_section_that_takes_too_long_is_named(workspace: Workspace) -> None:
    slow = "#for a in range(9999) { for b in range(9999) { for c in range(9999) {} } }"
    built = faulty(workspace, slow, seconds=3).build(to="docx,pdf")
    (found,) = built.of("TYPE001")
    assert found.name[1] == "20-b.md"
    assert "Typst took longer than 3 seconds" in found.message
    assert built.path("docx").exists()


@pytest.mark.skipif(system.WINDOWS or not system.memory_is_limited(), reason="this system cannot limit another process")
def test_a_section_that_takes_too_much_memory_is_named(workspace: Workspace) -> None:
    built = faulty(workspace, "#range(900000000).len()").build(to="docx,pdf")
    (found,) = built.of("TYPE001")
    assert found.name[1] == "20-b.md"
    assert "memory" in found.message


def test_typst_answers_after_it_ran_out_of_memory() -> None:
    if not system.memory_is_limited():
        pytest.skip("this system cannot limit another process")
    compiler = Compiler()
    try:
        compiler.send({"main.typ": b"#range(900000000).len()"}, timestamp=0)
        with pytest.raises(LimitError, match="memory"):
            compiler.receive(seconds=60)
        compiler.send({"main.typ": b'#set document(title: "x")\n#set text(lang: "en")\nText'}, timestamp=0)
        assert compiler.receive(seconds=60).startswith(b"%PDF")
    finally:
        compiler.close()


def test_lines_and_sections() -> None:
    main = '#import "a"\n#show: setup.with(meta, theme)\n#attempt\n#cover\n// \ue0001\n#summary[\ntext\n]\n// \ue000\n#contents\n// \ue0000\n#link(<x>)[A] body\n// \ue000\nrefs\n'
    assert [section_at(main, n) for n in (1, 3, 7, 10, 12, 14)] == [None, None, 1, None, 0, None]
    alone = dict(sections_alone(main))
    assert list(alone) == [1, 0]
    assert alone[0] == '#import "a"\n#show: setup.with(meta, theme)\n#attempt\n#[A] body'


def test_a_final_paper_whose_pdf_is_refused_is_a_draft_in_word(workspace: Workspace) -> None:
    """The error is found after the Word file was written: it is written again, with the mark."""
    bench = faulty(workspace, "Good *Typst*.")
    built = bench.build(to="docx,pdf", git=True)
    assert (built.code, "DRAFT" in built.docx) == (0, False)
    bench.section("20-b.md", "# B\n\n```{=typst}\n#assert(1 == 2)\n```\n")
    built = bench.build(to="docx,pdf", git=True)
    assert [f.code for f in built.findings] == ["TYPE001"]
    assert "DRAFT" in built.docx
