"""``evidence add`` and ``evidence decide``: what is written, what is refused, and that nothing else changes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from evidence_helpers import LEDGER, Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penholder.errors import UsageError
from penholder.features.evidence_edit import add_fact, decide
from penholder.printable import printable
from penholder.stages.discover import discover
from penholder.stages.ledger import open_ledger

HERE = "citations/evidence.yaml"
GIVEN = ("--value", "385", "--unit", "£bn", "--statement", "What is spent, counted otherwise: gross.")


def test_a_fact_is_added_and_every_other_byte_stays(desk: Any, command: Command) -> None:
    said = command(
        "evidence", "add", "spend-gross", *GIVEN, "--measure", "spend", "--source", "[@beta2021]", "--locator", "table 3", "--status", "verified",
        "--retrieved", "2026-02-03", "--review-by", "2027-02-03", "--wording", "more than £380bn", "--approximate", "--note", "Read it: twice.",
    )  # fmt: skip
    assert said.code == 0, said.err
    text = (desk.root / HERE).read_text()
    new = """
  - id: spend-gross
    value: "385"
    unit: £bn
    statement: "What is spent, counted otherwise: gross."
    measure: spend
    source: {key: beta2021, locator: table 3}
    retrieved: 2026-02-03
    status: verified
    review_by: 2027-02-03
    wordings: [more than £380bn]
    approximate: true
    note: "Read it: twice."
