"""The rules of structure at their edges."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from shutil import rmtree

import pytest
from rulekit import PAPER, check, make, seen

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.fixes import apply_fixes
from penholder.checks.rule import Example
from penholder.features.locales import locale_of
from penholder.features.scaffold import make_paper, make_workspace
from penholder.findings import Severity

WORDS = "Councils buy for good. They say so in their plans, and they hold to it. "


def front(text: str, **fields: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"---\n\n{text}\n"


# STRU001, STRU002: lengths


@pytest.mark.parametrize(
    ("fields", "words", "finds"),
    [
        ({"title": "Costs"}, 150, "no summary"),
        ({"title": "Costs"}, 34, "510 words and no summary"),
        ({"title": "Costs"}, 33, ""),
        ({"title": "Executive summary"}, 20, ""),
        ({"title": "Executive summary"}, 40, "more than the 500"),
        ({"title": "Crynodeb gweithredol"}, 20, ""),
        ({"title": "In short", "kind": "summary"}, 40, "more than the 500"),
        ({"title": "Summary of costs by region", "kind": "annex"}, 150, "no summary"),
    ],
)
def test_summaries(tmp_path: Path, pandoc: Worker, fields: dict[str, str], words: int, finds: str) -> None:
    found = seen(tmp_path, pandoc, "STRU001", front(WORDS * words, **fields))
    assert [finds in c.finding.message for c in found] == ([True] if finds else [])


def test_a_final_paper_of_any_length_has_a_summary(tmp_path: Path, pandoc: Worker) -> None:
    make(tmp_path, Example(front(WORDS, title="Costs")))
    (found,) = check(tmp_path, pandoc, choice=Choice(select=("STRU001",)), final=True).open
    assert found.finding.severity is Severity.WARNING and found.finding.message == "The paper has 15 words and no summary."
    make(tmp_path, Example("<!-- nothing yet -->"))
    assert check(tmp_path, pandoc, choice=Choice(select=("STRU001",)), final=True).open == []


def test_an_abstract_stands_for_a_summary_and_its_length_can_be_set(tmp_path: Path, pandoc: Worker) -> None:
    paper = {"papers/paper/paper.yaml": PAPER + "abstract: In short.\ncheck:\n  summary_words: 20\n"}
    assert seen(tmp_path, pandoc, "STRU001", front(WORDS * 150, title="Costs"), **paper) == []
    (found,) = seen(tmp_path, pandoc, "STRU001", front(WORDS * 2, title="In short", kind="summary"), **paper)
    assert found.finding.message == "The summary has 30 words, 10 more than the 20 it may have."
    assert found.finding.span.line == 3


@pytest.mark.parametrize(
    ("budget", "says"),
    [(30, ""), (29, "30 words, 1 word over its budget of 29"), (15, "30 words, 15 words over its budget of 15")],
)
def test_budgets(tmp_path: Path, pandoc: Worker, budget: int, says: str) -> None:
    text = WORDS * 2 + "[@alpha2020, p. 4]"
    found = seen(tmp_path, pandoc, "STRU002", front(text, title="Costs", word_budget=str(budget)))
    assert [says in c.finding.message for c in found] == ([True] if says else [])
    assert all((c.finding.severity is Severity.NOTE) is (budget == 29) and c.finding.span.line == 3 for c in found)


# STRU003: nothing under a heading


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Text.\n\n## One\n\n## Two\n\nText.", ["One"]),
        ("Text.\n\n## One {#sec-one}\n\n<!-- later -->\n\n## Two\n\nText.", ["One"]),
        ("Text.\n\n## One\n\n### Below\n\nText.", []),
        ("Text.\n\n### One\n\n## Two\n\nText.", ["One"]),
        ("Text.\n\n## Last", ["Last"]),
        ("# Only", ["Only"]),
        ("One\n---\n\nTwo\n---\n\nText.", ["One"]),
        ("## One\n\n```\ncode\n```\n\n## Two\n\n$$x = y$$\n\n## Three\n\n- [ ] a task", []),
        ("## One\n\n![A plan](plan.svg)\n\n## Two\n\n***\n\nText.", []),
        ("## One\n\n| a |\n|---|\n| b |\n\n## Two\n\n> Said.\n", []),
        ("## Un\n\n## دو\n\nمتن", ["Un"]),
        ("", []),
        ("## One[^n]\n\n[^n]: Text.\n\n## Two\n\nText.", []),
    ],
)
def test_empty_headings(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "STRU003", text)] == quotes


# STRU005: numbers by hand


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("## 1.2 Background\n\nText.", ["1.2"]),
        ("## 3.1. Background\n\nText.", ["3.1."]),
        ("## Section 4: Costs\n\nText.\n\n## Annex B - Figures\n\nText.", ["Section 4:", "Annex B -"]),
        ("## 1 Costs\n\nText.\n\n## 2 Gains\n\nText.", ["1", "2"]),
        ("## 1. Costs\n\nText.\n\n### Below\n\nText.\n\n## 2. Gains\n\nText.", ["1.", "2."]),
        ("## I. Costs\n\nText.\n\n## II. Gains\n\nText.", ["I.", "II."]),
        ("## A. Costs\n\nText.\n\n## B. Gains\n\nText.", ["A.", "B."]),
        ("## 5 stages of care\n\nText.\n\n## 10 questions\n\nText.", []),
        ("## 2024 in review\n\nText.\n\n## 1.5 °C\n\nText.\n\n## 14.4 million people\n\nText.", []),
        ("## A. Smith on care\n\nText.", []),
        ("## Annexes\n\nText.\n\n## Section 12 duties\n\nText.", []),
    ],
)
def test_numbers_by_hand(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "STRU005", text)] == quotes


def test_numbers_by_hand_are_right_where_the_tool_gives_none(tmp_path: Path, pandoc: Worker) -> None:
    paper = {"papers/paper/paper.yaml": PAPER + "numbering:\n  headings: false\n"}
    assert seen(tmp_path, pandoc, "STRU005", "## 1.2 Background\n\nText.", **paper) == []


def test_taking_a_number_out_leaves_the_rest_byte_for_byte(tmp_path: Path, pandoc: Worker) -> None:
    text = front("##  1.2  *Back*ground ##\n\nText  with 1.2 spaces.\n\n## 1.3 Costs\n\nText.\n", title="Costs")
    found = seen(tmp_path, pandoc, "STRU005", text)
    assert [c.safety for c in found] == ["unsafe", "unsafe"]
    apply_fixes(tmp_path, [c.fix for c in found if c.fix])
    path = tmp_path / "papers/paper/sections/10-section.md"
    assert path.read_text() == text.replace("1.2  *", "*").replace("1.3 ", "")
    assert seen(tmp_path, pandoc, "STRU005", path.read_text()) == []


# STRU006: sizes of pictures


def png(width: int, height: int, weight: int = 0) -> bytes:
    """A picture of one grey, as large as wanted and padded to a weight."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    pad = chunk(b"tEXt", b"x" * weight) if weight else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + pad + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("size", "weight", "width", "says"),
    [
        ((1200, 600), 0, "", ""),
        ((1200, 600), 0, "{width=100%}", ""),
        ((100, 50), 0, "", ""),
        ((100, 50), 0, "{width=100%}", "too few"),
        ((100, 50), 0, "{width=12cm}", "for the 12 cm"),
        ((100, 50), 0, "{width=1in}", ""),
        ((100, 50), 0, "{width=3ells}", ""),
        ((6000, 600), 0, "", "6,000 by 600 pixels"),
        ((600, 600), 6_000_000, "", "takes up 6 MB"),
    ],
)
def test_sizes_of_pictures(tmp_path: Path, pandoc: Worker, size: tuple[int, int], weight: int, width: str, says: str) -> None:
    (tmp_path / "papers/paper/figures").mkdir(parents=True)
    (tmp_path / "papers/paper/figures/plan.png").write_bytes(png(*size, weight))
    found = seen(tmp_path, pandoc, "STRU006", f"Text.\n\n![A plan](plan.png){width}\n\n![None](none.png)")
    assert [says in c.finding.message for c in found] == ([True] if says else [])
    assert all((c.finding.span.line, c.finding.span.column) == (7, 11) for c in found)


