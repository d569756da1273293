"""The rules of evidence at their edges: what is a claim, what covers it, and what the ledger says of it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import PAPER, check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.ledgering import FactIndex, quantity_of
from penholder.checks.quantities import quantities
from penholder.checks.record import Checked
from penholder.checks.rule import Example
from penholder.model.evidence import Fact, FactSource
from penholder.stages.ledger import said


def seen(root: Path, worker: Worker, code: str, section: str, facts: str = "", *, final: bool = False, **files: str) -> list[Checked]:
    """What a rule says of a section, with a ledger of ``facts`` (a YAML list, indented by two)."""
    ledger = {"citations/evidence.yaml": f"schema_version: 1\nfacts:\n{facts}"} if facts else {}
    make(root, Example(section, {**ledger, **files}))
    return check(root, worker, choice=Choice(select=(code,)), final=final).open


def fact(id: str, **fields: str) -> str:
    given = {"value": '"14.4"', "unit": "million people", "statement": "Said.", "measure": "people in poverty", "source": "alpha2020", "status": "verified"}
    return f"  - id: {id}\n" + "".join(f"    {k}: {v}\n" for k, v in (given | fields).items() if v)


# What a quantity is


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("58% of them", "percent", 58),
        ("58 per cent of them", "percent", 58),
        ("thirty-five per cent of them", "percent", 35),
        ("30 to 40% of them", "percent", 40),
        ("a rise of 3.5 percentage points", "points", 3.5),
        ("one in five councils", "percent", 20),
        ("3 out of 4 councils", "percent", 75),
        ("two thirds of councils", "percent", 200 / 3),
        ("more than half of councils", "percent", 50),
        ("£259bn a year", "money", 259e9),
        ("£1.5 million", "money", 1.5e6),
        ("£ 400 billion", "money", 400e9),
        ("€3,000", "money", 3000),
        ("14.4 million people", "count", 14.4e6),
        ("1,018,986 admissions", "count", 1018986),
        ("nearly 300 councils", "count", 300),
        ("two million people", "count", 2e6),
        ("costs have doubled", "factor", 2),
        ("three times as many", "factor", 3),
        ("a record high", "record", 0),
        ("the highest level on record", "record", 0),
        ("Poverty has fallen by a third.", "percent", 100 / 3),
        ("Pay fell by two thirds.", "percent", 200 / 3),
        ("Pay fell by about a quarter since then.", "percent", 25),
        ("Around two-thirds agree.", "percent", 200 / 3),
        ("There were 12 deaths in the mine.", "count", 12),
        ("Twelve people died at work.", "count", 12),
        ("Twenty-one people were killed.", "count", 21),
        ("87 libraries closed since then.", "count", 87),
        ("Eleven councils closed.", "count", 11),
        ("There are nine rural councils in debt.", "count", 9),
        ("The gap narrowed by 3.2 points.", "points", 3.2),
        ("a lead of 7 points", "points", 7),
    ],
)
def test_it_is_a_quantity(text: str, kind: str, value: float) -> None:
    (found,) = quantities(text)
    assert (found.kind, found.value) == (kind, pytest.approx(value))


@pytest.mark.parametrize(
    "text",
    [
        "in 2023", "since 31 January 2013", "March 14, 2012", "in 2021/22", "in 2021–22", "the 1990s",
        "section 71 of the Act", "ss 9, 24 and 25", "SI 2024/716", "HC 385", "PPN 06/20", "paragraph 91", "page 120", "CP 1349",
        "the 5 stages", "our 11 recommendations", "Article 12", "at 5:30pm", "the 19th century", "a third party", "ISO 26000",
        "the record follows the contract", "on the record", "for the first time", "half an hour", "the half-way point", "COVID-19", "A4 paper", "12 months", "per 100,000 people",
        "3 things", "4 of the 20 posts", "it has four parts", "the two-thirds majority", "supplied by a third party", "delivered by a third supplier", "it earns 5 points",
        "one person died", "we asked two councils", "the three people on the panel", "there are 5 stages", "three options were closed", "by a quarter past", "3 schools of thought",
    ],
)  # fmt: skip
def test_it_is_none(text: str) -> None:
    assert quantities(text) == []


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    found = quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


_UNITS = st.sampled_from(["%", "£bn", "£ million", "million people", "people", "percentage points", "€"])


@given(st.decimals(min_value="0.1", max_value="999", places=1), _UNITS)
def test_a_fact_as_it_is_said_is_the_fact(value: object, unit: str) -> None:
    own = quantity_of(str(value), unit, "Said.")
    (read,) = quantities(f"There were {said(str(value), unit)} there.") or [None]
    if own is not None and read is not None:
        assert (own.kind, own.value) == (read.kind, pytest.approx(read.value))


# EVID001: a figure without a source


@pytest.mark.parametrize(
    "text",
    [
        "More than half of councils have a policy.",
        "In 2023, 58% of councils had a policy, and 30% used it.",
        "Poverty has doubled.",
        "Admissions are at a record high.",
        "Government spends £259bn.",
        "Some cite this [@beta2021]. But 58% of councils have a policy, we hear, which nobody has counted. Others do not.",
        "- 58% of councils",
        "Text.[^n]\n\n[^n]: In all 58% of them.",
        "| Council | Share |\n|:--|--:|\n| Leeds | 58% |\n",
        "{% set share = '58%' %}So {{ share }} of councils have a policy.",
        "Alpha asked councils [@alpha2020]. Government spends £259bn on care.",
        "Alpha asked councils [@alpha2020]. Nobody else did. The councils have a policy in 58% of cases. Then came others.",
        "Of councils 58% have a policy.[^n]\n\n[^n]: We count districts, too.",
        "The [council](#sec) has 58% of it.",
        "England added 234,400 homes, against a target of 300,000.",
        "England’s 300,000 new homes are many.",
        "Between 15-51 trillion particles are in the sea.",
        "Some 45% of firms fail, for example in Leeds.",
        "For example, 45% of firms fail.",
        "For example, a report says that 45% of firms fail.",
        "For instance, a quarter of firms fail.",
        "Spending rose to a record high of £385bn, eg on health.",
        "Consider that 45% of firms fail.",
        "Councils that must buy waste 40% of their budget.",
        "The councils which should act spend £5 billion on this.",
        "Prices fell by 40%, which is why we should act.",
        "Firms can save 40% of their costs.",
        "It could cost £5 billion a year.",
        "The tax would raise £5 billion a year.",
        "We must act because prices fell by 40%.",
        "Ministers should know that 40% of firms fail.",
        "If we look at prices, they fell by 40%.",
        "Most people (for example 40% of the young) rent.",
        "As we propose below, the fund of £4 million is too small.",
        "Firms that may bid now account for 12% of spending.",
        "Half of the homes that should have been built were not.",
        "Poverty has fallen by a third.",
        "Around two-thirds agree.",
        "There were 12 deaths in 2020.",
        "87 libraries closed since 2010.",
        "Eleven councils closed.",
        "The gap narrowed by 3.2 points.",
        "Some 40% of firms say that they should pay more.",
        "Government, which should know better, wasted £5 billion.",
        "The 40% of firms that must report are small.",
    ],
)
def test_a_claim_wants_a_source(tmp_path: Path, pandoc: Worker, text: str) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID001", text)
    assert "source" in item.ask and item.finding.span.path.endswith("10-section.md")


def test_a_figure_with_a_link_is_asked_about_by_its_link(tmp_path: Path, pandoc: Worker) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID001", "So 90% saw their [boundaries change](https://example.org/b). It rains.")
    assert item.finding.message == "“90%” is stated, and the sentence has a link, but cites no source."
    assert item.ask == "“90%” has a link beside it, but no source. Is it that page, and who published it, when?"


def test_a_record_is_asked_about_as_one(tmp_path: Path, pandoc: Worker) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID001", "Admissions are at a record high. It rains.")
    assert item.ask == "“record high” has no source. Which report says so?"


def test_a_record_beside_a_sum_is_not_two_records(tmp_path: Path, pandoc: Worker) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID001", "Spending rose to a record high of £385bn. It rains.")
    assert item.finding.message == "“record high” and “£385bn” are stated, and the sentence cites no source."


@pytest.mark.parametrize(
    "text",
    [
        "Of councils 58% have a policy [@beta2021].",
        "Of councils 58% have a policy. [@beta2021]",
        "Of councils 58% have a policy.[^n]\n\n[^n]: See @beta2021.",
        "@beta2021 found that 58% have one. Of these, 30% use it.",
        "Beta asked councils [@beta2021]. The survey found that 58% have one. They said that 30% use it. It rains.",
        "Beta asked councils about a policy [@beta2021]. The policy is used by 30%. Others have none. It rains.",
        "Beta wrote to all councils [@beta2021]. On this question 58% said yes. The authors counted 300 councils. It rains.",
        "Of councils 58% have a policy.[^n]\n\n[^n]: Beta, Second Thoughts, 2021, p. 3.",
        "Of councils 58% have a policy.[^n]\n\n[^n]: University of Leeds (ABC0009).",
        "In short, 58% have one. It rains.\n\nOf councils 58% have a policy.[^n]\n\n[^n]: See https://example.org/a.",
        "Consider a council that pays for care. It buys 58% of it from charities. It rains.",
        "Find out whether the policy covers 58% of what you buy.",
        "The target of 300,000 was set.",
        "It holds 10^600^ grains, and 350 grams.",
        "We have many thousands of members.",
        "Poverty is high: 14.4 million people [@alpha2020]. Of these 14.4 million, many work.",
        "They found these [@beta2021]:\n\n- 58% have a policy\n- 30% use it\n",
        "> Of councils 58% have a policy.",
        "A witness said “58% of councils have a policy” and left.",
        "We propose that 10% of the marks be for it.",
        "Authorities should spend at least 33% with small firms.",
        "For example, a bidder offers 20% of the posts.",
        "Suppose 90% of promises were kept.",
        "A bidder could offer 20% of the posts.",
        "Bidders may offer posts (for example, 20% of them).",
        "If 10% of the marks were for it, bidders would offer 20% of posts.",
        "If 10% were set aside, more would bid.",
        "It fails if 40% of them leave.",
        "We ask that 10% of the marks be set aside.",
        "At least 33% of contracts should go to small firms.",
        "We recommend that government, with others, spend 33% there.",
        "Authorities must set aside 10% of the marks and 20% of the posts.",
        "We want the minister to set aside 10% of the marks.",
        "We call on ministers to spend £300 million more.",
        "Bids that score below 50% should be rejected.",
        "It is sold at 15% VAT.",
        "We are 100% committed to it.",
        "The method has 5 stages, and we make 11 recommendations on 3 things.",
        "For example, a bidder offers 4 of the 20 posts to people nearby.",
        "`58%` is how to write it, and $58\\%$ is how not to.",
        "# Over 50% of councils\n\nA heading alone claims nothing.",
        "| Council | Share |\n|:--|--:|\n| Leeds | 58% |\n\n: Shares, from @beta2021\n",
        "{{ table('a.csv', caption='Shares', source='@beta2021') }}",
    ],
)
def test_what_needs_none(tmp_path: Path, pandoc: Worker, text: str) -> None:
    assert seen(tmp_path, pandoc, "EVID001", text, **{"papers/paper/data/a.csv": "Council,Share\nLeeds,58%\n"}) == []


def test_a_sentence_is_found_once_with_all_its_figures(tmp_path: Path, pandoc: Worker) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID001", "Of councils 58% have a policy and 30% use it.")
    assert "“58%” and “30%” are stated" in item.finding.message
    assert item.ask == "“58%” and “30%” have no source. Which report are they from?"
    assert item.quote == "58%"


def test_it_is_an_error_only_in_what_goes_out(tmp_path: Path, pandoc: Worker) -> None:
    text = "Of councils 58% have a policy."
    assert [i.finding.severity.label for i in seen(tmp_path, pandoc, "EVID001", text)] == ["warning"]
    assert [i.finding.severity.label for i in seen(tmp_path, pandoc, "EVID001", text, final=True)] == ["error"]


@pytest.mark.parametrize("language", ["cy", "ar", "fr"])
def test_other_languages_are_not_judged(tmp_path: Path, pandoc: Worker, language: str) -> None:
    files = {"papers/paper/paper.yaml": PAPER.replace("en-GB", language)}
    assert seen(tmp_path, pandoc, "EVID001", "Mae gan 58% o gynghorau bolisi. وفي عام 2023 كان ٥٨٪.", **files) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("::: {lang=cy}\nMae gan 58% o gynghorau bolisi.\n:::\n\nSome 40% of councils have none.", ["40%"]),
        ("::: {lang=cy}\n::: {.note}\n- Mae gan 58% o gynghorau bolisi.[^n]\n:::\n:::\n\n[^n]: Mae gan 30% bolisi.", []),
        ("They said: [mae gan 58% o gynghorau bolisi]{lang=cy}. That is so.", []),
        ("::: {lang=cy}\n[Some 58% of councils have one.]{lang=en}\n:::", ["58%"]),
    ],
)
def test_passages_marked_with_another_language_are_not_judged(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [i.quote for i in seen(tmp_path, pandoc, "EVID001", text)] == quotes


# The ledger


def test_a_number_is_held_against_the_ledger(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("poverty")
    wrong = seen(tmp_path, pandoc, "EVID009", "In poverty were 14.1 million people [@alpha2020].", ledger)
    assert ["14.4" in i.finding.message for i in wrong] == [True]
    for right in ("In poverty were 14.4 million people", "In poverty were about 14 million people", "In poverty were 14,400,000 people"):
        assert seen(tmp_path, pandoc, "EVID009", f"{right} [@alpha2020].", ledger) == [], right


def test_rounding_down_what_is_exact_is_another_number(tmp_path: Path, pandoc: Worker) -> None:
    assert seen(tmp_path, pandoc, "EVID009", "In poverty were 14.3 million people [@alpha2020].", fact("poverty"))


def test_a_figure_for_others_than_the_ledgers_is_another_figure(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("poverty")
    for other in ("About 4.2 million children live in poverty", "In poverty are 4.2 million of the children"):
        assert seen(tmp_path, pandoc, "EVID009", f"{other} [@alpha2020, p. 14].", ledger) == []
    for own in ("About 13.2 million poor people live in poverty", "Some 13.2 million live in poverty", "About 13.2 million individuals live in poverty"):
        assert seen(tmp_path, pandoc, "EVID009", f"{own} [@alpha2020].", ledger), own


def test_another_source_than_the_ledgers(tmp_path: Path, pandoc: Worker) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID010", "In poverty were 14.4 million people [@beta2021].", fact("poverty"))
    assert "First Things" in item.ask and "beta2021" not in item.ask


def test_a_disputed_figure_is_an_error_even_without_a_source(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("bad", value='"63"', unit='"%"', measure="rise in domestic violence", status="disputed", source="", note="Nobody can verify it.")
    (item,) = seen(tmp_path, pandoc, "EVID007", "Domestic violence rose by 63%.", ledger)
    assert item.finding.severity.label == "error" and "Nobody can verify it" in item.ask
    assert seen(tmp_path, pandoc, "EVID007", "Satisfaction rose by 63%.", ledger) == []


def test_a_number_that_another_fact_holds_is_not_the_disputed_one(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("bad", value='"14.5"', status="disputed", source="", period='"2023"') + fact("good", value='"14.5"', period="2018/19")
    assert seen(tmp_path, pandoc, "EVID007", "In 2018/19, 14.5 million people were in poverty [@alpha2020].", ledger) == []
    assert seen(tmp_path, pandoc, "EVID007", "In 2023, 14.5 million people were in poverty.", ledger)


def test_two_sections_with_two_numbers_name_owners_sections_and_sources(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("a") + fact("b", value='"13.4"', source="beta2021")
    files = {
        "contributors.yaml": "schema_version: 1\ncontributors:\n  - {id: one, name: North Team}\n  - {id: two, name: South Team}\n",
        "papers/paper/sections/20-other.md": "---\ntitle: Other\nowner: two\n---\n\nIn poverty: 13.4 million people [@beta2021].\n",
    }
    section = "---\ntitle: Need\nowner: one\n---\n\nIn poverty were 14.4 million people [@alpha2020].\n"
    (item,) = seen(tmp_path, pandoc, "EVID002", section, ledger, **files)
    for word in ("14.4 million", "13.4 million", "North Team", "South Team", "Need", "alpha2020", "beta2021"):
        assert word in item.finding.message, word
    assert item.ask.endswith("?") and "Need" in item.ask


_OWNERS = "schema_version: 1\ncontributors:\n  - {id: one, name: North Team}\n  - {id: two, name: South Team}\n"


def two(first: str, second: str, other: str = "papers/paper/sections/20-other.md") -> tuple[str, dict[str, str]]:
    """Two sections with two owners: the first one's text, and the files of the second."""
    files = {"contributors.yaml": _OWNERS, other: f"---\ntitle: Other\nowner: two\n---\n\n{second}\n"}
    if "papers/paper/" not in other:
        files[f"{other.split('/sections/', maxsplit=1)[0]}/paper.yaml"] = PAPER.replace("A paper", "Second paper")
    return f"---\ntitle: Need\nowner: one\n---\n\n{first}\n", files


