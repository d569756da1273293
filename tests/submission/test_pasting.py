"""An answer as it is pasted: what becomes of all that a form cannot take, how long it is, and where a limit falls."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submission_desk import Desk

from penholder.features.submission.lengths import cut, falls_after, length_of, normal
from penholder.features.submission.pasting import Pasted, pasted_all

FORM = "schema_version: 1\nprofile: uk-survey\nquestions:\n  - {id: Q1, text: What is needed?}\n  - {id: Q2, text: Else?, required: false}\n"


def answer(desk: Desk, text: str = "", *, sections: str = "", passages: str = "") -> Pasted:
    lines = f"answers:\n  - question: Q1\n    sections: [{sections}]\n    passages: [{passages}]\n"
    if text:
        lines += "    text: |\n" + "".join(f"      {line}\n" for line in text.split("\n"))
    resolved, findings = desk.document(FORM + lines)
    assert not [f for f in findings if f.severity.label == "error"], findings
    return pasted_all(resolved)[0]


@pytest.mark.parametrize(
    ("typed", "wanted", "changed"),
    [
        ("One *two* **three**,\nfour.", "One two three, four.", ()),
        ("- one\n    - nested\n- two", "- one\n  - nested\n- two", ()),
        ("3. three\n4. four", "3. three\n4. four", ()),
        ("One.[^1]\n\n[^1]: A *note*.", "One. [1]\n\n[1] A note.", ("a footnote stands at the end",)),
        ("> Said.", "“Said.”", ("a quotation stands in quotation marks",)),
        ("> One.\n>\n> Two.", "“One.\n\nTwo.”", ("a quotation stands in quotation marks",)),
        ("See [the Act](https://a.example/act).", "See the Act (https://a.example/act).", ("an address stands in brackets after its words",)),
        ("See <https://a.example>.", "See https://a.example.", ()),
        ("Mail <a@b.example>.", "Mail a@b.example.", ()),
        ("H~2~O, m^2^, 4^th^.", "H₂O, m², 4^th.", ()),
        ("Term\n:   What it is.", "Term: What it is.", ()),
        ("| one\n| two", "one\ntwo", ()),
        ("One\\\ntwo.", "One\ntwo.", ()),
        ("'a' \"b\" -- c --- d", "‘a’ “b” – c — d", ()),
        ("`code` a&nbsp;b", "code a b", ()),
        ("# Head\n\nText.", "Head\n\nText.", ("a heading became a line of its own",)),
        ("| Year | Spend | Share |\n|---|---|---|\n| 2024 | 10 | |\n| 2025 | 12 | 5% |\n\n: Money {#tbl-money}", "Table 1: Money\n- 2024: Spend: 10\n- 2025: Spend: 12; Share: 5%", ("a table became a list, a row each",)),
        ("So [@alpha2020, p. 3].", "So (Alpha, 2020, p. 3).\n\nReferences:\n- Alpha, A. (2020) First Things. Leeds: North Press.", ("a source is named in full at the end",)),
    ],
)  # fmt: skip
def test_what_a_form_cannot_take_is_told_in_words(desk: Desk, typed: str, wanted: str, changed: tuple[str, ...]) -> None:
    made = answer(desk, typed)
    assert (made.text, made.changes) == (wanted, changed)


def test_a_section_alone_goes_without_its_title_and_several_keep_theirs(desk: Desk) -> None:
    alone = answer(desk, sections="20-need.md").text
    assert alone.startswith("1. The first paragraph of need (Alpha, 2020).\n\n2. The second, see paragraph 1.")
    both = answer(desk, "This first.", sections="20-need.md, 30-deliver.md").text
    assert re.match(r"\d\. This first\.\n\nNeed\n\n1\. ", both) and "\n\nDelivery\n\n3. Keep" in both


def test_numbers_stay_only_where_something_refers_to_them(desk: Desk) -> None:
    assert answer(desk, "One.\n\nTwo.").text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("passages", "wanted"),
    [
        ("tbl-spend", "Table 1: Spend by year\n- 2024: Spend: 10"),
        ("'@para-first'", "1. The first paragraph of need (Alpha, 2020).\n\nReferences:\n- Alpha, A. (2020) First Things. Leeds: North Press."),
        ("sec-deliver", "3. Keep promises (‘Need’).\n\nTable 1: Spend by year\n- 2024: Spend: 10"),
    ],
)
def test_passages_answer_by_their_ids(desk: Desk, passages: str, wanted: str) -> None:
    chosen = f"sections: [20-need.md, 30-deliver.md]\nanswers:\n  - {{question: Q1, passages: [{passages}]}}\n"
    assert pasted_all(desk.document(FORM + chosen)[0])[0].text == wanted


def test_a_section_with_passages_named_gives_those_alone(desk: Desk) -> None:
    made = answer(desk, sections="20-need.md, 30-deliver.md", passages="tbl-spend").text
    assert made.startswith("Need\n\n1. ") and made.endswith("Table 1: Spend by year\n- 2024: Spend: 10\n\nReferences:\n- Alpha, A. (2020) First Things. Leeds: North Press.")
    assert "Keep promises" not in made


def test_a_recommendation_says_to_whom(desk: Desk) -> None:
    chosen = "sections: [30-deliver.md, 20-need.md]\nanswers:\n  - {question: Q1, sections: [80-recommendations.md]}\n"
    made = pasted_all(desk.document(FORM + chosen)[0])[0]
    assert made.text == "Recommendation 1 (To: The Cabinet Office): Publish what was done (Table 1)."


# how long ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "one", "two", "letters"),
    [
        ("", 0, 0, 0),
        ("a\nb", 3, 4, 3),
        ("a\r\nb", 3, 4, 3),
        ("a\rb", 3, 4, 3),
        ("a\r\n\r\nb\n", 5, 8, 5),
        ("e\u0301", 2, 2, 1),  # as typed; what is pasted is composed
        ("q\u0303", 2, 2, 1),  # an accent that has no letter of its own with it
        ("\U0001f600", 2, 2, 1),  # beyond the first 65,536: two code units
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", 8, 8, 1),  # a family is one letter to a reader
        ("\u2611\ufe0f", 2, 2, 1),
    ],
)
def test_a_length_both_ways(text: str, one: int, two: int, letters: int) -> None:
    assert length_of(text) == (one, two, letters)


def test_what_is_pasted_is_composed() -> None:
    assert normal("e\u0301\r\nq\u0303\n") == "é\nq\u0303"


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("one two three four five", 23, ""),
        ("one two three four five", 22, "the limit falls after “… three four fiv”"),
        ("one two", 4, "the limit falls after “one”"),
        ("q\u0303\u0303", 2, "the limit falls before the first word"),
        ("a\nb\nc", 6, "the limit falls after “a b”"),  # five characters, seven with CRLF
        ("ab q\u0303", 4, "the limit falls after “ab”"),  # never between a letter and its accent
    ],
)
def test_where_a_limit_falls(text: str, limit: int, said: str) -> None:
    assert falls_after(text, limit) == said


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, 80))
def test_what_is_cut_fits_and_no_more_would(text: str, limit: int) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    index = cut(text, limit)
    whole = length_of(text)
    assert (index is None) == whole.fits(limit)
    assert whole.letters <= whole.one <= whole.two
    if index is not None:
        size = length_of(plain[:index])
        assert (size.one if whole.one > limit else size.two) <= limit
        assert index == 0 or not unicodedata.category(plain[index]).startswith("M")


@given(st.text(max_size=80))
def test_line_ends_of_any_kind_count_alike(text: str) -> None:
    plain = text.replace("\r", "")
    assert length_of(plain) == length_of(plain.replace("\n", "\r\n")) == length_of(plain.replace("\n", "\r"))


@given(st.text(max_size=80))
def test_pasting_what_was_pasted_changes_nothing(text: str) -> None:
    assert normal(normal(text)) == normal(text)


# one character too long -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fits", "said"),
    [
        ("a" * 2000, True, "2,000 of 2,000"),
        ("a" * 2001, False, "2,001 of 2,000"),
        ("a" * 1998 + "q\u0303", True, "2,000 of 2,000"),
        ("a" * 1999 + "q\u0303", False, "2,001 of 2,000"),
        ("a" * 1999 + "e\u0301", True, "2,000 of 2,000"),
        ("a" * 1999 + "\U0001f600", False, "2,001 of 2,000"),
        ("a" * 999 + "\n\n" + "a" * 998, False, "2,001 of 2,000 with line ends counted as two characters (1,999 with line ends as one)"),
    ],
)
def test_an_answer_is_too_long_by_one(desk: Desk, typed: str, fits: bool, said: str) -> None:
    made = answer(desk, typed)
    assert made.limit == 2000 and made.fits is fits
    assert made.length.said(2000) == said
    if not fits:
        assert falls_after(made.text, 2000).startswith("the limit falls after “")
