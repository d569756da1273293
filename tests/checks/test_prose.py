"""Passages: what rules read, and that every word of it is found in the author's own text."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.extract import passages
from penholder.checks.prose import HOLE, Passage
from penholder.source import LineMap, SourceFile


def read(pandoc: Worker, markdown: str, language: str = "en-GB") -> tuple[Passage, ...]:
    blocks, _ = pandoc.read(markdown)
    source = SourceFile("x.md", markdown)
    return passages(blocks, markdown, LineMap.identity(source), language)


def under(markdown: str, passage: Passage, words: str) -> str:
    """The author's own characters behind some words of a passage."""
    at = passage.text.index(words)
    return markdown[passage.offset(at) : passage.offset(at + len(words), end=True)]


@pytest.mark.parametrize(
    ("markdown", "words", "written"),
    [
        ("One *two three* four.", "two three", "two three"),
        ("“Quoted words” here. It's fine.", "It’s fine", "It's fine"),
        ("A [link text](https://example.org/a_b \"title a\") a word.", "a word", "a word"),
        ("Text [@alpha2020, p. 3; @beta2021] then 14.4 million.", "14.4 million", "14.4 million"),
        ("A range 10--15 and 2019–20 end.", "end", "end"),
        ("Dash---here... and after.", "after", "after"),
        ("Escaped \\*star\\* and more.", "more", "more"),
        ("\\[TODO\\] Holding text.", "TODO", "TODO"),
        ("\\[TODO\\] Holding text.", "[TODO] Holding", "[TODO\\] Holding"),
        ("Cost \\~\\$5 and an \\_a\\_b\\_ c\\\\d end.", "a_b", "a\\_b"),
        ("Cost \\~\\$5 and an \\_a\\_b\\_ c\\\\d end.", "c\\d end", "c\\\\d end"),
        ("Cost \\~\\$5 and an end.", "$5", "$5"),
        ("A note.[^n] And on.\n\n[^n]: The note's own words.\n\nLast words.", "Last words", "Last words"),
        ("`code it` is code. Then `code it` again.", "again", "again"),
        ("Term $x^2$ is squared.", "squared", "squared"),
        ("<!-- hidden words --> shown words.", "shown words", "shown words"),
        ("I'll begin so.\n\nI'll end so.", "end so", "end so"),
        ("a a a [a](a) a *a* b.", "b", "b"),
        ("Words[ in a span]{.smallcaps} after.", "after", "after"),
        ("Use \\## under \\#.\n\n## Next\n\nMore: under that.\n\n## Next\n\nThe last one.", "More", "More"),
        ("- in\\_dirs\n- in\\_puts\n\nText. " + "More words. " * 60 + "\n\n## dirs\n\nLast one.", "Last one", "Last one"),
        ("Add Care 3.1, 3.2 now.\n\n" + "Text of another kind. " * 60 + "\n\nAdd Care of 1, 3.2 more.\n\nLast one.", "Last one", "Last one"),
        ("See `a`.\n\nText.\n\nLater words.\n\n" + "x " * 900 + "`a` end.", "Later", "Later"),
    ],
)
def test_words_are_found_in_the_authors_text(pandoc: Worker, markdown: str, words: str, written: str) -> None:
    passage = next(p for p in reversed(read(pandoc, markdown)) if words in p.text)
    assert under(markdown, passage, words) == written


def test_a_citation_is_a_hole_with_its_place(pandoc: Worker) -> None:
    markdown = "Poverty is high [see @alpha2020, p. 3; -@beta2021] and @gamma2022 [s 1(3)] agrees."
    (passage,) = read(pandoc, markdown)
    assert passage.text == f"Poverty is high {HOLE} and {HOLE} agrees."
    first, second = passage.cites
    assert (first.keys, first.suffixes, first.prefixes, first.in_text) == (("alpha2020", "beta2021"), ("p. 3", ""), ("see", ""), False)
    assert (second.keys, second.in_text) == (("gamma2022",), True)
    assert markdown[passage.offset(first.start) : passage.offset(first.end, end=True)] == "[see @alpha2020, p. 3; -@beta2021]"


