"""Finding words in Markdown: the short ways lead where the long ones do."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from penholder.checks.align import Aligner

_words = st.lists(st.sampled_from(["the", "Act,", "(2023)", "council’s", "a", "“so”", "14.4", "x_y"]), min_size=1, max_size=5)
_gaps = st.sampled_from([" ", "\n", "  ", " *", "[^1] ", " – ", "\n\n", ""])
_typed = st.lists(st.tuples(st.sampled_from(["the", "Act,", "(2023)", "council's", "a", '"so"', "14.4", "x_y"]), _gaps), max_size=12)


@given(_typed, _words, st.integers(0, 12))
def test_a_run_of_words_is_where_each_word_is_found(typed: list[tuple[str, str]], words: list[str], at: int) -> None:
    text = "".join(word + gap for word, gap in typed)
    whole, single = Aligner(text), Aligner(text)
    whole.at = single.at = min(at, len(text))
    start = whole.run(" ".join(words))
    if start is None:
        assert whole.at == single.at
        return
    places = []
    for word in words:
        places.append(single.word(word))
    assert places[0] and places[0][0][1] == start
    assert single.at == whole.at


@given(_typed, _words, st.integers(0, 12))
def test_a_block_that_is_next_begins_where_it_is_found(typed: list[tuple[str, str]], words: list[str], at: int) -> None:
    text = "".join(word + gap for word, gap in typed)
    near, far = Aligner(text), Aligner(text)
    near.at = far.at = min(at, len(text))
    chosen = [word for word in words if any(c.isalnum() for c in word)][:4]
    if not near._is_next(chosen):
        assert near.at == far.at
        return
    far._is_next = lambda _: False  # type: ignore[method-assign]
    far.block(words)
    assert (near.at, near.began) == (far.at, far.began)


@given(st.text(alphabet="@{}ab_ .", max_size=30), st.sampled_from(["a", "ab", "a.b", "b_"]), st.integers(0, 10))
def test_a_key_is_found_as_by_its_pattern(text: str, key: str, low: int) -> None:
    low = min(low, len(text))
    found = re.compile(rf"@(?:\{{{re.escape(key)}\}}|{re.escape(key)}(?!\w))").search(text, low)
    assert Aligner(text)._key(key, low) == (found.span() if found else None)
