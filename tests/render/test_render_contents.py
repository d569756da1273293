"""Contents and running headers hold the words of headings: neither stands in for a heading that is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from penholder.adapters.pandoc import tree
from penholder.stages.render import typst
from penholder.stages.render.expected import Passage, fold
from penholder.stages.render.house import House, without_house
from penholder.stages.render.readback import lost, written_pages

Workspace = Callable[..., Any]

GONE = "Only in the contents"
PAPERS = {
    "first of its section": "# One\n\n## Only in the contents\n\nText.\n",
    "the section's own": "# Only in the contents\n\nText.\n",
    "nothing but headings": "# One\n\n## Two\n\n## Only in the contents\n",
    "behind a note": "# One^[A note.]\n\n## Only *in* the contents\n\nText.\n",
    "many": "# One\n\n## Only in the contents\n\n" + "".join(f"## Part {n}\n\n" for n in range(60)),
    "in a list": "# One\n\n- ## Only in the contents\n\n  Text.\n",
}


@pytest.fixture
def hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst is given a heading in a place where it lists it and does not show it."""
    real = typst.TypstEmitter.header

    def header(self: Any, level: int, attributes: Any, inlines: Any) -> Any:
        made = real(self, level, attributes, inlines)
        return [typst.raw("#par["), made, typst.raw("]")] if GONE in tree.text_of(inlines) else made

    monkeypatch.setattr(typst.TypstEmitter, "header", header)


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("what", PAPERS)
def test_a_heading_that_stands_only_in_the_contents_is_lost(workspace: Workspace, what: str, numbered: bool) -> None:
    bench = workspace({"10-a.md": PAPERS[what]})
    bench.paper(f"numbering: {{paragraphs: {numbered}, headings: {numbered}}}\n".lower())
    built = bench.build(to="pdf")
    (found,) = built.of("LOST001")
    line = next(n for n, text in enumerate(PAPERS[what].splitlines(), 1) if "Only" in text)
    assert (found.line, GONE in found.message) == (line, True)
    assert not built.path("pdf").exists()


@pytest.mark.usefixtures("hidden")
def test_so_is_one_of_a_summary(workspace: Workspace) -> None:
    summary = f"---\nkind: summary\n---\n\n# Summary\n\n## {GONE}\n"
    built = workspace({"00-s.md": summary, "10-a.md": "# One\n\nText.\n"}).build(to="pdf")
    (found,) = built.of("LOST001")
    assert (found.path, found.line) == ("papers/p/sections/00-s.md", 7)


@pytest.mark.usefixtures("hidden")
def test_a_running_header_of_the_same_words_is_no_heading(workspace: Workspace) -> None:
    bench = workspace({"10-a.md": f"# One\n\nText.\n\n## {GONE}\n\n" + "More of it.\n\n" * 80})
    bench.paper(f"title: A paper\nshort_title: {GONE}\n")
    (found,) = bench.build(to="pdf").of("LOST001")
    assert found.line == 5


WHOLE = {
    "dots": "# One\n\nContents\n\nOne ........ 2\n\n## Two\n\nTwo ........ 3\n\n# Costs...\n\nCosts... 5\n",
    "same words": "# One\n\n## One\n\n### One\n\n# One\n\nOne\n\n# A small paper\n\n## Contents\n\nContents\n",
    "numbers": "# 2024\n\n## 1\n\n## 12\n\n# Budget 2024 ..... 7\n\n12\n",
    "signs": "# *One* `two`\n\n## Two $x^2$\n\n## “Three” – four…\n\n## 漢字\n",
    "deep": "# One\n\n## Two\n\n### Three\n\n#### Four\n\nThree ..... 4\n",
    "from the right": "# מבוא קצר\n\n## עוד (2024) פרטים\n\n# סוף\n\n## W3C\n",
    "long": "".join(f"# A title of section {n} that is so long that it goes on in the second line of its entry\n\n" for n in range(50)),
}


@pytest.mark.parametrize("cover", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("what", WHOLE)
def test_what_is_there_is_not_missed(workspace: Workspace, what: str, numbered: bool, cover: bool) -> None:
    sections = {"00-s.md": "---\nkind: summary\n---\n\n# One\n\nContents\n\nOne ..... 2\n\nTwo.\n", "10-a.md": WHOLE[what]}
    bench = workspace(sections if cover else {"10-a.md": WHOLE[what]})
    bench.paper(f"cover: {cover}\nnumbering: {{paragraphs: {numbered}, headings: {numbered}}}\n".lower())
    if "right" in what:
        paper = bench.folder / "paper.yaml"
        paper.write_text(paper.read_text().replace("en-GB", "he"))
    built = bench.build(to="docx,pdf,html")
    assert built.of("LOST001") == []
    assert built.path("pdf").exists()


# pages as they are folded ---------------------------------------------------------------------

HOUSE = House("Short title", "Contents", ("One", "Two", "Three"))


def _left(*pages: str, house: House = HOUSE) -> list[str]:
    return without_house([fold(page) for page in pages], house)


def test_contents_may_go_over_a_page_and_leave_out_headings() -> None:
    assert _left("Cover", "Short title Before. Contents One ... 3 Foot", "Short title Three ... 4 One", "Short title Two") == [
        "Cover", "Before.3Foot", "4One", "Two",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    ["Contents", "Contents of Two", "Contents Other ... 3", "One ... 3 Two ... 4", "Contents One 3 Two 4", "Contents " + "x" * 40 + "One ... 3"],
)
def test_what_is_not_known_for_certain_stays(page: str) -> None:
    assert _left(page) == [fold(page)]


def test_a_page_without_the_running_header_keeps_all_of_them() -> None:
    pages = ["Cover", "Short title One", "Two"]
    assert _left(*pages) == [fold(page) for page in pages]


def test_without_contents_nothing_is_cut() -> None:
    assert _left("Contents One ... 3", house=House()) == ["ContentsOne...3"]
    heading = Passage("heading", None, "One")
    assert lost([heading], written_pages(["Contents One ... 3"], house=HOUSE), "PDF")
    assert lost([heading], written_pages(["Contents One ... 3", "One"], house=HOUSE), "PDF") == []
