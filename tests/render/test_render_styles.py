"""Citation styles in all formats: notes where notes belong, references at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from render_tools import NS, Outputs, W, same

TEXT = "# One\n\nA claim [@alpha2020, p. 3]. Another [@beta2021]. The law [@act2012, s 1].\n"


@pytest.mark.parametrize(
    ("style", "shown", "notes"),
    [
        ("apa", "(Alpha, 2020, p. 3)", 0),
        ("harvard-cite-them-right", "(Alpha, 2020, p. 3)", 0),
        ("chicago-author-date", "(Alpha 2020, 3)", 0),
        ("oscola", "Anna Alpha, First Things (North Press 2020) 3", 3),
    ],
)
def test_styles_print_notes_and_references_in_their_place(
    workspace: Callable[..., Any], style: str, shown: str, notes: int
) -> None:
    bench = workspace({"10-a.md": TEXT})
    bench.paper(f"citation_style: {style}\n")
    built = bench.build(to="docx,pdf,html")
    assert built.of("LOST001") == []
    assert built.code == 0, built.findings
    outputs = Outputs.of(built.folder, built.slug)
    written = outputs.part("word/footnotes.xml").findall("w:footnote", NS)
    own = ["".join(t.text for t in n.iter(W + "t")) for n in written if n.get(W + "type") is None]
    assert len(own) == notes
    word = same("".join([*outputs.word_texts(), *own]))
    for text in (word, same("".join(outputs.pages)), same("".join(outputs.web.blocks))):
        assert same(shown) in text
        assert "NorthPress" in text
    references = [p.text for p in outputs.paragraphs if p.style == "Bibliography"]
    assert len(references) >= 2
    page = same("".join(outputs.web.blocks))
    for reference in references:
        assert same(reference) in page
        assert same(reference)[:25] in same("".join(outputs.pages))


# styles that print no list, or not every source -----------------------------------------------

EVERYWHERE = """\
# One, as @beta2021 says

A claim [@alpha2020, p. 3]. Another by @beta2021. The law [@act2012, s 1], and @act2012 [s 3].[^n]

| Who            | What                |
|----------------|---------------------|
| All [@beta2021] | [see @doi:10.1/x_y] |

[^n]: In a note [@alpha2020; @act2012].
"""
STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="{}" version="1.0" default-locale="en-GB">
<info><title>S</title><id>s</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter="; "><text variable="title"/><text variable="locator" prefix=", "/></layout></citation>{}</style>
"""
LISTS = {
    "none": "",
    "empty": "<bibliography><layout><text variable='DOI'/></layout></bibliography>",
    "of books": "<bibliography><layout><choose><if type='book'><text variable='title'/></if></choose></layout></bibliography>",
}
NAMED = [("chicago-notes", ""), ("bluebook-inline", "")]
OWN = [("own.csl", STYLE.format(kind, LISTS[which])) for kind in ("note", "in-text") for which in LISTS]


@pytest.mark.parametrize(("style", "text"), NAMED + OWN)
def test_no_citation_leads_to_an_entry_that_no_list_has(workspace: Callable[..., Any], style: str, text: str) -> None:
    bench = workspace({"10-a.md": EVERYWHERE}, **{"citations/odd.bib": "@book{doi:10.1/x_y, title={Odd Key}, date={2020}, author={A, B}}\n"})
    if text:
        bench.file(style, text)
    bench.paper(f"citation_style: {style}\n")
    built = bench.build(to="docx,pdf,html")
    assert (built.code, built.findings) == (0, [])
    outputs = Outputs.of(built.folder, built.slug)
    listed = "type='book'" in text
    assert _dead_in_word(outputs) == set()
    page = outputs.html.decode()
    targets = re.findall(r'href="#([^"]*)"', page)
    assert set(targets) <= set(re.findall(r'\bid="([^"]*)"', page))
    assert any(t.startswith("ref-") for t in targets) == listed
    assert ('id="references"' in page) == listed
    assert "ref-act2012" not in page, "no style here has a line for it in its list"
    built.holds("First Things", "Second Thoughts", "Odd Key", "Public Services (Social Value) Act 2012")


def _dead_in_word(outputs: Outputs) -> set[str]:
    """Where links of the text or of a note lead that is nowhere."""
    parts = [outputs.part(name) for name in ("word/document.xml", "word/footnotes.xml")]
    anchors = {link.get(W + "anchor") for part in parts for link in part.iter(W + "hyperlink")} - {None}
    return anchors - {mark.get(W + "name") for part in parts for mark in part.iter(W + "bookmarkStart")}
