"""The rules of citations at their edges."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import PAPER, TODAY, check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.library_acts import _NAME
from penholder.checks.library_sources import address, doi, folded
from penholder.checks.reading import read_paper
from penholder.checks.record import Checked
from penholder.checks.rule import Example
from penholder.checks.rules.cref001_one_source_two_keys import look as look_for_twins
from penholder.checks.rules.cref005_not_a_locator import _suffix_fault
from penholder.stages.discover import discover


def seen(root: Path, worker: Worker, code: str, section: str, bib: str = "", *, final: bool = False, **files: str) -> list[Checked]:
    """What a rule says of a section, with further entries in the shared library."""
    make(root, Example(section, {**({"citations/more.bib": bib} if bib else {}), **files}))
    return check(root, worker, choice=Choice(select=(code,)), final=final).open


def entry(kind: str, key: str, **fields: str) -> str:
    return f"@{kind}{{{key}, " + ", ".join(f"{name} = {{{value}}}" for name, value in fields.items()) + "}\n"


# CREF001: one source under two keys


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ({"doi": "10.1/ABC", "title": "First things first"}, {"doi": "https://doi.org/10.1/abc", "title": "Otherwise named"}, "DOI"),
        ({"isbn": "978-1-5286-5462-3", "title": "Growing well"}, {"isbn": "9781528654623", "title": "Growing Well"}, "ISBN"),
        ({"isbn": "9781528654623", "title": "Growing well"}, {"isbn": "9781528654623", "title": "Growing up"}, ""),
        ({"url": "https://www.gov.uk/a/", "title": "A note"}, {"url": "http://gov.uk/a#top", "title": "A Note"}, "address"),
        ({"url": "https://gov.uk/a", "title": "PPN 002"}, {"url": "https://gov.uk/a", "title": "Guide to PPN 002"}, ""),
        ({"title": "Competition in public buying", "date": "2023"}, {"title": "{Competition} in Public Buying", "date": "2023-12"}, "title and year"),
        ({"title": "Competition in public buying", "date": "2023"}, {"title": "Competition in public buying", "date": "2024"}, ""),
        ({"title": "Introduction", "date": "2023"}, {"title": "Introduction", "date": "2023"}, ""),
        ({"title": "Competition in public buying", "volume": "1", "date": "2023"}, {"title": "Competition in public buying", "volume": "2", "date": "2023"}, ""),
        ({"title": "Competition in public buying", "author": "Black, A.", "date": "2023"}, {"title": "Competition in public buying", "author": "White, B.", "date": "2023"}, ""),
        ({"title": "Competition in public buying", "doi": "10.1/a", "date": "2023"}, {"title": "Competition in public buying", "doi": "10.1/b", "date": "2023"}, ""),
        ({"title": "Les rites de passage", "date": "1909"}, {"title": "Les rites de passage", "date": "1909", "related": "one"}, ""),
    ],
)  # fmt: skip
def test_one_source_twice(tmp_path: Path, pandoc: Worker, one: dict[str, str], two: dict[str, str], same: str) -> None:
    found = seen(tmp_path, pandoc, "CREF001", "Said [@one].", entry("book", "one", **one) + entry("book", "two", **two))
    assert [c.finding.message.rsplit("the same ", 1)[-1] for c in found] == ([f"{same}."] if same else [])


def test_two_entries_that_nobody_cites_are_left_alone(tmp_path: Path, pandoc: Worker) -> None:
    bib = entry("book", "one", doi="10.1/a") + entry("book", "two", doi="10.1/a")
    assert seen(tmp_path, pandoc, "CREF001", "Said [@alpha2020].", bib) == []


def test_both_places_are_named(tmp_path: Path, pandoc: Worker) -> None:
    bib = entry("book", "one", title="First of all the many things", date="2020") + "\n\n" + entry("book", "two", title="First of all the many things", date="2020")
    (found,) = seen(tmp_path, pandoc, "CREF001", "Said [@two].", bib)
    assert (found.finding.span.path, found.finding.span.line) == ("citations/more.bib", 4)
    assert "(line 1)" in found.finding.message


# CREF002: what an entry lacks


@pytest.mark.parametrize(
    ("kind", "fields", "lacks"),
    [
        ("online", {"title": "T", "url": "https://e.org"}, "no date on which it was read"),
        ("online", {"title": "T", "url": "https://e.org", "urldate": "2026-01-01"}, ""),
        ("online", {"title": "T", "doi": "10.1/a"}, ""),
        ("online", {"title": "T"}, "no address"),
        ("online", {"title": "T", "howpublished": "https://e.org", "urldate": "2026-01-01"}, ""),
        ("report", {"title": "T", "date": "2020"}, "neither author nor institution"),
        ("report", {"title": "T", "date": "2020", "institution": "I"}, ""),
        ("report", {"title": "T", "institution": "I"}, "no year"),
        ("book", {"title": "T", "date": "2020"}, "no publisher"),
        ("book", {"title": "T", "date": "1776", "location": "London"}, ""),
        ("article", {"title": "T", "date": "2020"}, "no journal"),
        ("article", {"title": "T", "date": "2020", "journal": "J"}, ""),
        ("article", {"title": "T", "date": "2020", "eprint": "1106.5730"}, ""),
        ("incollection", {"title": "T", "date": "2020"}, "no title of the book it is in"),
        ("incollection", {"title": "T", "crossref": "parent"}, ""),
        ("thesis", {"title": "T", "date": "2020", "author": "A"}, "no university"),
        ("legislation", {"title": "Care Act 2014"}, "no chapter number (c. 54)"),
        ("legislation", {"title": "Care Act", "number": "c. 23"}, "no year"),
        ("legislation", {"title": "Care Act 2014", "url": "https://www.legislation.gov.uk/ukpga/2014/23"}, ""),
        ("legislation", {"title": "Care Regulations 2014", "date": "2014"}, "no number (SI 2024/716)"),
        ("legislation", {"title": "Code civil", "date": "1804"}, ""),
        ("book", {"date": "2020"}, "no title and no publisher"),
        ("misc", {}, "no title"),
        ("misc", {"title": "T"}, ""),
    ],
)  # fmt: skip
def test_what_an_entry_lacks(tmp_path: Path, pandoc: Worker, kind: str, fields: dict[str, str], lacks: str) -> None:
    parent = entry("book", "parent", title="Whole", date="2019", publisher="Press")
    found = seen(tmp_path, pandoc, "CREF002", "Said [@one].", entry(kind, "one", **fields) + parent)
    assert [c.finding.message.split(" has ", 1)[1] for c in found] == ([f"{lacks}."] if lacks else [])
    assert all(c.ask.endswith("?") and c.section for c in found)


def test_entries_in_csl_are_read_as_well(tmp_path: Path, pandoc: Worker) -> None:
    items = [
        {"id": "page", "type": "webpage", "title": "P", "URL": "https://e.org", "keyword": "status-secondary"},
        {"id": "read", "type": "webpage", "title": "R", "URL": "https://e.org/r", "accessed": {"date-parts": [[2026, 1, 2]]}},
        {"id": "shape", "type": "article-journal", "title": 5, "issued": [], "author": "Nobody"},
        {"id": "law", "type": "legislation", "title": "Care Act", "number": "c 23", "issued": {"date-parts": [[2014]]}},
        {"id": "nothing"},
    ]
    found = seen(
        tmp_path, pandoc, "CREF002", "Said [@page; @read; @shape; @law; @nothing].", **{"citations/more.json": json.dumps(items)}
    )
    assert {c.finding.message.split("`")[1] for c in found} == {"page", "shape", "nothing"}


def test_an_entry_that_is_cited_twice_is_found_once(tmp_path: Path, pandoc: Worker) -> None:
    assert len(seen(tmp_path, pandoc, "CREF002", "Said [@one]. Again [@one; @other].", "@book{one, title={A}, ids={other}, date=2020}")) == 1


def test_entries_that_inherit_in_a_circle_end(tmp_path: Path, pandoc: Worker) -> None:
    bib = entry("inbook", "one", title="A", crossref="two") + entry("inbook", "two", title="B", crossref="one")
    seen(tmp_path, pandoc, "CREF002", "Said [@one; @two].", bib)


# CREF003: unused


def test_only_the_papers_own_library_can_be_unused(tmp_path: Path, pandoc: Worker) -> None:
    own = entry("book", "used", title="U", crossref="parent") + entry("book", "parent", title="P") + entry("book", "idle", title="I")
    own += entry("xdata", "shared", publisher="X") + entry("book", "figure", title="F")
    ledger = "facts:\n  - id: f\n    value: 5\n    statement: Five.\n    source: figure\n"
    found = seen(
        tmp_path, pandoc, "CREF003", "Said [@used].", entry("book", "elsewhere", title="E"),
        **{"papers/paper/citations/own.bib": own, "papers/paper/evidence.yaml": ledger},
    )  # fmt: skip
    assert [c.finding.message for c in found] == ["`idle` (“I”) is not cited."]
    assert found[0].finding.span.path == "papers/paper/citations/own.bib"


# CREF004: superseded

SUPERSEDED = """\
@report{old, title = {Note 06/20}, date = {2020}, institution = {CO}, keywords = {status-verified, superseded-by-mid}}
@report{mid, title = {Note 01/23}, date = {2023}, institution = {CO}, superseded-by = {new}}
@report{new, title = {Note 002}, date = {2025}, institution = {CO}}
@report{lost, title = {Lost}, date = {2025}, institution = {CO}, keywords = {superseded-by-nowhere}}
@report{round, title = {Round}, date = {2025}, institution = {CO}, keywords = {superseded-by-about}}
@report{about, title = {About}, date = {2025}, institution = {CO}, keywords = {superseded-by-round}}
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("A weight of 10% is due [@old].", ["“Note 06/20” was replaced by “Note 002” (`new`)."]),
        ("A weight of 10% is due [@mid].", ["“Note 01/23” was replaced by “Note 002” (`new`)."]),
        ("A weight of 10% is due [@old; @new].", []),
        ("Many still cite the earlier note [@old].", []),
        ("Until 2025 a weight of 10% was due [@old].", []),
        ("The note [@old], which PPN 002 has superseded, said so.", []),
        ("It was replaced. A weight of 10% is due [@old].", ["“Note 06/20” was replaced by “Note 002” (`new`)."]),
        ("This was replaced.[^n]\n\n[^n]: See [@old].", []),
        ("So it is.[^n]\n\n[^n]: See [@old].", ["“Note 06/20” was replaced by “Note 002” (`new`)."]),
        ("Said [@lost].", ["“Lost” was replaced by `nowhere`, which is not in the library."]),
        ("Said [@round].", ["“Round” was replaced by “About” (`about`)."]),
        ("Said [@new].", []),
    ],
)
def test_superseded_sources(tmp_path: Path, pandoc: Worker, text: str, says: list[str]) -> None:
    assert [c.finding.message for c in seen(tmp_path, pandoc, "CREF004", text, SUPERSEDED)] == says