def test_kinds_of_passages(pandoc: Worker) -> None:
    markdown = (
        "# Heading {#sec-a}\n\nPara one.\n\n> Quoted para.\n\n- item a\n- item b\n\nPara two.[^f]\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n: The caption\n\n::: {.recommendation}\nDo it.\n:::\n\n[^f]: A note.\n"
    )
    found = [(p.kind, p.text, p.nth, p.within) for p in read(pandoc, markdown)]
    assert ("heading", "Heading", 0, ()) in found
    assert ("paragraph", "Para one.", 1, ()) in found
    assert ("paragraph", "Quoted para.", 0, ("quote",)) in found
    assert ("item", "item b", 0, ("list",)) in found
    assert ("paragraph", "Para two.", 2, ()) in found
    assert ("note", "A note.", 0, ("note",)) in found
    assert ("caption", "The caption", 0, ("table",)) in found
    assert ("cell", "2", 0, ("table",)) in found
    assert ("paragraph", "Do it.", 3, ("recommendation",)) in found


def test_notes_hang_where_their_marks_stand(pandoc: Worker) -> None:
    found = read(pandoc, "Half of them do.[^a] All agree.\n\n[^a]: See [@alpha2020].\n")
    passage, note = found
    assert note.parent is passage and passage.text[: note.hangs_at] == "Half of them do."
    assert [c.keys for c in passage.cited_in(0, note.hangs_at)] == [("alpha2020",)]


def test_sentences_do_not_end_at_abbreviations(pandoc: Worker) -> None:
    (passage,) = read(pandoc, "See para. 12 of vol. 2, e.g. by Dr. Smith. It rose by 44 per cent. No. 10 agreed.")
    assert [s.text for s in passage.sentences] == [
        "See para. 12 of vol. 2, e.g. by Dr. Smith.", "It rose by 44 per cent.", "No. 10 agreed.",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Mae tlodi yn uchel. Mae angen gweithredu.", "الفقر مرتفع. يجب العمل الآن.", "", "   ", "###", "[^x]", "****"])
def test_any_text_can_be_read(pandoc: Worker, text: str) -> None:
    for passage in read(pandoc, text, "cy"):
        assert all(passage.text[s.start : s.end] == s.text for s in passage.sentences)
        passage.span()


_word = st.sampled_from(["the", "of", "Act", "poverty", "14.4", "million", "councils'", "it's", "a", "I", "58%", "£259bn", "(brackets)", "end,", "one", "Wales", "\\[TODO\\]", "a\\_bb", "\\*so\\*"])
_piece = st.one_of(
    _word,
    st.builds("*{}*".format, _word),
    st.builds("**{} {}**".format, _word, _word),
    st.builds("[{}](https://example.org/{})".format, _word, st.sampled_from(["the", "a_of", "14"])),
    st.sampled_from(["[@alpha2020]", "[@beta2021, p. 3]", "@alpha2020", "`the code`", "$a$", "[^n]", "--", '"the quote"']),
)
_paragraph = st.lists(_piece, min_size=1, max_size=14).map(" ".join)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_paragraph, min_size=1, max_size=5))
def test_every_word_is_placed_on_itself(pandoc: Worker, paragraphs: list[str]) -> None:
    markdown = "\n\n".join(f"X{i}x {p}" for i, p in enumerate(paragraphs)) + "\n\n[^n]: The note of the Act.\n"
    for passage in read(pandoc, markdown):
        for word in re.finditer(r"[A-Za-z]{2,}", passage.text):
            if not any(m.kind in ("code", "math") and m.start <= word.start() < m.end for m in passage.marks):
                assert markdown[passage.offset(word.start()) : passage.offset(word.end(), end=True)] == word[0]


_WORDS = st.lists(st.sampled_from(["test", "policy", "and", "code", "the", "work", "MUST"]), min_size=1, max_size=6)


@st.composite
def _item(draw: st.DrawFn) -> str:
    """A list item in which some words are links, emphasis, or spans; all items of a list look alike."""
    words = draw(_WORDS)
    marks = draw(st.lists(st.sampled_from(["{}", "[{}](a.md#b)", "*{}*", "**{}**", "[{}]{{.x}}"]), min_size=len(words), max_size=len(words)))
    return " ".join(mark.format(word) for mark, word in zip(marks, words, strict=True))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_item(), min_size=2, max_size=12))
def test_items_that_begin_alike_stand_each_on_its_own_line(pandoc: Worker, items: list[str]) -> None:
    markdown = "".join(f"- {item}\n" for item in items) + "\nThe end of it.\n"
    found = [p for p in read(pandoc, markdown) if p.kind == "item"]
    assert [p.span().line for p in found] == list(range(1, len(items) + 1))


def test_a_block_found_too_far_down_costs_no_other_its_place(pandoc: Worker) -> None:
    markdown = "Alpha&nbsp;beta gamma delta.\n\nEpsilon zeta eta theta.\n\nIota kappa.\n\nAlpha beta gamma delta.\n"
    lines = [p.span().line for p in read(pandoc, markdown)]
    assert lines[1:] == [3, 5, 7]
