"""Pinpoints are read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.library import cite_suffix, parse_locator


@pytest.mark.parametrize(
    ("text", "parts", "rest"),
    [
        ("s 1(3)", [("section", "1(3)")], ""),
        (", s. 1(3)(a)", [("section", "1(3)(a)")], ""),
        ("ss 12-13", [("section", "12–13")], ""),
        ("ss 24 and 25", [("section", "24 and 25")], ""),
        ("section 52A", [("section", "52A")], ""),
        ("§ 3", [("section", "3")], ""),
        ("reg 4", [("regulation", "4")], ""),
        ("regs 4–6", [("regulation", "4–6")], ""),
        ("sch 2", [("schedule", "2")], ""),
        ("sch 2 para 3", [("schedule", "2"), ("paragraph", "3")], ""),
        ("Sch 2, para 3(1)", [("schedule", "2"), ("paragraph", "3(1)")], ""),
        ("para 12", [("paragraph", "12")], ""),
        ("paras 12 to 14", [("paragraph", "12–14")], ""),
        ("art 5", [("article", "5")], ""),
        ("pt 3", [("part", "3")], ""),
        ("pt IV", [("part", "IV")], ""),
        ("cl 7", [("clause", "7")], ""),
        ("p 3", [("page", "3")], ""),
        ("p. xiv", [("page", "xiv")], ""),
        ("pp 3-7", [("page", "3–7")], ""),
        ("pp. 3-7, 9", [("page", "3–7, 9")], ""),
        ("ch 2", [("chapter", "2")], ""),
        (", 12-14", [("page", "12–14")], ""),
        ("{s 1(3)} and more", [("section", "1(3)")], " and more"),
        ("s 2, on duties", [("section", "2")], ", on duties"),
        ("p. 3 and passim", [("page", "3")], " and passim"),
    ],
)
def test_pinpoints_are_read(text: str, parts: list, rest: str) -> None:
    found = parse_locator(text)
    assert found is not None
    assert list(found.parts) == parts
    assert found.rest == rest


@pytest.mark.parametrize(
    "text", ["", " ", ", emphasis added", "see also", "part of this", "sections of it", "p", "2nd edition", "{}, x", "{odd"]
)
def test_other_suffixes_are_left_alone(text: str) -> None:
    assert parse_locator(text) is None


@given(st.text(max_size=60))
def test_any_suffix_can_be_read(text: str) -> None:
    found = parse_locator(text)
    if found:
        assert text.endswith(found.rest.rstrip("\0")) or "{" in text
        assert cite_suffix(found, "legislation", "oscola").endswith(found.rest)
