"""Models: every mistake of a file is found in one reading, at its key, and nothing else is lost."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penholder.model import base
from penholder.model.base import Authored
from penholder.model.check import CheckSettings
from penholder.model.evidence import EvidenceFile, Fact
from penholder.model.paper import Contributor, PaperFile, SectionFront, WorkspaceFile
from penholder.model.profile import ProfileFile, RuleFile
from penholder.model.record import RecordFile
from penholder.model.schema import KINDS
from penholder.model.submission import ContactFile, Registration, SubmissionFile

MODELS: list[type[Authored]] = [*(kind.model for kind in KINDS.values()), RecordFile, ContactFile]


def fact(number: int) -> dict[str, Any]:
    return {"id": f"f{number}", "value": number, "statement": "Said.", "source": {"key": "alpha2020"}, "retrieved": dt.date(2030, 1, 31)}


# all of them -----------------------------------------------------------------------


# key of a fact, what is written there instead, and where that is found to be wrong
MISTAKES: list[tuple[str, Any, tuple[str | int, ...]]] = [
    ("unit", ["%"], ("unit",)),
    ("status", "true", ("status",)),
    ("retrieved", "May", ("retrieved",)),
    ("review_by", 20300131, ("review_by",)),
    ("approximate", "yes", ("approximate",)),
    ("superseded_by", "a b", ("superseded_by",)),
    ("wordings", ["fine", None, "fine"], ("wordings", 1)),
    ("wordings", {"a": 1}, ("wordings",)),
    ("source", {"key": "k", "page": 3}, ("source", "page")),
    ("source", 7, ("source",)),
    ("titel", "T", ("titel",)),
    ("note", "\ud800", ("note",)),
]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(MISTAKES), unique_by=lambda m: m[0], max_size=5), max_size=8))
def test_each_mistake_is_found_and_no_other(planted: list[list[tuple[str, Any, tuple[str | int, ...]]]]) -> None:
    data = {"facts": [fact(n) | {key: wrong for key, wrong, _ in mistakes} for n, mistakes in enumerate(planted)]}
    made, problems = EvidenceFile.lenient(data)
    wanted = [("facts", n, *where) for n, mistakes in enumerate(planted) for _, _, where in mistakes]
    assert sorted(map(str, (p.where for p in problems))) == sorted(map(str, wanted))
    assert made is not None and [f.id for f in made.facts] == [f["id"] for f in data["facts"]]
    for each, mistakes in zip(made.facts, planted, strict=True):
        spoilt = {key for key, _, _ in mistakes}
        assert "retrieved" in spoilt or each.retrieved == dt.date(2030, 1, 31)
        assert "source" in spoilt or (each.source and each.source.key == "alpha2020")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["fine", "no id", "bad id", "no fact"]), max_size=8))
def test_an_item_without_what_it_needs_is_left_out_and_the_others_keep_their_places(said: list[str]) -> None:
    makes = {
        "fine": fact, "no id": lambda n: {k: v for k, v in fact(n).items() if k != "id"},
        "bad id": lambda n: fact(n) | {"id": "a b"}, "no fact": lambda n: "a fact",
    }  # fmt: skip
    made, problems = EvidenceFile.lenient({"facts": [makes[what](n) for n, what in enumerate(said)]})
    assert made is not None and [f.id for f in made.facts] == [f"f{n}" for n, what in enumerate(said) if what == "fine"]
    assert [(p.where, p.kind) for p in problems] == [
        (("facts", n) if what == "no fact" else ("facts", n, "id"), "missing" if what == "no id" else "value")
        for n, what in enumerate(said)
        if what != "fine"
    ]


def test_thousands_of_mistakes_are_found_in_seconds() -> None:
    items = [fact(n) | {"titel": 1, "status": "x"} for n in range(5_000)]
    start = time.perf_counter()
    made, problems = EvidenceFile.lenient({"facts": items})
    assert time.perf_counter() - start < 10
    assert len(problems) == 10_000
    assert made is not None and len(made.facts) == 5_000


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.text(st.characters(), max_size=8)
    | st.sampled_from(["draft", "en-GB", "2030-01-31", "2026-10-30 17:00 Europe/London", "\udfff"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(MODELS).flatmap(lambda m: st.tuples(st.just(m), st.dictionaries(st.sampled_from(m.key_names()) | st.text(max_size=4), _ANY))))
def test_whatever_is_written_is_no_traceback(case: tuple[type[Authored], dict[str, Any]]) -> None:
    model, data = case
    made, problems = model.lenient(data)
    assert made is not None or problems
    if made is not None:
        assert model.of(made.data("given")) == made
        assert model.of(made.data()).data() == made.data()


def test_a_file_without_a_mistake_is_not_looked_through_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(base, "read")
    made, problems = EvidenceFile.lenient({"facts": [fact(1), fact(2)]})
    assert made is not None and len(made.facts) == 2 and not problems


# what is taken, and what is said of the rest ----------------------------------------


@pytest.mark.parametrize(
    ("model", "data", "key", "made"),
    [
        (PaperFile, {"title": "  T "}, "title", "T"),
        (PaperFile, {"title": "T", "version": 1.0}, "version", "1.0"),
        (PaperFile, {"title": "T", "contributors": "anna"}, "contributors", ("anna",)),
        (PaperFile, {"title": "T", "keywords": ["a ", 2]}, "keywords", ("a", "2")),
        (PaperFile, {"title": "T", "date": dt.datetime(2030, 1, 31)}, "date", dt.date(2030, 1, 31)),
        (PaperFile, {"title": "T", "date": "2030-01-31"}, "date", dt.date(2030, 1, 31)),
        (PaperFile, {"title": "T", "variables": {"x": " as it is "}}, "variables", {"x": " as it is "}),
        (EvidenceFile, {"facts": None}, "facts", ()),
        (Contributor, {"id": "a", "name": "A", "roles": ["Writing – original draft"]}, "roles", ("writing-original-draft",)),
        (Contributor, {"id": "a", "name": "A", "orcid": "https://orcid.org/0000000218250097"}, "orcid", "0000-0002-1825-0097"),
        (RuleFile, {"status": "V", "max": 3000}, "max", 3000.0),
        (Registration, {"register": "R", "number": "007"}, "register_name", "R"),
        (Registration, {"register_name": "R", "number": "007"}, "register_name", "R"),
    ],
)
def test_other_spellings_are_taken(model: type[Authored], data: dict[str, Any], key: str, made: Any) -> None:
    assert getattr(model.of(data), key) == made


@pytest.mark.parametrize(
    ("model", "data", "message"),
    [
        (SectionFront, {"numbered": "yes"}, "should be true or false"),
        (SectionFront, {"numbered": 1}, "should be true or false"),
        (SectionFront, {"word_budget": "100"}, "should be a whole number"),
        (SectionFront, {"word_budget": 100.0}, "should be a whole number"),
        (SectionFront, {"word_budget": True}, "should be a whole number"),
        (SectionFront, {"word_budget": 0}, "should be greater than 0"),
        (SectionFront, {"title": 1}, "should be words"),
        (SectionFront, {"title": None}, "should be words"),
        (SectionFront, {"due": 20300131}, "should be a date like 2030-01-31"),
        (SectionFront, {"due": dt.datetime(2030, 1, 31, 17)}, "should be a date like 2030-01-31"),
        (SectionFront, {"due": "2030-02-30"}, "should be a date like 2030-01-31"),
        (SectionFront, {"kind": "chapter"}, "should be 'summary', 'body' or 'annex'"),
        (SectionFront, {"contributors": {"a": 1}}, "should be a list"),
        (PaperFile, {"title": " "}, "should not be empty"),
        (PaperFile, {"title": "T", "numbering": "yes"}, "should be `key: value` lines"),
        (PaperFile, {"title": "T", "variables": ["x"]}, "should be `key: value` lines"),
        (PaperFile, {"title": "T", "variables": {1: "x"}}, "should be words"),
        (PaperFile, {"title": "T", "language": "English"}, "a language is written like en-GB, cy or fr-CA (BCP 47)"),
        (PaperFile, {"title": "T", "contents_depth": 9}, "should be less than or equal to 4"),
        (WorkspaceFile, {"country": "uk"}, "a country is two capital letters, like GB"),
        (CheckSettings, {"select": ["plain"]}, "a code is written like PLAI001, a family of codes like PLAI"),
        (CheckSettings, {"house": ["x"]}, "should be 'govuk'"),
        (RuleFile, {"max": float("nan")}, "should be greater than 0"),
        (RuleFile, {"max": True}, "should be a number"),
        (ContactFile, {"phone": 7}, "put the number in quotation marks, else its zeros are lost"),
        (Fact, fact(1) | {"id": "a b"}, "an id holds letters, digits, - . and _ only"),
        (SubmissionFile, {"profile": "a", "sections": [{"text": "x"}]}, "a `text` needs a `title`"),
        (SubmissionFile, {"profile": "a", "deadline": "2026-10-30"}, "the deadline has no time of day"),
    ],
)
def test_what_is_said_of_a_mistake(model: type[Authored], data: dict[str, Any], message: str) -> None:
    _, (problem,) = model.lenient(data)
    assert problem.message.startswith(message)
    with pytest.raises(ValueError, match=r"."):
        model.of(data)


def test_one_word_for_a_list_that_is_none_of_its_words_leaves_the_default() -> None:
    made, problems = RuleFile.lenient({"status": "sure"})
    assert made is not None and made.status == ("house",) and "status" not in made.given
    assert len(problems) == 1


def test_a_model_that_lies_over_others_knows_what_its_file_says() -> None:
    made = ProfileFile.of({"id": "a", "title": "T", "document": {"cover": False}, "rules": {"LEN-WORDS": {"max": 3, "note": ""}}})
    assert made.data("given") == {"id": "a", "title": "T", "document": {"cover": False}, "rules": {"LEN-WORDS": {"max": 3.0, "note": ""}}}
    assert "given" not in made.json()["document"]
    _, (problem,) = CheckSettings.lenient({"given": ["spelling"]})
    assert problem.kind == "unknown" and "given" not in problem.known


def test_data_without_what_is_usual() -> None:
    made = Fact.of(fact(1))
    assert made.data("unusual") == fact(1) | {"value": "1"}
    assert made.json(without={"statement"})["retrieved"] == "2030-01-31"
    assert "statement" not in made.json(without={"statement"})


def test_models_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Fact.of(fact(1)).value = "2"  # type: ignore[misc]
