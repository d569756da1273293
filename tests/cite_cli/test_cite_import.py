"""``penholder cite import``: nothing is lost, nothing else is touched."""

from __future__ import annotations

import json

import pytest

NEW = "@book{smith2024,\n  title = {Buying Well},\n  author = {Smith, Jane},\n  publisher = cup,\n  date = {2024},\n}"
EXPORT = '@string{cup = "Cambridge"}\n\n' + NEW + "\n"
WORD = """<?xml version="1.0"?>
<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">
<b:Source><b:Tag>Jon21</b:Tag><b:SourceType>Book</b:SourceType><b:Title>Care &amp; Cost</b:Title><b:Year>2021</b:Year>
<b:Author><b:Author><b:NameList><b:Person><b:Last>Jones</b:Last><b:First>Ann</b:First></b:Person></b:NameList></b:Author></b:Author>
</b:Source></b:Sources>"""


def law(**changes: str) -> str:
    """The Act as an export has it, with some fields changed; without its marks."""
    fields = {"title": "Public Services (Social Value) Act 2012", "date": "2012-03-08", "number": "c. 3"} | changes
    key = fields.pop("key", "sva2012")
    return f"@legislation{{{key},\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items()) + "}\n"


def test_add_to_a_new_file(desk):
    before = desk.files()
    export = desk.write("My Library.bib", EXPORT)
    said = desk.cite("import", str(export))
    assert said.code == 0
    assert "added     @smith2024  Smith, Jane (2024). Buying Well" in said.out
    assert desk.read("citations/my-library.bib") == NEW.replace("cup", '"Cambridge"') + "\n"
    assert {k: v for k, v in desk.files().items() if k != "my-library.bib"} == before
    assert desk.cite("show", "smith2024").code == 0


def test_dry_run_writes_nothing(desk):
    before = desk.files()
    export = desk.write("z.bib", EXPORT + law(date="2013"))
    said = desk.cite("import", str(export), "--dry-run", "--update")
    assert desk.files() == before
    assert "Nothing was written (--dry-run); it would go to citations/law.bib, citations/z.bib." in said.out


def test_append_keeps_every_byte(desk):
    before = desk.read("citations/law.bib")
    desk.cite("import", str(desk.write("z.bib", EXPORT)), "--into", "citations/law.bib")
    after = desk.read("citations/law.bib")
    assert after.startswith(before)
    assert after[len(before) :] == "\n" + NEW.replace("cup", '"Cambridge"') + "\n"


def test_same_again_changes_nothing(desk):
    export = str(desk.write("z.bib", EXPORT + law()))
    desk.cite("import", export)
    before = desk.files()
    said = desk.cite("import", export)
    assert desk.files() == before
    assert "z.bib: 2 same." in said.out
    assert "Nothing was written." in said.out


def test_changed_waits_for_update(desk):
    export = str(desk.write("z.bib", law(date="2013-01-01", url="https://example.org")))
    before = desk.read("citations/law.bib")
    said = desk.cite("import", export)
    assert said.code == 0
    assert "date: 2012-03-08 -> 2013-01-01" in said.out
    assert "url: (none) -> https://example.org" in said.out
    assert desk.read("citations/law.bib") == before
    desk.cite("import", export, "--update")
    changed = before.replace("{2012-03-08}", "{2013-01-01}")
    changed = changed.replace("{status-verified}\n}", "{status-verified},\n  url = {https://example.org},\n}")
    assert desk.read("citations/law.bib") == changed


def test_new_fields_go_where_they_can_be_read(desk):
    desk.write("citations/c.bib", "@book{c1,\n  title = {T}, % by hand\n}\n")
    export = str(desk.write("z.bib", "@book{c1,\n  title = {T},\n  date = {2001},\n}\n"))
    desk.cite("import", export, "--update")
    assert desk.read("citations/c.bib") == "@book{c1,\n  date = {2001},\n  title = {T}, % by hand\n}\n"


def test_old_field_names_are_no_change(desk):
    desk.write("citations/old.bib", "@article{a1,\n  title = {T},\n  journal = {J},\n  year = 2001,\n}\n")
    export = str(desk.write("z.bib", "@article{a1,\n  title = {T},\n  journaltitle = {J},\n  date = {2001},\n}\n"))
    assert "1 same" in desk.cite("import", export).out
    export = str(desk.write("z.bib", "@article{a1,\n  title = {T},\n  journaltitle = {K},\n  date = {2001-05},\n}\n"))
    desk.cite("import", export, "--update")
    assert desk.read("citations/old.bib") == "@article{a1,\n  title = {T},\n  journaltitle = {K},\n  date = {2001-05},\n}\n"


