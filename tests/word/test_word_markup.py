"""Raw WordprocessingML: names Word takes, text that cannot break out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from penholder.adapters import word
from penholder.adapters.word.xml import W, w

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@given(st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=30))
def test_bookmark_names_are_valid_and_differ(identifiers: list[str]) -> None:
    names = [word.bookmark_name(identifier) for identifier in identifiers]
    assert all(NAME.fullmatch(name) for name in names)
    assert len(set(names)) == len(names)


@given(st.from_regex(r"[a-cA-C][a-cA-C0-1_-]{0,50}", fullmatch=True), st.data())
def test_close_identifiers_stay_apart(identifier: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from([identifier.swapcase(), identifier.replace("-", "_"), identifier + "-"]))
    if other != identifier:
        assert word.bookmark_name(other) != word.bookmark_name(identifier)


@pytest.mark.parametrize("identifier", ["sec-duty", "para-12", "x", "sec-Duty", "2nd", "é", "a" * 90, "sec_a", ""])
def test_a_bookmark_name_is_its_own_name(identifier: str) -> None:
    """pandoc and a second call leave a name's meaning alone."""
    assert word.bookmark_name(identifier) == word.bookmark_name(identifier)
    assert NAME.fullmatch(word.bookmark_name(identifier))


def test_a_plain_identifier_stays_readable() -> None:
    assert word.bookmark_name("sec-analyse-duty") == "sec_analyse_duty"


def test_a_name_that_looks_hashed_is_hashed() -> None:
    hashed = word.bookmark_name("Sec-A")
    assert word.bookmark_name(hashed.replace("_", "-")) != hashed


@given(st.text(max_size=60))
def test_text_comes_back_from_markup(text: str) -> None:
    entry = word.ContentsEntry(1, text, text, "sec_a")
    pieces = [
        word.run(text),
        word.seq_field("Table", text),
        word.ref_field("sec_a", text),
        word.bookmark("sec_a", 1, word.run(text)),
        word.contents([entry, entry], text),
    ]
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{"".join(pieces)}</w:body>')
    legal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    found = [element.text or "" for element in root.iter(w("t")) if element.text != "\u2003" or text == "\u2003"]
    expected = [legal] * (4 + 1 + (4 if legal or text else 2))
    assert [piece.replace("\r", "\n") for piece in found] == expected


def test_fields_open_and_close() -> None:
    entries = [word.ContentsEntry(level, str(level), "x", "y") for level in (1, 2, 7)]
    markup = word.contents(entries, "Contents") + word.seq_field("Annex table", 2)
    kinds = re.findall(r'fldCharType="(\w+)"', markup)
    assert kinds == ["begin", "separate", "end"] * 2
    assert "dirty" not in markup
    assert "SEQ Annex_table " in markup
    assert 'w:val="TOC3"' in markup


def test_empty_contents_have_no_field() -> None:
    assert "fldChar" not in word.contents([], "Contents")