def test_a_superseded_source_is_found_at_the_citation(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "CREF004", "A weight is due\n[@old, p. 3], they say.", SUPERSEDED)
    assert (found.finding.span.line, found.finding.span.column, found.nth) == (6, 1, 1)


# CREF005: locators


@pytest.mark.parametrize(
    ("suffix", "fault"),
    [
        ("p. 12", False), ("p.3", False), ("12-14", False), ("pp. 123-5", False), ("s 12(3)", False), ("sch 2 para 3", False),
        ("table 3", False), ("figure 2", False), ("Annex B", False), ("passim", False), ("n 4", False), ("col 312", False),
        ("emphasis added", False), ("cited in Smith 2020", False), ("for a review", False), ("executive summary", False), ("recommendation 4", False),
        ("and references therein", False), ("vol. 2, p. 14", False), ("page 7", False), ("question 4", False),
        ("very interesting", True), ("great paper", True), ("p. 12-", True), ("pp. 12 -- ", True), ("p.", True), ("pages", True),
        ("pg. 12", True), ("pp. 40-12", True), ("page number 12", True),
    ],
)  # fmt: skip
def test_locators(tmp_path: Path, pandoc: Worker, suffix: str, fault: bool) -> None:
    found = seen(tmp_path, pandoc, "CREF005", f"Said [@alpha2020, {suffix}].")
    assert bool(found) is fault, [c.finding.message for c in found]


