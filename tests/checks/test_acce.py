"""The rules of accessibility at their edges."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import PAPER, check, make, seen

from penholder.adapters.languages import fault_of
from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.fixes import apply_fixes
from penholder.checks.rule import Example
from penholder.checks.rules.acce019_contrast import contrast
from penholder.findings import Severity

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
PICTURES = {f"papers/paper/figures/{name}.svg": SVG for name in ("plan", "IMG_0042", "spend")}
SECTION = "papers/paper/sections/10-section.md"
WELSH = (
    "Mae’r cynghorau yn prynu gwasanaethau ar ran y bobl, ac mae hynny yn rhan o’u gwaith bob dydd. "
    "Rydym yn gofyn am gynllun sydd yn dangos sut y bydd hyn yn cael ei wneud gan y cyngor."
)
ENGLISH = (
    "Councils buy services for the people of their places, and that is a part of the work that they do every day. "
    "We ask for a plan that shows how this will be done by the council, and which of the aims it is to serve."
)
ARABIC = "تشتري المجالس الخدمات نيابة عن الناس، وهذا جزء من عملها اليومي. نطلب خطة تبين كيف سيتم ذلك."


def quotes(root: Path, worker: Worker, code: str, section: str, **files: str) -> list[str]:
    return [c.quote for c in seen(root, worker, code, section, **files)]


def paper(**keys: str) -> dict[str, str]:
    """``paper.yaml`` with other values for some keys."""
    lines = dict(line.split(": ", 1) for line in PAPER.strip().split("\n")) | keys
    return {"papers/paper/paper.yaml": "".join(f"{key}: {value}\n" for key, value in lines.items())}


# ACCE001 to ACCE004: pictures


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        ('![What care costs](plan.svg){alt="Image"}', ["Image"]),
        ('![What care costs](plan.svg){alt="plan.svg"}', ["plan.svg"]),
        ('![What care costs](IMG_0042.svg){alt="IMG_0042"}', ["IMG_0042"]),
        ('![What care costs](plan.svg){alt="A bar chart"}', ["A bar chart"]),
        ('![What care costs](plan.svg){alt="Delwedd 2"}', ["Delwedd 2"]),
        ('![What care costs](plan.svg){alt="صورة"}', ["صورة"]),
        ('![What care costs](plan.svg){alt="..."}', ["..."]),
        ("![Figure 1](plan.svg)", ["Figure 1"]),
        ("Text with ![logo](plan.svg) in it.", ["logo"]),
        ("- an item\n\n  ![chart](plan.svg)", ["chart"]),
        ("| A | B |\n|---|---|\n| ![icon](plan.svg) | 2 |", ["icon"]),
        ("A note.[^n]\n\n[^n]: ![photo](plan.svg)", ["photo"]),
        ("> ![picture](plan.svg)", ["picture"]),
        ("![The logo of the county council](plan.svg)", []),
        ('![What care costs](plan.svg){alt="A chart of the costs, which double."}', []),
        ("![](plan.svg){.decorative}", []),
        ("![Image](none.svg)", []),
    ],
)
def test_alternatives_that_say_nothing(tmp_path: Path, pandoc: Worker, picture: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE001", picture, **PICTURES) == found


@pytest.mark.parametrize(
    ("picture", "count"),
    [
        ('![What care costs](plan.svg){alt="What care costs"}', 1),
        ("![What care costs](plan.svg){alt='What care costs!'}", 1),
        ('![What *care* costs.](plan.svg){#fig-a alt="what care costs"}', 1),
        ("![What care costs](plan.svg)", 0),
        ('![What care costs](plan.svg){alt="Costs double."}', 0),
        ('Words ![](plan.svg){alt="What care costs"} and words.', 0),
        ("![](plan.svg){.decorative}", 0),
    ],
)
def test_alternatives_that_repeat_the_caption(tmp_path: Path, pandoc: Worker, picture: str, count: int) -> None:
    assert len(seen(tmp_path, pandoc, "ACCE002", picture, **PICTURES)) == count


@pytest.mark.parametrize(("length", "count"), [(300, 0), (301, 1)])
def test_long_alternatives(tmp_path: Path, pandoc: Worker, length: int, count: int) -> None:
    text = f'![What care costs](plan.svg){{alt="{"a" * length}"}}\n\n![{"b" * 400}](spend.svg)'
    found = seen(tmp_path, pandoc, "ACCE003", text, **PICTURES)
    assert [c.finding.severity for c in found] == [Severity.NOTE] * count


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        ("![Costs double.](plan.svg){.decorative}", "is described"),
        ("![](plan.svg){.decorative #fig-a}", "has a name"),
        ('![](plan.svg){.decorative alt="Costs double."}', "is described"),
        ("Words ![costs](plan.svg){.decorative} and words.", "is described"),
        ("![](plan.svg){.decorative width=3cm}", ""),
        ("![Costs double.](plan.svg)", ""),
    ],
)
def test_decoration_with_words(tmp_path: Path, pandoc: Worker, picture: str, says: str) -> None:
    found = seen(tmp_path, pandoc, "ACCE004", picture, **PICTURES)
    assert [says in c.finding.message for c in found] == ([True] if says else [])


# ACCE005: headings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**Who pays**\n\nCouncils pay.", ["Who pays"]),
        ("__Who pays?__\n\n- councils", ["Who pays?"]),
        ("***Pwy sy’n talu***\n\nCynghorau.", ["Pwy sy’n talu"]),
        ("**من يدفع**\n\nالمجالس.", ["من يدفع"]),
        ("**Who** **pays**\n\nCouncils pay.", ["Who pays"]),
        ("**Who pays.**\n\nCouncils pay.", []),
        ("**Who pays:**\n\n- councils", []),
        ("**Who pays**: councils.\n\nCouncils pay.", []),
        ("**Who pays** [@alpha2020]\n\nCouncils pay.", []),
        ("**and who pays**\n\nCouncils pay.", []),
        ("Text.\n\n**Who pays**", []),
        ("**Who pays**\n\n## Costs\n\nText.", []),
        ("- **Who pays**\n\n  Councils pay.", []),
        ("> **Who pays**\n>\n> Councils pay.", []),
        ("| A | B |\n|---|---|\n| **Who pays** | 2 |\n\nText.", []),
        ("::: {.note}\n**Who pays**\n\nCouncils pay.\n:::", []),
        ("**Anna Alpha**\n\n**Bob Beta**\n\nText.", ["Bob Beta"]),
        ("**" + "word " * 13 + "word**\n\nText.", []),
        ("**123**\n\nText.", []),
    ],
)
def test_bold_text_in_place_of_headings(tmp_path: Path, pandoc: Worker, text: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE005", text) == found


def test_a_bold_paragraph_becomes_a_heading_and_the_rest_stays(tmp_path: Path, pandoc: Worker) -> None:
    text = "---\ntitle: Costs\n---\n\n## Costs\n\nText.\n\n**Who pays:**\n\nCouncils  pay.\n\n***Both***\n\nText.\n"
    found = seen(tmp_path, pandoc, "ACCE005", text)
    assert [c.safety for c in found] == ["unsafe", ""]
    apply_fixes(tmp_path, [c.fix for c in found if c.fix])
    assert (tmp_path / SECTION).read_text() == text.replace("**Who pays:**", "### Who pays")


# ACCE006 to ACCE009: tables

PLAIN = "| Place | Homes |\n|---|---|\n| Wales | 12 |\n| Kent | 15 |\n"
MERGED = """\
+-------+-------+------+
| Place | Homes | Beds |
+=======+=======+======+
| Wales | 12    | 15   |
|       +-------+------+
|       | 14    | 16   |
+-------+-------+------+
| Kent  | none known   |
+-------+--------------+
"""
TWO_HEADS = """\
+-------+--------------+
|       | Homes        |
|       +-------+------+
|       | 2019  | 2020 |
+=======+=======+======+
| Wales | 12    | 15   |
+-------+-------+------+
| Kent  | 12    | 15   |
+-------+-------+------+
"""


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (PLAIN, []),
        (TWO_HEADS, []),
        (PLAIN.replace("Place", "").replace("Homes", ""), ["ACCE006"]),
        ("Wales   12\nKent    15\n------- --\n".join(["------- --\n", ""]), ["ACCE006"]),
        (PLAIN.replace("Homes", ""), ["ACCE007"]),
        (PLAIN.replace("Place", ""), []),
        (PLAIN.replace("12", ""), ["ACCE008"]),
        (PLAIN.replace("12", "$x$"), []),
        (PLAIN.replace("12", "`x`"), []),
        (PLAIN.replace("12", "![A tick](plan.svg)"), []),
        (PLAIN.replace("12", "[@alpha2020]"), []),
        (MERGED, ["ACCE008"]),
        ("| One |\n|---|\n| two |\n", ["ACCE009"]),
        ("| One | two |\n|---|---|\n", ["ACCE009"]),
        ("> " + PLAIN.replace("12", "").replace("\n", "\n> "), ["ACCE008"]),
        ("- item\n\n" + "".join(f"  {line}\n" for line in PLAIN.replace("Homes", "").split("\n")), ["ACCE007"]),
        ("A note.[^n]\n\n[^n]: Text.\n\n" + "".join(f"    {line}\n" for line in PLAIN.replace("Homes", "").split("\n")), ["ACCE007"]),
        ("| | |\n|---|---|\n| | |\n", []),
    ],
)
def test_tables(tmp_path: Path, pandoc: Worker, table: str, codes: list[str]) -> None:
    make(tmp_path, Example(table, PICTURES))
    rules = ("ACCE006", "ACCE007", "ACCE008", "ACCE009")
    assert [c.finding.code.id for c in check(tmp_path, pandoc, choice=Choice(select=rules)).open] == codes


def test_a_merged_table_counts_its_cells_and_each_table_is_told_from_the_other(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "ACCE008", PLAIN + "\nText.\n\n" + MERGED)
    assert found.finding.message == "This table has 2 merged cells."
    assert found.finding.span.line == 13


def test_a_table_from_data_is_found_at_its_template(tmp_path: Path, pandoc: Worker) -> None:
    data = {"papers/paper/data/homes.csv": "Place,Homes\nWales,\nKent,15\n"}
    (found,) = seen(tmp_path, pandoc, "ACCE008", 'Text.\n\n{{ table("homes.csv") }}\n', **data)
    assert (found.finding.message, found.finding.span.line) == ("This table has 1 blank cell.", 7)


# ACCE010 to ACCE013: links


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Text.[](https://example.org/a) More.", [(5, 6)]),
        ("- [](https://example.org/a)\n- [words](https://example.org/b)", [(5, 3)]),
        ("| A | B |\n|---|---|\n| [ ](https://example.org/a) | 2 |", [(7, 3)]),
        ("[](https://example.org/a)\n\n[](https://example.org/a)", [(5, 1), (7, 1)]),
        ("Text.[![A plan](plan.svg)](https://example.org/a)", []),
        ("Text.[![](plan.svg){.decorative}](https://example.org/a)", [(5, 6)]),
        ("[`code`](https://example.org/a) and [$x$](https://example.org/b)", []),
        ("[@alpha2020] and <https://example.org/a>", []),
        ("A [](#sec-x) link.\n\n## X {#sec-x}\n\nText.", [(5, 3)]),
    ],
)
def test_blank_links(tmp_path: Path, pandoc: Worker, text: str, places: list[tuple[int, int]]) -> None:
    found = seen(tmp_path, pandoc, "ACCE010", text, **PICTURES)
    assert [(c.finding.span.line, c.finding.span.column) for c in found] == places
    assert all(c.finding.severity is Severity.ERROR for c in found)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("here", True), ("Click here", True), ("click **here**", True), ("this page", True), ("read more", True), ("More information", True),
        ("find out more", True), ("link", True), ("2", True), ("→", True), ("(here)", True), ("yma", True), ("cliciwch yma", True), ("ici", True),
        ("hier", True), ("هنا", True), ("download it here", True), ("the website", True),
        ("the guidance", False), ("R", False), ("`here`", False), ("what is here", False), ("here is the plan", False), ("More in Common", False),
        ("this government", False), ("Hereford", False), ("the full report", False), ("download the plan", False),
    ],
)  # fmt: skip
def test_links_that_say_nothing(tmp_path: Path, pandoc: Worker, words: str, held: bool) -> None:
    found = seen(tmp_path, pandoc, "ACCE011", f"It is [{words}](https://example.org/a).")
    assert len(found) == held


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("- see [here](https://example.org)", 1),
        ("| A | B |\n|---|---|\n| [here](https://example.org) | 2 |", 1),
        ("A note.[^n]\n\n[^n]: See [here](https://example.org).", 1),
        ("## See [here](https://example.org)\n\nText.", 1),
        ("> See [here](https://example.org).", 0),
        ("As shown [here](#sec-x).\n\n## X {#sec-x}\n\nText.", 0),
        ('{% set to = "https://example.org" %}See [here]({{ to }}).', 1),
    ],
)
def test_where_links_are_read(tmp_path: Path, pandoc: Worker, text: str, count: int) -> None:
    assert len(seen(tmp_path, pandoc, "ACCE011", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See <https://example.org/a>.", ["https://example.org/a"]),
        ("See https://example.org/a.", ["https://example.org/a"]),
        ("See (www.example.org/a), too.", ["www.example.org/a"]),
        ("See [https://example.org/a](https://example.org/b).", ["https://example.org/a"]),
        ("- gweler https://example.org/a", ["https://example.org/a"]),
        ("انظر https://example.org/a هنا.", ["https://example.org/a"]),
        ("See [the plan](https://example.org/a).", []),
        ("See [the plan (www.example.org)](https://example.org/a).", []),
        ("Write to <someone@example.org> or see GOV.UK.", []),
        ("> See https://example.org/a.", []),
        ("| A | B |\n|---|---|\n| <https://example.org/a> | 2 |", []),
        ("`https://example.org/a` is code [@alpha2020, https://example.org/b].", []),
        ("![A plan](https://example.org/plan.svg)", []),
        ("# Addresses such as https://example.org\n\nText.", []),
    ],
)
def test_bare_addresses(tmp_path: Path, pandoc: Worker, text: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE012", text) == found


def test_an_address_in_a_note_is_a_note(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "ACCE012", "Text.[^n]\n\n[^n]: https://example.org/a")
    assert found.finding.severity is Severity.NOTE
    assert found.finding.span.line == 7


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The [plan](https://a.org/1) and the [Plan](https://a.org/2).", 1),
        ("The [plan](https://a.org/1) and the [plan](http://www.a.org/1/).", 0),
        ("The [plan](https://a.org/1) and the [plan](#sec-x).\n\n## X {#sec-x}\n\nText.", 0),
        ("The [`f` call](https://a.org/1) and the [`g` call](https://a.org/2).", 0),
        ("The [plan](https://a.org/1).\n\n> The [plan](https://a.org/2).", 0),
    ],
)
def test_links_with_the_same_words(tmp_path: Path, pandoc: Worker, text: str, count: int) -> None:
    assert len(seen(tmp_path, pandoc, "ACCE013", text)) == count


# ACCE014 to ACCE016: capitals, underlining, emphasis


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Councils MUST NEVER forget this. They must never.", ["MUST NEVER"]),
        ("RHAID I’R CYNGOR dalu. Y cyngor, a rhaid iddo.", ["RHAID I’R CYNGOR"]),
        ("ВСЕ ЛЮДИ РАВНЫ, все люди равны.", ["ВСЕ ЛЮДИ РАВНЫ"]),
        ("## BACKGROUND\n\nText.", ["BACKGROUND"]),
        ("- THE COUNCIL PAYS, says the council.", ["THE COUNCIL PAYS"]),
        ("| TOTAL SPENDING | B |\n|---|---|\n| total spending | 2 |", ["TOTAL SPENDING"]),
        ("The NHS, the OECD, the UK GDPR, HM TREASURY and NHS ENGLAND say so.", []),
        ("DOCX, PDF, HTML: a docx, a pdf and some html.", []),
        ("## UNESCO\n\nText. ## NATO", []),
        ("> THE COUNCIL PAYS, says the council.", []),
        ("The word IMPORTANT alone.", []),
        ("Сковорода Никита Андреевич wrote it.", []),
        ("المجالس تدفع ثمن الرعاية.", []),
        ("`MUST NOT FORGET` is code [@alpha2020].", []),
        ("MUST NOT and SHALL NOT are words of RFC 2119. They must not; they shall not.", []),
    ],
)
def test_capitals(tmp_path: Path, pandoc: Worker, text: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE014", text) == found


def test_capitals_of_a_title(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "ACCE014", "---\ntitle: THE COST OF CARE\n---\n\nThe cost of care.")
    assert (found.quote, found.finding.span.line) == ("THE COST OF CARE", 2)
    assert seen(tmp_path, pandoc, "ACCE014", "---\ntitle: NHS CHC and the UK\n---\n\nThe cost of care.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We [must]{.underline} pay.", ["must"]),
        ("- We [must *now*]{.ul} pay.", ["must now"]),
        ("> We [must]{.underline} pay.\n\nText.[^n]\n\n[^n]: [Now]{.underline}.", ["must", "Now"]),
        ("{% set word = 'must' %}We [{{ word }}]{.underline} pay.", ["must"]),
        ("We [must]{.smallcaps} pay; see [this link](https://example.org).", []),
        ("We []{.underline} pay.", []),
    ],
)
def test_underlining(tmp_path: Path, pandoc: Worker, text: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE015", text) == found


LONG = "Councils buy for good, they say so in their plans, and they hold to it from year to year"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"*{LONG}*", 1),
        (f"**{LONG}.**", 1),
        (f"*{LONG}* [@alpha2020].", 1),
        (f"*{LONG[:40]}* *{LONG[40:]}*.", 1),
        (f"- *{LONG}*", 1),
        (f"> *{LONG}*", 0),
        (f"*{LONG}* indeed.", 0),
        ("*Councils buy for good.*", 0),
        (f"::: {{.table-source}}\n{LONG}\n:::", 0),
    ],
)
def test_paragraphs_in_italics(tmp_path: Path, pandoc: Worker, text: str, count: int) -> None:
    assert len(seen(tmp_path, pandoc, "ACCE016", text)) == count


# ACCE017: sentence case

RUNNING = (
    "\n\nMost councils pay for care. Some councils pay late, and care costs more. The social value of a plan is its value to people. "
    "The Social Value Act 2012 says so, and Social Value Wales does too. The Welsh Government does. Each plan has an aim; each aim has a plan."
)


@pytest.mark.parametrize(
    ("heading", "right"),
    [
        ("What Councils Pay", "What councils pay"),
        ("The Plan of Care", "The plan of care"),
        ("Why care: What Councils Do", "Why care: What councils do"),
        ("What councils pay", ""),
        ("What the Social Value Act asks", ""),
        ("What Social Value Wales asks", ""),
        ("What the Welsh Government pays", ""),
        ("Councils: What they pay", ""),
        ("Plan A", ""),
        ("The aims of Aim 3 and Plan B", ""),
        ("Voluntary Councils Plan (VCP) in Wales", ""),
        ("Mozilla Public Plan", ""),
        ("*First Councils Plan* and after", ""),
        ("“First Councils Plan” and after", ""),
        ("NHS CHC and UK", ""),
    ],
)
def test_headings_in_sentence_case(tmp_path: Path, pandoc: Worker, heading: str, right: str) -> None:
    found = seen(tmp_path, pandoc, "ACCE017", f"## {heading}{RUNNING}")
    assert [right in c.ask for c in found] == ([True] if right else [])


def test_a_heading_is_mended_and_a_title_is_found(tmp_path: Path, pandoc: Worker) -> None:
    text = f"---\ntitle: What Councils Pay\n---\n\n## Why *most* Councils Pay late{RUNNING}\n"
    found = seen(tmp_path, pandoc, "ACCE017", text)
    assert [c.finding.span.line for c in found] == [2, 5]
    apply_fixes(tmp_path, [c.fix for c in found if c.fix])
    assert (tmp_path / SECTION).read_text() == text.replace("most* Councils Pay", "most* councils pay")


def test_sentence_case_is_a_house_rule_of_english(tmp_path: Path, pandoc: Worker) -> None:
    text = f"## What Councils Pay{RUNNING}"
    make(tmp_path, Example(text, {"penholder.toml": 'schema_version = 1\nname = "Test"\n'}))
    assert "ACCE017" not in {f.code.id for f in check(tmp_path, pandoc).findings}
    assert seen(tmp_path, pandoc, "ACCE017", text, **paper(language="de")) == []


# ACCE018: place and colour


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See the chart on the right.", ["the chart on the right"]),
        ("The figure overleaf shows it.", ["The figure overleaf"]),
        ("Costs are shown in red.", ["shown in red"]),
        ("It is the left-hand column.", ["the left-hand column"]),
        ("The red bars are costs.", ["The red bars"]),
        ("- the dark blue line in the chart", ["the dark blue line in the chart"]),
        ("A note.[^n]\n\n[^n]: The map opposite.", ["The map opposite"]),
        ("The table below lists them.", ["The table below"]),
        ("The table below lists them (@tbl-a).\n\n" + PLAIN + "\n: Homes {#tbl-a}", []),
        ("Table 3, the table below, lists them.", []),
        ("They are on the right track, and the right to care is in the Green Paper.", []),
        ("The government has red lines, and the green belt is shown in green papers.", []),
        ("> See the chart on the right.", []),
        ("“See the chart on the right”, she says.", []),
        ("The council on the left of the road is below the average.", []),
    ],
)
def test_place_and_colour(tmp_path: Path, pandoc: Worker, text: str, found: list[str]) -> None:
    assert quotes(tmp_path, pandoc, "ACCE018", text) == found


# ACCE019: contrast

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(colours, colours)
def test_contrast_is_a_ratio(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one, one) == 1
    assert contrast(one, "#ffffff") * contrast(one, "#000000") == pytest.approx(21)


@pytest.mark.parametrize(("colour", "ratio"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#777777", 4.48), ("#595959", 7.0), ("#0000ff", 8.59)])
def test_contrast_on_white(colour: str, ratio: float) -> None:
    assert contrast(colour, "#ffffff") == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('accent = "#777777"', [("accent", "3.9", Severity.ERROR, 5)]),
        ('muted = "#767676"', [("muted", "4.5", Severity.NOTE, 5)]),
        ('text = "#1a1a1a"\ntint = "#666666"', [("accent", "1", Severity.ERROR, 6), ("text", "3", Severity.ERROR, 6)]),
        ('rule = "#ffffff"', []),
        ('draft = "#9b1c1c"', []),
    ],
)
def test_colours_of_a_theme(tmp_path: Path, pandoc: Worker, lines: str, says: list[tuple[str, str, Severity, int]]) -> None:
    theme = {"templates/default/theme.toml": f'schema_version = 1\nname = "default"\n\n[colours]\n{lines}\n'}
    found = [c.finding for c in seen(tmp_path, pandoc, "ACCE019", "Text.", **theme)]
    assert [(f.severity, f.span.line) for f in found] == [(s, line) for _, _, s, line in says]
    for finding, (name, ratio, _, _) in zip(found, says, strict=True):
        assert f"The {name} colour" in finding.message
        assert f"contrast of {ratio}" in finding.message
        assert finding.span.path == "templates/default/theme.toml"


def test_the_colour_that_is_proposed_is_good(tmp_path: Path, pandoc: Worker) -> None:
    theme = 'schema_version = 1\nname = "default"\n\n[colours]\naccent = "{}"\n'
    (found,) = seen(tmp_path, pandoc, "ACCE019", "Text.", **{"templates/default/theme.toml": theme.format("#ff8800")})
    better = next(word for word in found.finding.help.split() if word.startswith("#"))
    assert seen(tmp_path, pandoc, "ACCE019", "Text.", **{"templates/default/theme.toml": theme.format(better)}) == []


# ACCE020 to ACCE022: title and language


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Untitled", True), ("Position paper", True), ("Title of the paper", True), ("TBC", True), ("'123'", True), ("Draft report v2", True),
        ("Policy statement 2026", True), ("Response to the consultation on care", False), ("A paper", False), ("The Green Paper on care", False),
        ("ورقة موقف", False), ("Notes", False), ("What care costs", False),
    ],
)  # fmt: skip
def test_titles_of_papers(tmp_path: Path, pandoc: Worker, title: str, held: bool) -> None:
    found = seen(tmp_path, pandoc, "ACCE020", "Text.", **paper(title=title))
    assert [c.finding.span.line for c in found] == ([2] if held else [])


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("en-GB", ""), ("cy", ""), ("ar", ""), ("zh-Hant-TW", ""), ("es-419", ""), ("mi-NZ", ""), ("en-UK", "'GB'"), ("cym", "'cy'"), ("iw", "'he'"),
        ("xx", "no language"), ("en-XQ", "no country"), ("zh-Abcd", "no script"),
    ],
)  # fmt: skip
def test_tags_of_languages(tag: str, says: str) -> None:
    fault = fault_of(tag)
    assert says in fault and bool(says) == bool(fault)


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("en-UK", ENGLISH, "no program knows"),
        ("en-GB", WELSH, "written in Welsh"),
        ("cy", ENGLISH, "written in English"),
        ("en-GB", ARABIC, "Arabic letters"),
        ("ar", ENGLISH, "Latin letters"),
        ("en-GB", ENGLISH, ""),
        ("cy", WELSH, ""),
        ("ar", ARABIC, ""),
        ("tr", ENGLISH, ""),
        ("en-GB", "> " + WELSH, ""),
        ("en-GB", "| Alpha | Beta |\n|---|---|\n| Gamma | Delta |", ""),
    ],
)
def test_languages_of_papers(tmp_path: Path, pandoc: Worker, language: str, text: str, says: str) -> None:
    found = seen(tmp_path, pandoc, "ACCE021", text, **paper(language=language))
    assert [(says in c.finding.message, c.finding.span.line, c.finding.severity) for c in found] == ([(True, 4, Severity.ERROR)] if says else [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WELSH, ["Welsh"]),
        (ARABIC, ["Arabic letters"]),
        (f"{WELSH}\n\n{WELSH}", ["Welsh"]),
        (f"> {WELSH}", ["Welsh"]),
        (f"- {WELSH}", ["Welsh"]),
        (f"Text.[^n]\n\n[^n]: {WELSH}", ["Welsh"]),
        ("## المجالس والخدمات العامة\n\nText.", ["Arabic letters"]),
        (f"::: {{lang=cy}}\n{WELSH}\n\n> {WELSH}\n:::", []),
        (f"::: {{lang=cy}}\n::: {{.note}}\n{WELSH}\n:::\n:::", []),
        (f"[{ARABIC}]{{lang=ar}}", []),
        ("The Senedd and Llywodraeth Cymru, and a word: متن.", []),
        ("The letters $αβγδ$ and `ключ`.", []),
    ],
)
def test_languages_of_parts(tmp_path: Path, pandoc: Worker, text: str, says: list[str]) -> None:
    found = seen(tmp_path, pandoc, "ACCE022", f"{ENGLISH}\n\n{ENGLISH}\n\n{ENGLISH}\n\n{text}")
    assert [c.finding.message for c in found] == [f"This is in {s}, and not marked so." for s in says]


def test_a_paper_in_the_wrong_language_is_said_once(tmp_path: Path, pandoc: Worker) -> None:
    make(tmp_path, Example(f"{WELSH}\n\nText.\n\n{WELSH}"))
    found = check(tmp_path, pandoc, choice=Choice(select=("ACCE021", "ACCE022"))).open
    assert [c.finding.code.id for c in found] == ["ACCE021"]


# All of them


def test_texts_without_a_fault_are_left_alone(tmp_path: Path, pandoc: Worker) -> None:
    text = (
        f"{ENGLISH} See [the plan of the council](https://example.org/plan) and @tbl-homes.\n\n## What the council pays\n\n{ENGLISH}\n\n"
        f"{PLAIN}\n: Homes by place {{#tbl-homes}}\n\n![Costs double from 2010 to 2020.](plan.svg)\n"
    )
    make(tmp_path, Example(text, PICTURES))
    assert [str(f) for f in check(tmp_path, pandoc, choice=Choice(select=("ACCE",))).findings] == []


def test_broken_parts_are_read_without_a_crash(tmp_path: Path, pandoc: Worker) -> None:
    files = {
        "papers/paper/paper.yaml": "title: [\n",
        "papers/paper/sections/20-b.md": "# \n\n**\n\n****\n\n[]()\n\n| |\n|-|\n\n![]()\n\n[](<>)\n",
        "templates/default/theme.toml": "colours = 3\n",
    }
    make(tmp_path, Example("{{ nothing(", files))
    check(tmp_path, pandoc, choice=Choice(select=("ACCE", "STRU")))


@pytest.mark.parametrize(
    "text",
    [
        "A " * 60_000 + "AB CD " * 20_000,
        "WORD WORDS " * 20_000,
        "## " + "Word Words " * 8000,
        "**" + "word " * 30_000 + "**",
        "the chart the chart " * 12_000,
        "https://a.b/" + "c/" * 60_000,
        "ا" * 120_000,
        "[here](https://a.org/1) " * 4000,
        "[](https://a.org/1) " * 3000,
        "| a | b |\n|---|---|\n" + "| |\n" * 6000,
    ],
    ids=["letters", "capitals", "heading", "bold", "charts", "address", "arabic", "links", "blank", "table"],
)
def test_hostile_texts_are_quick(tmp_path: Path, pandoc: Worker, text: str) -> None:
    make(tmp_path, Example(text))
    start = time.perf_counter()
    check(tmp_path, pandoc, choice=Choice(select=("STRU003",)))
    reading = time.perf_counter() - start
    start = time.perf_counter()
    check(tmp_path, pandoc, choice=Choice(select=("ACCE",)))
    assert time.perf_counter() - start < 2 * reading + 6