# STRU007 to STRU011


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("## Costs\n\nA.\n\n## *costs*\n\nB.", ["costs"]),
        ("## A\n\n### Costs\n\nA.\n\n## B\n\n### Costs\n\nB.", []),
        ("## A\n\n### Costs\n\nA.\n\n### Gains\n\nB.\n\n### Costs\n\nC.", ["Costs"]),
        ("## Costs\n\nA.\n\n### Costs\n\nB.", []),
        ("## متن\n\nA.\n\n## متن\n\nB.\n\n## متون\n\nC.", ["متن"]),
    ],
)
def test_same_headings(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "STRU007", text)] == quotes


def test_same_sections(tmp_path: Path, pandoc: Worker) -> None:
    files = {"papers/paper/sections/20-b.md": front("B.", title="Costs!"), "papers/paper/sections/30-c.md": "# Costs\n\nC.\n"}
    found = seen(tmp_path, pandoc, "STRU007", front("A.", title="costs"), **files)
    assert [(c.finding.span.path[-7:], c.finding.span.line) for c in found] == [("20-b.md", 2), ("30-c.md", 1)]


@pytest.mark.parametrize(
    ("due", "status", "says"),
    [
        ("2026-05-31", "draft", "1 day ago"),
        ("2026-05-01", "review", "was due on 1 May 2026, 31 days ago"),
        ("2026-05-01", "agreed", ""),
        ("2026-06-01", "draft", ""),
        ("tomorrow", "draft", ""),
    ],
)
def test_due_dates(tmp_path: Path, pandoc: Worker, due: str, status: str, says: str) -> None:
    found = seen(tmp_path, pandoc, "STRU008", front("A.", title="Costs", due=due, status=status))
    assert [says in c.finding.message for c in found] == ([True] if says else [])


