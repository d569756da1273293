"""Whatever an author puts into the source of a figure or table is shown below it, in all formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from render_tools import Outputs, same

from samples import PNG

Workspace = Callable[..., Any]

SOURCES = {
    "a heading": ("# Who *measured* it", "Who measured it"),
    "a heading and words": ("### Who measured it\n\nWe did, [@alpha2020].", "Who measured it", "We did, (Alpha, 2020)."),
    "two paragraphs": ("Ours.\n\nTheirs.", "Ours.", "Theirs."),
    "a list": ("Measured by\n\n- North Body\n- # South Body", "Measured by", "North Body", "South Body"),
    "a quotation": ("> As they say.", "As they say."),
    "code": ("```\nmeasure --all\n```", "measure --all"),
}
THINGS = {
    "figure": "![A box](../one.png){#fig-a alt='A box'}",
    "figure without a caption": "![](../one.png){#fig-a alt='A box'}",
    "table": "| Who | What |\n|-----|------|\n| All | Publish |\n\n: A table {#tbl-a}",
}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("what", SOURCES)
def test_a_source_is_shown_whole(workspace: Workspace, what: str, thing: str) -> None:
    markdown, *words = SOURCES[what]
    kind = thing.partition(" ")[0]
    bench = workspace({"10-a.md": f"# One\n\n{THINGS[thing]}\n\n::: {{.{kind}-source}}\n{markdown}\n:::\n\nThe end.\n"})
    bench.file("papers/p/one.png", PNG)
    built = bench.build(to="docx,pdf,html")
    assert (built.code, built.findings) == (0, [])
    outputs = Outputs.of(built.folder, built.slug)
    for text in (outputs.word_texts(), outputs.pages, outputs.web.blocks):
        whole = same("".join(text))
        places = [whole.rfind(same(each)) for each in (*words, "The end.")]
        assert -1 not in places
        assert places == sorted(places)


def test_a_heading_in_a_source_is_none_in_any_format(workspace: Workspace) -> None:
    bench = workspace({"10-a.md": f"# One\n\n{THINGS['figure']}\n\n::: {{.figure-source}}\n# Who measured it\n:::\n"})
    bench.file("papers/p/one.png", PNG)
    bench.paper("numbering: {paragraphs: false, headings: true}\n")
    built = bench.build(to="docx,pdf,html")
    outputs = Outputs.of(built.folder, built.slug)
    assert built.code == 0
    assert "".join(outputs.word_texts()).count("Who measured it") == 1
    assert "".join(outputs.pages).count("Who measured it") == 1
    assert outputs.html.decode().count("Who measured it") == 1


def test_what_stands_beside_the_picture_in_a_figure_of_its_own_is_kept(workspace: Workspace) -> None:
    """Quarto's ``::: {#fig-x}``: its source inside, and blocks that are no caption."""
    inner = "![](../one.png){alt='A box'}\n\nA box.\n\n::: {.figure-source}\n## Who measured it\n:::\n\n- A remark"
    bench = workspace({"10-a.md": f"# One\n\n:::: {{#fig-a}}\n{inner}\n::::\n\nSee @fig-a.\n"})
    bench.file("papers/p/one.png", PNG)
    built = bench.build(to="docx,pdf,html")
    assert (built.code, built.findings) == (0, [])
    built.holds("Figure 1", "A box.", "Who measured it", "A remark", "See Figure 1")
    assert "Who measured it" in built.path("html").read_text()


def test_the_mark_of_a_gap_may_hold_any_block(workspace: Workspace) -> None:
    built = workspace({"10-a.md": "# One\n\n::: {.gap}\n## To come\n\n- An item\n:::\n"}).build(to="docx,pdf,html")
    assert built.of("LOST001") == []
    built.holds("To come", "An item")


@pytest.mark.parametrize("block", ["::: {.aside}\n{}\n:::", "> {}", "- {}", "::: {.recommendation}\n{}\n:::"])
def test_a_heading_that_skips_a_level_inside_a_block_is_found_and_typeset(workspace: Workspace, block: str) -> None:
    built = workspace({"10-a.md": "# One\n\n" + block.replace("{}", "### Deep down") + "\n"}).build(to="docx,pdf,html")
    (found,) = built.findings
    assert found.name == ("HEAD001", "10-a.md", 3 + block.count("\n") // 2, found.column)
    built.holds("Deep down")
