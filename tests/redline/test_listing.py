"""What a person reads of each change: its words, and where it stands."""

from __future__ import annotations

import pytest

from penholder.features.redline.listing import changes_in
from penholder.report.redline import _line


@pytest.fixture
def told(merge):
    """The changes from one text to another."""
    return lambda old, new: list(changes_in(merge(old, new)[0]))


@pytest.fixture
def lines(told):
    """The same as they are printed, without whose they are."""
    return lambda old, new: [_line(t, whole=False).replace("\x1b[0m", "").rsplit("  [", 1)[0].split(" ", 3)[-1] for t in told(old, new)]


def test_a_change_is_found_by_the_words_before_it(told):
    (change,) = told("Price and quality may count for half of it.", "Price and quality must count for half of it.")
    assert (change.deleted, change.inserted, change.after, change.before) == ("may", "must", "Price and quality", "")


def test_at_the_beginning_of_a_line_by_those_behind_it(told):
    (change,) = told("It was said to all of us twice.", "This was said to all of us twice.")
    assert (change.after, change.before) == ("", "was said to all")


def test_what_is_new_beside_it_has_its_spaces(told):
    first, second = told("We all need a plan now, and more.", "We all need a very good plan soon, and more.")
    assert (first.inserted, first.after) == ("very good", "We all need a")
    assert (second.deleted, second.inserted, second.after) == ("now", "soon", "a very good plan")


def test_a_line_of_its_own_needs_no_other_words(told):
    old = "The first has these words in it.\n\nThe last has quite others."
    (change,) = told(old, f"{old}\n\nA third came.")
    assert (change.inserted, change.after, change.before) == ("A third came.", "", "")


def test_the_words_of_another_line_are_not_beside_it(told):
    first = "The first has these words in it.\n\n"
    (change,) = told(f"{first}It ends so at last, I say.", f"{first}It ended so at last, I say.")
    assert change.after == "It"


def test_a_note_a_list_and_a_table_say_what_they_are(told):
    (note,) = told("A claim.", "A claim.[^a]\n\n[^a]: From the survey.")
    (listed,) = told("Lead.", "Lead.\n\n- one thing\n- another")
    (table,) = told("Lead.", "Lead.\n\n| A | B |\n|---|---|\n| c | d |\n\n: The caption")
    assert note.inserted == "[note: From the survey.]"
    assert listed.inserted == "• one thing • another"
    assert table.inserted == "[table: The caption / A | B / c | d]"


def test_an_address_behind_the_same_words_is_named(told):
    (change,) = told("See [the guide](https://a.example) first of all.", "See [the guide](https://b.example) first of all.")
    assert (change.deleted, change.inserted) == ("the guide (https://a.example)", "the guide (https://b.example)")


def test_another_picture_with_the_same_words_is_said_to_be_one(lines):
    (line,) = lines("![](1.png){alt=\"A ring\"}\n\nText.", "![](2.png){alt=\"A ring\"}\n\nText.")
    assert line == "“[picture: A ring]” is another picture, with the same words"


def test_long_texts_are_cut_where_they_begin_to_differ(lines):
    same = "Ask someone outside of your context whether they understand the content, for example a developer who "
    (line,) = lines(f"{same}knows nothing.", f"{same}works elsewhere on quite other things than these and has never seen it before now.")
    assert line.count("knows nothing") == line.count("works elsewhere") == 1