@pytest.mark.parametrize(
    ("title", "held"),
    [
        ("Section 1", True), ("Untitled", True), ("Heading", True), ("Heading 2", True), ("Insert title here", True), ("Title", True),
        ("TBC", True), ("Your title", True), ("Chapter IV", True), ("Placeholder text", True), ("Lorem ipsum dolor", True),
        ("Section 12 duties", False), ("Titles of Acts", False), ("Tests", False), ("Parting words", False), ("What next?", False), ("Part of the answer", False),
    ],
)  # fmt: skip
def test_placeholders(tmp_path: Path, pandoc: Worker, title: str, held: bool) -> None:
    found = seen(tmp_path, pandoc, "STRU009", front(f"A.\n\n## {title}\n\nB.", title=f'"{title}"'))
    assert [c.finding.span.line for c in found] == ([2, 7] if held else [])


TABLE = "| A | B |\n|---|---|\n| 1 | 2 |\n\n: Spend {#tbl-spend}\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (TABLE, 1),
        ("See @tbl-spend.\n\n" + TABLE, 0),
        ("See [the table](#tbl-spend).\n\n" + TABLE, 0),
        ("See below.\n\n| A |\n|---|\n| 1 |\n", 0),
        ("::: {#tbl-spend}\n\n| A |\n|---|\n| 1 |\n\nSpend\n:::\n", 1),
        ("![Plan](plan.svg){#fig-plan}\n", 1),
    ],
)
def test_tables_and_figures_nobody_mentions(tmp_path: Path, pandoc: Worker, text: str, count: int) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
    assert len(seen(tmp_path, pandoc, "STRU010", text, **{"papers/paper/figures/plan.svg": svg})) == count


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("::: {.recommendation}\nPublish. Soon.\n:::\n\n::: {.recommendation}\nWait.\n\n- one\n- two\n:::", ["Publish.", "Wait."]),
        ('::: {.recommendation to="Councils"}\nPublish.\n:::', []),
        ('::: {.recommendation to=""}\nPublish.\n:::', ["Publish."]),
        ("::: {.recommendation}\n::: {.inner}\nPublish.\n:::\nWait.\n:::", ["Publish."]),
        ("::: {.note}\nPublish.\n:::", []),
    ],
)
def test_addressees(tmp_path: Path, pandoc: Worker, text: str, quotes: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, "STRU011", text)] == quotes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[To be written: the need.]", "“[To be written: the need.]” was left in the text."),
        ("[to be confirmed]", "“[to be confirmed]” was left in the text."),
        ("[To be written: " + "a " * 60 + "need.]", " a a ...” was left in the text."),
        ('::: {.recommendation to="[to be written: who is to act]"}\nPublish.\n\nSoon.\n:::', "“[to be written: who is to act]” was left where the recommendation says who should act."),
        ("It is to be written: by whom?", ""),
        ("The plan is [to be written up](https://example.org).", ""),
    ],
)
def test_marks_of_what_is_to_be_written(tmp_path: Path, pandoc: Worker, text: str, says: str) -> None:
    found = seen(tmp_path, pandoc, "STRU004", text)
    assert [c.finding.message.endswith(says) for c in found] == ([True] if says else [])


def test_a_new_paper_that_nobody_wrote_is_not_final(tmp_path: Path, pandoc: Worker) -> None:
    make_workspace(tmp_path / "w", locale_of())
    rmtree(tmp_path / "w/papers/first-paper")
    make_paper(tmp_path / "w", "care-costs")
    found = [c.finding for c in check(tmp_path / "w", pandoc, final=True).open if c.finding.code.id == "STRU004"]
    assert {(f.span.path.rsplit("/", 1)[-1], f.severity) for f in found} == {(n, Severity.ERROR) for n in ("10-summary.md", "20-introduction.md", "80-recommendations.md")}
    assert len(found) == 4  # whom the recommendation is to, besides what it says


def test_a_paper_of_broken_parts_is_read_without_a_crash(tmp_path: Path, pandoc: Worker) -> None:
    files = {
        "papers/paper/paper.yaml": "title: [\n",
        "papers/paper/sections/20-b.md": "---\ntitle: 5\ndue: never\nword_budget: -3\n---\n",
        "papers/paper/sections/30-c.md": "# \n\n## \n\n#\n",
        "papers/paper/sections/40-d.md": "\ufeff---\ntitle: \"\"\n---\n::: {.recommendation}\n:::\n",
    }
    make(tmp_path, Example("{{ nothing(", files))
    check(tmp_path, pandoc, choice=Choice(select=("STRU", "CREF")))
