"""What happens to busy people: a merge not finished, a cell too many, no empty line, a Word file among the sections."""

from __future__ import annotations

import unicodedata


def test_a_merge_that_was_not_finished(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\nFine.\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n")
    made = bench.build("--strict")
    assert [f.name for f in made.findings] == [("SECT010", "10-a.md", 7, 1)]
    assert made.code == 1
    assert not made.path("pdf").exists()


def test_a_cell_too_many(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\n| A | B |\n|---|---|\n| 1 | 2 | Lost words |\n| 3 | `a|b` |\n| a \\| b | 4 |\n")
    assert [f.name for f in bench.build().findings] == [("SECT012", "10-a.md", 7, 1)]


def test_no_empty_line_before_a_list_or_heading(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\nWe ask for:\n- one\n- two\n\nSome text\n## Run in\n\n- a list\n- that is fine\n")
    assert [f.name for f in bench.build().findings] == [("SECT011", "10-a.md", 6, 1), ("SECT011", "10-a.md", 10, 1)]


def test_a_word_file_among_the_sections(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\nFine.\n")
    bench.file("papers/p/sections/20-mine.docx", b"PK")
    assert [f.name for f in bench.build().findings] == [("SECT002", "20-mine.docx", 1, 1)]


def test_a_paper_without_sections_is_no_edition(bench):
    bench.paper("sections: []\n")
    made = bench.build()
    assert [(f.code, f.severity) for f in made.findings] == [("SECT003", "error")]
    assert "DRAFT" in made.pdf


def test_an_accent_in_two_pieces(bench):
    bench.section(unicodedata.normalize("NFD", "10-étude.md"), "---\ntitle: A\n---\n\nFine.\n")
    bench.paper(sections=[unicodedata.normalize("NFC", "10-étude.md")])
    assert bench.build().findings == []
