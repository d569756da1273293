"""What authors write comes out in Word, PDF and web page: signs, scripts, every construct of Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from render_tools import Outputs, same

Workspace = Callable[..., Any]
FORMATS = "docx,pdf,html"


def made(built: Any) -> Outputs:
    return Outputs.of(built.folder, built.slug)


def in_all(outputs: Outputs, *texts: str) -> None:
    """Each text is read in all three, white space apart."""
    word = same("".join(outputs.word_texts()))
    pdf = same("".join(outputs.pages))
    page = same("".join(outputs.web.blocks))
    for text in map(same, texts):
        assert text in word, f"DOCX lacks {text}"
        assert text in pdf, f"PDF lacks {text}: {pdf}"
        assert text in page, f"HTML lacks {text}"


MARKS = [
    r"Stars \*one\* and \_two\_ and # not a heading",
    r"Prices: \$5 to \$6, mail me\@example.org, see \<tag\> and \~tilde",
    r"Brackets [one] and {two} and (three), back\\slash",
    r"Dashes \-\- and \-\-\- and dots \.\.\. and -? and 3\-\-4",
    r"Code `#let x = 1; *y* -- ...` in a line",
    r"Quotes \"straight\" and 'single' and // and /* no comment */",
    r"\+ plus, - minus, = equals, / slash at the start",
    r"1\. not a list, \- nor this; \#import \"x.typ\": \* and \#eval(1)",
    r"A label \<fig-x\> and \@ref and a link https://example.org/a_b*c",
]
SEEN = [
    "Stars *one* and _two_ and # not a heading",
    "Prices: $5 to $6, mail me@example.org, see <tag> and ~tilde",
    "Brackets [one] and {two} and (three), back\\slash",
    "Dashes -- and --- and dots ... and -? and 3--4",
    "Code #let x = 1; *y* -- ... in a line",
    "Quotes \"straight\" and 'single' and // and /* no comment */",
    "+ plus, - minus, = equals, / slash at the start",
    '1. not a list, - nor this; #import "x.typ": * and #eval(1)',
    "A label <fig-x> and @ref and a link https://example.org/a_b*c",
]


def test_signs_of_typst_s_markup_come_out_as_they_are(workspace: Workspace) -> None:
    text = "# Signs\n\n" + "\n\n".join(MARKS) + "\n"
    built = workspace({"10-a.md": text}).build(to=FORMATS)
    assert built.of("LOST001") == []
    in_all(made(built), *SEEN)
    pdf = "".join(made(built).pages)
    assert "--" in pdf  # not made a dash of
    assert "..." in pdf


CONSTRUCTS = """\
# Constructs

Term one

:   Definition one of it.

    Its second paragraph.

Term two
:   Definition two.

| The limerick packs laughs anatomical
| In space that is quite economical.
|    Indented line.

- [ ] An open task
- [x] A done task

1. First
    a. Inner letter
        - Deepest bullet
    b. Second letter
2. Second

(@) An example numbered
(@next) Another example

~~~ python
def f(x):
    return x  # two  spaces
~~~

> A quotation of length.
>
> > A quotation inside.

Text ~~struck out~~ and H~2~O and x^2^ and [Small Capitals]{.smallcaps} and [under]{.underline} and ***both***.

+---------------+---------------+--------------------+
| Fruit and     | Price                              |
| more          +---------------+--------------------+
|               | Low           | High               |
+===============+===============+====================+
| Bananas       | 1.34          | - built-in wrapper |
|               |               | - bright colour    |
+---------------+---------------+--------------------+
| Spanning cells of a row       | tasty              |
+-------------------------------+--------------------+

  Right     Left     Centre
-------     ------   ----------
     12     twelve    a dozen
    123     many      gross

: A simple table of numbers.

::: {.note}
A paragraph in a box of its own.

- with a list in it
:::

A hard\\
break, a non-breaking\\ space, an ellipsis… and — a dash.

***

Note one.[^1] Note two.^[Inline note, with *emphasis*.]

[^1]: The first note.

    Its second paragraph.