def test_a_locator_before_the_key(tmp_path: Path, pandoc: Worker) -> None:
    assert len(seen(tmp_path, pandoc, "CREF005", "Said [p. 4 @alpha2020] and [see @beta2021].")) == 1
    assert len(seen(tmp_path, pandoc, "CREF005", "Said [see @alpha2020; @beta2021, lovely].")) == 1


@given(st.text(max_size=60))
def test_any_words_behind_a_key_are_judged_without_a_crash(text: str) -> None:
    plain = " ".join(text.split())
    assert plain == "" or _suffix_fault(plain) is None or all(_suffix_fault(plain) or ())


# CREF006, CREF007: Acts in the text


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The Procurement Act, 2023 says so.", ["Procurement Act, 2023"]),
        ("Under the Public Services (Social Value) Act, 2012, they must.", ["Public Services (Social Value) Act, 2012"]),
        ("The Well-being of Future Generations (Wales) Act, 2015 says so.", ["Well-being of Future Generations (Wales) Act, 2015"]),
        ("Since the Care Act, 2014 was the best year.", []),
        ("The Procurement Act 2023 says so.", []),
        ("“The Procurement Act, 2023” is what they wrote.", []),
        ("They act, 2023 or not.", []),
    ],
)
def test_commas_before_the_year(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "CREF006", text)] == quotes