def test_renamed_keeps_the_old_key(desk):
    export = str(desk.write("z.bib", law(key="publicServices2012")))
    said = desk.cite("import", export)
    assert "renamed   @publicServices2012  was @sva2012, which still works" in said.out
    text = desk.read("citations/law.bib")
    assert "@legislation{publicServices2012," in text
    assert "keywords = {status-verified}\n}" in text
    for key in ("sva2012", "socialvalue", "publicServices2012"):
        assert desk.cite("show", key).code == 0
    assert "1 same" in desk.cite("import", export).out


def test_renamed_by_its_own_ids(desk):
    export = str(desk.write("z.bib", law(key="brandNew", title="Another wording", ids="pa2023")))
    said = desk.cite("import", export)
    assert "renamed   @brandNew  was @pa2023" in said.out
    assert "title: Procurement Act 2023 -> Another wording" in said.out
    assert "the library's words are kept" in said.out
    assert "Another wording" not in desk.read("citations/law.bib")


def test_a_common_title_is_not_the_same_source(desk):
    export = [
        {
            "id": "hmt2023", "type": "report", "title": "Annual report",
            "author": [{"literal": "HM Treasury"}], "issued": {"date-parts": [[2023]]},
        }
    ]  # fmt: skip
    said = desk.cite("import", str(desk.write("z.json", json.dumps(export))), "--into", "evidence.json")
    assert "added     @hmt2023" in said.out
    assert json.loads(desk.read("citations/evidence.json"))[1]["id"] == "nao2023"


def test_chapters_that_share_a_doi_are_two_sources(desk):
    held = "@inbook{haupt,\n  title = {An initiative},\n  author = {Haupt, C.},\n  doi = {10.1/x},\n}\n"
    desk.write("citations/c.bib", held)
    export = "@inbook{max,\n  title = {Fundamentals},\n  author = {Maxville, V.},\n  doi = {https://doi.org/10.1/X},\n}\n"
    assert "added     @max" in desk.cite("import", str(desk.write("z.bib", export))).out
    assert desk.read("citations/c.bib") == held


def test_string_names_are_no_change(desk):
    held = "@string{cup = {Cambridge}}\n@book{c1,\n  title = {T},\n  publisher = cup,\n}\n"
    desk.write("citations/c.bib", held)
    export = "@string{press = {Cambridge}}\n@book{c1,\n  title = {T},\n  publisher = press,\n}\n"
    assert "1 same" in desk.cite("import", str(desk.write("z.bib", export)), "--update").out
    assert desk.read("citations/c.bib") == held


def test_two_copies_in_the_export_do_not_claim_one_entry(desk):
    export = law(key="one") + law(key="two")
    said = desk.cite("import", str(desk.write("z.bib", export)), "--into", "law.bib")
    assert "1 added, 1 renamed" in said.out
    for key in ("one", "two", "sva2012"):
        assert desk.cite("show", key).code == 0


def test_a_copy_does_not_take_the_key_of_an_entry_that_is_exported_too(desk):
    said = desk.cite("import", str(desk.write("z.bib", law(date="2013") + law(key="copy"))), "--update")
    assert "1 added, 1 changed" in said.out
    assert "@legislation{sva2012," in desk.read("citations/law.bib")


def test_csl_json(desk):
    item = {"id": "seuk2024", "type": "report", "title": "The State of Social Value", "publisher": "SEUK",
            "author": [{"literal": "Social Enterprise UK"}], "issued": {"date-parts": [[2024, 3]]}}  # fmt: skip
    new = {"id": "x1", "type": "book", "title": "New"}
    export = str(desk.write("z.json", json.dumps([item, new])))
    assert "publisher: (none) -> SEUK" in desk.cite("import", export, "--into", "evidence.json").out
    items = json.loads(desk.read("citations/evidence.json"))
    assert [i["id"] for i in items] == ["seuk2024", "nao2023", "x1"]
    assert "publisher" not in items[0]
    desk.cite("import", export, "--update")
    assert json.loads(desk.read("citations/evidence.json"))[0]["publisher"] == "SEUK"


def test_csl_json_renamed(desk):
    item = {"id": "stateOf2024", "type": "report", "title": "The State of Social Value",
            "author": [{"literal": "Social Enterprise UK"}], "issued": {"date-parts": [[2024, 3]]}}  # fmt: skip
    assert "1 renamed" in desk.cite("import", str(desk.write("z.json", json.dumps([item])))).out
    assert desk.cite("show", "seuk2024").out.startswith("[@stateOf2024]")