@pytest.mark.parametrize("other", ["papers/paper/sections/20-other.md", "papers/second/sections/10-other.md"])
def test_one_sentence_with_two_numbers_from_two_sources(tmp_path: Path, pandoc: Worker, other: str) -> None:
    section, files = two("In 2023 some 58% of councils in England had a policy [@alpha2020].", "In 2023, 48% of councils in England had a policy [@beta2021].", other)
    (item,) = seen(tmp_path, pandoc, "EVID002", section, **files)
    for word in ("58%", "48%", "North Team", "South Team", "Need", "Other", "alpha2020", "beta2021"):
        assert word in item.finding.message, word
    assert item.ask.endswith("?") and "another source" in item.ask and ("A paper" in item.finding.message) is ("second" in other)


@pytest.mark.parametrize(
    "second",
    [
        "In 2023, 58% of councils in England had a policy [@beta2021].",
        "In 2022, 48% of councils in England had a policy [@beta2021].",
        "In 2023, 48% of councils in Wales had a policy [@beta2021].",
        "In 2023, 48% of schools in England had a policy [@beta2021].",
        "In 2023, 48% of councils in England had no policy [@beta2021].",
        "In 2023, £48 million of councils in England had a policy [@beta2021].",
        "In 2023, 48% of councils in England aged 16–24 had a policy [@beta2021].",
    ],
)
def test_two_sentences_that_say_two_things(tmp_path: Path, pandoc: Worker, second: str) -> None:
    section, files = two("In 2023 some 58% of councils in England had a policy [@alpha2020].", second)
    assert seen(tmp_path, pandoc, "EVID002", section, **files) == []


