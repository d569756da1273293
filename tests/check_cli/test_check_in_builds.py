"""Whatever is final refuses errors that rules find."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import WORKSPACE, Bench

TEXT = "# Need\n\nThe list is TODO.\n"


@pytest.fixture
def plain(bench: Bench) -> Bench:
    bench.file("penholder.toml", WORKSPACE)
    bench.section("10-need.md", TEXT)
    return bench


def paper(bench: Bench, status: str) -> None:
    bench.file("papers/p/paper.yaml", f"schema_version: 1\ntitle: A small paper\nlanguage: en-GB\nstatus: {status}\n")


def test_a_draft_is_built_without_asking_the_rules(plain: Bench) -> None:
    paper(plain, "draft")
    made = plain.build(to="docx")
    assert made.code == 0 and made.findings == []


def test_a_final_paper_with_an_error_is_a_draft_until_it_is_mended(plain: Bench) -> None:
    paper(plain, "final")
    for _ in range(2):  # afresh, and from the cache
        made = plain.build(to="docx", git=True)
        assert (made.code, made.codes) == (1, ["STRU004"])
        assert made.findings[0].severity == "error"
        assert "DRAFT" in _whole(made.path("docx"))
    plain.section("10-need.md", TEXT.replace("TODO", "there"))
    made = plain.build(to="docx", git=True)
    assert (made.code, made.codes) == (0, [])
    assert "DRAFT" not in _whole(made.path("docx"))


@pytest.mark.parametrize("said", ['"status": final', "status: &s final", "? status\n: final", "status: 'final'"])
def test_a_final_paper_is_held_to_the_rules_however_its_status_is_written(plain: Bench, said: str) -> None:
    bench = plain
    bench.file("papers/p/paper.yaml", f"schema_version: 1\ntitle: A small paper\nlanguage: en-GB\n{said}\n")
    made = bench.build(to="docx", git=True)
    assert made.code == 1 and ({"STRU004"} <= set(made.codes) or "DRAFT" in _whole(made.path("docx")))


def test_a_draft_that_says_final_somewhere_is_not_asked(plain: Bench) -> None:
    plain.file("papers/p/paper.yaml", "schema_version: 1\ntitle: The final report\nlanguage: en-GB\nstatus: draft\n")
    made = plain.build(to="docx")
    assert made.code == 0 and made.findings == []


def test_strict_writes_nothing_for_an_error_of_a_rule(plain: Bench) -> None:
    paper(plain, "final")
    made = plain.build("--strict", to="docx")
    assert made.code == 1 and not made.path("docx").exists()
    assert "strict" in made.summary["papers"][0]["refused"]


def test_a_waiver_lets_a_final_paper_out(plain: Bench) -> None:
    paper(plain, "final")
    plain.section("10-need.md", TEXT.replace("The list", "<!-- penholder: allow STRU004 because it is its name --> The list"))
    made = plain.build("--strict", to="docx")
    assert (made.code, made.codes) == (0, [])


def test_in_parallel_as_well(plain: Bench) -> None:
    paper(plain, "final")
    plain.file("papers/q/paper.yaml", "schema_version: 1\ntitle: Another\nlanguage: en-GB\nstatus: final\n")
    plain.file("papers/q/sections/10-a.md", "# Good\n\nThe text is whole.\n")
    made = plain.run("--format", "json", "--jobs", "2", "--strict", "--to", "docx")
    assert [(p["paper"], bool(p["refused"])) for p in made.summary["papers"]] == [("p", True), ("q", False)], made.err


def _whole(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as package:
        return " ".join(package.read(n).decode() for n in package.namelist() if n.endswith(".xml"))
