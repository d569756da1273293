"""No section can damage its neighbour: each is read alone."""

from __future__ import annotations

import pytest

NEIGHBOUR = """\
---
title: Neighbour
---

The neighbour's text[^1] has a [link][here] and a list:

- one thing
- another thing

[^1]: The neighbour's note.

[here]: https://example.org/neighbour
"""

DAMAGE = {
    "fence": "Before.\n\n```\ncode that never ends\n\nAfter.\n",
    "tilde": "Before.\n\n~~~~\ncode that never ends\n",
    "div": "Before.\n\n::: {.box}\n\nInside the box.\n",
    "nested-div": ":::: outer\n::: inner\n\nInside the box.\n",
    "comment": "Before.\n\n<!-- a comment that never ends\n",
    "html": 'Before.\n\n<div class="x"><table><tr><td>\n\nAfter.\n',
    "script": "Before.\n\n<script>\nvar x = 1;\n",
    "note": "Text[^1] and[^2].\n\n[^1]: My own note.\n\n[^2]: A note\n\n    that goes on",
    "link": "A [link][here].\n\n[here]: https://example.org/mine\n",
    "open-link": "A [link](https://example.org\n",
    "metadata": "Text.\n\n---\ntitle: Mine now\n---\n",
    "half-metadata": "Text.\n\n---\ntitle: Mine now\n",
    "math": "It costs $5 and $$ x = \n",
    "table": "+---+---+\n| a | b\n",
    "quote": "> quoted\n> ```\n",
    "list": "- a\n    - b\n        - c",
    "latex": "\\begin{verbatim}\nnever ended\n",
    "macro": "\\newcommand{\\neighbour}{x}\n",
    "reference": "[here]: https://evil.example\n\n[^1]: orphan",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_broken_section_leaves_its_neighbours_whole(bench, kind):
    bench.section("10-before.md", NEIGHBOUR.replace("Neighbour", "First", 1))
    bench.section("20-broken.md", "---\ntitle: Broken\n---\n\n" + DAMAGE[kind])
    bench.section("30-after.md", NEIGHBOUR)
    made = bench.build()
    assert made.code in (0, 1), made.err
    assert "LOST001" not in made.codes
    for text in (made.docx, made.pdf):
        assert text.count("The neighbour's text") + text.count("The neighbour’s text") == 2
        assert text.count("another thing") == 2
    notes = [n for n in made.notes if "neighbour" in n]
    assert len(notes) == 2
    assert all(f.path.endswith("20-broken.md") for f in made.findings), made.findings
    rels = _links(made)
    assert rels.count("https://example.org/neighbour") >= 1
    assert "https://evil.example" not in rels


def _links(made):
    import docx

    rels = docx.Document(str(made.path("docx"))).part.rels.values()
    return [r.target_ref for r in rels if r.is_external]


def test_the_same_label_and_link_name_in_two_sections(bench):
    for n, word in ((1, "first"), (2, "second")):
        bench.section(f"{n}0-s.md", f"# S{n}\n\nText {word}[^n], a [link {word}][l].\n\n[^n]: Note {word}.\n\n[l]: https://example.org/{word}\n")
    made = bench.build()
    assert made.code == 0, made.findings
    assert [n.lstrip("0123456789 ") for n in made.notes] == ["Note first.", "Note second."]
    assert {"https://example.org/first", "https://example.org/second"} <= set(_links(made))
    made.holds("Text first", "Text second", "Note first.", "Note second.")


def test_the_same_heading_in_two_sections(bench):
    """The same words make the same id; links inside each section stay inside it."""
    for n in (1, 2):
        bench.section(f"{n}0-s.md", f"# Part {n}\n\nSee [the method](#method) here.\n\n## Method\n\nMethod of part {n}.\n")
    made = bench.build()
    assert made.code == 0, made.findings
    made.holds("Method of part 1.", "Method of part 2.")
    anchors = _anchors(made)
    assert len(set(anchors)) == 2, anchors


def _anchors(made):
    import docx
    from docx.oxml.ns import qn

    body = docx.Document(str(made.path("docx"))).element.body
    marks = {b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))}
    links = [a.get(qn("w:anchor")) for a in body.iter(qn("w:hyperlink")) if "method" in "".join(t.text or "" for t in a.iter(qn("w:t")))]
    assert set(links) <= marks
    return links


def test_a_given_id_twice_is_found_and_both_stay(bench):
    bench.section("10-a.md", "# A {#sec-same}\n\nFirst text.\n")
    bench.section("20-b.md", "# B {#sec-same}\n\nSecond text, see @sec-same.\n")
    made = bench.build()
    assert [f.name for f in made.of("XREF002")] == [("XREF002", "20-b.md", 1, 6)]
    made.holds("First text.", "Second text,")