def test_one_sentence_said_twice_with_both_its_figures(tmp_path: Path, pandoc: Worker) -> None:
    text = "The share of councils with a policy went from 20% in spring to 25% in autumn [@beta2021]."
    assert seen(tmp_path, pandoc, "EVID002", f"{text}\n\n{text}") == []


def test_a_fact_that_another_source_contradicts(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("a", geography="UK", period="2021/22")
    section, files = two("In 2021/22, 14.4 million people in the UK were in poverty [@alpha2020].", "Poverty: in 2021–22 it was 13.4 million people in the UK [@beta2021].")
    (item,) = seen(tmp_path, pandoc, "EVID002", section, ledger, **files)
    for word in ("14.4 million", "13.4 million", "North Team", "South Team", "Need", "Other", "alpha2020", "beta2021"):
        assert word in item.finding.message, word
    assert item.quote == "13.4 million" and item.ask.endswith("?")


def test_a_fact_that_nobody_states_is_contradicted_too(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("a", geography="UK", period="2021/22")
    (item,) = seen(tmp_path, pandoc, "EVID002", "In 2021/22, 13.4 million people in the UK were in poverty [@beta2021].", ledger)
    assert "the ledger holds 14.4\u00a0million people (`a`, from `alpha2020`)" in item.finding.message


@pytest.mark.parametrize(
    "text",
    [
        "In 2021/22, 4.2 million children in the UK were in poverty [@beta2021].",
        "In 2020/21, 13.4 million people in the UK were in poverty [@beta2021].",
        "In 2021/22, 13.4 million people in Wales were in poverty [@beta2021].",
        "In 2021/22, 14.4 million people in the UK were in poverty [@beta2021].",
        "In 2021/22, 13.4 million people in the UK were in work [@beta2021].",
        "In 2021/22, of 14.4 million people in poverty in the UK 8.1 million people worked [@beta2021].",
    ],
)
def test_what_contradicts_no_fact(tmp_path: Path, pandoc: Worker, text: str) -> None:
    assert seen(tmp_path, pandoc, "EVID002", text, fact("a", geography="UK", period="2021/22")) == []


def test_what_was_decided_is_said(tmp_path: Path, pandoc: Worker) -> None:
    ledger = fact("a") + fact("b", value='"13.4"', source="beta2021") + (
        "decisions:\n  - {measure: people in poverty, use: a, because: it is the later count, by: editor, date: 2026-01-02}\n"
    )
    text = "In poverty were 13.4 million people [@beta2021]. In poverty were 14.4 million people [@alpha2020]."
    (item,) = seen(tmp_path, pandoc, "EVID002", text, ledger)
    assert item.quote == "13.4 million" and "editor decided on 2 January 2026 to use 14.4\u00a0million people (`a`, from `alpha2020`): it is the later count" in item.finding.message


@pytest.mark.parametrize(
    ("code", "text", "fields", "found"),
    [
        ("EVID006", "In poverty: 14.4 million people [@alpha2020].", {"review_by": "2026-05-31"}, True),
        ("EVID006", "In poverty: 14.4 million people [@alpha2020].", {"review_by": "2026-06-01"}, False),
        ("EVID008", "In poverty: 14.4 million people [@alpha2020].", {"status": "unverified"}, True),
        ("EVID008", "In poverty: 14.4 million people [@alpha2020].", {"status": "secondary"}, False),
        ("EVID011", "In poverty: 14.4 million people [@alpha2020].", {"superseded_by": "later"}, True),
        ("EVID011", "In 2021/22: 14.4 million people [@alpha2020].", {"superseded_by": "later", "period": "2021/22"}, False),
    ],
)
def test_facts_that_are_old_unread_or_superseded(tmp_path: Path, pandoc: Worker, code: str, text: str, fields: dict[str, str], found: bool) -> None:
    ledger = fact("poverty", **fields) + fact("later", value='"14.3"')
    assert bool(seen(tmp_path, pandoc, code, text, ledger)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Referrals rose by 44% [@beta2021].", True),
        ("Referrals have doubled [@beta2021].", True),
        ("Referrals rose by 44% from 2016 to 2021 [@beta2021].", False),
        ("Referrals rose by 44% in ten years [@beta2021].", False),
        ("Between 2016 and 2021 much changed. Referrals rose by 44% [@beta2021].", False),
        ("Of referrals 44% were late [@beta2021].", False),
    ],
)
def test_a_change_says_since_when(tmp_path: Path, pandoc: Worker, text: str, found: bool) -> None:
    assert bool(seen(tmp_path, pandoc, "EVID004", text)) is found


@pytest.mark.parametrize(
    ("text", "said"),
    [("Prices halved [@beta2021].", "halved"), ("Referrals rose by 44% [@beta2021].", "rose by 44%"), ("Prices increase by 5% [@beta2021].", "increase by 5%")],
)
def test_a_change_is_asked_about_in_its_own_words(tmp_path: Path, pandoc: Worker, text: str, said: str) -> None:
    (item,) = seen(tmp_path, pandoc, "EVID004", text)
    assert (item.finding.message, item.ask) == (f"“{said}”: since when?", f"You write “{said}”. Since when?")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The share rose by 5%, from 30% to 35% [@beta2021].", True),
        ("It fell by 10 per cent, from 45 per cent to 35 per cent [@beta2021].", True),
        ("The rate went from 20% to 25%, an increase of 5%.", True),
        ("It increased from 20% to 25%, a rise of 5 per cent since 2010.", True),
        ("It increased from 20% to 25%, a rise of about 25% since 2010.", False),
        ("The share rose by 17%, from 30% to 35% [@beta2021].", False),
        ("The share rose by 5 percentage points, from 30% to 35% [@beta2021].", False),
        ("Of 30% of them, 5% were late and 35% were not [@beta2021].", False),
    ],
)
def test_points_are_not_per_cent(tmp_path: Path, pandoc: Worker, text: str, found: bool) -> None:
    assert bool(seen(tmp_path, pandoc, "EVID003", text)) is found


