"""Citation styles in all formats: notes where notes belong, references at the end."""

from __future__ import annotations

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