def test_another_format_is_left_alone(desk):
    before = desk.files()
    export = "@report{seuk2024,\n  title = {Something else},\n  date = {2024},\n}\n"
    said = desk.cite("import", str(desk.write("z.bib", export)), "--update")
    assert "left      @seuk2024  is in citations/evidence.json" in said.out
    assert desk.files() == before


def test_word_sources(desk):
    said = desk.cite("import", str(desk.write("Sources.xml", WORD)))
    assert said.code == 0
    assert "added     @Jon21  Jones, Ann (2021). Care & Cost" in said.out
    assert "Care & Cost" in desk.cite("show", "Jon21").out


def test_hostile_word_sources(desk):
    said = desk.cite("import", str(desk.write("Sources.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')))
    assert said.code == 1
    assert "CITE005" in said.err


def test_broken_entries_do_not_block(desk):
    said = desk.cite("import", str(desk.write("z.bib", EXPORT + "\n@book{cut,\n  title = {Cut\n")))
    assert said.code == 1
    assert "CITE003" in said.err
    assert "z.bib:" in said.err
    assert desk.cite("show", "smith2024").code == 0
    assert "cut" not in desk.read("citations/z.bib")


@pytest.mark.parametrize(("head", "end"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_line_ends_and_mark_stay(desk, head, end):
    before = head + desk.read("citations/law.bib").encode().replace(b"\n", end)
    desk.write("citations/law.bib", before)
    desk.cite("import", str(desk.write("z.bib", EXPORT + law(date="2013-01-01"))), "--into", "law.bib", "--update")
    after = desk.files()["law.bib"]
    assert after.startswith(before.replace(b"{2012-03-08}", b"{2013-01-01}"))
    assert after.count(b"\n") == after.count(end)
    assert b"smith2024" in after


def test_a_file_that_is_not_utf8_is_not_written(desk):
    desk.write("citations/old.bib", "@book{o,\n title = {£},\n}\n".encode("cp1252"))
    before = desk.files()
    said = desk.cite("import", str(desk.write("z.bib", EXPORT)), "--into", "old.bib")
    assert said.code == 2
    assert "not UTF-8" in said.err
    assert desk.files() == before


def test_a_target_whose_end_is_broken_is_not_written(desk):
    desk.write("citations/bad.json", '[{"id": "a", "type": "book"}')
    before = desk.files()
    said = desk.cite("import", str(desk.write("z.json", '[{"id": "n1", "type": "book", "title": "N"}]')), "--into", "bad.json")
    assert said.code == 2
    assert "nothing was written" in said.err
    assert desk.files() == before


@pytest.mark.parametrize("into", ["/tmp/x.bib", "../x.bib", "citations/../../x.bib", "notes.txt", "x.json", "evidence.yaml"])
def test_targets_that_cannot_be(desk, into):
    before = desk.files()
    assert desk.cite("import", str(desk.write("z.bib", EXPORT)), "--into", into).code == 2
    assert desk.files() == before


def test_into_a_papers_own_library(desk):
    said = desk.cite("import", str(desk.write("z.bib", EXPORT)), "--into", "papers/first/citations/own.bib")
    assert said.code == 0
    assert desk.cite("show", "smith2024").code == 1
    assert desk.cite("show", "smith2024", "--paper", "first").code == 0


def test_a_link_stays_a_link(desk):
    desk.write("shared.bib", "")
    (desk.root / "citations" / "linked.bib").symlink_to(desk.root / "shared.bib")
    desk.cite("import", str(desk.write("z.bib", EXPORT)), "--into", "linked.bib")
    assert (desk.root / "citations" / "linked.bib").is_symlink()
    assert "smith2024" in desk.read("shared.bib")


def test_nothing_to_import(desk):
    assert desk.cite("import", "nowhere.bib").code == 2
    said = desk.cite("import", str(desk.write("z.ris", "TY  - BOOK\n")))
    assert said.code == 2
    assert "holds no references" in said.err


def test_json_shape(desk):
    said = desk.cite("import", str(desk.write("z.bib", EXPORT + law(date="2013"))), "--dry-run", "--format", "json")
    data = said.data
    assert [e["key"] for e in data["added"]] == ["smith2024"]
    assert data["changed"][0]["differences"] == [{"field": "date", "ours": "2012-03-08", "theirs": "2013"}]
    assert data["files"] == ["citations/z.bib"]
    assert data["summary"]["written"] is False


def test_a_new_clash_is_told(desk):
    said = desk.cite("import", str(desk.write("z.bib", "@book{sec-one,\n  title = {Looks like a reference},\n}\n")))
    assert said.code == 1
    assert "CITE004" in said.err
