"""The laws of a merged tree: each version is in it whole, and nothing else."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from taking import accepted, rejected
from trees import Hands, blocks, said, versions

from penholder.adapters.pandoc import tree
from penholder.features.redline.counting import counts_of, word_count
from penholder.features.redline.merging import Merger
from penholder.stages.resolve.changes import change_of


def merged(old, new):
    return Merger(Hands()).blocks(old, new)


def changes(nodes):
    return [c for n in tree.visit(nodes) if n["t"] in ("Span", "Div") and (c := change_of(n["c"][0]))]


@settings(max_examples=120, deadline=None)
@given(versions())
def test_accepting_gives_the_newer_and_rejecting_the_older(pair):
    old, new = pair
    before = copy.deepcopy(pair)
    both = merged(old, new)
    assert said(accepted(both), looks=True) == said(new, looks=True)
    assert said(rejected(both), looks=False) == said(old, looks=False)
    assert (old, new) == before, "merging changed what it was given"


@settings(max_examples=80, deadline=None)
@given(versions())
def test_words_inserted_less_deleted_is_the_growth(pair):
    old, new = pair
    counts = counts_of(merged(old, new))
    assert counts.inserted - counts.deleted == word_count(new) - word_count(old)


@settings(max_examples=50, deadline=None)
@given(blocks())
def test_nothing_changed_is_no_change(one):
    both = merged(one, copy.deepcopy(one))
    assert both == one
    assert not counts_of(both).changed


@settings(max_examples=50, deadline=None)
@given(versions())
def test_no_mark_stands_in_a_mark(pair):
    def look(nodes, inside):
        for node in nodes:
            mark = node["t"] in ("Span", "Div") and change_of(node["c"][0]) is not None
            assert not (mark and inside)
            for inner in tree.children(node):
                look(inner, inside or mark)

    look(merged(*pair), False)