def test_among_five_thousand_facts_each_figure_finds_its_own(tmp_path: Path, pandoc: Worker) -> None:
    facts = [Fact(id=f"f{i}", value=f"{i}.5", unit="million people", statement="Said.", measure=f"thing {i}", source=FactSource(key="alpha2020")) for i in range(5000)]
    index = FactIndex(facts)
    for i in (0, 7, 4999):
        (quantity,) = quantities(f"there were {i}.5 million people")
        assert [f.id for f in index.saying(quantity)] == [f"f{i}"]
    (rounded,) = quantities("about 7 million people")
    assert {f.id for f in index.saying(rounded)} == {"f6", "f7"}  # 6.5 and 7.5 both round to 7


@pytest.mark.parametrize("ledger", ["facts: [", "facts: 3\n", "- a\n", "facts:\n  - id: a\n", "facts:\n  - {id: a, value: [], statement: x}\n", "\x00", "schema_version: 99\n"])
def test_a_broken_ledger_is_a_finding_in_its_file(tmp_path: Path, pandoc: Worker, ledger: str) -> None:
    make(tmp_path, Example("In poverty: 14.4 million people [@alpha2020].", {"citations/evidence.yaml": ledger}))
    found = [f for f in check(tmp_path, pandoc).findings if f.span.path == "citations/evidence.yaml"]
    assert found and all(f.span.line >= 1 for f in found)
