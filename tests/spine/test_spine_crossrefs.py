"""Cross-references as Quarto writes them, and the numbers they print."""

from __future__ import annotations

import pytest

from samples import PNG

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: {caption} {{#{id}}}\n"


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def paper(bench, resolved):
    """A paper with one of everything, and a last section that a test writes."""
    bench.file("papers/p/figures/x.png", PNG)
    bench.paper("numbering: {paragraphs: true, headings: true}\n")
    bench.section("10-summary.md", "---\nkind: summary\ntitle: Summary\n---\n\nSummary words.\n")
    bench.section(
        "20-one.md",
        "# One {#sec-one}\n\nFirst paragraph. {#para-first}\n\n## Inner {#sec-inner}\n\nSecond.\n\n"
        + TABLE.format(caption="The first table", id="tbl-one")
        + "\n![The first figure](x.png){#fig-one alt='x'}\n\n::: {.recommendation #rec-one to='The Minister'}\nDo the first thing.\n:::\n\n"
        "## Bare {.unnumbered}\n\n- [Item]{#weird}\n",
    )
    bench.section(
        "30-two.md",
        "# Two\n\nThird paragraph.\n\n"
        + TABLE.format(caption="The second table", id="tbl-two")
        + "\n![The second figure](x.png){#fig-two alt='x'}\n\n::: {.recommendation #rec-two}\nDo the second.\n:::\n\n## Two's inner {#sec-two}\n\nFourth. {#para-fourth}\n",
    )
    bench.section("40-annex.md", "---\nkind: annex\ntitle: The annex\nid: sec-annex\n---\n\nAnnex words.\n\n## Annex inner {#sec-annexin}\n\nMore.\n")

    def go(text, front="title: Last"):
        bench.section("35-last.md", f"---\n{front}\n---\n\n{text}\n")
        bench.paper(sections=["10-summary.md", "20-one.md", "30-two.md", "35-last.md", "40-annex.md"])
        made = resolved()
        shown = next(s for s in made.document.sections if s.title == "Last")
        from penholder.adapters.pandoc import tree

        return plain(tree.text_of(shown.blocks, notes=True)), made

    return go


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("see @sec-one.", "see Section 1."),
        ("see @sec-inner.", "see Section 1.1."),
        ("see @sec-two.", "see Section 2.1."),
        ("see @para-first.", "see paragraph 1."),
        ("see @para-fourth.", "see paragraph 4."),
        ("see @tbl-one and @tbl-two.", "see Table 1 and Table 2."),
        ("see @fig-two.", "see Figure 2."),
        ("see @rec-two.", "see Recommendation 2."),
        ("see @sec-annex.", "see Annex A."),
        ("see @sec-annexin.", "see Section A.1."),
        ("@Para-first says.", "Paragraph 1 says."),
        ("see [@fig-one].", "see Figure 1."),
        ("see [-@fig-two].", "see 2."),
        ("see [Fig. @fig-two].", "see Fig. 2."),
        ("see [@tbl-one; @fig-two].", "see Table 1 and Figure 2."),
        ("see [@tbl-one; @fig-one; @rec-one].", "see Table 1, Figure 1 and Recommendation 1."),
        ("see [@tbl-one, and more].", "see Table 1, and more."),
        ("see [-@sec-annex].", "see A."),
        ("**see @tbl-one** and *[@fig-one]*.", "see Table 1 and Figure 1."),
        ("A note.^[See @tbl-two there.]", "See Table 2 there."),
        ("| a |\n|---|\n| @tbl-two |\n", "Table 2"),
        ("## Head about @tbl-one\n\nText.", "Head about Table 1"),
        ("![Caption of @tbl-one](x.png){#fig-new alt='x'}", "Caption of Table 1"),
        ("> quoted @fig-one\n", "quoted Figure 1"),
        ("- item @fig-one\n", "item Figure 1"),
        ("Term\n\n:   meaning @fig-one\n", "meaning Figure 1"),
        ("[words](#sec-one) and [@alpha2020, p. 3].", "words and (Alpha, 2020, p. 3)."),
        ("[@tbl-one; @alpha2020].", "(Table 1; Alpha, 2020)."),
    ],
)
def test_a_reference_prints_its_label_and_number(paper, said, printed):
    text, made = paper(said)
    assert not made.findings, made.findings
    assert printed.lower() in text.lower(), text
    links = [n for n in made.nodes("Link") if "xref" in n["c"][0][1]]
    assert all(n["c"][2][0][1:] in made.document.targets for n in links)


def test_capital_letters(paper):
    text, _ = paper("@Sec-one and x @sec-one.")
    assert "Section 1 and x" in text


@pytest.mark.parametrize(
    ("said", "code", "word", "says"),
    [
        ("see @sec-on here.", "XREF001", "@sec-on", "Did you mean @sec-one"),
        ("see [@tbl-one; @tbl-nope].", "XREF001", "@tbl-nope", "tbl-nope"),
        ("see [-@fig-nope].", "XREF001", "@fig-nope", ""),
        ("see @{sec-on} here.", "XREF001", "@{sec-on}", ""),
        ("A note.^[See @tbl-nope.]", "XREF001", "@tbl-nope", ""),
        ("[words](#nope)", "XREF003", "#nope", ""),
        ("see `@sec-nope` then @sec-nope.", "XREF001", "then", ""),
    ],
)
def test_a_reference_to_nothing(paper, said, code, word, says):
    text, made = paper(said)
    at = said.index(word) + (5 if word == "then" else 0)
    assert [f.name for f in made.findings] == [(code, "35-last.md", 5, at + 1)]
    assert says in made.findings[0].message
    if code == "XREF001":
        assert "[missing reference:" in text


