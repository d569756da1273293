"""``evidence list``, ``show``, ``used`` and ``export``."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from evidence_helpers import LEDGER, Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.features.claims import Claim, Source
from penholder.report.claims import COLUMNS, to_annex, to_csv

HERE = "citations/evidence.yaml"
NEED = """\
---
title: The need
owner: anna
---

In the UK 14.4 million people were in poverty in 2021/22 [@alpha2020, p. 12]. We ask that 10% be spent better.

About 77% agree, it is said.

<!-- penholder: allow EVID001 because it is our own count of members -->

We asked 214 members.

Half of them, 50%, answered [@beta2021, ch. 2].

| Year | Spent |
|------|-------|
| 2021 | £259bn |
| 2022 | £300bn |

: What was spent [@alpha2020] {#tbl-spent}

Spent is {{ fact("spend") }}. {% set p = fact("poverty").period %}
"""


@pytest.fixture
def paper(desk: Any) -> Any:
    desk.section("10-need.md", NEED)
    return desk


def test_list(paper: Any, command: Command) -> None:
    said = command("evidence", "list")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].split() == ["poverty", "14.4", "million", "people", "verified", "UK,", "2021/22", "@alpha2020"]
    assert "4 facts: 1 verified, 1 secondary, 1 unverified, 1 disputed." in said.out
    assert said.out.endswith("Next: penholder evidence show poverty\n")
    ids = lambda *a: [f["id"] for f in command("evidence", "list", "--format", "json", *a).data["facts"]]  # noqa: E731
    assert ids("--status", "disputed") == ["councils"]
    assert ids("--measure", "POVERTY") == ["poverty", "poverty-other"]
    assert ids("--stale") == []
    assert ids("--unused") == ["poverty-other", "councils"]
    paper.file(HERE, LEDGER.replace("2099-01-01", "2020-01-01"))
    assert ids("--stale") == ["poverty"]
    assert "review was due 2020-01-01" in command("evidence", "list").out


def test_an_empty_ledger(bench: Any, command: Command) -> None:
    for ledger in (None, "", "schema_version: 1\nfacts:\n"):
        if ledger is not None:
            bench.file(HERE, ledger)
        said = command("evidence", "list")
        assert (said.code, said.out) == (0, "0 facts.\nNext: penholder evidence add\n")


def test_show(paper: Any, command: Command) -> None:
    said = command("evidence", "show", "poverty")
    for words in ("14.4 million people", "verified", f"{HERE}:5", "People in poverty in the UK.", "@alpha2020, p. 12  First Things", "same measure: poverty-other", "more than one in five"):
        assert words in said.out.replace("\u00a0", " "), words
    missing = command("evidence", "show", "povrty")
    assert (missing.code, "Did you mean poverty or poverty-other?" in missing.out) == (1, True)
    assert command("evidence", "show", "povrty", "--format", "json").data["fact"] is None
    assert command("evidence", "show", "spend", "--format", "json").data["fact"]["said"] == "£259bn"


def test_used(paper: Any, command: Command) -> None:
    places = command("evidence", "used", "--format", "json").data["places"]
    path = "papers/p/sections/10-need.md"
    assert [(p["fact"], p["path"], p["line"], p["words"], p["explicit"]) for p in places] == [
        ("poverty", path, 6, "14.4 million", False),
        ("spend", path, 23, "£259bn", True),
    ]
    said = command("evidence", "used", "spend")
    assert f"{path}:23:10  “£259bn”, by its id, in “The need” (Anna Author)" in said.out
    assert command("evidence", "used", "councils").out.startswith("No paper states councils.")
    assert "Did you mean poverty" in command("evidence", "used", "povrty").err


def test_a_fact_whose_figure_is_not_printed_is_used_all_the_same(desk: Any, command: Command) -> None:
    desk.section("10-a.md", 'It was {{ fact("poverty").period }}.\n')
    (place,) = command("evidence", "used", "--format", "json").data["places"]
    assert (place["fact"], place["line"], place["column"], place["explicit"]) == ("poverty", 1, 8, True)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_claims_table(paper: Any, command: Command) -> None:
    said = command("evidence", "export", "p")
    assert said.code == 0
    table = rows(said.out)
    assert list(table[0]) == list(COLUMNS)
    by_figure = {r["figure"]: r for r in table}
    assert by_figure["14.4 million"] | {"claim": "", "note": ""} == {
        "paper": "p", "section": "The need", "place": "papers/p/sections/10-need.md:6", "claim": "", "figure": "14.4 million",
        "source": "First Things, p. 12 (alpha2020)", "status": "verified", "fact": "poverty", "waiver": "", "note": "", "owner": "Anna Author",
    }  # fmt: skip
    assert by_figure["14.4 million"]["claim"] == "In the UK 14.4 million people were in poverty in 2021/22."
    assert by_figure["77%"]["status"] == "no source"
    assert by_figure["214"]["waiver"] == "EVID001 waived: it is our own count of members"
    assert by_figure["50%"] | {"status": "not in the ledger"} == by_figure["50%"]
    assert by_figure["50%"]["source"] == "Second Thoughts, ch. 2 (beta2021)"
    assert by_figure["£300bn"]["source"] == "First Things (alpha2020)"  # of the caption
    assert by_figure["£300bn"]["claim"] == "What was spent: 2022: Spent: £300bn"
    assert "10%" not in by_figure  # what is asked for is no claim
    assert "1 no source" in said.err and "1 waived" in said.err and "Next: penholder check --select EVID" in said.err


def test_the_table_as_data_holds_the_waivers(paper: Any, command: Command) -> None:
    data = command("evidence", "export", "p", "--format", "json").data
    assert data["waivers"] == [
        {"code": "EVID001", "path": "papers/p/sections/10-need.md", "line": 12, "quote": data["waivers"][0]["quote"], "reason": "it is our own count of members"}
    ]
    assert {c["status"] for c in data["claims"]} >= {"verified", "unverified", "no source", "not in the ledger"}
    assert data["summary"]["claims"] == len(data["claims"])


def test_the_annex_can_be_dropped_in_and_builds(paper: Any, command: Command) -> None:
    target = paper.folder / "sections/95-figures.md"
    said = command("evidence", "export", "p", "--format", "markdown", "--output", str(target))
    assert said.code == 0
    assert "Next: put the annex last" in said.err
    before = target.read_text()
    paper.sections.append("95-figures.md")
    paper.paper()
    built = paper.build()
    assert [f for f in built.findings if "95-figures" in f.path] == []
    built.holds("The figures in this paper", "In the UK 14.4 million people were in poverty in 2021/22.", "(Alpha, 2020, p. 12)", "it is our own count of members")
    checked = json.loads(command("check", "p", "--format", "json").out)
    assert [f for f in checked["findings"] if "95-figures" in f["path"]] == []
    command("evidence", "export", "p", "--format", "markdown", "--output", str(target))
    assert target.read_text() == before  # the annex does not list itself


def test_files_are_written_for_a_spreadsheet(paper: Any, command: Command) -> None:
    target = paper.root / "claims.csv"
    said = command("evidence", "export", "--output", str(target))
    assert (said.code, said.out) == (0, "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfpaper,section")
    assert "£259bn" in target.read_text(encoding="utf-8-sig")


def test_a_papers_source_that_is_not_there_does_not_break_the_annex(desk: Any, command: Command) -> None:
    desk.section("10-a.md", "In all 77% agree [@nosuch2020, p. 3].\n")
    annex = command("evidence", "export", "p", "--format", "markdown").out
    assert "@nosuch2020" not in annex and "nosuch2020, p. 3 (not in the library)" in annex
    assert command("evidence", "export", "p", "--format", "csv").out.count("not in the library") == 1


def test_a_paper_without_figures(desk: Any, command: Command) -> None:
    desk.section("10-a.md", "Words only.\n")
    assert "The paper states no figures." in command("evidence", "export", "p", "--format", "markdown").out
    assert rows(command("evidence", "export", "p").out) == []


def test_a_waiver_counts_for_every_figure_of_its_sentence_and_a_disputed_figure_is_named(desk: Any, command: Command) -> None:
    desk.section(
        "10-a.md",
        "<!-- penholder: allow EVID001 because we counted -->\n\nWe asked 214 members, and 77% of them answered.\n\n58% of councils with a policy are happy, or 61%.\n",
    )
    claims = command("evidence", "export", "p", "--format", "json").data["claims"]
    assert [(c["figure"], c["status"], c["waived"]) for c in claims] == [
        ("214", "no source", "EVID001 waived: we counted"), ("77%", "no source", "EVID001 waived: we counted"),
        ("58%", "disputed", ""), ("61%", "no source", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [("export", "nosuch"), ("list", "--status", "x"), ("used", "nosuch"), ("export", "--format", "xml"), ("nosuch",)])
def test_wrong_use(desk: Any, command: Command, arguments: tuple[str, ...]) -> None:
    desk.section("10-a.md", "Words only.\n")
    assert command("evidence", *arguments).code == 2


def test_outside_a_workspace(command: Command, tmp_path: Any, capfd: Any) -> None:
    from penholder.cli.main import run

    for arguments in (["list"], ["used"], ["export"], ["add", "x", "--value", "1", "--statement", "S."], ["decide", "x", "--use", "1", "--because", "x", "--by", "a"]):
        assert run(["-C", str(tmp_path), "evidence", *arguments]) == 2
        assert "not in a Penholder workspace" in capfd.readouterr().err


calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.text(max_size=20)


def claim(text: str, figure: str, note: str) -> Claim:
    return Claim("p", "s.md", "T", "O", 1, 1, text, figure, (Source("k", "p. 1", "T"),), "", "no source", "", note)


@calm
@given(CELLS, CELLS, CELLS)
def test_csv_reads_back_and_holds_no_formula(text: str, figure: str, note: str) -> None:
    made = to_csv([claim(text, figure, note)])
    head, row = list(csv.reader(io.StringIO(made, newline="")))
    assert head == list(COLUMNS)
    for cell, given_text in ((row[3], text), (row[4], figure), (row[9], note)):
        assert cell.removeprefix("'") == given_text.replace("\u00a0", " ").removeprefix("'") or "\0" in given_text
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1%", "@x", "\t=1", " =1", "＝1", "\n=1"])
def test_a_formula_is_made_harmless(text: str) -> None:
    assert next(csv.DictReader(io.StringIO(to_csv([claim(text, "", "")]), newline="")))["claim"].startswith("'")


@calm
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_an_annex_has_a_row_for_each_claim(text: str) -> None:
    lines = [line for line in to_annex([claim(text, "1", ""), claim("b", "2", "")]).split("\n") if line.startswith("| ")]
    assert len(lines) == 3


def test_a_waiver_of_a_rule_that_is_off_waives_no_sound_figure(desk: Any, command: Command) -> None:
    desk.section("10-need.md", "# Need\n\n<!-- penholder: allow EVID005 because the place is plain -->\n\nSome 58% of members have a policy [@beta2021].\n")
    (claim,) = command("evidence", "export", "p", "--format", "json").data["claims"]
    assert claim["figure"] == "58%" and claim["waived"] == ""
