"""Footnotes within footnotes and within citations: no word of them is lost in any format, and the author hears of it."""

from __future__ import annotations

import pytest

from penholder.adapters.pandoc import tree
from penholder.stages.render.expected import passages
from penholder.stages.render.html_read import html_text
from penholder.stages.render.readback import lost, written
from penholder.stages.resolve.notes import in_brackets

ALL = "docx,pdf,html"


def html(built):
    return html_text(built.path("html").read_bytes())


def note(*inlines):
    return {"t": "Note", "c": [tree.para(inlines)]}


def test_a_note_in_a_note_stands_in_it_in_brackets(bench):
    bench.section("10-a.md", "# A\n\nOne[^a].\n\n[^a]: outer ^[inner *kept*] more.\n")
    built = bench.build(to=ALL)
    assert built.notes == ["outer [inner kept] more."]
    assert html(built).notes == ("outer [inner kept] more.",)
    assert "1outer [inner kept] more." in built.pdf
    (found,) = built.findings
    assert (found.name, found.severity) == (("NOTE002", "10-a.md", 5, 13), "warning")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^[a ^[b ^[c]]]", "a [b [c]]"),
        ("x^[a^[b], c]", "a [b], c"),
        ("x^[a *b ^[c]* d]", "a b [c] d"),
        ("x^[a ^[[b](https://example.org)]]", "a [b]"),
        ("x^[a ^[] b]", "a  b"),
    ],
)
def test_however_deep_and_wherever_it_stands(bench, resolved, text, said):
    bench.section("10-a.md", f"# A\n\n{text}\n")
    (made,) = resolved().nodes("Note")
    assert tree.text_of(made["c"]).strip() == said


def test_the_mark_of_a_note_in_a_note_is_no_mark_without_text(bench):
    """Pandoc prints such a mark as it stands, and drops the note."""
    text = "# A\n\nOne[^a], two[^b].\n\n[^a]: outer, [^b] and more.\n\n[^b]: *inner*\n\n    - an item\n    - another\n\n    ```\n    code\n    ```\n"
    bench.section("10-a.md", text)
    built = bench.build(to=ALL)
    assert built.notes == ["outer, [inner an item another code] and more.", "inneran itemanothercode"]
    built.holds("outer, [inner an item another code] and more.")
    assert html(built).notes[0] == "outer, [inner an item another code] and more."
    assert [f.name for f in built.findings] == [("NOTE002", "10-a.md", 7, 1)]


def test_notes_that_name_one_another_come_to_an_end(bench, resolved):
    bench.section("10-a.md", "# A\n\nOne[^a].\n\n[^a]: first [^b]\n\n[^b]: second [^a] [^none]\n")
    made = resolved()
    assert "first [second [^a] [^none]]" in made.text
    assert sorted((f.code, f.line) for f in made.findings) == [("NOTE001", 3), ("NOTE001", 7), ("NOTE002", 7)]
    own, none = made.of("NOTE001")
    assert "stands within its own text" in own.message
    assert "has no text" in none.message


def test_notes_that_name_one_another_in_numbers_without_end_stay_in_bounds(bench, resolved):
    marks = "".join(f"[^{n}]: n{n} [^{n + 1}] [^{n + 1}]\n\n" for n in range(40))
    bench.section("10-a.md", f"# A\n\nOne[^0].\n\n{marks}[^40]: end\n")
    made = resolved()
    assert "SECT006" not in made.codes
    assert made.text.count("end") <= 1000


def test_a_mark_in_code_is_no_note(bench, resolved):
    bench.section("10-a.md", "# A\n\nOne[^a], two[^b].\n\n[^a]: as in `[^b]`.\n\n[^b]: inner\n")
    made = resolved()
    assert "as in [^b]." in made.text
    assert not made.findings


@pytest.mark.parametrize("style", ["harvard-cite-them-right", "oscola"])
def test_citations_in_notes_go_on_as_they_do(bench, style):
    bench.paper(f"citation_style: {style}\n")
    bench.section("10-a.md", "# A\n\nOne[^a].\n\n[^a]: See [@alpha2020, p. 3] and ^[inner @beta2021].\n")
    built = bench.build(to=ALL)
    (said,) = built.notes
    assert said == {
        "harvard-cite-them-right": "See (Alpha, 2020, p. 3) and [inner Beta (2021)].",
        "oscola": "See (Anna Alpha, First Things (North Press 2020) 3) and [inner Bob Beta, Second Thoughts (South Press 2021)].",
    }[style]
    built.holds(said)
    assert html(built).notes == (said,)
    assert [f.name for f in built.findings] == [("NOTE002", "10-a.md", 5, 34)]


@pytest.mark.parametrize("style", ["harvard-cite-them-right", "oscola"])
def test_a_note_beside_a_source_stands_behind_the_citation(bench, style):
    """A citation may become a note itself, and within one another is lost, with all that stands beside it."""
    bench.paper(f"citation_style: {style}\n")
    bench.section("10-a.md", "# A\n\nOne [@alpha2020, p. 3 ^[aside [@beta2021]]] two.\n")
    built = bench.build(to=ALL)
    if style == "oscola":
        assert built.notes == ["Anna Alpha, First Things (North Press 2020) 3.", "aside (Bob Beta, Second Thoughts (South Press 2021))"]
    else:
        assert built.notes == ["aside (Beta, 2021)"]
        built.holds("One (Alpha, 2020, p. 3)")
    assert list(html(built).notes) == built.notes
    assert not built.findings


# the read-back ----------------------------------------------------------------------------


def test_what_a_note_in_a_note_says_is_expected(bench, resolved):
    bench.section("10-a.md", "# A\n\nOne^[a note].\n")
    document = resolved().document
    (section,) = document.sections
    nested = [tree.para([tree.string("One"), note(tree.string("outer"), note(tree.string("inner"), note(tree.string("deepest"))))])]
    expected = passages(document._replace(sections=(section._replace(blocks=tuple(nested)),)))
    assert [p.text for p in expected if p.kind == "footnote"] == ["outer", "inner", "deepest"]
    (found,) = lost(expected, written(["One"], ["outer", "deepest"], []), "DOCX")
    assert found.code.id == "LOST001"
    assert "inner" in found.message


def test_brackets_stand_apart_from_the_word_before():
    nodes = [tree.string("a"), note(tree.string("b")), tree.SPACE, note(tree.string("c"))]
    told = []
    in_brackets(nodes, told.append)
    assert tree.text_of(nodes) == "a [b] [c]"
    assert told == ["b", "c"]
