"""The read-back finds what is lost: of the real paper, any one passage, wherever it stood."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters import pdf, word
from penholder.adapters.pandoc import tree
from penholder.stages.render.expected import fold, passages
from penholder.stages.render.readback import Written, lost, written, written_pages

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """The repository's own paper: what is expected of it, its DOCX's text and its PDF's pages."""
    from penholder.adapters.pandoc.worker import Worker
    from penholder.cli.main import run
    from penholder.stages.assemble import assemble
    from penholder.stages.discover import discover
    from penholder.stages.load import load
    from penholder.stages.look import look_of
    from penholder.stages.resolve import resolve

    root = tmp_path_factory.mktemp("real")
    for name in ("papers", "templates", "citations", "penholder.toml", "contributors.yaml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    assert run(["-C", str(root), "build", "-q"]) == 0
    workspace, _ = discover(root)
    slug = workspace.papers[0]
    paper, _ = load(workspace, slug)
    manuscript, _ = assemble(paper)
    with Worker() as worker:
        document, _ = resolve(manuscript, look_of(paper)[0].theme, worker)
    made = root / "dist" / slug
    text = word.read_text((made / f"{slug}.docx").read_bytes())
    references = [p.text for p in text.body if p.style == "Bibliography"]
    docx = written([p.text for p in text.body], text.footnotes, references)
    pages = pdf.read_text((made / f"{slug}.pdf").read_bytes()).pages
    return passages(document), docx, pages


def test_nothing_of_the_real_paper_is_lost(real):
    expected, docx, pages = real
    assert len(expected) > 200
    assert not lost(expected, docx, "DOCX")
    assert not lost(expected, written_pages(pages), "PDF")


def _without(text: str, start: int, length: int) -> str:
    return text[:start] + text[start + length :]


# the same words elsewhere may stand in for a short passage: only long ones are sure to be missed
LONG = 40


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_passage_that_a_docx_lacks_is_named(real, data):
    expected, docx, _ = real
    passage = data.draw(st.sampled_from([p for p in expected if len(p.folded) >= LONG]))
    stream = {"footnote": "notes", "reference": "references"}.get(passage.kind, "body")
    whole = getattr(docx, stream)
    at = whole.find(passage.folded)
    cut = data.draw(st.integers(1, len(passage.folded)))
    begin = data.draw(st.integers(0, len(passage.folded) - cut))
    harmed = docx._replace(**{stream: whole.replace(passage.folded, _without(passage.folded, begin, cut))})
    assert at >= 0
    if _without(passage.folded, begin, cut) == passage.folded:
        return
    found = lost(expected, harmed, "DOCX")
    assert passage_named(found, passage)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_passage_that_a_pdf_lacks_is_named(real, data):
    expected, _, pages = real
    folded = [fold(p) for p in pages]
    passage = data.draw(st.sampled_from([p for p in expected if len(p.folded) >= LONG and any(p.folded in f for f in folded)]))
    harmed = written_pages([f.replace(passage.folded, "") for f in folded])
    assert passage_named(lost(expected, harmed, "PDF"), passage)


def test_passages_that_cross_a_page_are_not_lost_and_their_halves_are_missed(real):
    expected, _, pages = real
    folded = [fold(p) for p in pages]
    crossing = [p for p in expected if len(p.folded) >= LONG and not any(p.folded in f for f in folded)]
    assert crossing, "the real paper has passages that a page's end cuts"
    for passage in crossing:
        for half in (passage.folded[: len(passage.folded) // 2], passage.folded[len(passage.folded) // 2 :]):
            piece = next((half[i : i + LONG] for i in range(0, len(half) - LONG) if any(half[i : i + LONG] in f for f in folded)), None)
            if piece is None:
                continue
            harmed = written_pages([f.replace(piece, "") for f in folded])
            assert passage_named(lost(expected, harmed, "PDF"), passage)


def test_a_whole_page_that_is_lost_is_found(real):
    expected, _, pages = real
    for n in range(3, len(pages) - 2):
        assert lost(expected, written_pages([*pages[:n], *pages[n + 1 :]]), "PDF")


def test_paragraphs_in_the_wrong_order_are_found(real):
    expected, docx, _ = real
    long = [p for p in expected if p.kind == "paragraph" and len(p.folded) > 200]
    first, last = long[0].folded, long[-1].folded
    body = docx.body.replace(first, "\x00").replace(last, first).replace("\x00", last)
    assert lost(expected, Written(body, docx.notes, docx.references), "DOCX")


def passage_named(found, passage):
    shown = " ".join(passage.text.split())[:60]
    return any(shown in f.message for f in found)


# fold -------------------------------------------------------------------------------------


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text):
    once = fold(fold(text))  # what a dropped space leaves behind ("¸") may join its neighbour once
    assert fold(once) == once


@given(st.text(), st.text())
def test_folding_ignores_white_space_and_soft_hyphens(a, b):
    for between in (" ", "\n", "\u00a0", "\u00ad", "\u200b"):
        assert fold(a + between + b) == fold(fold(a) + fold(b)) or _joins(a, b)


def _joins(a, b):
    """Normal form C may join the end of one text with the beginning of another."""
    import unicodedata

    return unicodedata.normalize("NFKC", fold(a) + fold(b)) != fold(a) + fold(b)


@given(st.text("abc‘’“”–—‑-− \u00ad'\""))
def test_quotes_and_dashes_are_alike(text):
    plain = text.translate(str.maketrans("‘’“”–—‑−", "''\"\"----"))
    assert fold(text) == fold(plain)


# trees --------------------------------------------------------------------------------------

_INLINE = st.deferred(
    lambda: st.one_of(
        st.text("ab", min_size=1, max_size=3).map(tree.string),
        st.just(tree.SPACE),
        st.lists(_INLINE, max_size=3).map(lambda x: {"t": "Emph", "c": x}),
        st.lists(_INLINE, max_size=3).map(lambda x: tree.span(tree.attr(), x)),
        st.lists(_INLINE, max_size=3).map(lambda x: tree.link(x, "https://example.org")),
    )
)
_BLOCKS = st.lists(
    st.recursive(
        st.lists(_INLINE, max_size=3).map(tree.para),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda x: tree.div(tree.attr(), x)),
            st.lists(st.lists(inner, max_size=2), max_size=2).map(lambda x: {"t": "BulletList", "c": x}),
            st.lists(inner, max_size=3).map(lambda x: {"t": "BlockQuote", "c": x}),
        ),
        max_leaves=6,
    ),
    max_size=4,
)


