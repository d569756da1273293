"""In a note style "(n 3)" names the note that is printed with the number 3, wherever in the paper it stands."""

from __future__ import annotations

import json
import re

import pytest

from penholder.stages.render.html_read import html_text
from samples import PNG, squeezed

ALPHA = "Anna Alpha, First Things (North Press 2020)"
BETA = "Bob Beta, Second Thoughts (South Press 2021)"
ACT = "Public Services (Social Value) Act 2012"


def paper(bench, *sections, style="oscola"):
    bench.paper(f"citation_style: {style}\n")
    for name, text in sections:
        bench.section(name, text)
    return bench.build(to="docx,pdf,html")


def pdf_notes(built):
    """The notes of the PDF by their printed number: at the start of a line at the foot of a page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(built.path("pdf").read_bytes())
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return {int(n): squeezed(text) for page in pages for n, text in re.findall(r"(?m)^(\d+)([A-Z][^\r\n]*)", page)}


def agree(built, notes):
    """The notes are these, in this order, in every format, and the PDF prints the numbers that they have there."""
    assert built.notes == notes
    assert list(html_text(built.path("html").read_bytes()).notes) == notes
    printed = pdf_notes(built)
    assert {n: printed.get(n) for n in range(1, len(notes) + 1)} == dict(enumerate(notes, 1))


def test_over_sections(bench):
    built = paper(
        bench,
        ("10-a.md", "# A\n\nOne^[Own.] and two^[Also own.].\n"),
        ("20-b.md", "# B\n\nThree [@alpha2020, p. 3]. Four^[Own again.]. Five [@alpha2020, p. 5].\n"),
        ("30-c.md", "# C\n\nSix^[See @beta2021.]. Seven [@alpha2020]. Eight [@beta2021, p. 8].\n"),
    )
    agree(built, ["Own.", "Also own.", f"{ALPHA} 3.", "Own again.", "Alpha (n 3) 5.", f"See {BETA}.", "Alpha (n 3).", "Beta (n 6) 8."])
    assert not built.findings


def test_the_summary_is_printed_first_wherever_it_is_listed(bench):
    built = paper(
        bench,
        ("10-a.md", "# A\n\nOne^[Own.] two [@beta2021].\n"),
        ("90-s.md", "---\nkind: summary\n---\n\n# S\n\nFirst [@alpha2020]. Second^[Sum.]. Third [@beta2021].\n"),
        ("95-b.md", "# B\n\nThree [@alpha2020].\n"),
    )
    agree(built, [f"{ALPHA}.", "Sum.", f"{BETA}.", "Own.", "Beta (n 3).", "Alpha (n 1)."])


def test_notes_wherever_they_stand(bench):
    bench.file("papers/p/sections/p.png", PNG)
    built = paper(
        bench,
        ("10-a.md", "# A^[In a heading.]\n\n- Item^[In a list.]\n\n> Quoted [@alpha2020; @beta2021].\n\nTerm^[In a term.]\n\n:   Said [@beta2021, p. 2].\n"),
        (
            "20-b.md",
            '# B\n\n::: {.recommendation to="All"}\nDo^[In a recommendation.] it [@beta2021].\n:::\n\n'
            "| A | B |\n|---|---|\n| x^[In a cell [@act2012].] | y |\n\n: Caption^[In a caption.]\n\n"
            '![Figure^[Below a figure.]](p.png){alt="x"}\n\nLast [@act2012, s 3]. And [@alpha2020].\n',
        ),
    )
    agree(
        built,
        [
            "In a heading.", "In a list.", f"{ALPHA}; {BETA}.", "In a term.", "Beta (n 3) 2.",
            "In a recommendation.", "Beta (n 3).", "In a caption.", f"In a cell ({ACT}).", "Below a figure.", f"{ACT}, s 3.", "Alpha (n 3).",
        ],
    )  # fmt: skip


def test_a_note_in_a_note_is_no_note_of_its_own(bench):
    built = paper(
        bench,
        ("10-a.md", "# A\n\nOne^[Outer ^[inner [@beta2021]] and [@beta2021]].\n"),
        ("20-b.md", "# B\n\nTwo [@alpha2020 ^[aside]]. Three [@beta2021]. Four^[Own.]. Five [@alpha2020].\n"),
    )
    assert [n for n in built.notes if "(n " in n] == ["Beta (n 1).", "Alpha (n 2)."]
    assert built.notes[1].startswith(ALPHA)


def test_ibid_names_the_source_of_the_note_before_it_and_no_other(bench):
    built = paper(
        bench,
        ("10-a.md", "# A\n\nOne [@alpha2020].\n"),
        ("20-b.md", "# B\n\nTwo [@alpha2020, p. 2]. Three^[Own.]. Four [@alpha2020, p. 2]. Five^[See [@alpha2020, p. 2]].\n"),
    )
    agree(built, [f"{ALPHA}.", "Ibid 2.", "Own.", "Alpha (n 1) 2.", "See (ibid)"])


def test_a_source_named_in_the_sentence_has_one_note(bench):
    built = paper(
        bench,
        ("10-a.md", "# A\n\n@alpha2020 [p. 3; @beta2021] and @act2012 [s 1] say.\n"),
        ("20-b.md", "# B\n\nOne [@beta2021; @act2012].\n\n@alpha2020 says.\n"),
    )
    assert len(built.notes) == 4
    assert built.notes[2].startswith("Beta (n 1)")
    assert built.notes[3].startswith("(n 1)")


@pytest.mark.parametrize("style", ["ieee", "nature"])
def test_numbers_of_sources_go_by_what_is_printed_first(bench, style):
    built = paper(
        bench,
        ("10-a.md", "# A\n\nOne [@beta2021].\n"),
        ("90-s.md", "---\nkind: summary\n---\n\n# S\n\nFirst [@alpha2020].\n"),
        style=style,
    )
    lines = built.docx.split("\n")
    assert lines.index(next(x for x in lines if "First Things" in x)) < lines.index(next(x for x in lines if "Second Thoughts" in x))
    assert ("First [1]." if style == "ieee" else "First1.") in built.docx


def test_a_law_named_in_a_footnote_is_printed_once(bench):
    law = {"id": "act2012", "type": "legislation", "title": ACT, "issued": {"date-parts": [[2012]]}}
    bench.file("citations/laws.json", json.dumps([law]))
    text = "# A\n\nOne.^[See @act2012 for more.] Two.^[See @act2012 [s 3] for more.] Three, as @act2012 [s 4] says.\n"
    built = paper(bench, ("10-a.md", text))
    agree(built, [f"See {ACT} for more.", "See ibid, s 3 for more.", "Ibid, s 4."])
    built.holds(f"Three, as {ACT}")
