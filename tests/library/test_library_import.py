"""Exports of reference managers are planned first and change only what they must."""

from __future__ import annotations

import json

import pytest

from penholder.library import open_library
from penholder.library.importing import merged_bib, merged_json, plan_import, read_export

HELD = (
    "% our library\n\n@article{old2020,\n  title = {A Study of Things},\n  author = {Doe, Jo},\n  date = {2020},\n"
    "  doi = {10.1/abc},\n}\n\n@book{same,\n  title = {Same},\n}\n\n@book{grown, title = {Grown}, ids = {g0}}\n\n% the end\n"
)
EXPORT = (
    '@string{oup = "Oxford"}\n@article{doe_study_2020, title = {A study of things}, author = {Doe, Jo}, date = {2020-05},\n'
    "  doi = {https://doi.org/10.1/ABC}}\n@book{same, title = {Same}}\n@book{grown, title = {Grown}, date = {2021}}\n"
    "@book{fresh, title = {Fresh}, publisher = oup}\n"
)


def test_a_bib_is_merged_and_papers_go_on_citing() -> None:
    library = open_library([("a.bib", HELD.encode())])
    entries, findings = read_export("export.bib", EXPORT.encode())
    assert not findings
    plan = plan_import(entries, library)
    assert [e.key for e in plan.adds] == ["fresh"]
    assert [e.key for e in plan.same] == ["same"]
    assert [e.key for e in plan.changed] == ["grown"]
    assert [(e.key, old) for e, old in plan.renamed] == [("doe_study_2020", "old2020")]
    text = merged_bib(HELD, plan, library)
    assert text.startswith("% our library\n\n@article{doe_study_2020,")
    assert "@book{same,\n  title = {Same},\n}\n" in text
    assert "% the end\n" in text
    after = open_library([("a.bib", text.encode())])
    assert not after.findings
    assert after.keys() == ["doe_study_2020", "same", "grown", "fresh"]
    assert after.resolve("old2020") == "doe_study_2020"
    assert after.resolve("g0") == "grown"
    assert after.fields("grown")["date"] == "2021"
    assert after.fields("fresh")["publisher"] == "Oxford"
    assert plan_import(entries, after).empty


def test_two_sources_at_one_address_are_two_sources() -> None:
    held = "@online{a, title = {PPN 002}, url = {https://x.uk/p}}"
    new = "@online{b, title = {PPN 002 Guide}, url = {https://x.uk/p/}}\n@online{c, title = {PPN 002}, url = {https://x.uk/p/}}"
    plan = plan_import(read_export("e.bib", new.encode())[0], open_library([("a.bib", held.encode())]))
    assert [e.key for e in plan.adds] == ["b"]
    assert [(e.key, old) for e, old in plan.renamed] == [("c", "a")]


def test_csl_json_is_merged() -> None:
    held = '[\n  {"id": "é1", "type": "book", "title": "É", "DOI": "10.1/x"},\n  {"id": "two", "type": "book"}\n]\n'
    new = [{"id": "n1", "type": "book", "title": "É", "DOI": "10.1/X"}, {"id": "three", "type": "book", "title": "T"}]
    library = open_library([("a.json", held.encode())])
    plan = plan_import(read_export("z.json", json.dumps(new).encode())[0], library)
    text = merged_json(held, plan, library)
    assert '  {"id": "two", "type": "book"}' in text
    after = open_library([("a.json", text.encode())])
    assert after.keys() == ["n1", "two", "three"]
    assert after.resolve("é1") == "n1"
    assert merged_json("", plan_import(plan.adds, open_library([])), library).startswith("[")


WORD = """<?xml version="1.0" encoding="utf-8"?>
<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" SelectedStyle="">
<b:Source><b:Tag>Doe20</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>Rules &amp; 5% {more}</b:Title>
<b:Year>2020</b:Year><b:Month>May</b:Month><b:Day>3</b:Day><b:JournalName>Journal</b:JournalName>
<b:Author><b:Author><b:NameList><b:Person><b:Last>Doe</b:Last><b:First>Jo</b:First><b:Middle>K</b:Middle></b:Person>
<b:Person><b:Last>Roe</b:Last></b:Person></b:NameList></b:Author></b:Author></b:Source>
<b:Source><b:Tag>Cab 21</b:Tag><b:SourceType>Report</b:SourceType><b:Title>Policy</b:Title>
<b:Author><b:Author><b:Corporate>Cabinet Office</b:Corporate></b:Author></b:Author><b:Year>2021</b:Year></b:Source>
</b:Sources>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_sources_of_word(encoding: str, to_csl) -> None:
    entries, findings = read_export("Sources.xml", WORD.encode(encoding))
    assert not findings
    assert [e.key for e in entries] == ["Doe20", "Cab-21"]
    library = open_library([("w.bib", "\n".join(e.text for e in entries).encode())])
    items, findings = library.items(library.keys(), to_csl)
    assert not findings
    assert items[0]["title"] == "Rules & 5% {more}"
    assert items[0]["author"] == [{"family": "Doe", "given": "Jo K"}, {"family": "Roe"}]
    assert items[0]["issued"] == {"date-parts": [[2020, 5, 3]]}
    assert items[1]["author"] == [{"literal": "Cabinet Office"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type"),
        ('<?xml version="1.0"?><x/>', "not a list of sources"),
        ('<?xml version="1.0"?><x>', "not XML"),
        ("<?xml \xff", "neither"),
    ],
)
def test_xml_that_is_no_list_of_sources_is_refused(text: str, said: str) -> None:
    entries, findings = read_export("Sources.xml", text.encode("latin-1"))
    assert not entries
    assert [f.code.id for f in findings] == ["CITE005"]
    assert said in findings[0].message


def test_an_import_into_an_empty_library() -> None:
    entries, _ = read_export("e.bib", b"@book{a, title={A}}")
    library = open_library([])
    assert merged_bib("", plan_import(entries, library), library) == "\n@book{a, title={A}}\n"