@settings(max_examples=50, deadline=None)
@given(_BLOCKS)
def test_rewriting_with_no_change_changes_nothing(blocks):
    import copy

    before = copy.deepcopy(blocks)
    assert tree.rewrite(blocks, lambda node: None) == before
    assert tree.rewrite(blocks, lambda node: node) == before


@settings(max_examples=50, deadline=None)
@given(_BLOCKS)
def test_a_rewriting_that_takes_out_takes_out_all(blocks):
    text = tree.text_of(blocks).split()
    tree.rewrite(blocks, lambda node: node["c"] if node["t"] == "Emph" else None)
    assert not any(n["t"] == "Emph" for n in tree.visit(blocks))
    assert tree.text_of(blocks).split() == text
    once = str(blocks)
    tree.rewrite(blocks, lambda node: node["c"] if node["t"] == "Emph" else None)
    assert str(blocks) == once


@pytest.mark.parametrize("depth", [100, 5000])
def test_closing_up_keeps_every_word_and_does_not_recurse(depth):
    from penholder.stages.resolve.shallow import DEEPEST, closed_up

    blocks = [tree.para(tree.words("the deepest words"))]
    inlines = tree.words("deep inline")
    for n in range(depth):
        blocks = [tree.para(tree.words(f"level {n}")), {"t": ("BlockQuote", "Div")[n % 2], "c": blocks if n % 2 == 0 else [tree.attr(), blocks]}]
        inlines = [{"t": "Emph", "c": [*tree.words(f"i{n} "), *inlines]}]
    blocks.append(tree.para(inlines))
    assert closed_up(blocks)
    text = tree.text_of(blocks)
    assert "the deepest words" in text
    assert "deep inline" in text
    assert all(f"level {n} " in text for n in range(depth))

    def height(nodes):
        return 1 + max((height(inner) for node in nodes for inner in tree.children(node)), default=0)

    assert height(blocks) <= DEEPEST + 3
    assert closed_up(blocks) == ""
