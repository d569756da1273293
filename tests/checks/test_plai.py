"""The rules of plain language: what they find, what they leave alone, and what `--fix` makes of it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rulekit import HOUSE, PAPER, TODAY, check, make, seen

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.fixes import apply_fixes
from penholder.checks.prose import Passage
from penholder.checks.reading import read_paper
from penholder.checks.registry import built_in
from penholder.checks.rule import Example, Scope
from penholder.checks.views import SectionView
from penholder.stages.discover import discover

SECTION = "papers/paper/sections/10-section.md"
FRONT = "---\ntitle: Section\n---\n\n"


def mended(root: Path, worker: Worker, code: str) -> bytes:
    """The section after one round of all changes, unsafe ones too."""
    apply_fixes(root, [c.fix for c in check(root, worker, choice=Choice(select=(code,))).open if c.fix])
    return (root / SECTION).read_bytes()


# what is found, and what it becomes: rule, text, quotes, text after `--fix --unsafe-fixes`

CASES = [
    ("PLAI004", "It is 5 km off, at 37 °C, with 4 GB; 5 miles, 5 moons, M 5 by 3 m-high walls, £5 m.", ["5 km", "37 °C", "4 GB"],
     "It is 5\u00a0km off, at 37\u00a0°C, with 4\u00a0GB; 5 miles, 5 moons, M 5 by 3 m-high walls, £5 m."),
    ("PLAI004", "It is 5\\ km or 5&nbsp;km or 5\u00a0km off.", [], None),
    ("PLAI005", "Buy care - and pay. Day-to-day, 5 - 3, Monday - Friday -- no.", ["-"], "Buy care – and pay. Day-to-day, 5 - 3, Monday - Friday -- no."),
    ("PLAI005", "We buy:\n- care\n- meals - and pay.", ["-"], "We buy:\n- care\n- meals – and pay."),
    ("PLAI006", "E.g. care, eg meals, (i.e. food), ie.", ["E.g.", "eg", "i.e.", "ie."], "For example care, for example meals, (that is food), that is"),
    ("PLAI006", "See gov.ie, the eg-word, IE, Eger, `e.g.` and https://eg.example.org/ie/.", [], None),
    ("PLAI006", "Care is *e.g.* meals.", ["e.g."], "Care is *for example* meals."),
    ("PLAI007", "Care, meals, etc. They pay.", ["etc."], "Care, meals, and so on. They pay."),
    ("PLAI007", "Care, meals etc. are dear, etc, and so is etcetera.", ["etc.", "etc", "etcetera."], "Care, meals and so on are dear, and so on, and so is and so on."),
    ("PLAI007", "The /etc/hosts file and fetch.", [], None),
    ("PLAI008", "Utilising it, in order to win.", ["Utilising", "in order to"], "Using it, to win."),
    ("PLAI008", "We tackle it: robust work. Robust walls stand.", ["robust", "Robust", "tackle"], None),
    ("PLAI008", "We will commit to it; the commit to change, stream.Transform, robust to change.", ["commit to"], None),
    ("PLAI008", "The Agenda for Change, the agenda of the meeting, foster care, a key worker, competitive dialogue.", [], None),
    ("PLAI008", "They deliver services and meals, deliver lasting change and deliver improvements.", ["deliver lasting change", "deliver improvements"], None),
    ("PLAI008", "More robust uncertainty estimates and robust standard errors.", [], None),
    ("PLAI008", "We need a robust approach to buying.", ["robust"], None),
    ("PLAI008", "Key performance indicators, the key to the door, “a robust case”, *Robust*, and a deployed server.", [], None),
    ("PLAI009", "On the 14th of March 2012, 1st May, and the 3rd June 2013.", ["the 14th of March 2012", "1st May", "3rd June 2013"],
     "On 14 March 2012, 1 May, and the 3 June 2013."),
    ("PLAI009", "On Tuesday, March 14, 2012, and June 3rd; in May, 2013.", ["Tuesday, March 14, 2012", "June 3rd", "May, 2013"],
     "On Tuesday 14 March 2012, and 3 June; in May 2013."),
    ("PLAI009", "On 31/12/2014, 12/31/2014, 2014-12-31 and 04/04/2014.", ["31/12/2014", "12/31/2014", "2014-12-31", "04/04/2014"],
     "On 31 December 2014, 31 December 2014, 31 December 2014 and 4 April 2014."),
    ("PLAI009", "On 03/04/2014.", ["03/04/2014"], "On 03/04/2014."),
    ("PLAI009", "In May 5 people came; SI 2014/12, 10.1.2014.5, 99/99/2014, 14 March 2012, the 10th.", [], None),
    ("PLAI010", "At 9.00 a.m., 5.30 PM and 17:30. By 6 p.m. They left at 12pm.", ["9.00 a.m.", "5.30 PM", "6 p.m", "12pm"],
     None),
    ("PLAI010", "Open 9-5pm, 10-11am and at 17:45, 1730hrs.", ["9-5pm", "10-11am", "1730hrs", "17:45"], "Open 9-5pm, 10am to 11am and at 5:45pm, 5:30pm."),
    ("PLAI010", "From 9am to 5:30pm; 3 amps; 10:45 in Mark 10:45.", [], None),
    ("PLAI011", "In 2011-12 and 1999–00, 500–900, between 5-10, 5%-10% and April-June.", ["2011-12", "1999–00", "500–900", "5-10", "5%-10", "April-June"],
     "In 2011 to 2012 and 1999 to 2000, 500 to 900, between 5 and 10, 5% to 10% and April to June."),
    ("PLAI011", "See pages 10-15, ss 2–3, 020-7450, 3-2, COVID-19, 2021/22, 978-1-5286, a 5-10-year plan, (12-14).", [], None),
    ("PLAI011", "It is 10--15 years.", ["10–15"], "It is 10 to 15 years."),
    ("PLAI012", "It is 58 per cent, 5.5 percent, 10 % and thirty-five per cent.", ["58 per cent", "5.5 percent", "10 %", "thirty-five per cent"], "It is 58%, 5.5%, 10% and 35%."),
    ("PLAI012", "Ten per cent of it; a percentage; 5 per cent points; 5%; 5 percentage points.", [], None),
    ("PLAI013", "£138m, €5.5bn, $2M, £5k, £1.5k, 3bn; £0.5 million; £0.25 billion; £75.00.", ["£138m", "€5.5bn", "$2M", "£5k", "£1.5k", "3bn", "£0.5 million", "£0.25 billion", "£75.00"],
     "£138 million, €5.5 billion, $2 million, £5,000, £1,500, 3 billion; £500,000; £250 million; £75."),
    ("PLAI013", "£138 million, £75.50, £5 more, 5m, £5-a-head, £5m-a-year, £1.00 million.", [], None),
    ("PLAI014", "£14000 for 144000 people, 9000 homes and 12 000 beds.", ["14000", "144000", "12 000", "9000"], "£14,000 for 144,000 people, 9,000 homes and 12,000 beds."),
    ("PLAI014", "In 2024 people came; ISO 20400 applies; case 123456 was heard; call 08001234 now; since 2000 jobs.", [], None),
    ("PLAI015", "They buy from five firms and two million people.", ["five", "two"], "They buy from 5 firms and 2 million people."),
    ("PLAI015", "Five firms. One or two things, two-thirds of it, two thirds, a two-way street, the other two was.", [], None),
    ("PLAI015", "They pay. 3 firms left. 5% stayed. 2.5 million went.", ["3"], None),
    ("PLAI015", "- 3 firms\n- 2 towns", [], None),
    ("PLAI016", "The 2nd stage and the 9th year. 1st things first.", ["2nd", "9th", "1st"], "The second stage and the ninth year. First things first."),
    ("PLAI016", "The 10th year, 4th Mechanized Brigade, the 3rd of March, 1st and 2nd.", [], None),
    ("PLAI017", "Health & care, terms & conditions, hearth & Home.", ["&", "&", "&"], "Health and care, terms and conditions, hearth and Home."),
    ("PLAI017", "Marks & Spencer, R&D, Smith & co, Smith & Sons, Q & A.", [], None),
    ("PLAI018", "Care (a long read!) and [more](https://example.org) now.", ["!"], None),
    ("PLAI018", "Act now! *Help!* and [Code!](https://example.org), “Stop!”, 5!", ["!"], None),
    ("PLAI019", "Care and/or meals, he/she, input/output.", ["and/or", "he/she"], "Care or meals, he/she, input/output."),
    ("PLAI020", "The service(s) and box(es) of section 3(s).", ["service(s)", "box(es)"], None),
    ("PLAI021", "In the U.K. there are N.H.S. trusts, says A.B. Smith of the E.U.", ["U.K.", "N.H.S.", "E.U."], "In the UK there are NHS trusts, says A.B. Smith of the EU."),
    ("PLAI021", "In the U.K. The rest.", ["U.K."], "In the U.K. The rest."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "quotes", "after"), CASES)
def test_what_is_found_and_mended(tmp_path: Path, pandoc: Worker, code: str, text: str, quotes: list[str], after: str | None) -> None:
    found = seen(tmp_path, pandoc, code, text)
    assert sorted(c.quote for c in found) == sorted(quotes)
    for item in found:  # the place holds the very words
        line = (FRONT + text).split("\n")[item.finding.span.line - 1]
        assert line[item.finding.span.column - 1 :].startswith(item.quote.replace("–", "--") if "--" in line else item.quote)
    if after is not None:
        assert mended(tmp_path, pandoc, code).decode() == FRONT + after
        again = seen(tmp_path, pandoc, code, after)
        assert [c.quote for c in again if c.fix] == []


HOUSE_TEXT = "On 14th March 2012 we paid £5m, i.e. 10 per cent, for 144000 people - etc. Utilise it & act now! The VCSE sector is 5 km off and/or 2nd."


@pytest.mark.parametrize(
    "text",
    [
        f"> {HOUSE_TEXT}",
        f"He wrote: “{HOUSE_TEXT}”",
        f"    {HOUSE_TEXT}",
        f"Run `{HOUSE_TEXT}` now.",
        f"```\n{HOUSE_TEXT}\n```",
        f"Councils buy [@alpha2020, {HOUSE_TEXT.replace('@', '')}].",
        f"<!-- {HOUSE_TEXT} -->\n\nCouncils buy.",
        f"| a |\n|---|\n| {HOUSE_TEXT} |",
        "# Buy for £5m, e.g. now!\n\nCouncils buy.",
    ],
    ids=["quotation", "quoted", "code block", "code", "fence", "citation", "comment", "table", "heading"],
)  # fmt: skip
def test_what_is_not_the_authors_prose_is_left_alone(tmp_path: Path, pandoc: Worker, text: str) -> None:
    found = [c for c in seen(tmp_path, pandoc, "PLAI", text) if c.finding.code.id != "PLAI002"]
    assert [str(c.finding) for c in found] == []


@pytest.mark.parametrize("text", [f"- {HOUSE_TEXT}", f"Text.[^n]\n\n[^n]: {HOUSE_TEXT}", f"::: {{.recommendation to=Councils}}\n{HOUSE_TEXT}\n:::", f"1. a\n\n    - {HOUSE_TEXT}"])
def test_lists_footnotes_and_recommendations_are_prose(tmp_path: Path, pandoc: Worker, text: str) -> None:
    codes = {c.finding.code.id for c in seen(tmp_path, pandoc, "PLAI", text)}
    assert codes >= {"PLAI002", "PLAI004", "PLAI005", "PLAI006", "PLAI007", "PLAI008", "PLAI009", "PLAI012", "PLAI013", "PLAI014", "PLAI017", "PLAI018"}


@pytest.mark.parametrize(("language", "text"), [("cy", f"Mae’r cynghorau yn prynu gofal - ie, e.e. {HOUSE_TEXT}"), ("ar", f"تشتري المجالس الرعاية ({HOUSE_TEXT})"), ("de", HOUSE_TEXT)])
def test_other_languages_are_not_measured_by_english_rules(tmp_path: Path, pandoc: Worker, language: str, text: str) -> None:
    paper = {"papers/paper/paper.yaml": PAPER.replace("en-GB", language)}
    assert seen(tmp_path, pandoc, "PLAI", text, **paper) == []


def test_the_house_style_is_a_choice(tmp_path: Path, pandoc: Worker) -> None:
    make(tmp_path, Example(HOUSE_TEXT, {"penholder.toml": HOUSE.replace('["govuk"]', "[]")}))
    codes = {c.finding.code.id for c in check(tmp_path, pandoc).open if c.finding.code.id.startswith("PLAI")}
    assert codes == {"PLAI002", "PLAI004", "PLAI005"}


@pytest.mark.parametrize(
    ("setting", "code", "text", "left"),
    [
        ('allow_words = ["robust", "Tackle"]', "PLAI008", "Robust plans tackle it, tackling this robustly.", ["robustly", "tackling"][:0]),
        ('allow_words = ["in order to"]', "PLAI008", "Pay in order to liaise.", ["liaise"]),
        ('acronyms = ["VCSE", "KPIs"]', "PLAI002", "The VCSE sector has KPIs and an SLA.", ["SLA"]),
        ("sentence_words = 10", "PLAI001", "One two three four five six seven eight nine ten eleven. Short.", ["One two three four five six seven eight nine ten eleven."]),
    ],
)
def test_settings(tmp_path: Path, pandoc: Worker, setting: str, code: str, text: str, left: list[str]) -> None:
    house = {"penholder.toml": HOUSE.replace("[check]\n", f"[check]\n{setting}\n")}
    assert [c.quote for c in seen(tmp_path, pandoc, code, text, **house)] == left


# PLAI001, PLAI003: length

LONG = " ".join(["word"] * 29)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"Thirty {LONG}.", 0),
        (f"Thirty one {LONG}.", 1),
        (f"Thirty [@alpha2020, pp. 3-4; @beta2021] {LONG} – `code` $x$.", 0),
        (f"Thirty “and a quotation that is not counted” {LONG}.", 0),
        (f"Thirty:\n\n- one {LONG};\n- two {LONG}.", 0),
        (f"Thirty {LONG}.[^n]\n\n[^n]: One two three {LONG}.", 1),
        (f"> Thirty one two three {LONG}.", 0),
        (f"One {LONG}, e.g. here. Two {LONG}.", 1),
    ],
)
def test_long_sentences(tmp_path: Path, pandoc: Worker, text: str, count: int) -> None:
    assert len(seen(tmp_path, pandoc, "PLAI001", text)) == count


def test_a_reading_age_is_said_of_a_section_once_and_not_of_a_short_one(tmp_path: Path, pandoc: Worker) -> None:
    heavy = "Multidisciplinary commissioning authorities systematically underestimate administrative responsibilities. "
    (found,) = seen(tmp_path, pandoc, "PLAI003", FRONT + heavy * 40)
    assert re.search(r"reading age of this section is \d\d \(\d+ words a sentence, \d+\.\d letters a word\)", found.finding.message)
    assert found.finding.span.line == 2
    assert seen(tmp_path, pandoc, "PLAI003", heavy * 3) == []
    (found,) = seen(tmp_path, pandoc, "PLAI003", "---\nstatus: draft\n---\n\n# Who pays\n\n" + heavy * 40)
    assert (found.finding.span.line, found.finding.span.column) == (5, 3)


def test_addresses_are_not_measured_for_reading_age(tmp_path: Path, pandoc: Worker) -> None:
    place = "- Department of Biostatistics and Medical Informatics, University of Wisconsin-Madison, Madison\n"
    assert seen(tmp_path, pandoc, "PLAI003", place * 30) == []


# PLAI002: acronyms


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The VCSE sector. The VCSE again, and VCSEs.", ["VCSE"]),
        ("Voluntary, community and social enterprise (VCSE) bodies. The VCSE.", []),
        ("VCSE (voluntary, community and social enterprise) bodies.", []),
        ("Voluntary, community and social enterprises (VCSEs) exist. A VCSE is one.", []),
        ("The Cabinet Office, or CO, says. The CO.", []),
        ("Key performance indicators (‘KPIs’). A KPI.", []),
        ("Department for Education (DfE, formerly others [@alpha2020]). DfE says.", []),
        ("The DfE says. The Department for Education (DfE) agrees.", ["DfE"]),
        ("The sum (SLA) is dear.", []),
        ("The price (XYZ) is dear.", ["XYZ"]),
        ("The UK, the EU, NHS, VAT, PDFs and MPs. Part II, Henry VIII. You MUST NOT.", []),
        ("STOP BUYING NOW, PLEASE. In YOUR OWN words.", []),
        ("The LIME [@alpha2020] of Travis CI, [the SLA](https://example.org), and LIME.", []),
        ("The NHS ICB and the ICB NHS trust.", ["ICB"]),
        ("The R&D team, COVID-19, A4, M25, @VCSE, VCSE/other, www.VCSE.org, `VCSE`, “VCSE”.", []),
        ("## VCSE\n\nThe sector.", []),
        ("VCSE\n:   Voluntary, community and social enterprise.\n\nThe VCSE sector.", []),
        ("The VCSE sector.\n\n| Short | Long |\n|---|---|\n| VCSE | Voluntary |", []),
        ("It is a **SLA**: service level agreement.", []),
        ("Ask the University, Madison, WI; or Washington, DC 20005. Not in Wales, WI is what?", []),
        ("They use the software package ROME, methods like MRCNN, and introduced LIME, which draws lines.", []),
        ("A policy package, VCSE included, and bodies like SLA. They introduced KPI.", ["VCSE", "SLA", "KPI"]),
    ],
)
def test_acronyms(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "PLAI002", text)] == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("::: {lang=cy}\nMae’r VCSE yn bwysig.\n:::", []),
        ("::: {lang=cy}\nMae’r VCSE yn bwysig.\n:::\n\nThe VCSE sector gives care.", ["VCSE"]),
        ("In Welsh [mae’r VCSE yn bwysig]{lang=cy}.", []),
    ],
)
def test_acronyms_in_passages_marked_with_another_language(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    make(tmp_path, Example(text))
    assert [i.quote for i in check(tmp_path, pandoc, choice=Choice(select=("PLAI002",))).open] == quotes


def test_an_acronym_spelled_out_in_an_earlier_section_is_known_in_a_later_one(tmp_path: Path, pandoc: Worker) -> None:
    later = {"papers/paper/sections/20-b.md": "The VCSE sector and the SLA.\n", "papers/paper/sections/30-c.md": "A service level agreement (SLA).\n"}
    found = seen(tmp_path, pandoc, "PLAI002", "Voluntary, community and social enterprise (VCSE) bodies.", **later)
    assert [(c.finding.span.path[-7:], c.quote) for c in found] == [("20-b.md", "SLA")]


# fixes


def test_words_of_a_template_are_found_and_not_mended(tmp_path: Path, pandoc: Worker) -> None:
    text = '{% set when = "14th March 2012" %}On {{ when }} and on 15th March 2012, {% if true %}e.g. here{% endif %} - and {% for x in [1, 2] %}15th May {{ x }}. {% endfor %}'
    found = seen(tmp_path, pandoc, "PLAI", text)
    assert [c.quote for c in found if not c.fix] == ["14th March 2012"]
    after = mended(tmp_path, pandoc, "PLAI").decode()
    assert after == FRONT + text.replace("15th March 2012", "15 March 2012").replace("e.g.", "for example").replace(" - and", " – and").replace("15th May", "15 May")


def test_words_of_a_partial_are_mended_in_the_partial(tmp_path: Path, pandoc: Worker) -> None:
    files = {"templates/partials/about.md": "We, e.g. us, met.\n"}
    found = seen(tmp_path, pandoc, "PLAI006", '{% include "about.md" %}', **files)
    apply_fixes(tmp_path, [c.fix for c in found if c.fix])
    assert (tmp_path / "templates/partials/about.md").read_text() == "We, for example us, met.\n"


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_other_byte_stays(tmp_path: Path, pandoc: Worker, start: str, ends: str) -> None:
    text = f"{start}---\ntitle: Section\n---\n\n\nCare,\t\te.g. meals,  \ncost £5m  \n on 14th March 2012.   \n\n\n* é – ﬁ 10 per cent\t\n\n<!-- e.g. -->\n"
    make(tmp_path, Example("."))
    (tmp_path / SECTION).write_bytes(text.replace("\n", ends).encode())
    after = mended(tmp_path, pandoc, "PLAI")
    wanted = text.replace("e.g. meals", "for example meals").replace("£5m", "£5 million").replace("14th", "14").replace("10 per cent", "10%")
    assert after == wanted.replace("\n", ends).encode()


_PIECES = (
    "e.g. care", "i.e.", "14th March 2012", "March 14, 2012", "31/12/2014", "03/04/2014", "58 per cent", "£5m", "£0.5 million", "144000 people", "9.30 a.m.", "2nd stage",
    "5 km", "health & care", "Marks & Spencer", " - ", "the U.K. council", "2011-12", "two firms", "etc.", "in order to", "and/or", "Words.", "It’s", "**bold**", "[@alpha2020, p. 3]",
    "`e.g.`", "“e.g. so”", "\n", "\n\n", "\n\n- ", "*e.g.*", "[£5m](https://example.org/e.g.)", "déjà", "مجلس", "{{ 5 }}", "<!-- e.g. -->", "10--15", "PPN 002",
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14))
def test_fixes_settle_and_leave_the_rest(tmp_path_factory: pytest.TempPathFactory, pandoc: Worker, pieces: list[str]) -> None:
    root = tmp_path_factory.mktemp("p")
    make(root, Example("Care " + " ".join(pieces) + " ends."))
    path = root / SECTION
    for _ in range(5):
        before = path.read_text()
        open_ = [c for c in check(root, pandoc, choice=Choice(select=("PLAI",))).open if c.fix and c.finding.code.id != "PLAI007"]
        fixes = sorted({c.fix for c in open_ if c.fix}, key=lambda f: (f.start, f.end))
        apply_fixes(root, fixes)
        after = path.read_text()
        if not fixes:
            break
        at = rest = 0
        for fix in fixes:  # what stands between two changes stands there still
            if fix.start < at:
                continue
            kept = before[at : fix.start]
            assert after[rest : rest + len(kept)] == kept
            rest += len(kept) + len(fix.text)
            at = fix.end
        assert after[rest:] == before[at:]
    assert not fixes, "mending goes on for ever"


# size


LARGE = ("Councils buy care in every part of the country, and they pay for it by the hour. " * 12 + "\n\n") * 2000
HOSTILE = {
    "figures": "1-" * 40_000, "numbers": "12 345 " * 12_000, "blanks": " " * 80_000, "hyphens": " - " * 30_000, "brackets": "(" * 80_000,
    "stops": "A." * 40_000, "capitals": "AB " * 30_000, "pounds": "£1" * 40_000, "quotes": "“" * 20_000, "months": "May " * 20_000,
    "eg": "e.g" * 30_000, "slashes": "1/2/" * 20_000, "words": "two " * 20_000, "nines": "9" * 80_000, "open": "AB (a " * 12_000, "or": "ab, or AB " * 8_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory, pandoc: Worker) -> SectionView:
    root = tmp_path_factory.mktemp("view")
    make(root, Example("Care."))
    workspace, _ = discover(root)
    paper, _ = read_paper(workspace, "paper", pandoc, final=False, today=TODAY)
    return paper.sections[0]


@pytest.mark.parametrize("name", ["large", *HOSTILE])
def test_a_large_section_stays_quick(view: SectionView, name: str) -> None:
    texts = LARGE.split("\n\n") if name == "large" else [HOSTILE[name]]
    view.passages = tuple(Passage("paragraph", text, "en-GB", view.text.map) for text in texts)
    view.paper.__dict__.pop("passages", None)
    for rule in built_in():
        if rule.family == "PLAI":
            start = time.process_time()
            list(rule.look(view if rule.scope is Scope.SECTION else view.paper))
            assert time.process_time() - start < 4, rule.id


# CREF011

@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("m.bib", '@book{q, title = {A "b" c}, date = 2021, publisher = "P"}', '@book{q, title = {A “b” c}, date = 2021, publisher = "P"}'),
        ("m.bib", '% "x"\r\n@book{q,\r\n title = {"Ä" é "b"},\r\n note = {"n"}\r\n}', '% "x"\r\n@book{q,\r\n title = {“Ä” é “b”},\r\n note = {"n"}\r\n}'),
        ("m.bib", '@book{q, title = {A 6" pipe}, date = 2021}', None),
        ("m.bib", '@book{q, title = {A \\"o $"x"$ b}, date = 2021}', None),
        ("m.bib", '@book{q, title = "A {"}b{"}", date = 2021}', None),
        ("m.bib", "@book{q, title = {A ``b'' -- c}, date = 2021}", None),
        ("m.json", '[{"id": "q", "type": "book", "title": "A -- b \\"c\\"", "URL": "https://example.org/a--b"}]', '[{"id": "q", "type": "book", "title": "A – b \\"c\\"", "URL": "https://example.org/a--b"}]'),
        ("m.json", '\ufeff[\r\n{"title": "Ä---b", "id": "q", "type": "book"}]', '\ufeff[\r\n{"title": "Ä—b", "id": "q", "type": "book"}]'),
        ("m.yaml", '- id: q\n  type: book\n  title: A -- b\n', None),
    ],
)  # fmt: skip
def test_titles_of_the_library(tmp_path: Path, pandoc: Worker, name: str, text: str, after: str | None) -> None:
    make(tmp_path, Example("Care [@q]."))
    path = tmp_path / "citations" / name
    path.write_bytes(text.encode())
    found = check(tmp_path, pandoc, choice=Choice(select=("CREF011",))).open
    assert bool(found) is (after is not None)
    apply_fixes(tmp_path, [c.fix for c in found if c.fix])
    assert path.read_bytes().decode() == (after or text)
    assert check(tmp_path, pandoc, choice=Choice(select=("CREF011",))).open == []


def test_titles_nobody_cites_are_left_alone(tmp_path: Path, pandoc: Worker) -> None:
    assert seen(tmp_path, pandoc, "CREF011", "Care.", **{"citations/m.bib": '@book{q, title = {A "b" c}}'}) == []
