"""Sections that come, go, and change places with each other: either version reads on in its own order."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from taking import accepted, rejected
from trees import Hands

from penholder.adapters.pandoc import tree
from penholder.features.redline.documents import _Stream
from penholder.features.redline.merging import Merger

PARAGRAPHS = [f"of {letter * 3} and {letter * 4} it is said that {letter * 5} goes on" for letter in "abcdefghijkl"]


def _sections(parts):
    """Sections of paragraphs, by their numbers; each has a heading."""
    return [
        SimpleNamespace(kind="body", title=f"T{n}", blocks=[tree.header(1, tree.attr(), tree.words(f"T{n}")), *(tree.para(tree.words(PARAGRAPHS[p])) for p in part)])
        for n, part in parts
    ]


def _versions(count):
    """Numbers in an order of their own, cut into sections."""
    part = st.lists(st.integers(0, len(PARAGRAPHS) - 1), unique=True, max_size=8)
    cuts = st.lists(st.integers(0, 8), min_size=count, max_size=count)
    names = st.permutations(range(5))
    return st.tuples(part, cuts, names).map(lambda p: _cut(*p))


def _cut(numbers, cuts, names):
    ends = [0, *sorted(min(cut, len(numbers)) for cut in cuts), len(numbers)]
    return [(name, numbers[a:b]) for name, a, b in zip(names, ends, ends[1:], strict=False)]


def _said(blocks):
    return [tree.text_of([block]) for block in blocks]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 4).flatmap(_versions), st.integers(0, 4).flatmap(_versions))
def test_either_version_reads_on(before, after):
    old, new = _sections(before), _sections(after)
    made = _Stream(old, new, Merger(Hands())).sections()
    blocks = [block for section in made for block in section.blocks]
    assert _said(accepted(blocks)) == _said([b for s in new for b in s.blocks])
    assert _said(rejected(blocks)) == _said([b for s in old for b in s.blocks])
    assert [s.new for s in made if s.new] == new