"""
    assert text == LEDGER.replace("# the end\n", f"{new}# the end\n")
    line = int(re.search(r"line (\d+)", said.out)[1])  # type: ignore[index]
    assert text.split("\n")[line - 1] == "  - id: spend-gross"
    fact = open_ledger(desk.root)[0].facts["spend-gross"]
    assert (fact.value, fact.unit, fact.source and fact.source.key, fact.wordings) == ("385", "£bn", "beta2021", ("more than £380bn",))
    assert 'Next: in a section, {{ fact("spend-gross") }}' in said.out


def test_the_first_fact_of_a_workspace(bench: Any, command: Command) -> None:
    assert command("evidence", "add", "a", "--value", "1", "--statement", "S.").code == 0
    text = (bench.root / HERE).read_text()
    assert text.startswith("# The evidence ledger") and "schema_version: 1\nfacts:\n  - id: a\n" in text
    assert command("evidence", "list").code == 0


def test_a_papers_own_ledger(desk: Any, command: Command) -> None:
    assert command("evidence", "add", "own", "--value", "1", "--statement", "S.", "--paper", "p").code == 0
    assert (desk.root / HERE).read_text() == LEDGER
    assert set(open_ledger(desk.root, desk.folder)[0].facts) > {"own"}
    assert "own" in command("evidence", "list").out


def test_a_newer_figure_takes_the_place_of_an_older(desk: Any, command: Command) -> None:
    said = command("evidence", "add", "poverty-new", "--value", "14.3", "--statement", "S.", "--supersedes", "poverty")
    assert "poverty is marked as superseded by it" in said.out
    text = (desk.root / HERE).read_text()
    assert text.replace("    superseded_by: poverty-new\n", "", 1).replace(text[text.index("\n  - id: poverty-new") : text.index("# the end")], "") == LEDGER
    line = int(re.search(r"line (\d+)", said.out)[1])  # type: ignore[index]
    assert text.split("\n")[line - 1] == "  - id: poverty-new"
    assert list(open_ledger(desk.root)[1]) == []
    assert command("evidence", "add", "newest", "--value", "1", "--statement", "S.", "--supersedes", "poverty").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("poverty", *GIVEN), "there is a fact poverty already (citations/evidence.yaml:5)"),
        (("x", *GIVEN, "--source", "alpha202"), "no source has the key alpha202; did you mean alpha2020?"),
        (("x", *GIVEN, "--supersedes", "povert"), "there is no fact povert. Did you mean poverty"),
        (("x", *GIVEN, "--locator", "p. 1"), "--locator says where in a source"),
        (("a b", *GIVEN), "id: "),
        (("x", "--value", "1"), "--statement must be given"),
        (("x", "--value", " ", "--statement", "S."), "value: is missing"),
        ((), "id, --value, --statement must be given"),
        (("x", *GIVEN, "--status", "true"), "'true' is not one of"),
        (("x", *GIVEN, "--review-by", "soon"), "does not match the format"),
        (("x", *GIVEN, "--paper", "nosuch"), "there is no paper called 'nosuch'"),
        (("x", *GIVEN, "--note", os.fsdecode(b"\xff")), "bytes that are no text"),
    ],
)
def test_what_is_refused_changes_nothing(desk: Any, command: Command, arguments: tuple[str, ...], words: str) -> None:
    said = command("evidence", "add", *arguments)
    assert said.code == 2
    assert words in said.err
    assert (desk.root / HERE).read_text() == LEDGER
    assert not list((desk.root / "citations").glob(".penholder*"))


@pytest.mark.parametrize("text", ["facts: [", "- a\n", "facts: {a: 1}\n", "{facts: []}\n", "facts: words\n"])
def test_a_ledger_that_cannot_be_changed_is_left(desk: Any, command: Command, text: str) -> None:
    desk.file(HERE, text)
    said = command("evidence", "add", "x", *GIVEN)
    assert said.code == 2
    assert HERE in said.err
    assert (desk.root / HERE).read_text() == text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(desk: Any, command: Command) -> None:
    (desk.root / "citations").chmod(0o500)
    try:
        said = command("evidence", "add", "x", *GIVEN)
    finally:
        (desk.root / "citations").chmod(0o700)
    assert (said.code, "cannot be written" in said.err) == (2, True)
    assert (desk.root / HERE).read_text() == LEDGER


@pytest.mark.parametrize("fault", [28, 13, 30])  # the disk is full, no permission, read-only
def test_a_disk_that_refuses_leaves_the_old_ledger(desk: Any, command: Command, monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    def refuse(self: Path, target: Any) -> Path:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "replace", refuse)
    said = command("evidence", "add", "x", *GIVEN)
    assert (said.code, "cannot be written" in said.err) == (2, True)
    assert (desk.root / HERE).read_text() == LEDGER
    assert not list((desk.root / "citations").glob(".penholder*"))


def test_windows_line_ends_and_a_byte_order_mark_stay(desk: Any, command: Command) -> None:
    desk.file(HERE, b"\xef\xbb\xbf" + LEDGER.replace("\n", "\r\n").encode())
    assert command("evidence", "add", "x", *GIVEN).code == 0
    data = (desk.root / HERE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Every")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "x" in open_ledger(desk.root)[0].facts


def test_what_cannot_be_printed_is_refused(desk: Any) -> None:
    desk.file(HERE, LEDGER)
    workspace, _ = discover(desk.root)
    with pytest.raises(UsageError, match=r"unit: the character U\+0008 cannot be printed"):
        add_fact(workspace, {"id": "x", "value": "1", "statement": "S.", "unit": "a\x08b"})
    assert (desk.root / HERE).read_text() == LEDGER


_PRINTABLE = st.characters(exclude_categories=["Cs"]).filter(lambda character: printable(character) == character)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["unit", "measure", "basis", "geography", "period", "population", "note"]),
        st.text(_PRINTABLE, max_size=30),
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z", "Co", "Cn"], exclude_characters="\ufeff"), min_size=1, max_size=12),
)
def test_what_is_added_is_what_the_ledger_says(desk: Any, fields: dict[str, str], value: str) -> None:
    desk.file(HERE, LEDGER)
    workspace, _ = discover(desk.root)
    written = add_fact(workspace, {"id": "x", "value": value, "statement": "S.", **fields})
    text = (desk.root / HERE).read_bytes().decode()
    assert text.startswith(LEDGER.split("# the end")[0]) and text.endswith("# the end\n")
    ledger, findings = open_ledger(desk.root)
    assert list(findings) == []
    assert ledger.facts["x"] == written.fact
    assert ledger.facts["x"].value == value.strip()


# deciding

SECTIONS = {
    "10-need.md": "---\ntitle: The need\nowner: anna\n---\n\nIn the UK 14.4 million people were in poverty in 2021/22 [@alpha2020].\n",
    "20-place.md": "---\ntitle: The place\nowner: north\n---\n\nIn the UK 13.4 million people were in poverty in 2021/22 [@beta2021].\n",
}
PEOPLE = "schema_version: 1\ncontributors:\n" + "".join(
    f"  - {{id: {i}, name: {n}, consent_to_be_named: true}}\n" for i, n in (("anna", "Anna Author"), ("north", "North Body"))
)


@pytest.fixture
def torn(desk: Any) -> Any:
    """Two sections that state two numbers for one measure."""
    desk.file("contributors.yaml", PEOPLE)
    for name, text in SECTIONS.items():
        desk.section(name, text)
    return desk


def test_two_numbers_name_owners_sections_and_sources_and_draft_the_question(torn: Any, command: Command) -> None:
    (finding,) = command("check", "p", "--select", "EVID002", "--format", "json").data["findings"]
    for words in ("“13.4 million” in “The place” (North Body, from `beta2021`)", "“14.4 million” in “The need” (Anna Author, from `alpha2020`)"):
        assert words in finding["message"]
    letter = " ".join(command("check", "p", "--select", "EVID002", "--format", "letter").out.split())
    assert "You write “13.4 million” for people in poverty (Second Thoughts), and “The need” (Anna Author) has “14.4 million” (First Things)." in letter
    assert "Which of the two holds, for which period, and counted how?" in letter


@pytest.mark.parametrize("name", ["people in poverty", "People In Poverty", "poverty", "poverty-other"])
@pytest.mark.parametrize("use", ["poverty", "14.4", "14.4 million people"])
def test_a_decision_is_recorded_and_named(torn: Any, command: Command, name: str, use: str) -> None:
    said = command("evidence", "decide", name, "--use", use, "--because", "Ministers quote it.", "--by", "anna")
    assert said.code == 0, said.err
    text = (torn.root / HERE).read_text()
    start = text.index("\ndecisions:")
    assert text[:start] == LEDGER
    assert "  - measure: people in poverty\n    use: poverty\n    because: Ministers quote it.\n    by: anna\n    date: 20" in text[start:]
    (finding,) = command("check", "p", "--select", "EVID002", "--format", "json").data["findings"]
    assert finding["path"].endswith("20-place.md")
    assert "Anna Author decided on" in finding["message"] and "to use 14.4\u00a0million people (`poverty`, from `alpha2020`): Ministers quote it." in finding["message"]
    assert "decide again" in finding["help"]


def test_a_later_decision_counts(torn: Any, command: Command) -> None:
    for use in ("14.4", "13.4"):
        assert command("evidence", "decide", "poverty", "--use", use, "--because", "So.", "--by", "anna").code == 0
    (finding,) = command("check", "p", "--select", "EVID002", "--format", "json").data["findings"]
    assert finding["path"].endswith("10-need.md")
    assert "Nothing was written" in command("evidence", "decide", "poverty", "--use", "13.4", "--because", "So.", "--by", "anna").err
    assert "decided" in command("evidence", "show", "poverty").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("povrty", "--use", "1", "--because", "x", "--by", "anna"), "there is no measure or fact 'povrty'; did you mean 'poverty'"),
        (("poverty", "--use", "99", "--because", "x", "--by", "anna"), "no fact of “people in poverty” says '99': poverty (14.4"),
        (("poverty", "--use", "14.4", "--because", "x", "--by", "ana"), "there is no contributor ana; did you mean anna?"),
        (("poverty", "--use", "14.4", "--because", "  ", "--by", "anna"), "because: "),
        (("spend", "--use", "259", "--because", "x", "--by", "anna"), "the fact spend has no measure"),
        (("poverty", "--use", "14.4"), "Missing option"),
    ],
)
def test_a_decision_that_is_refused_changes_nothing(torn: Any, command: Command, arguments: tuple[str, ...], words: str) -> None:
    said = command("evidence", "decide", *arguments)
    assert said.code == 2
    assert words in said.err
    assert (torn.root / HERE).read_text() == LEDGER


def test_a_figure_that_several_facts_say_wants_an_id(torn: Any) -> None:
    torn.file(HERE, LEDGER.replace('"13.4"', '"14.4"'))
    workspace, _ = discover(torn.root)
    with pytest.raises(UsageError, match="is said by several facts"):
        decide(workspace, "poverty", "14.4", "x", "anna")
    assert decide(workspace, "poverty", "poverty-other", "x", "anna").fact.id == "poverty-other"  # type: ignore[union-attr]