"""
SAID = [
    "Term one", "Definition one of it.", "Its second paragraph.", "Definition two.", "In space that is quite economical.",
    "Indented line.", "An open task", "A done task", "Inner letter", "Deepest bullet", "Second letter",
    "An example numbered", "return x  # two  spaces", "A quotation of length.", "A quotation inside.",
    "struck out", "H2O", "x2", "Fruit and more", "Price", "built-in wrapper", "bright colour", "Spanning cells of a row",
    "tasty", "twelve", "a dozen", "A simple table of numbers.", "A paragraph in a box of its own.", "with a list in it", "Note one.",
]  # fmt: skip


@pytest.fixture(scope="module")
def constructs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    from render_tools import small_paper

    return small_paper(tmp_path_factory.mktemp("constructs"), CONSTRUCTS)


@pytest.mark.parametrize("text", SAID)
def test_every_construct_survives(constructs: Outputs, text: str) -> None:
    in_all(constructs, text)


def test_small_capitals_underline_and_tasks_survive(constructs: Outputs) -> None:
    for text in ("".join(constructs.word_texts()), "".join(constructs.pages), "".join(constructs.web.blocks)):
        assert "smallcapitals" in same(text).casefold()
        assert "under" in text
        assert "☐" in text
        assert "☒" in text


def test_notes_survive_with_all_their_paragraphs(constructs: Outputs) -> None:
    notes = same("".join(constructs.part("word/footnotes.xml").itertext()))
    for text in map(same, ("The first note.", "Its second paragraph.", "Inline note, with emphasis.")):
        assert text in notes
        assert text in same("".join(constructs.pages))
        assert text in same("".join(constructs.web.blocks))


def test_constructs_keep_the_standard(constructs: Outputs) -> None:
    import page

    report = page.validate_pdf_bytes(constructs.pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [(f.rule_id, f.message) for f in report.failures] == []


def test_what_no_font_has_is_shown_by_number_and_found(workspace: Workspace) -> None:
    built = workspace({"10-a.md": "# Signs\n\nPlain text first.\n\nA party 🎉 and 漢字 here.\n"}).build(to=FORMATS)
    outputs = made(built)
    pdf = same("".join(outputs.pages))
    assert "[U+1F389]" in pdf
    assert "[U+6F22][U+5B57]" in pdf
    assert "🎉" in "".join(outputs.word_texts())
    assert "漢字" in "".join(outputs.web.blocks)
    (found,) = built.of("CHAR002")
    assert (found.severity, found.line, found.column) == ("warning", 5, 9)
    assert built.code == 0 or built.codes == ["CHAR002"]


def test_a_heading_of_what_no_font_has_may_be_led_to(workspace: Workspace) -> None:
    text = "# Signs\n\nOn to [this](#sec-漢字).\n\n## The `x` of 漢字 {#sec-漢字}\n\nText of @beta2021.\n\n## Of @beta2021, 漢字\n\nText.\n"
    built = workspace({"10-a.md": text}).build(to="pdf")
    assert (built.codes, "The x of [U+6F22][U+5B57]" in built.pdf) == (["CHAR002"], True)


def test_a_welsh_and_an_arabic_paper_build(workspace: Workspace) -> None:
    welsh = workspace({"10-a.md": "# Cyflwyniad\n\nMae ŵyn a thŷ a’r gymdeithas yma. ŷ ŵ â ê î ô û\n"})
    welsh.paper("numbering: {paragraphs: true, headings: true}\n")
    _language(welsh, "cy-GB")
    built = welsh.build(to=FORMATS)
    assert built.code == 0, built.findings
    in_all(made(built), "Mae ŵyn a thŷ", "ŷ ŵ â ê î ô û")
    assert 'lang="cy-GB"' in made(built).html.decode()
    arabic = workspace({"10-a.md": "# مقدمة\n\nالقيمة الاجتماعية في المشتريات العامة.\n"})
    _language(arabic, "ar")
    built = arabic.build(to=FORMATS)
    outputs = made(built)
    assert 'dir="rtl"' in outputs.html.decode()
    assert "القيمة الاجتماعية" in "".join(outputs.word_texts())
    assert outputs.document.find(".//{*}bidi") is not None


def _language(bench: Any, tag: str) -> None:
    path = bench.folder / "paper.yaml"
    path.write_text(path.read_text().replace("language: en-GB", f"language: {tag}"))


@pytest.mark.parametrize(
    "term", ["Term $$x$$", "$$x$$ and $y$", '[$$x$$]{alt="ex"} so', "*A $$x$$* [b $$y$$](https://example.org)^[n $$q$$]", "> Term $$x$$"]
)
def test_a_formula_may_stand_in_a_term(workspace: Workspace, term: str) -> None:
    """On a line of its own, it would cut the term's tag in two, and Typst refuses that."""
    indent = "> " if term.startswith(">") else ""
    text = f"# Terms\n\n{term}\n{indent}\n{indent}:   What it is: $$z = 1$$\n"
    built = workspace({"10-a.md": text}).build(to="docx,pdf,html")
    assert not built.of("TYPE001")
    assert built.code == 0
    built.holds("What it is:")