ACT = entry("legislation", "care2014", title="Care Act 2014", number="c. 23")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The Modern Slavery Act asks for it.", ["Modern Slavery Act"]),
        ("The Modern Slavery Act 2015 asks for it. The Modern Slavery Act is known.", []),
        ("The Modern Slavery Act asks. So does the Modern Slavery Act.", ["Modern Slavery Act"]),
        ("The Care Act asks for it [@care2014].", []),
        ("The Care Act asks for it.[^n]\n\n[^n]: [@care2014, s 1].", []),
        ("The Care Act asks for it [@alpha2020].", ["Care Act"]),
        ("The Act asks for it. This Act does too. The 2012 Act did.", []),
        ("The Freedom of Information Act of 2000 asks.", []),
        ("Both the Care Act 2014 and the Modern Slavery Act ask.", ["Modern Slavery Act"]),
        ("Act now. We Act on it.", []),
    ],
)
def test_acts_without_a_year(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "CREF007", text, ACT)] == quotes


@given(st.lists(st.sampled_from(["Care", "of", "and", "Act", "(Wales)", "2014", ",", "A", "the", "("]), max_size=60))
def test_names_of_acts_are_found_in_good_time(words: list[str]) -> None:
    text = " ".join(words) * 40
    assert all(found["name"].endswith("Act") for found in _NAME.finditer(text))


# CREF008, CREF009: typed by hand


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("So they say (ibid.).", ["ibid."]),
        ("So.[^n]\n\n[^n]: Ibid., p. 4.", ["Ibid."]),
        ("See Smith, op. cit., p. 3.", ["op. cit."]),
        ("See Smith, loc cit.", ["loc cit."]),
        ("Cities op for cities. They forbid it, ibidem not.", ["ibidem"]),
        ("“Ibid.” is Latin.", []),
        ("The code `ibid.` is no word.", []),
    ],
)
def test_ibid_by_hand(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "CREF008", text)] == quotes


HANDS = entry("report", "ons", author="{Office for National Statistics}", title="T", date="2023", institution="O") + entry(
    "article", "vdb", author="van den Berg, Jan and O'Neil, Kim", title="U", date="2019", journaltitle="J"
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("So it is (Alpha, 2020).", ["alpha2020"]),
        ("So it is (Alpha 2020).", ["alpha2020"]),
        ("As Alpha (2020) says.", ["alpha2020"]),
        ("As Alpha et al. (2020) say.", ["alpha2020"]),
        ("So it is (Alpha, 2020, p. 4).", ["alpha2020"]),
        ("So it is (Alpha and Beta, 2020).", ["alpha2020"]),
        ("So it is (see Alpha, 2020).", ["alpha2020"]),
        ("The Office for National Statistics (2023) says so.", ["ons"]),
        ("So it is (Alpha, 2021).", []),
        ("So it is (Gamma, 2020).", []),
        ("Alpha (2020) says so [@alpha2020].", []),
        ("In June (2020) it was so.", []),
        ("“As Alpha (2020) says.”", []),
    ],
)
def test_references_by_hand(tmp_path: Path, pandoc: Worker, text: str, keys: list[str]) -> None:
    found = seen(tmp_path, pandoc, "CREF009", text, HANDS)
    assert [c.finding.message.split("`@")[1].split("`")[0] for c in found] == keys


