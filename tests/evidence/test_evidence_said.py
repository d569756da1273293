"""``fact()`` and ``facts_table()``: what a paper prints of the ledger."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from evidence_helpers import LEDGER, Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.adapters.jinja import AuthorFault
from penholder.checks.ledgering import quantity_of, value_of
from penholder.checks.quantities import quantities
from penholder.model.evidence import Fact
from penholder.stages.facts import COLUMNS, SAYINGS, Facts, escaped, rounded
from penholder.stages.ledger import Ledger, cited, said


def text_of(desk: Any, template: str) -> str:
    """What a template prints in the Markdown of a section."""
    desk.section("10-a.md", template)
    manuscript, _ = desk.assembled()
    return manuscript.texts[0].markdown.replace("\u00a0", "~").strip()


def found(desk: Any, template: str) -> list[tuple[str, int, str]]:
    desk.section("10-a.md", template)
    return [(f.code.id, f.span.line, f.message) for f in desk.assembled()[1]]


@pytest.mark.parametrize(
    ("template", "prints"),
    [
        ('{{ fact("poverty") }}', "14.4~million people [@alpha2020, p. 12]"),
        ('{{ fact("poverty", cite=False) }}', "14.4~million people"),
        ('{{ fact("poverty").value }}', "14.4~million people"),
        ('{{ fact("poverty").number }} | {{ fact("poverty").unit }}', "14.4 | million people"),
        ('{{ fact("poverty").cite }}', "[@alpha2020, p. 12]"),
        ('{{ fact("poverty").statement }} {{ fact("poverty").period }} {{ fact("poverty").geography }}', "People in poverty in the UK. 2021/22 UK"),
        ('{{ fact("poverty", round=0) }}', "14~million people [@alpha2020, p. 12]"),
        ('{{ fact("poverty", round=3) }}', "14.4~million people [@alpha2020, p. 12]"),
        ('{{ fact("poverty", nearest=5, cite=False) }}', "15~million people"),
        ('{{ fact("poverty", nearest=1, say="more than", cite=False) }}', "more than 14~million people"),
        ('{{ fact("poverty", nearest=1, say="nearly", cite=False) }}', "nearly 15~million people"),
        ('{{ fact("poverty", wording="More than one in five people") }}', "More than one in five people [@alpha2020, p. 12]"),
        ('{{ fact("councils") }}', "58% [@beta2021]"),
        ('{{ fact("spend") }}', "£259bn [@alpha2020]"),
        ('{% set f = fact("poverty") %}{{ f.value }} and {{ f }}', "14.4~million people and 14.4~million people [@alpha2020, p. 12]"),
        ('{% for i in ["poverty", "spend"] %}{{ fact(i).number }} {% endfor %}', "14.4 259"),
        ('{{ fact("poverty") ~ "!" }}', "14.4~million people [@alpha2020, p. 12]!"),
    ],
)
def test_what_is_printed(desk: Any, template: str, prints: str) -> None:
    assert text_of(desk, template) == prints
    assert found(desk, template) == []


def test_it_is_built_and_cited(desk: Any) -> None:
    desk.section("10-a.md", 'In poverty were {{ fact("poverty") }}.\n\n{{ facts_table("poverty", "spend", caption="Figures", id="tbl-f") }}\n\nSee @tbl-f.\n')
    built = desk.build()
    assert set(built.codes) <= {"EVID008"}  # spend is unverified
    built.holds("In poverty were 14.4 million people (Alpha, 2020, p. 12).", "£259bn", "First Things")


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ('{{ fact("povrty") }}', "FACT003", "There is no fact `povrty` in the ledger. Did you mean poverty or poverty-other?"),
        ('{{ fact("x").value }}', "FACT003", "There is no fact `x` in the ledger."),
        ("{{ fact(7) }}", "FACT003", "`fact()` wants the id of a fact in quotation marks, not '7'."),
        ('{{ fact("poverty", wording="one in six") }}', "FACT005", "“one in six” is not a wording of `poverty`. It may be said as “more than one in five people”."),
        ('{{ fact("spend", wording="x") }}', "FACT005", "It has no `wordings` in the ledger."),
        ('{{ fact("poverty", say="nearly") }}', "FACT005", "so “nearly 14.4"),
        ('{{ fact("poverty", say="lots of") }}', "FACT005", "cannot be said before a figure"),
        ('{{ fact("poverty", round="a") }}', "FACT005", "`round='a'` is no number of decimal places"),
        ('{{ fact("poverty", nearest=0) }}', "FACT005", "`nearest=0` is no step to round to"),
        ('{{ fact("poverty", nearest="x") }}', "FACT005", "`nearest='x'` is no step to round to"),
        ('{{ fact("poverty", round=0, nearest=1) }}', "FACT005", "give one of them"),
        ('{{ fact("poverty", round=0, wording="more than one in five people") }}', "FACT005", "cannot be rounded"),
        ('{{ fact("poverty", decimals=0) }}', "TMPL003", "unexpected keyword argument 'decimals'"),
        ("{{ fact() }}", "TMPL003", "`fact()` cannot be called so"),
        ('{{ fact("poverty").__class__ }}', "TMPL003", "The sandbox forbids this"),
        ('{{ fact("poverty").nothing }}', "TMPL002", "has no attribute 'nothing'"),
        ("{{ facts_table() }}", "FACT003", "names no fact of the ledger"),
        ('{{ facts_table("poverty", columns=["figure"]) }}', "TMPL003", "has no column 'figure' (its columns: statement, value"),
        ('{{ facts_table("poverty", columns=3) }}', "TMPL003", "`columns` says 3"),
        ('{{ facts_table(measure="people in povrty") }}', "FACT003", "Did you mean people in poverty?"),
    ],
)
def test_what_is_wrong_is_found_at_its_line_and_leaves_a_gap(desk: Any, template: str, code: str, words: str) -> None:
    ((seen, line, message),) = found(desk, f"One.\n\nTwo {template} three.\n")
    assert (seen, line) == (code, 3)
    assert words in message
    manuscript, _ = desk.assembled()
    assert "{.gap}" in manuscript.texts[0].markdown
    assert "three." in manuscript.texts[0].markdown


def test_each_call_of_a_line_has_its_own_place(desk: Any) -> None:
    desk.section("10-a.md", 'A {{ fact("poverty") }} and {{ fact("nosuch") }} and {{ fact("other") }}.\n')
    assert [(f.code.id, f.span.column) for f in desk.assembled()[1]] == [("FACT003", 29), ("FACT003", 54)]


def test_a_row_for_each_fact_and_a_finding_for_each_unknown_one(desk: Any) -> None:
    markdown = text_of(desk, '{{ facts_table("poverty", "nosuch", "spend", caption="Two", id="tbl-x") }}')
    rows = [line for line in markdown.split("\n") if line.startswith("| ")]
    assert rows[0] == "| What is measured | Figure | Period | Where | Source |"
    assert rows[1] == "| People in poverty in the UK | 14.4 million people | 2021/22 | UK | [@alpha2020, p. 12] |"
    assert len(rows) == 3
    assert ": Two {#tbl-x}" in markdown
    assert [f[0] for f in found(desk, '{{ facts_table("poverty", "nosuch") }}')] == ["FACT003"]


def test_a_table_of_a_measure_with_its_own_headings(desk: Any) -> None:
    markdown = text_of(desk, '{{ facts_table(measure="People in Poverty", columns={"value": "Faint", "status": "Statws"}) }}')
    assert markdown.startswith("| Faint | Statws |")
    assert "| 13.4 million people | secondary |" in markdown


def test_the_ledger_is_read_only_where_a_section_asks(desk: Any) -> None:
    desk.file("citations/evidence.yaml", "facts: [")
    desk.section("10-a.md", "In {{ paper.year }}, in fact.\n")
    assert [f.code.id for f in desk.assembled()[1]] == []
    assert "YAML001" in [c for c, _, _ in found(desk, '{{ fact("poverty") }}')]


def test_a_partial_may_print_facts(desk: Any) -> None:
    desk.file("templates/partials/need.md", 'Need: {{ fact("spend") }}, {{ fact("nosuch") }}.\n')
    desk.section("10-a.md", '{% include "need.md" %}\n')
    manuscript, findings = desk.assembled()
    assert "£259bn [@alpha2020]" in manuscript.texts[0].markdown
    assert [(f.code.id, f.span.path, f.span.line) for f in findings] == [("FACT003", "templates/partials/need.md", 1)]
    assert manuscript.ledgers == ("citations/evidence.yaml",)


def test_a_papers_own_ledger(desk: Any) -> None:
    desk.file("papers/p/evidence.yaml", 'schema_version: 1\nfacts:\n  - {id: own, value: "3", statement: Ours.}\n')
    assert text_of(desk, '{{ fact("own") }} of {{ fact("spend", cite=False) }}') == "3 of £259bn"


def test_a_superseded_fact_still_prints(desk: Any, command: Command) -> None:
    desk.file("citations/evidence.yaml", LEDGER.replace("    wordings:", "    superseded_by: spend\n    wordings:"))
    desk.section("10-a.md", 'There are {{ fact("poverty") }}.\n')
    assert "14.4" in desk.assembled()[0].texts[0].markdown
    assert "EVID011" in command("check", "p", "--mode", "draft").out


def test_what_a_template_wrote_is_known_whatever_it_looks_like(desk: Any, command: Command) -> None:
    """A disputed fact is found behind set, loops, tables, wordings and rounding."""
    disputed = LEDGER.replace("status: disputed", "status: disputed\n    wordings: [most of them]").replace("status: secondary", "status: disputed")
    desk.file("citations/evidence.yaml", disputed)
    for template in (
        '{{ fact("councils") }}', '{% set c = fact("councils") %}It is {{ c.value }}.', '{{ fact("councils", nearest=50) }}',
        '{{ fact("councils", wording="most of them", cite=False) }}', '{{ facts_table("spend", "councils") }}',
    ):  # fmt: skip
        desk.section("10-a.md", f"{template}\n")
        out = json.loads(command("check", "p", "--format", "json", "--select", "EVID007").out)
        assert [f["code"] for f in out["findings"]] == ["EVID007"], template
    desk.section("10-a.md", '{{ facts_table("poverty-other", "poverty") }}\n')
    out = json.loads(command("check", "p", "--format", "json", "--select", "EVID007").out)
    assert ["13.4" in f["message"] for f in out["findings"]] == [True]


def test_a_fact_without_a_source_is_a_figure_without_one(desk: Any, command: Command) -> None:
    desk.file("citations/evidence.yaml", LEDGER + '\n  - {id: bare, value: "77", unit: "%", statement: S., status: verified}\n')
    desk.section("10-a.md", 'Of all, {{ fact("bare") }} agree.\n\n{{ fact("spend") }} is spent.\n')
    out = json.loads(command("check", "p", "--format", "json", "--select", "EVID001").out)
    assert [f["message"][:5] for f in out["findings"]] == ["“77%”"]


# what an edition is made of


def commit_of(desk: Any) -> str:
    record: dict[str, Any] = json.loads((desk.root / "dist/p/edition.json").read_text())
    return str(record["commit"])


def test_a_changed_figure_builds_anew_and_has_another_identity(desk: Any) -> None:
    desk.section("10-a.md", 'Spent is {{ fact("spend") }} [@beta2021].\n')
    first = desk.build(to="html", git=True)
    before, identity = first.path("html").read_bytes(), commit_of(desk)
    desk.build(to="html")
    assert first.path("html").read_bytes() == before
    desk.file("citations/evidence.yaml", LEDGER.replace("259", "385"))
    changed = desk.build(to="html", git=True)
    assert "£385bn" in changed.path("html").read_text()
    assert commit_of(desk) != identity


def test_the_ledger_of_others_is_none_of_a_papers_identity(desk: Any) -> None:
    desk.section("10-a.md", "No figures [@beta2021].\n")
    desk.build(to="html", git=True)
    identity = commit_of(desk)
    desk.file("citations/evidence.yaml", LEDGER.replace("259", "385"))
    desk.build(to="html", git=True)
    assert commit_of(desk) == identity


# laws

VALUES = st.one_of(st.integers(0, 10**7).map(lambda n: f"{n:,}"), st.decimals("0.1", "9999", places=1).map(str), st.integers(0, 99).map(str))


def fact_of(value: str, unit: str = "million people", **more: Any) -> Fact:
    return Fact(id="x", value=value, unit=unit, statement="S.", **more)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.sampled_from(["million people", "%", "£bn", "£ million", "households"]))
def test_what_is_said_reads_as_the_same_value(value: str, unit: str) -> None:
    own = value_of(fact_of(value, unit))
    read = quantities(f"There were {said(value, unit)} in all.")
    assert own is not None
    if read:
        assert read[0].value == pytest.approx(own.value)
    factor = {"million people": 1e6, "£bn": 1e9, "£ million": 1e6}.get(unit, 1)
    assert own.value == pytest.approx(float(value.replace(",", "")) * factor)
    assert quantity_of(value, unit, "S.") == own


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.sampled_from([1, 5, 10, 1000, "0.5"]), st.sampled_from(sorted(SAYINGS)))
def test_words_before_a_figure_stay_true(value: str, step: Any, words: str) -> None:
    exact = Decimal(value.replace(",", ""))
    try:
        figure, number = rounded(fact_of(value), None, step, words)
    except AuthorFault as fault:
        assert fault.code == "FACT005"
        assert exact % Decimal(str(step)) == 0  # "more than 14" of 14
        return
    shown = Decimal(number.replace(",", ""))
    assert figure.startswith(words)
    assert abs(shown - exact) <= Decimal(str(step))
    if SAYINGS[words] == "down":
        assert shown <= exact
    elif SAYINGS[words] == "up":
        assert shown >= exact
    else:
        assert abs(shown - exact) * 2 <= Decimal(str(step))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.integers(-3, 5))
def test_rounding_adds_no_digits(value: str, places: int) -> None:
    _, number = rounded(fact_of(value), places, None, "")
    assert len(number.partition(".")[2]) <= len(value.partition(".")[2])


@pytest.mark.parametrize(("value", "places", "shown"), [("2.5", 0, "3"), ("1,449", -2, "1,400"), ("−2.55", 1, "−2.6"), ("999.95", 1, "1000"), ("12 345", -3, "12 000")])
def test_rounding_half_up_in_the_ledgers_own_hand(value: str, places: int, shown: str) -> None:
    assert rounded(fact_of(value), places, None, "")[1] == shown


@pytest.mark.parametrize("value", ["one in five", "10-12", "4.5:1", "", "£5"])
def test_what_is_no_number_is_not_rounded(value: str) -> None:
    with pytest.raises(AuthorFault, match="is no single number"):
        rounded(Fact(id="x", value=value, unit="", statement="S."), 0, None, "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\'\".-!:/"), min_size=1, max_size=20))
def test_a_ledgers_text_is_printed_as_it_stands(worker: Any, text: str) -> None:
    from penholder.adapters.pandoc import tree

    blocks, _ = worker.read(f"a{escaped(text)}a")
    assert tree.text_of(blocks[0]["c"]) == f"a{text}a"


@pytest.mark.parametrize(
    ("key", "locator", "cite"),
    [("a2020", "", "[@a2020]"), ("a2020", "p. 3", "[@a2020, p. 3]"), ("a b/", "", "[@{a b/}]"), ("a", "table [2]; x", r"[@a, table \[2\]\; x]")],
)
def test_a_source_is_cited(key: str, locator: str, cite: str) -> None:
    assert cited(key, locator) == cite


def test_every_column_is_a_field_or_made_of_some() -> None:
    assert set(COLUMNS) <= set(Fact.key_names())


def test_facts_of_an_empty_ledger() -> None:
    told: list[tuple[str, ...]] = []
    with pytest.raises(AuthorFault, match="holds none"):
        Facts(Ledger, lambda *a: told.append(a), lambda word: None).fact("x")


def test_a_ledger_in_arabic_and_welsh(desk: Any) -> None:
    desk.file(
        "citations/evidence.yaml",
        'schema_version: 1\nfacts:\n  - {id: tlodi, value: "22", unit: "%", statement: Pobl mewn tlodi yng Nghymru ŵŷ., measure: tlodi}\n'
        '  - {id: faqr, value: "١٤٫٤", unit: مليون شخص, statement: الفقر في المملكة المتحدة., measure: الفقر}\n',
    )
    desk.section("10-a.md", 'Mae {{ fact("tlodi") }} a {{ fact("faqr") }}.\n\n{{ facts_table("tlodi", "faqr") }}\n')
    built = desk.build(to="docx,html")
    assert set(built.codes) <= {"EVID001", "EVID008"}
    assert "22%" in built.docx and "مليون شخص" in built.docx
