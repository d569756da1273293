"""The paper of this repository with 40 faults planted in it, of 40 kinds: each is found where it was planted."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from penholder.features.checking import Wish, check
from penholder.findings import Finding

HOME = Path(__file__).parents[2]
PAPER = "papers/social-value-commissioning"
TODAY = dt.date(2026, 11, 22)


class Plant(NamedTuple):
    """A fault: the code that finds it, the file it is planted in, what it is put in place of ("" for a paragraph
    of its own at the end), what is planted, and the words on whose line it is found (those planted by default)."""

    code: str
    file: str
    old: str
    new: str
    at: str = ""


def section(name: str) -> str:
    return f"{PAPER}/sections/{name}.md"


ANALYSE, PLAN, PROCURE, DELIVER, REVIEW = (section(n) for n in ("30-analyse", "40-plan", "50-procure", "60-deliver", "70-review"))
INTRODUCTION, RECOMMENDATIONS, ANNEX = section("20-introduction"), section("80-recommendations"), section("90-annex-evidence")
LEDGER, LIBRARY = "citations/evidence.yaml", "citations/policy.bib"

PLANTS = [
    # evidence
    Plant("EVID001", PLAN, "", "More than half of authorities publish nothing at all."),
    Plant("EVID002", ANALYSE, "", "Others count 13.9 million people in poverty in 2021/22 [@jrfguide2023]."),
    Plant("EVID003", DELIVER, "", "The share of councils rose by 5%, from 30% to 35%, between 2020 and 2024 [@lga2025]."),
    Plant("EVID004", REVIEW, "", "The number of complaints has trebled [@nao2021]."),
    Plant("EVID006", LEDGER, "period: financial year ending 2021\n", "period: financial year ending 2021\n    review_by: 2024-01-31\n", "gini-uk-2021"),
    Plant("EVID007", PROCURE, "", "Knife crime offences rose by 80% over ten years."),
    Plant("EVID009", ANNEX, 'We use {{ fact("poverty-uk-2021-22", cite=False) }},', "We use 14.1 million people in poverty,"),
    Plant("EVID010", REVIEW, "", "In temporary accommodation in England were 279,400 people [@ons2024da]."),
    Plant("EVID011", REVIEW, "", "Poverty touches 14.4 million people [@jrf2023]."),
    # citations
    Plant("CITE001", PLAN, "", "This was said before [@naosk]."),
    Plant("CREF001", LIBRARY, "@online{naosc,", "@online{naotwice,\n  author = {{National Audit Office}}, title = {{Successful commissioning toolkit}},\n  url = {https://www.nao.org.uk/successful-commissioning}, urldate = {2026-11-22},\n}\n\n@online{naosc,", "@online{naosc,"),
    Plant("CREF002", LIBRARY, "@report{lga2022,", "@online{undated,\n  author = {{Cabinet Office}}, title = {{Social value at a glance}}, date = {2025}, url = {https://www.gov.uk/glance},\n}\n\n@report{lga2022,", "undated"),
    Plant("CREF004", DELIVER, "", "Social value has its own weighting [@ppn0620]."),
    Plant("CREF005", PROCURE, "", "The Act speaks of the area [@sva2012, sectoin 1(3)]."),
    Plant("CREF006", PLAN, "", "So says the Procurement Act, 2023."),
    Plant("CREF009", REVIEW, "", "The lessons are known (National Audit Office, 2023)."),
    # structure
    Plant("STRU002", DELIVER, "word_budget: 470", "word_budget: 120"),
    Plant("STRU003", ANALYSE, "", "## What follows from it\n\n## What does not\n\nNothing does.", "What follows from it"),
    Plant("STRU004", PROCURE, "", "TODO: ask the members."),
    Plant("STRU005", PLAN, "", "## 4.2 Next steps\n\nThere are some.", "4.2"),
    Plant("STRU007", REVIEW, "", "## A review on a page {#sec-again}\n\nOnce more.", "{#sec-again}"),
    Plant("STRU011", RECOMMENDATIONS, ' to="Social Value UK and other professional bodies"', "", "Publish guidance on verification"),
    Plant("HEAD001", DELIVER, "", "#### Too deep\n\nDown here.", "Too deep"),
    Plant("XREF001", REVIEW, "", "See @tbl-missing for more."),
    Plant("IMG001", ANALYSE, "", '![A map of the area.](figures/map.png){#fig-map alt="The area from the river to the hills."}'),
    # accessibility
    Plant("IMG002", INTRODUCTION, "", "![](figures/commissioning-cycle.svg)"),
    Plant("ACCE001", DELIVER, "", '![The stages once more.](figures/commissioning-cycle.svg){alt="image"}'),
    Plant("ACCE005", ANNEX, "", "**How to read the table**\n\nFrom left to right.", "How to read"),
    Plant("ACCE010", PLAN, "", "There is more of it [](https://www.gov.uk/more) elsewhere."),
    Plant("ACCE011", REVIEW, "", "To read on, [click here](https://www.gov.uk/guidance)."),
    Plant("ACCE014", ANALYSE, "", "This is THE MOST IMPORTANT STEP of all."),
    Plant("ACCE015", PROCURE, "", "This is [what matters most]{.underline} here."),
    Plant("ACCE017", RECOMMENDATIONS, "## While the contract runs", "## While The Contract Is Running"),
    # plain language
    Plant("PLAI001", DELIVER, "", "The team that takes over the contract on the day after its award has to find out from the bid and from those who wrote it what was promised to whom and by when and on which terms and at what price and why nobody in the authority had thought to ask for it before."),
    Plant("PLAI002", PLAN, "", "The QXZ has agreed to this."),
    Plant("PLAI006", ANALYSE, "", "Ask widely, eg in schools."),
    Plant("PLAI009", PROCURE, "", "It was made on 22nd May 2024."),
    Plant("PLAI012", REVIEW, "", "The rest is about 40 per cent [@lga2025]."),
    # waivers
    Plant("WAIV001", ANNEX, "", "<!-- penholder: allow EVID001 -->\n\nHere is nothing to allow.", "allow EVID001"),
    Plant("WAIV002", ANNEX, "", "<!-- penholder: allow EVID999 because we like it -->\n\nNor here.", "allow EVID999"),
]  # fmt: skip
# What some of them need besides, which is no fault.
SOIL = [
    Plant("", LEDGER, "  - id: poverty-uk-2022-23\n", "  - id: poverty-other\n    value: \"13.9\"\n    unit: million people\n    statement: Another count.\n    measure: people in poverty\n    basis: after housing costs\n    geography: UK\n    period: 2021/22\n    population: all people\n    source: jrfguide2023\n    status: verified\n\n  - id: poverty-uk-2022-23\n"),
    Plant("", PLAN, "", "The toolkit and the glance say so [@naotwice; @naosc; @undated]."),
]  # fmt: skip


def plant(root: Path, each: Plant) -> None:
    path = root / each.file
    text = path.read_text(encoding="utf-8")
    if each.old:
        assert text.count(each.old) == 1, (each.code, each.old)
        text = text.replace(each.old, each.new)
    else:
        notes = text.find("\n[^")  # a paragraph goes before the footnotes
        at = len(text) if notes < 0 else notes
        text = f"{text[:at].rstrip()}\n\n{each.new}\n{text[at:]}"
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("planted")
    for name in ("penholder.toml", "contributors.yaml"):
        shutil.copy(HOME / name, root / name)
    for name in ("papers", "citations", "templates"):
        shutil.copytree(HOME / name, root / name)
    return root


def found(root: Path) -> list[Finding]:
    return check(Wish(root, final=True, today=TODAY)).report.findings


def where(root: Path, each: Plant) -> tuple[str, int]:
    """The file and line on which a plant is to be found; a fault of the ledger is found where the introduction states the fact."""
    words = each.at or each.new.split("\n")[0]
    file = INTRODUCTION if each.file == LEDGER else each.file
    for number, line in enumerate((root / file).read_text(encoding="utf-8").split("\n"), 1):
        if words in line:
            return file, number
    raise AssertionError(f"{each.code}: {words!r} is nowhere")


def test_there_are_forty_kinds() -> None:
    assert len(PLANTS) == len({p.code for p in PLANTS}) == 40


def test_every_planted_fault_is_found_where_it_is(workspace: Path) -> None:
    before = Counter(f.code.id for f in found(workspace))
    for each in [*SOIL, *PLANTS]:
        plant(workspace, each)
    after = found(workspace)
    lost = []
    for each in PLANTS:
        file, line = where(workspace, each)
        if not any(f.code.id == each.code and f.span.path == file and f.span.line <= line <= f.span.end_line for f in after):
            lost.append((each.code, file, line, [str(f.span) for f in after if f.code.id == each.code]))
    assert lost == []
    assert all(Counter(f.code.id for f in after)[p.code] > before[p.code] for p in PLANTS)