def test_all_sources_that_may_be_meant_are_named(tmp_path: Path, pandoc: Worker) -> None:
    bib = "".join(entry("report", f"co{n}", author="{Cabinet Office}", title=f"T{n}", date="2025", institution="C") for n in range(4))
    (found,) = seen(tmp_path, pandoc, "CREF009", "So says the Cabinet Office (2025).", bib)
    assert found.finding.message == "“Cabinet Office (2025)” is typed by hand; it is `@co0`, `@co1` or `@co2` in the library."
    assert found.ask.endswith("Is it “T0”, “T1” or “T2”?")


def test_a_citation_is_quoted_as_it_was_written(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "CREF005", "So say\nthey [see @alpha2020, lovely], always.")
    assert found.quote == "[see @alpha2020, lovely]"


# CREF010


def test_sources_not_read_are_named_in_a_final_paper_only(tmp_path: Path, pandoc: Worker) -> None:
    bib = entry("book", "heard", title="Heard", keywords="status-unverified") + entry("book", "plain", title="P", keywords="secondary, primary")
    text = "Said [@heard]. Again [@heard; @plain]."
    assert seen(tmp_path, pandoc, "CREF010", text, bib) == []
    (found,) = seen(tmp_path, pandoc, "CREF010", text, bib, final=True)
    assert found.finding.span.column == 6 and "“Heard”" in found.finding.message


# All of them on odd papers


@pytest.mark.parametrize("language", ["cy", "ar", "fr-CA"])
def test_texts_in_other_languages_are_read_without_a_crash(tmp_path: Path, pandoc: Worker, language: str) -> None:
    files = {"papers/paper/paper.yaml": PAPER.replace("en-GB", language)}
    text = "Deddf Caffael 2023 [@alpha2020, t. 3]. قال الباحثون (Alpha, 2020) إن التقرير مهم [@beta2021، ص 4]."
    make(tmp_path, Example(text, files))
    check(tmp_path, pandoc, choice=Choice(select=("CREF", "STRU")))


def test_dead_references_stay_a_finding_of_reading(tmp_path: Path, pandoc: Worker) -> None:
    make(tmp_path, Example("See @sec-nowhere and [@nosuch2020] and [there](#gone)."))
    codes = {f.code.id for f in check(tmp_path, pandoc).findings}
    assert {"XREF001", "XREF003", "CITE001"} <= codes
    assert not {c for c in codes if c.startswith(("CREF", "STRU"))}


def test_what_is_compared_is_plain() -> None:
    assert folded("{Élan} <i>vital</i>: a–b") == "elan vital a b"
    assert address("HTTP://www.Gov.UK/A/b/#c") == "gov.uk/A/b"
    assert doi("https://dx.doi.org/10.1/AB") == doi("doi:10.1/ab") == "10.1/ab"


@pytest.mark.parametrize("unit", ["Aa ", "Aa, ", "Aa and ", "(2020) ", "Alpha (2020) ", "Care Act, ", "ibid ", "@alpha2020 "])
def test_long_runs_of_one_thing_are_read_in_good_time(tmp_path: Path, pandoc: Worker, unit: str) -> None:
    started = time.process_time()
    seen(tmp_path, pandoc, "CREF", unit * (30_000 // len(unit)))
    assert time.process_time() - started < 10


def test_a_library_of_ten_thousand_entries_is_compared_in_good_time(tmp_path: Path, pandoc: Worker) -> None:
    bib = "".join(entry("book", f"k{n}", title=f"The book of number {n}", date=str(1990 + n % 30), publisher="P") for n in range(10_000))
    make(tmp_path, Example("Said [@k5; @k77].", {"citations/more.bib": bib}))
    workspace, _ = discover(tmp_path)
    view, _ = read_paper(workspace, "paper", pandoc, final=False, today=TODAY)
    view.library.files[0].words()
    started = time.process_time()
    assert list(look_for_twins(view)) == []
    assert time.process_time() - started < 2


@pytest.mark.parametrize(("suffix", "meant"), [("sectoin 1(3)", "section"), ("paragrpah 4", "paragraph"), ("Shedule 2", "schedule"), ("claus 3", "clause"), ("pgae 4", "page")])
def test_a_misspelt_label_is_named(suffix: str, meant: str) -> None:
    fault = _suffix_fault(suffix)
    assert fault and meant in fault[0]


@pytest.mark.parametrize("suffix", ["table 3", "section 1(3)", "lecture 4", "season 2", "pillar 4", "minutes 12", "episode 3"])
def test_other_words_before_a_number_are_let_pass(suffix: str) -> None:
    assert _suffix_fault(suffix) is None
