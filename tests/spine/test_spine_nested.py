"""A citation within a citation: both are printed, in every style, and the author hears of it."""

from __future__ import annotations

import pytest

from penholder.adapters.pandoc import tree

INSIDE = "[@alpha2020, p. 3, citing @beta2021, p. 5]"
HARVARD = "harvard-cite-them-right"


def printed(resolved):
    return [tree.text_of([node], notes=True).strip() for node in resolved().nodes("Cite")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (INSIDE, "(Alpha, 2020, p. 3; citing Beta, 2021, p. 5)"),
        ("[see @alpha2020 in @beta2021]", "(see Alpha, 2020; in Beta, 2021)"),
        ("[@alpha2020, p. 3 citing @beta2021]", "(Alpha, 2020, p. 3; citing Beta, 2021)"),
        ("[@alpha2020, a good book, citing @beta2021 with care]", "(Alpha, 2020, a good book; citing Beta, 2021 with care)"),
        ("[@beta2021, citing @alpha2020]", "(Beta, 2021; citing Alpha, 2020)"),
        ("[@alpha2020, p. 3 (citing @beta2021, p. 5)]", "(Alpha, 2020, p. 3; citing Beta, 2021, p. 5)"),
        ("[@alpha2020, citing @beta2021 [p. 5]]", "(Alpha, 2020; citing Beta, 2021, p. 5)"),
        ("[@alpha2020, citing [see @beta2021, p. 5], and more]", "(Alpha, 2020; citing see Beta, 2021, p. 5, and more)"),
        ("[@alpha2020, citing -@beta2021]", "(Alpha, 2020; citing 2021)"),
        ("[-@alpha2020, citing @beta2021]", "(2020; citing Beta, 2021)"),
        ("[@alpha2020, p. 3 *citing @beta2021*, p. 5]", "(Alpha, 2020, p. 3; citing Beta, 2021, p. 5)"),
        ("[@alpha2020, citing [the @beta2021 book](https://example.org)]", "(Alpha, 2020; citing the Beta, 2021 book)"),
        ("[@alpha2020, citing @beta2021 and @act2012, s 3; @beta2021]", "(Alpha, 2020; citing Beta, 2021; and Public Services (Social Value) Act 2012, s 3; Beta, 2021)"),
        ("@alpha2020 [p. 3 *citing @beta2021*]", "Alpha (2020, p. 3; citing Beta, 2021)"),
        ("[@alpha2020, citing [@beta2021, citing @act2012]]", "(Alpha, 2020; citing Beta, 2021; citing Public Services (Social Value) Act 2012)"),
    ],
)
def test_both_are_printed(bench, resolved, typed, shown):
    bench.section("10-a.md", f"# A\n\nOne {typed}.\n")
    assert printed(resolved) == [shown]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (HARVARD, "(Alpha, 2020, p. 3; citing Beta, 2021, p. 5)"),
        ("apa", "(Alpha, 2020, p. 3; citing Beta, 2021, p. 5)"),
        ("chicago-author-date", "(Alpha 2020, 3; citing Beta 2021, 5)"),
        ("ieee", "[1, p. 3], citing [2, p. 5]"),
        ("oscola", "Anna Alpha, First Things (North Press 2020) 3; citing Bob Beta, Second Thoughts (South Press 2021) 5."),
        ("chicago-notes-bibliography", "Anna Alpha, First Things (North Press, 2020), 3; citing Bob Beta, Second Thoughts (South Press, 2021), 5."),
    ],
)  # fmt: skip
def test_in_every_style_and_format(bench, style, shown):
    bench.paper(f"citation_style: {style}\n")
    bench.section("10-a.md", f"# A\n\nFirst.\n\nOne {INSIDE} two.\n")
    built = bench.build(to="docx,pdf,html")
    built.holds(shown)
    (found,) = built.findings
    assert (found.name, found.severity) == (("CITE007", "10-a.md", 5, 6), "warning")
    assert found.message == "@beta2021 within the citation of @alpha2020 is printed as the next source of the same brackets."


def test_each_is_found_at_its_place(bench, resolved):
    text = f"# A\n\nAs @alpha2020 and [@beta2021] say.\n\nOne {INSIDE}.\n\nTwo [@beta2021, with @alpha2020 and @act2012] or {INSIDE}.\n"
    bench.section("10-a.md", text)
    found = resolved().findings
    assert [f.name for f in found] == [("CITE007", "10-a.md", n, c) for n, c in ((5, 6), (7, 6), (7, 51))]
    assert "@alpha2020 and @act2012 within the citation of @beta2021 are printed as the next sources" in found[1].message


def test_what_is_missing_within_stays_a_mark_in_its_place(bench, resolved):
    bench.section("10-a.md", "# A\n\nOne [@alpha2020, p. 3, citing @nosuch2021, p. 5].\n")
    made = resolved()
    assert made.codes == ["CITE001"]
    assert "(Alpha, 2020, p. 3, citing [missing source: nosuch2021], p. 5)" in made.text


def test_references_into_the_paper_are_no_citations(bench, resolved):
    bench.section("10-a.md", "# A {#sec-a}\n\nOne [@alpha2020, as in @sec-a; see @sec-a and @beta2021].\n")
    made = resolved()
    assert "One (Alpha, 2020, as in ‘A’; see ‘A’ and Beta, 2021)." in made.text


BARE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0">
<info><title>S</title><id>s</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter="; "><names variable="editor"/></layout></citation>
</style>
"""


@pytest.mark.parametrize("kind", ["in-text", "note"])
def test_what_a_style_prints_nothing_for_is_marked_and_found(bench, kind):
    """Citeproc gives an empty citation for it, and no message."""
    bench.file("papers/p/own.csl", BARE.format(kind=kind))
    bench.paper("citation_style: own.csl\n")
    bench.section("10-a.md", "# A\n\nOne [@alpha2020].\n\nTwo [-@beta2021; @alpha2020] and `@alpha2020`.\n")
    built = bench.build()
    assert [f.name for f in built.findings] == [("CITE008", "10-a.md", 3, 6), ("CITE008", "10-a.md", 5, 7)]
    assert built.code == 1
    built.holds("[missing source: alpha2020]", "[missing source: beta2021, alpha2020] and @alpha2020.")
