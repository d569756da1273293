"""Code, comments and tags in Markdown: what pandoc takes for them, in time that grows with the text alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.checks.reach import Reach
from penholder.checks.typed import Typed, blanked


def shown(text: str, places: list[tuple[int, int]]) -> list[str]:
    return [text[a:b] for a, b in places]


@pytest.mark.parametrize(
    ("text", "code", "comments"),
    [
        ("a `b` c", ["`b`"], []),
        ("a ``b ` c`` d", ["``b ` c``"], []),
        ("a `b\nc` d", ["`b\nc`"], []),
        ("a `b\n\nc` d", [], []),
        ("a \\`b` c", [], []),
        ("a <!-- b ` c --> d ` e", [], ["<!-- b ` c -->"]),
        ("a `<!-- b -->` c", ["`<!-- b -->`"], []),
        ("<!-- a <!-- b --> c -->", [], ["<!-- a <!-- b -->"]),
        ("<!-- never closed", [], []),
        ("```\n<!-- a -->\n\nb\n```\nc", ["```\n<!-- a -->\n\nb\n```"], []),
        ("~~~~ x\na\n~~~\n~~~~~\nc", ["~~~~ x\na\n~~~\n~~~~~"], []),
        ("```x\n```y\nnever closed <!-- a -->", ["```x\n```"], ["<!-- a -->"]),
        ("```a``` b", ["```a```"], []),
    ],
)
def test_code_and_comments(text: str, code: list[str], comments: list[str]) -> None:
    typed = Typed(text)
    assert (shown(text, typed.code), shown(text, typed.comments)) == (code, comments)


def test_tags() -> None:
    text = 'a <b class="x">c</b> <br/> `<i>` <https://example.org> <me@example.org> 1 < 2 > 0 <p\nid=x> <p\n\nid=x> <!-- <u> -->'
    assert shown(text, Typed(text).tags) == ['<b class="x">', "</b>", "<br/>", "<p\nid=x>"]


@given(st.text(alphabet="`~<!-> a\n\\", max_size=60))
def test_places_are_in_order_and_apart(text: str) -> None:
    typed = Typed(text)
    places = sorted([*typed.code, *typed.comments, *typed.tags])
    assert all(a < b for a, b in places) and all(b <= c for (_, b), (c, _) in pairwise(places))
    bare = blanked(text, places)
    assert len(bare) == len(text) and bare.count("\n") == text.count("\n")
    for start, end in typed.comments:
        low, high = Reach(text, typed.comments).of(start, end)
        assert 0 <= low <= start and high <= len(text)