def test_ids_that_are_used_twice(paper):
    text, made = paper("## Again {#sec-one}\n\nText. {#para-first}\n\n" + TABLE.format(caption="Again", id="tbl-one") + "\nsee @tbl-one, @sec-one.")
    assert sorted(f.name for f in made.findings) == [("XREF002", "35-last.md", 5, 11), ("XREF002", "35-last.md", 7, 8), ("XREF002", "35-last.md", 13, 10)]
    assert "see Table 1, section 1." in text


def test_numbers_run_through_and_paragraphs_in_lists_do_not_count(paper):
    _, made = paper("Fifth. {#para-fifth}\n\n- item\n\n    item's own paragraph\n\n> quoted\n\nSixth, see @para-sixth. {#para-sixth}\n")
    numbers = {t.id: t.number for t in made.document.targets.values() if t.kind == "para"}
    assert numbers == {"para-first": "1", "para-fourth": "4", "para-fifth": "5", "para-sixth": "6"}


def test_unnumbered_headings(paper):
    _, made = paper("## Without {-}\n\nx\n\n## With {#sec-with}\n\nx\n\n### Under\n\nx")
    numbers = {t.title: t.number for t in made.document.targets.values() if t.kind == "sec"}
    assert numbers["Without"] == "" and numbers["Bare"] == "" and numbers["Summary"] == ""
    assert numbers["With"] == "3.1"
    assert numbers["Under"] == "3.1.1"
    assert numbers["The annex"] == "annex A"
    assert numbers["Annex inner"] == "A.1"


def test_a_section_that_is_not_numbered(paper):
    _, made = paper("No number here. {#para-none}\n\nsee @para-none", front="title: Last\nnumbered: false")
    assert made.document.targets["para-none"].number == ""
    assert {t.number for t in made.document.targets.values() if t.kind == "para" and t.number} == {"1", "4"}


def test_quartos_divs(paper):
    text, made = paper("::: {#tbl-div}\n| a |\n|---|\n| 1 |\n\nThe div's caption\n:::\n\n::: {#fig-div}\n![](x.png){alt='x'}\n\nThe picture's caption\n:::\n\nsee @tbl-div, @fig-div.")
    assert not made.findings, made.findings
    assert "see Table 3, Figure 3." in text


def test_many_annexes(bench, resolved):
    for n in range(28):
        bench.section(f"{n:02}-a.md", f"---\nkind: annex\ntitle: Annex {n}\nid: sec-a{n}\n---\n\nText.\n")
    bench.section("99-z.md", "# End\n\n@sec-a0, @sec-a25, @sec-a26, @sec-a27.\n")
    assert "Annex A, Annex Z, Annex AA, Annex AB." in plain(resolved().text)


def test_references_reach_both_outputs(bench):
    bench.section("10-a.md", "# A {#sec-a}\n\nSee @tbl-x and @sec-b.\n")
    bench.section("20-b.md", "# B {#sec-b}\n\n" + TABLE.format(caption="Cap", id="tbl-x"))
    bench.paper("numbering: {paragraphs: true, headings: true}\n")
    made = bench.build()
    assert made.code == 0, made.findings
    assert "See Table 1 and section 2." in plain(made.docx)
    assert "SeeTable1andsection2." in made.pdf.replace("\u00a0", " ").replace(" ", "")


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("so [@alpha2020; @sec-one].", "so (Alpha, 2020; section 1)."),
        ("so [@sec-one; @alpha2020].", "so (section 1; Alpha, 2020)."),
        ("so [see @alpha2020, p. 3; @tbl-one; @sec-one, too].", "so (see Alpha, 2020, p. 3; Table 1; section 1, too)."),
        ("so [@tbl-one; @beta2021, *really*; @sec-one; @alpha2020].", "so (Table 1; Beta, 2021, really; section 1; Alpha, 2020)."),
        ("so @alpha2020 [p. 3; @sec-one].", "so Alpha (2020, p. 3; section 1)."),
        ("so [@sva1, s 1(3); @sec-one].", "so (Social Value Act 2012, s 1(3); section 1)."),
        ("so [@nosuch; @sec-one].", "so [missing source: nosuch]; section 1."),
        ("so [@sec-one; @nosuch].", "so section 1; [missing source: nosuch]."),
    ],
)
def test_a_reference_beside_a_source_stands_in_its_brackets(bench, said, printed):
    bench.file("citations/acts.bib", "@legislation{sva1, title = {{Social Value Act 2012}}, date = {2012}}\n")
    bench.section("10-one.md", "# One {#sec-one}\n\n" + TABLE.format(caption="Table", id="tbl-one") + "\n" + said + "\n")
    bench.paper("numbering: {paragraphs: true, headings: true}\n")
    made = bench.build(to="docx,pdf,html")
    assert made.codes == (["CITE001"] if "nosuch" in said else [])
    made.holds(printed)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("so @sva1 [s 3] says.", "so Social Value Act 2012 (s 3) says."),
        ("so @sva1 [reg 4; @sec-one] says.", "so Social Value Act 2012 (reg 4; section 1) says."),
        ("so @sva1 says.", "so Social Value Act 2012 says."),
    ],
)
def test_a_law_named_in_the_sentence_leaves_its_locator_alone_in_brackets(bench, said, printed):
    bench.file("citations/acts.bib", "@legislation{sva1, title = {{Social Value Act 2012}}, date = {2012}}\n")
    bench.section("10-one.md", f"# One {{#sec-one}}\n\n{said}\n")
    bench.paper("numbering: {paragraphs: true, headings: true}\n")
    made = bench.build(to="docx,pdf,html")
    assert made.codes == []
    made.holds(printed)
