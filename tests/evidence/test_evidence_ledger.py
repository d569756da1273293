"""A ledger that nobody wrote in earnest: every fault a finding at its place, none a crash, none slow."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from evidence_helpers import LEDGER, Command, ledger_of

from penholder.stages.ledger import open_ledger


def seen(root: Path, folder: Path | None = None) -> list[tuple[str, str, int]]:
    _, findings = open_ledger(root, folder)
    return [(f.code.id, f.span.path, f.span.line) for f in findings]


HERE = "citations/evidence.yaml"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("facts: [", [("YAML001", 1)]),
        ("facts:\n  - id: a\n   value: x\n", [("YAML001", 3)]),
        ("- a\n- b\n", [("YAML003", 1)]),
        ("just words", [("YAML003", 1)]),
        ("", []),
        ("# nothing yet\n", []),
        ("facts:\n", []),
        ("facts: 7\n", [("YAML003", 1)]),
        ("facts: {a: 1}\n", [("YAML003", 1)]),
        ("facts:\n  - 7\n  - {id: a, value: 1, statement: S.}\n", [("YAML003", 2)]),
        ("facts:\n  - {value: 1, statement: S.}\n", [("YAML004", 2)]),
        ("facts:\n  - id: a\n    value: [1]\n    statement: S.\n", [("YAML003", 3)]),
        ("facts:\n  - {id: a b, value: 1, statement: S.}\n", [("YAML003", 2)]),
        ("facts:\n  - id: a\n    value: 1\n    statement: S.\n    staus: verified\n", [("YAML002", 5)]),
        ("facts:\n  - id: a\n    value: 1\n    statement: S.\n    status: true\n", [("YAML003", 5)]),
        ("facts:\n  - id: a\n    value: 1\n    statement: S.\n    review_by: soon\n", [("YAML003", 5)]),
        ("facts:\n  - id: a\n    value: 1\n    statement: S.\n    source: {locator: p. 1}\n", [("YAML004", 5)]),
        ("facts:\n  - id: a\n    value: 1\n    statement: S.\n    approximate: 1\n", [("YAML003", 5)]),
        ("schema_version: 99\n", [("YAML006", 1)]),
        ("x: &a [1]\ny: *a\n", [("YAML001", 2)]),
        (ledger_of({"a": {}, "b": {}}) + "  - {id: a, value: 2, statement: S.}\n", [("FACT001", 9)]),
        (ledger_of({"a": {}}) + "  - {id: a, value: '1', statement: S.}\n", [("FACT001", 6)]),
        (ledger_of({"a": {"superseded_by": "b"}}), [("FACT002", 3)]),
        (ledger_of({"a": {"superseded_by": "a"}}), [("FACT002", 3)]),
        (ledger_of({"a": {"superseded_by": "b"}, "b": {"superseded_by": "c"}, "c": {"superseded_by": "b"}}), [("FACT002", 7)]),
        (ledger_of({"a": {"measure": "m"}}) + "decisions:\n  - {measure: m, use: b, because: x, by: anna, date: 2026-01-01}\n", [("FACT006", 8)]),
        (ledger_of({"a": {"measure": "n"}}) + "decisions:\n  - {measure: m, use: a, because: x, by: anna, date: 2026-01-01}\n", [("FACT006", 8)]),
    ],
)
def test_each_fault_is_found_at_its_place(bench: Any, text: str, wanted: list[tuple[str, int]]) -> None:
    bench.file(HERE, text)
    found = seen(bench.root)
    assert [(c, line) for c, _, line in found if c != "YAML004" or ("YAML004", line) in wanted] == wanted
    assert {path for _, path, _ in found} <= {HERE}


@pytest.mark.parametrize("long", [False, True])
def test_a_fault_stands_at_the_same_place_in_a_long_ledger(bench: Any, long: bool) -> None:
    more = ledger_of({f"f{n}": {} for n in range(60 if long else 1)})
    bench.file(HERE, more + "  - id: last\n    value: 1\n    statement: S.\n    status: nonsense\n")
    line = more.count("\n") + 4
    assert seen(bench.root) == [("YAML003", HERE, line)]


def test_a_key_twice_is_found_in_a_long_ledger(bench: Any) -> None:
    more = ledger_of({f"f{n}": {} for n in range(60)})
    bench.file(HERE, more + "  - id: last\n    id: again\n    value: 1\n    statement: S.\n")
    assert seen(bench.root) == [("YAML003", HERE, more.count("\n") + 2)]


def test_a_papers_ledger_beside_the_shared_one(bench: Any) -> None:
    bench.file(HERE, ledger_of({"a": {"value": "1"}}))
    bench.file("papers/p/evidence.yaml", ledger_of({"a": {"value": "1"}, "b": {"superseded_by": "a"}}))
    ledger, findings = open_ledger(bench.root, bench.root / "papers/p")
    assert (set(ledger.facts), list(findings)) == ({"a", "b"}, [])  # the same fact, word for word, is no fault
    bench.file("papers/p/evidence.yaml", ledger_of({"a": {"value": "2"}}))
    assert seen(bench.root, bench.root / "papers/p") == [("FACT001", "papers/p/evidence.yaml", 3)]


def test_a_missing_source_is_found_and_an_alias_is_not(desk: Any, command: Command) -> None:
    desk.file("citations/more.bib", "@book{gamma2022, ids = {old}, title = {T}, date = {2022}}\n")
    desk.file(HERE, ledger_of({"a": {"source": "alpha200"}, "b": {"source": "old"}}))
    said = command("evidence", "list")
    assert said.code == 1
    assert "FACT004: `a` is from `alpha200`, which the library does not hold. Did you mean alpha2020?" in said.err
    assert f"{HERE}:3:" in said.err
    assert command("evidence", "list", "--format", "json").data["facts"][1]["source"]["key"] == "gamma2022"
    desk.section("10-a.md", "Text.\n")
    assert "FACT004" in command("check", "p").out


def test_a_ledger_that_leads_out_of_the_workspace(desk: Any, command: Command, tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text(ledger_of({"secret": {"value": "42"}}))
    ledger = desk.root / HERE
    ledger.unlink()
    ledger.symlink_to(outside)
    desk.section("10-a.md", 'It is {{ fact("secret") }}.\n')
    manuscript, findings = desk.assembled()
    assert {f.code.id for f in findings} == {"FILE003", "FACT003"}
    assert "42" not in manuscript.texts[0].markdown
    before = outside.read_text()
    assert command("evidence", "add", "x", "--value", "1", "--statement", "S.").code == 2
    assert outside.read_text() == before
    said = command("evidence", "list")
    assert "FILE003" in said.err and "secret" not in said.out


def test_a_link_within_the_workspace_stays_a_link(desk: Any, command: Command) -> None:
    ledger = desk.root / HERE
    ledger.rename(desk.root / "citations/real.txt")
    ledger.symlink_to("real.txt")
    assert command("evidence", "add", "x", "--value", "1", "--statement", "S.").code == 0
    assert ledger.is_symlink()
    assert "- id: x" in (desk.root / "citations/real.txt").read_text()


def test_bytes_that_are_no_text(desk: Any, command: Command) -> None:
    desk.file(HERE, LEDGER.encode() + b"# \xff\n")
    assert "FILE002" in command("evidence", "list").err
    said = command("evidence", "add", "x", "--value", "1", "--statement", "S.")
    assert (said.code, "is not UTF-8" in said.err) == (2, True)


# 5,000 facts

MANY = 5000


def timed(root: Path) -> tuple[float, int]:
    start = time.process_time()
    _, findings = open_ledger(root)
    return time.process_time() - start, len(findings)


def test_a_large_ledger_is_read_quickly(bench: Any) -> None:
    fact = {"unit": "%", "measure": "m", "source": "alpha2020", "status": "verified", "note": "A note of some length, and more."}
    bench.file(HERE, ledger_of({f"fact-{n}": {**fact, "value": str(n)} for n in range(MANY)}))
    spent, found = timed(bench.root)
    assert (found, spent < 12) == (0, True), spent  # 2 s where nobody else is at work; a reader in Python takes 12 s and more


@pytest.mark.parametrize(
    "facts",
    [
        {f"f{n}": {"superseded_by": f"f{(n + 1) % MANY}"} for n in range(MANY)},  # one circle
        {f"f{n}": {"superseded_by": f"f{n + 1}"} for n in range(MANY)},  # a chain into nothing
        {f"f{n}": {"superseded_by": f"g{n}"} for n in range(MANY)},
    ],
    ids=["circle", "chain", "dangling"],
)
def test_a_large_ledger_that_is_wrong_is_read_quickly(bench: Any, facts: dict[str, dict[str, str]]) -> None:
    bench.file(HERE, ledger_of(facts))
    spent, found = timed(bench.root)
    assert found >= 1
    assert spent < 20, spent


def test_the_commands_bear_a_large_ledger(desk: Any, command: Command) -> None:
    desk.file(HERE, ledger_of({f"fact-{n}": {"value": str(n % 97 + 1), "unit": "%", "measure": f"m{n % 50}", "source": "alpha2020"} for n in range(MANY)}))
    desk.section("10-a.md", "\n\n".join(f"In {n} places {n % 97 + 1}% agree [@alpha2020]." for n in range(40)) + '\n\n{{ fact("fact-7") }}\n')
    start = time.process_time()
    assert f"{MANY:,} facts" in command("evidence", "list", "--status", "unverified").out
    assert "fact-7" in command("evidence", "used", "fact-7").out
    assert command("evidence", "add", "one-more", "--value", "1", "--statement", "S.").code == 0
    assert command("check", "p").code == 1
    assert time.process_time() - start < 60
