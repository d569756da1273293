"""Words counted in one way, and what two sequences of them have in common."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from trees import blocks

from penholder.adapters import sequences
from penholder.adapters.pandoc import tree
from penholder.adapters.sequences import Block, matching
from penholder.features.redline.words import first_words, tokens_of, words_of


def test_words_stand_in_reading_order_and_run_over_no_edge(bench, resolved):
    bench.section(
        "10-a.md",
        "# A *head*ing {#sec-a}\n\nfoo*bar* `co de`[^n], “quoted” [link *text*](https://x.example) $x + y$ [@alpha2020, p. 3].\n\n"
        "[^n]: In a note.\n\n- one\n- two\n\nTerm\n\n:   Meaning\n\nThen.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n: Caption\n\n```\ncode block\n```\n",
    )
    section = resolved().document.sections[0]
    said = " ".join(words_of(section.blocks))
    assert "foobar co de In a note. , “quoted” link text x + y (" in said
    assert "3) . one two Term Meaning Then. Caption a b 1 2 code block" in said.replace("3).", "3) .")


def test_tokens_are_the_same_in_markdown_and_in_print():
    assert tokens_of('It\'s "so" -- and...') == tokens_of("It’s “so” – and…")


def blocks_hold(a, b, found):
    assert all(a[i : i + n] == b[j : j + n] and n for i, j, n in found)
    assert all(x.a + x.size <= y.a and x.b + x.size <= y.b for x, y in pairwise(found))


@pytest.mark.parametrize("length", [0, 1, 5, 70, 400])
def test_what_is_in_common_is_the_longest(length):
    random = Random(length)
    for edits in (0, 1, 5, 60):
        a = [random.choice("abcdefgh") for _ in range(length)]
        b = list(a)
        for _ in range(edits):
            place = random.randrange(len(b) + 1)
            b[place : place + random.randrange(3)] = [random.choice("abcxyz")] * random.randrange(3)
        found = matching(a, b)
        blocks_hold(a, b, found)
        assert sum(block.size for block in found) == longest(a, b)


def longest(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        new = [0]
        for j, y in enumerate(b):
            new.append(row[j] + 1 if x == y else max(row[j + 1], new[-1]))
        row = new
    return row[-1]


def test_every_short_pair():
    for m, n in product(range(5), repeat=2):
        for a, b in product(product("ab", repeat=m), product("ab", repeat=n)):
            found = matching(a, b)
            blocks_hold(a, b, found)
            assert sum(block.size for block in found) == longest(a, b)


@pytest.mark.parametrize("most", [1, 50, 4000])
def test_sequences_too_long_to_compare_whole_are_cut(monkeypatch, most):
    monkeypatch.setattr(sequences, "_MOST", most)
    random = Random(most)
    a = [random.choice(["the", "of", f"w{n}"]) for n in range(300)]
    b = ["new", *a[:80], "x", *a[90:], "end"]
    found = matching(a, b)
    blocks_hold(a, b, found)
    if most > 50:
        assert sum(block.size for block in found) == sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    blocks_hold("ab" * 50, "ba" * 60, matching("ab" * 50, "ba" * 60))


class Same(str):
    """A word whose hash is every other's."""

    __slots__ = ()

    def __hash__(self):
        return 7


def test_words_alike_in_their_hashes_only_are_not_in_common():
    a, b = [Same(x) for x in "abcd"], [Same(x) for x in "abxd"]
    assert matching(a, b) == [Block(0, 0, 2), Block(3, 3, 1)]
    blocks_hold(a, b, matching([Same(x) for x in "pabq"], [Same(x) for x in "rcds"]))


@settings(max_examples=80, deadline=None)
@given(blocks())
def test_every_text_knows_its_first_word(made):
    words = words_of(made)
    starts = first_words(made)
    uncounted = {id(leaf) for node in tree.visit(made) if node["t"] == "Image" for leaf in tree.visit(node["c"][1])}
    for node in tree.visit(made):
        assert node["t"] not in tree.LEAVES or 0 <= starts[id(node)] <= len(words)
        if id(node) in starts.keys() - uncounted:
            text = node["c"] if node["t"] == "Str" else node["c"][1]
            own = text.split()
            if own:
                assert own[0] in words[starts[id(node)]]