def test_equations_speak_and_stand(workspace: Workspace) -> None:
    text = "# Sums\n\nInline $E = mc^2$ and displayed:\n\n$$\\frac{a}{b} = \\sum_{i=1}^n x_i$$\n\nAfter it.\n"
    built = workspace({"10-a.md": text}).build(to=FORMATS)
    assert built.of("LOST001") == []
    outputs = made(built)
    in_all(outputs, "Inline", "and displayed:", "After it.")
    assert outputs.document.find(".//{*}oMathPara") is not None
    assert b"<math" in outputs.html
    import page
    import pdfplumber  # noqa: F401  (the structure tree says the words)

    assert page.validate_pdf_bytes(outputs.pdf, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_long_words_and_wide_tables_stay_on_the_page(workspace: Workspace) -> None:
    address = "https://example.org/" + "a-very-long-path-without-a-break/" * 5
    columns = " | ".join(f"Column{n}" for n in range(9))
    values = " | ".join(f"12{n}456" for n in range(9))
    text = f"# Wide\n\nSee <{address}>.\n\n| {columns} |\n|{'---|' * 9}\n| {values} |\n\n: Wide.\n\nAfter.\n"
    built = workspace({"10-a.md": text}).build(to=FORMATS)
    assert built.of("LOST001") == []
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(made(built).pdf)) as document:
        for each in document.pages:
            assert max(c["x1"] for c in each.chars) <= each.width - 40


def test_an_anonymous_paper_builds(workspace: Workspace) -> None:
    """No body, date, version, contributors or references: nothing empty is printed."""
    built = workspace({"10-a.md": "# One\n\nText.\n"}).build(to=FORMATS)
    assert built.code == 0
    outputs = made(built)
    assert outputs.paragraphs[0].text == "A small paper"
    in_all(outputs, "A small paper", "Text.")


@pytest.mark.parametrize("language", ["ar", "he"])
def test_english_in_a_paper_that_runs_from_the_right_is_found_again(workspace: Workspace, language: str) -> None:
    """What `init --lang ar` writes: English words, digits among letters, addresses and brackets, over several pages."""
    text = "# One (1)\n\nThe W3C's WCAG22 (see <https://example.org/TR/WCAG22/>), 2nd edition; a note.[^n]\n\n" + "Word after word, in brackets (so), to the end of it. " * 400
    bench = workspace({"10-a.md": text + "\n\n[^n]: The note's own words (A/RES/61/106).\n\nThe last one says farewell.\n"})
    _language(bench, language)
    built = bench.build(to=FORMATS)
    assert built.code == 0, built.findings
    assert all(built.path(each).exists() for each in FORMATS.split(","))


@pytest.mark.parametrize(("more", "depth", "space"), [("", 2, True), ("contents_depth: 3\n", 3, True), ("cover: false\n", 2, True)])
def test_the_contents_of_a_word_file_keep_their_distance_and_their_depth(workspace: Workspace, more: str, depth: int, space: bool) -> None:
    bench = workspace({"10-s.md": "---\ntitle: Summary\nkind: summary\n---\n\nIn short.\n", "20-a.md": "# A\n\n## B\n\n### C\n\nText.\n"})
    bench.paper(more)
    document = made(bench.build(to="docx,pdf,html")).document
    heading = next(p for p in document.iter("{*}p") if (style := p.find("{*}pPr/{*}pStyle")) is not None and "TOCHeading" in style.values())
    assert (heading.find("{*}pPr/{*}spacing") is not None) is space
    assert any(f'\\o "1-{depth}"' in (each.text or "") for each in document.iter("{*}instrText"))
