"""What a stranger's commit may try: links out of the workspace, attributes that are code, house ids, odd bytes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

GOOD = "---\ntitle: Good\n---\n\nGood words stay.\n"


def test_attributes_are_not_typst_code(bench):
    bench.section("10-a.md", GOOD)
    bench.section(
        "20-b.md",
        "---\ntitle: Bad\n---\n\n::: {#x typst:fill='panic(\"PWN\")'}\nInside.\n:::\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Cap {#tbl-q typst:fill='none)[INJECTED] + block(fill: none'}\n",
    )
    made = bench.build()
    made.holds("Good words stay.", "Inside.", "Cap")
    made.lacks("INJECTED", "PWN")
    assert made.findings == []


def test_tracked_marks_and_their_names_do_not_pass(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\n[gone]{.deletion author=\"Bob Private\"} [new]{.insertion author=\"Bob Private\"} end.\n")
    made = bench.build()
    assert made.codes == ["RAW003", "RAW003"]
    made.holds("gone new end.")
    assert b"Bob Private" not in made.path("docx").read_bytes()


def test_control_characters_behind_entities(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\nA [w](<x&#1;y>) here&#2; and `c` on.\n")
    made = bench.build()
    assert [f.name for f in made.findings] == [("CHAR001", "10-a.md", 5, 9), ("CHAR001", "10-a.md", 5, 21)]
    made.holds("here and c on.")


def test_ids_of_the_house_are_not_taken(bench):
    bench.section("10-a.md", "---\ntitle: A\n---\n\n## References\n\nSee [them](#references) and [x]{#ref-alpha2020} [@alpha2020].\n\n[y](#ref-alpha2020)\n")
    made = bench.build(to="docx,pdf,html")
    assert made.code == 0, made.findings
    assert made.path("pdf").exists()


def test_the_store_does_not_follow_a_link_out(bench, tmp_path: Path):
    victim = tmp_path / "victim"
    for name in "abcdef":
        (victim / name).mkdir(parents=True)
    cache = bench.root / ".penholder" / "cache" / "editions"
    cache.mkdir(parents=True)
    (cache / "p").symlink_to(victim)
    bench.section("10-a.md", GOOD)
    assert bench.build().code == 0
    assert sorted(p.name for p in victim.iterdir()) == list("abcdef")


def test_dist_that_leads_out_is_refused(bench, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (bench.root / "dist").symlink_to(tmp_path / "elsewhere")
    bench.section("10-a.md", GOOD)
    made = bench.build()
    assert made.code == 2
    assert "leads out of the workspace" in made.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_to_an_endless_device_is_not_read(bench):
    bench.section("10-a.md", GOOD)
    (bench.folder / "data").mkdir()
    (bench.folder / "data" / "zero.csv").symlink_to("/dev/zero")
    (bench.root / "templates").symlink_to("/usr")
    assert bench.build().code in (0, 1)


def test_a_picture_elsewhere_in_the_workspace_counts(bench):
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="{}" height="50"/></svg>'
    bench.file("shared/p.svg", picture.format(10))
    bench.section("10-a.md", '---\ntitle: A\n---\n\n![Cap](../../../shared/p.svg){alt="A bar"}\n')
    assert bench.build(git=True).code == 0
    before = bench.root.joinpath("dist/p/p.docx").read_bytes()
    bench.file("shared/p.svg", picture.format(90))
    made = bench.build()
    assert bench.root.joinpath("dist/p/p.docx").read_bytes() != before
    assert made.summary["papers"][0]["modified"] is True


def test_signed_commits_and_git_s_own_settings(bench):
    bench.section("10-a.md", GOOD)
    bench.commit()
    subprocess.run(["git", "config", "log.showSignature", "true"], cwd=bench.root, check=True)
    assert bench.build().code == 0


@pytest.mark.parametrize("cell", ["a\\|b", "a|b"])
def test_a_bar_in_a_cell_stays(bench, cell):
    bench.file("papers/p/data/t.csv", f"x,y\n{cell},2\n")
    bench.section("10-a.md", '---\ntitle: A\n---\n\n{{ table("t.csv", caption="C") }}\n')
    bench.build().holds("a|b")


def test_quoted_cells_far_down_a_table(bench):
    rows = "".join(f'"row {n}, plain",{n}\n' for n in range(300)) + '"said ""yes"", twice",1\n'
    bench.file("papers/p/data/t.csv", "x,y\n" + rows)
    bench.section("10-a.md", '---\ntitle: A\n---\n\n{{ table("t.csv", caption="C") }}\n')
    made = bench.build(to="docx")
    assert made.findings == []
    assert "twice" in made.docx


def test_capital_endings_and_listed_underscores(bench):
    bench.section("10-a.MD", GOOD)
    bench.section("_b.md", "---\ntitle: B\n---\n\nListed words.\n")
    made = bench.build()
    assert made.findings == []
    made.holds("Good words stay.", "Listed words.")


def test_out_leaves_other_people_s_files(bench, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".penholder-notes").write_text("mine")
    (out / "edition.json").write_text("{}")
    bench.section("10-a.md", GOOD)
    bench.build("--out", str(out))
    assert (out / ".penholder-notes").read_text() == "mine"
    assert (out / "edition.json").read_text() == "{}"
    assert (out / "p.edition.json").exists()
