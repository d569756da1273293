"""``penholder cite find``, ``list``, ``show`` and ``styles``."""

from __future__ import annotations

import pytest

from penholder.cli.main import run


def test_find_prints_a_key_to_paste(desk):
    said = desk.cite("find", "social", "value", "act")
    assert said.code == 0
    assert said.out.splitlines()[0].startswith("[@sva2012]")
    assert "Public Services (Social Value) Act 2012" in said.out
    assert "Next: paste [@sva2012] into a section, or [@sva2012, s 1(3)]" in said.out


@pytest.mark.parametrize("words", [["procurment"], ["PROCUREMENT", "2023"], ["pa20"]])
def test_find_forgives(desk, words):
    assert desk.cite("find", *words).out.startswith("[@pa2023]")


def test_find_ranks_a_key_before_a_title(desk):
    desk.write("citations/more.bib", "@book{other,\n  title = {About nao2023},\n}\n")
    keys = [e["key"] for e in desk.cite("find", "nao2023", "--format", "json").data["entries"]]
    assert keys == ["nao2023", "other"]


def test_find_says_when_there_is_nothing(desk):
    said = desk.cite("find", "zzqqxx")
    assert said.code == 1
    assert 'Nothing in the library (4 entries) holds "zzqqxx"' in said.out
    assert desk.cite("find", "zzqqxx", "--format", "json").code == 1


def test_find_limit(desk):
    said = desk.cite("find", "20", "--limit", "1")
    assert said.out.count("[@") == 3  # one entry, and twice in "Next"
    assert "There are more" in said.out


def test_find_looks_into_a_papers_own_library(desk):
    assert desk.cite("find", "own").code == 1
    assert desk.cite("find", "own", "--paper", "first").out.startswith("[@local/paper]")


def test_odd_keys_are_printed_in_braces(desk):
    desk.write("citations/z.json", '[{"id": "http://zotero.org/users/1/items/AB C", "type": "book", "title": "Odd"}]')
    assert desk.cite("find", "odd").out.startswith("[@{http://zotero.org/users/1/items/AB C}]")


def test_findings_go_to_standard_error(desk):
    desk.write("citations/broken.bib", "@book{cut,\n  title = {Cut\n")
    said = desk.cite("find", "procurement")
    assert said.code == 0
    assert "CITE003" in said.err
    assert "CITE003" not in said.out
    assert desk.cite("list").code == 1


def test_list_shows_types(desk):
    said = desk.cite("list")
    assert said.code == 0
    assert [line.split()[:2] for line in said.out.splitlines()[:2]] == [["[@seuk2024]", "report"], ["[@nao2023]", "report"]]
    assert "4 entries in the library." in said.out


def test_list_used_reads_the_paper(desk):
    said = desk.cite("list", "--used", "first", "--format", "json")
    entries = said.data["entries"]
    assert [(e["key"], e["times"]) for e in entries] == [("sva2012", 2), ("seuk2024", 1), ("local/paper", 1)]
    assert entries[0]["first"] == {"path": "papers/first/sections/10-analyse.md", "line": 3, "column": 10}
    assert [f["code"] for f in said.data["findings"]] == ["CITE001"]  # @nosuch2020; @sec-analyse is no citation
    assert said.code == 1


def test_list_used_sees_what_templates_cite(desk):
    desk.write("papers/first/sections/20-plan.md", "# Plan\n\n{% for k in ['pa2023', 'nao2023'] %}[@{{ k }}] {% endfor %}\n")
    said = desk.cite("list", "--used", "first")
    assert "[@pa2023]" in said.out
    assert "[@nao2023]" in said.out


def test_list_unused(desk):
    said = desk.cite("list", "--unused", "--format", "json")
    assert [e["key"] for e in said.data["entries"]] == ["nao2023", "pa2023"]


def test_list_unused_spares_what_cited_entries_build_on(desk):
    desk.write("citations/volume.bib", "@collection{whole,\n title={Whole},\n}\n@incollection{part,\n title={Part},\n crossref={whole},\n}\n")
    desk.write("papers/first/sections/20-plan.md", "# Plan\n\n[@part]\n")
    said = desk.cite("list", "--unused", "--format", "json")
    assert [e["key"] for e in said.data["entries"]] == ["nao2023", "pa2023"]


def test_list_wrong_use(desk):
    assert desk.cite("list", "--used", "first", "--unused").code == 2
    said = desk.cite("list", "--used", "nosuch")
    assert said.code == 2
    assert "first" in said.err


def test_empty_library(empty):
    said = empty.cite("list")
    assert said.code == 0
    assert "penholder cite import FILE" in said.out


@pytest.mark.parametrize("given", ["sva2012", "@sva2012", "[@sva2012]", "@{sva2012}", "socialvalue"])
def test_show(desk, given):
    said = desk.cite("show", given)
    assert said.code == 0
    assert "citations/law.bib:4" in said.out
    assert "(Public Services (Social Value) Act 2012)" in said.out
    assert "reference  Public Services (Social Value) Act 2012, c. 3." in said.out
    assert "also cited as @socialvalue" in said.out
    assert "keywords" in said.out


def test_show_in_another_style(desk):
    made = desk.cite("show", "sva2012", "--style", "oscola", "--format", "json").data["entry"]["printed"]
    assert made["note"] is True
    assert made["citation"] == "Public Services (Social Value) Act 2012."
    numeric = desk.cite("show", "seuk2024", "--style", "ieee")
    assert "reference  [1] Social Enterprise UK" in numeric.out


def test_show_takes_the_papers_style(desk):
    desk.write("papers/first/paper.yaml", "schema_version: 1\ntitle: A paper\ncitation_style: apa\n")
    assert "Printed in apa:" in desk.cite("show", "local/paper", "--paper", "first").out


def test_show_takes_a_style_of_the_house(desk):
    from penholder.adapters.csl import style_text

    desk.write("templates/house.csl", style_text("apa"))
    said = desk.cite("show", "seuk2024", "--style", "house.csl")
    assert said.code == 0
    assert "(Social Enterprise UK, 2024)" in said.out


def test_show_an_unknown_key(desk):
    said = desk.cite("show", "sva2021")
    assert said.code == 1
    assert "No source has the key @sva2021" in said.out
    assert "[@sva2012]" in said.out
    assert desk.cite("show", "sva2021", "--format", "json").data["near"][0] == "sva2012"


def test_show_an_unknown_style(desk):
    said = desk.cite("show", "sva2012", "--style", "oscolla")
    assert said.code == 2
    assert "oscola" in said.err


def test_styles(desk):
    said = desk.cite("styles", "harvard")
    assert said.code == 0
    assert "  harvard-cite-them-right" in said.out.splitlines()
    assert "the first 40 shown" in said.out
    assert len(desk.cite("styles", "--format", "json").data["styles"]) == 40
    assert desk.cite("styles", "--format", "json").data["summary"]["found"] > 10_000
    nothing = desk.cite("styles", "oscolla")
    assert nothing.code == 1
    assert "oscola" in nothing.out


@pytest.mark.parametrize("name", ["find", "list", "show", "import", "styles"])
def test_help_has_examples(capsys, name):
    assert run(["cite", name, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"Examples:\n    penholder cite {name}" in out
    assert "--format [text|json]" in out


def test_outside_a_workspace(tmp_path, capsys):
    assert run(["-C", str(tmp_path), "cite", "list"]) == 2
    assert "penholder init" in capsys.readouterr().err
