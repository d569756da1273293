"""The scanner: every well-formed entry is found, whatever stands around it, at its exact place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penholder.adapters.bibtex import closure, parse_fields, plain_text, references, scan

WORD = st.text(alphabet="abcdefgh XYZ0123456789.,:;-()'éß\n%", max_size=20).filter(lambda s: "@" not in s)
VALUE = st.recursive(WORD, lambda inner: st.lists(inner, max_size=3).map(lambda v: "{" + " ".join(v) + "}"), max_leaves=6)
KEY = st.from_regex(r"[A-Za-z][A-Za-z0-9:_/-]{0,10}", fullmatch=True)
NAME = st.from_regex(r"[a-z]{2,9}", fullmatch=True)


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, str]:
    key = draw(KEY)
    fields = draw(st.dictionaries(NAME, VALUE, max_size=4))
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    return key, f"@article{{{key}{body}\n}}"


BROKEN = st.one_of(
    st.text(alphabet='{}"\\,=#()% abc\n', max_size=60),
    st.text(alphabet='{}"\\,=# abc\n', max_size=40).map(lambda s: "@book{bad, title = {" + s),
    st.text(alphabet='{}"\\,=# abc\n', max_size=40).map(lambda s: "@book(bad, title = " + s),
    st.just("@article{, title = {x}}"),
    st.just("@string{x}"),
    st.just("@comment{ {"),
)


@given(BROKEN, st.lists(entries(), min_size=1, max_size=4))
def test_well_formed_entries_are_found_behind_any_garbage(garbage: str, whole: list[tuple[str, str]]) -> None:
    text = garbage + "\n" + "\n\n".join(entry for _, entry in whole)
    found = scan(text)
    slices = [(e.key, text[e.start : e.end]) for e in found.entries]
    assert slices[-len(whole) :] == whole


@given(st.text(max_size=300))
def test_any_text_can_be_scanned(text: str) -> None:
    found = scan(text)
    for entry in found.entries:
        assert text[entry.start] == "@"
        assert text[entry.end - 1] in "})"
        assert entry.start < entry.body < entry.end
        assert text.count("\n", 0, entry.start) + 1 == entry.line
        parse_fields(text[entry.body : entry.end - 1])
    references(parse_fields(text).values)
    plain_text(text)


@given(st.text(alphabet='@{}()"\\,=#%\n abc', max_size=300))
def test_text_full_of_syntax_can_be_scanned(text: str) -> None:
    found = scan(text)
    edges = [edge for e in found.entries for edge in (e.start, e.end)]
    assert edges == sorted(edges)


def test_a_missing_brace_costs_one_entry() -> None:
    text = "@book{a, title = {A}}\n@book{b, title = {B},\n\n@book{c, title = {C}}\n"
    found = scan(text)
    assert [e.key for e in found.entries] == ["a", "c"]
    assert [(t.line, t.key) for t in found.troubles] == [(2, "b")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@book{, title={x}}", "has no key"),
        ("@book{title = {x}}", "has no key"),
        ("@book{key title = {x}}", 'no comma after the key "key"'),
        ("@book{key, title = {x}", 'no closing "}"'),
        ("@string{oops}", "has no name"),
    ],
)
def test_troubles_say_what_is_wrong(text: str, said: str) -> None:
    found = scan(text)
    assert not found.entries
    assert [said in t.message for t in found.troubles] == [True]


def test_comments_strings_preambles_and_parentheses() -> None:
    text = (
        "% @book{no, title={x}}\nfree text\n@string{ OUP = \"Oxford\" }\n@preamble{\"x\"}\n"
        '@comment{jabref {x} @book{no}}\n@Book(yes, title = "a (b) {c\\} d}")  @misc{two}\n'
    )
    found = scan(text)
    assert [(e.type, e.key) for e in found.entries] == [("book", "yes"), ("misc", "two")]
    assert [s.key for s in found.strings] == ["oup"]
    assert [o.type for o in found.others] == ["preamble", "comment"]
    assert not found.troubles


def test_fields_are_read_with_quotes_numbers_and_joins() -> None:
    read = parse_fields(' title = "A {b} c", year = 2020 month = jan, publisher = oup # " Press",, x = {{{{{deep}}}}}')
    assert read.values["title"] == '"A {b} c"'
    assert read.values["publisher"] == 'oup # " Press"'
    assert read.values["x"] == "{{{{{deep}}}}}"
    assert read.missing_comma == ("year",)
    assert not read.rest


def test_plain_text_resolves_accents_roughly() -> None:
    assert plain_text(r"{M{\"u}ller, {\'E}tudes of stra{\ss}e \& {\c{c}}a \textit{x}}") == "Müller, Études of straße & ça x"


def test_the_closure_follows_crossref_xdata_sets_and_strings() -> None:
    texts = {
        "a": {"crossref": "{b}", "publisher": "oup"},
        "b": {"xdata": "{c, d}", "related": "{a}"},
        "c": {"title": "{x}"},
        "s": {"entryset": "{a,nosuch}"},
    }
    strings = {"oup": {"oup": 'ox # " Press"'}, "ox": {"ox": '"Oxford"'}}
    keys, names = closure(["s"], texts.get, strings.get)
    assert keys == ["s", "a", "b", "c"]
    assert names == ["ox", "oup"]


@pytest.mark.parametrize("unit", ["{", '@a{b,"', "@a{", "\\", "@a(", "@string{a=", '"{', "@a{b,c={"])
def test_hostile_repetition_stays_fast(unit: str) -> None:
    started = time.process_time()
    scan(unit * 20_000)
    parse_fields(unit * 2_000)
    assert time.process_time() - started < 5


def test_ten_thousand_entries_take_less_than_a_second() -> None:
    entry = "@article{{k{0},\n  author = {{M{{\\\"u}}ller, A}},\n  title = {{The {{UK}} study {0}}},\n  date = {{2020}},\n}}\n\n"
    text = "".join(entry.format(i) for i in range(10_000))
    started = time.process_time()
    assert len(scan(text).entries) == 10_000
    assert time.process_time() - started < 1
