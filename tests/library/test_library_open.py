"""Opening, looking up, converting: one bad entry never costs another."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from penholder.adapters.seals import seal
from penholder.library import missing, open_library
from penholder.source import SourceFile, Span


def codes_of(findings) -> list[str]:
    return [f.code.id for f in findings]


def book(key: str, title: str = "T", extra: str = "") -> str:
    return f"@book{{{key},\n  title = {{{title}}},\n  author = {{Doe, Jo}},\n  date = {{2020}},\n{extra}}}\n"


def test_keys_places_and_texts(policy) -> None:
    library = open_library([policy])
    assert not library.findings
    assert library.keys()[:2] == ["sva2012", "svacommence"]
    place = library.place("svacommence")
    assert (place.path, place.line, place.column) == ("citations/policy.bib", 11, 1)
    source = SourceFile(policy[0], policy[1].decode())
    start, end = source.offset(place.line, place.column), source.offset(place.end_line, place.end_column)
    assert source.text[start:end] == library.text("svacommence")
    assert library.fields("pra2014")["number"] == "asp 12"
    with pytest.raises(KeyError):
        library.place("nosuch")


@pytest.mark.parametrize("change", ["bom", "crlf", "accents"])
def test_offsets_survive_bom_line_ends_and_accents(change: str, tmp_path: Path) -> None:
    text = "% é\n" + book("one", "Études – £5") + book("two")
    data = text.encode()
    if change == "bom":
        data = b"\xef\xbb\xbf" + data
    if change == "crlf":
        data = data.replace(b"\n", b"\r\n")
    for _ in range(2):
        library = open_library([("a.bib", data)], tmp_path)
        assert library.text("two") == book("two").strip()
        assert library.place("two").line == 8 - 1
        assert not library.findings


def test_latin_1_is_a_finding_and_read_all_the_same() -> None:
    library = open_library([("a.bib", ("@book{a, title={x}}\n" + book("b", "Café – £5")).encode("cp1252"))])
    assert codes_of(library.findings) == ["CITE005"]
    assert library.findings[0].span.line == 3
    assert library.entry("b").title == "Café – £5"


def test_the_index_is_cached_and_a_damaged_cache_is_ignored(policy, tmp_path: Path, monkeypatch) -> None:
    cache = tmp_path / ".penholder" / "cache"
    first = open_library([policy], cache)
    indexes = list((cache / "library").glob("*.index.json"))
    assert len(indexes) == 1
    with monkeypatch.context() as patch:
        patch.setattr("penholder.adapters.bibtex.scan", lambda _: pytest.fail("the index was not used"))
        again = open_library([policy], cache)
        assert again.keys() == first.keys()
    for damage in (b"", b"{", b"[]", b'{"keys": ["a"], "starts": []}', indexes[0].read_bytes()[:-40]):
        indexes[0].write_bytes(damage)
        assert open_library([policy], cache).keys() == first.keys()
        assert seal(tmp_path, indexes[0], damage)
        assert open_library([policy], cache).keys() == first.keys()
    for words in (cache / "library").glob("*.words.json"):
        assert seal(tmp_path, words, b'[["too", "short"]]')
    assert open_library([policy], cache).entry("pra2014").year == "2014"


def test_one_key_with_two_contents_is_an_error_at_both_places() -> None:
    library = open_library([("a.bib", (book("k") + book("l")).encode()), ("b.bib", book("k", "Other").encode())])
    assert codes_of(library.findings) == ["CITE002"]
    assert library.findings[0].span == Span("b.bib", 1, 1, 5, 2)
    assert "a.bib:1:1" in library.findings[0].message
    assert library.entry("k").title == "T"


def test_the_same_entry_twice_is_one_entry() -> None:
    other = "@Book{k, date = {2020},\n author = {Doe,   Jo}, title = \"T\"}"
    library = open_library([("a.bib", (book("k") * 2).encode()), ("b.bib", other.encode())])
    assert not library.findings
    assert library.keys() == ["k"]


def test_keys_that_look_like_cross_references_are_errors() -> None:
    library = open_library([("a.bib", (book("tbl-costs") + book("table")).encode())])
    assert codes_of(library.findings) == ["CITE004"]


def test_aliases_of_all_kinds(to_csl) -> None:
    bib = book("new", extra="  ids = {old, older},\n")
    csl = [
        {"id": "c1", "type": "book", "title": "C", "custom": {"aliases": ["c-old"]}},
        {"id": "c2", "type": "book", "title": "D", "note": "aliases: d-old, new\nkept"},
    ]
    library = open_library([("a.bib", bib.encode()), ("b.json", json.dumps(csl).encode())])
    assert library.resolve("older") == "new"
    assert library.resolve("d-old") == "c2"
    assert "c-old" in library
    assert codes_of(library.findings) == ["CITE002"]  # "new" is a key already
    items, findings = library.items(["old", "new", "c-old", "d-old", "nosuch"], to_csl)
    assert [i["id"] for i in items] == ["new", "c1", "c2"]
    assert items[2]["note"] == "kept"
    assert not findings


def test_missing_names_the_nearest_keys(policy) -> None:
    finding = missing("sva2021", Span("p.md", 3, 4), open_library([policy]))
    assert finding.code.id == "CITE001"
    assert "@sva2012" in finding.help
    assert not open_library([]).nearest("x")


def test_find_by_words_prefixes_and_slips(policy) -> None:
    library = open_library([policy])
    assert [e.key for e in library.find("social value act")][:1] == ["sva2012"]
    assert [e.key for e in library.find("müll")] == ["mueller2020"]
    assert [e.key for e in library.find("muller 2020")] == ["mueller2020"]
    assert [e.key for e in library.find("competittion")] == ["pac2023"]
    assert library.find("zebra") == []
    assert library.find("") == []


def test_csl_json_survives_a_broken_item() -> None:
    text = '[\n{"id": "a", "type": "book"},\n{"id": "b", "type" "book"},\n{"type": "book"},\n{"id": 7, "type": "book"}\n]\n'
    library = open_library([("x.json", text.encode())])
    assert library.keys() == ["a", "7"]
    assert [(f.code.id, f.span.line) for f in library.findings] == [("CITE005", 3), ("CITE003", 4)]
    assert library.place("7").line == 5


@pytest.mark.parametrize("text", ["", "nonsense", "[", '[{"id": "a"}', '{"id": 1}', "[" * 5000, '[{"id":"a"', "[1, 2]"])
def test_json_that_is_none_is_a_finding(text: str) -> None:
    library = open_library([("x.json", text.encode())])
    assert library.findings


def test_csl_yaml_plain_and_under_references(to_csl, tmp_path: Path) -> None:
    plain = "- id: one\n  type: book\n  title: Étude\n- id: two\n  type: book\n"
    wrapped = "references:\n- id: three\n  type: report\n  issued: {year: 2020}\n"
    for _ in range(2):
        library = open_library([("a.yaml", plain.encode()), ("b.yml", wrapped.encode())], tmp_path)
        assert [(k, library.place(k).line) for k in list(library.keys())] == [("one", 1), ("two", 4), ("three", 2)]
        assert library.items(["one"], to_csl)[0] == [{"id": "one", "type": "book", "title": "Étude"}]
    broken = open_library([("a.yaml", b"- id: [\n")])
    assert codes_of(broken.findings) == ["CITE005"]


def test_misshapen_csl_costs_a_field_not_the_list(to_csl, pandoc) -> None:
    items = [
        {"id": "a", "type": "book", "title": None, "author": "Cabinet Office", "issued": 2020},
        {"id": "b", "title": ["x"], "author": [{"family": 3}], "issued": {"year": "2020", "month": 3}},
        {"id": "c", "type": "book", "author": {"family": "x"}, "issued": "May 2020", "custom": {"x": [1]}},
        {"id": "d", "type": [], "issued": {"date-parts": [["2020", "x"]]}, "accessed": "2020-01-02/2020-03"},
    ]
    library = open_library([("x.json", json.dumps(items).encode())])
    found, findings = library.items(["a", "b", "c", "d"], to_csl)
    assert [f.message.split(": ", 2)[2] for f in findings] == ['"title"', '"author"', '"type", "issued"']
    assert found[0]["author"] == [{"literal": "Cabinet Office"}]
    assert [i.get("issued") for i in found[:3]] == [
        {"date-parts": [[2020]]}, {"date-parts": [[2020, 3]]}, {"literal": "May 2020"},
    ]  # fmt: skip
    asked = [pandoc, "-f", "csljson", "-t", "csljson"]
    subprocess.run(asked, input=json.dumps(found), text=True, check=True, capture_output=True)


def test_converted_items_are_cached(policy, to_csl, tmp_path: Path) -> None:
    cache = tmp_path / ".penholder" / "cache"
    first, _ = open_library([policy], cache).items(["sva2012", "mueller2020"], to_csl)
    assert to_csl.calls == 1
    again, _ = open_library([policy], cache).items(["mueller2020", "sva2012"], to_csl)
    assert to_csl.calls == 1
    assert sorted(i["id"] for i in first) == sorted(i["id"] for i in again)
    (cache / "library" / "items.json").write_bytes(b"no json")
    open_library([policy], cache).items(["sva2012"], to_csl)
    assert to_csl.calls == 2


def test_a_change_in_a_string_or_parent_is_noticed(to_csl, tmp_path: Path) -> None:
    def publisher(name: str, parent: str) -> tuple[str, str]:
        text = (
            f'@string{{pub = "{name}"}}\n@collection{{p, title = {{{parent}}}, publisher = pub}}\n'
            "@incollection{c, title = {C}, crossref = {p}}\n"
        )
        item = open_library([("a.bib", text.encode())], tmp_path).items(["c"], to_csl)[0][0]
        return item["publisher"], item["container-title"]

    assert publisher("One", "A b") == ("One", "A b")
    assert publisher("Two", "A b") == ("Two", "A b")
    assert publisher("Two", "A c") == ("Two", "A c")


def test_five_thousand_entries_with_seven_broken_lose_seven(to_csl, tmp_path: Path) -> None:
    parts = [book(f"k{i}", f"The {{UK}} study {i}") for i in range(5000)]
    unclosed = {17, 1234, 2500, 4998}
    for i in unclosed:
        parts[i] = parts[i].rstrip().removesuffix("}")
    parts[3000] = parts[3000].replace("k3000,", "", 1)
    parts[4000] = parts[4000].replace("k4000,", "k4000", 1)
    parts[700] = parts[700].replace("k700,", ",", 1)
    library = open_library([("big.bib", "\n".join(parts).encode())], tmp_path)
    assert codes_of(library.findings) == ["CITE003"] * 7
    assert len(library.keys()) == 4993
    items, findings = library.items(library.keys()[::10], to_csl)
    assert (len(items), findings) == (500, [])


def test_an_entry_pandoc_rejects_is_found_by_halving(to_csl) -> None:
    text = "".join(book(f"k{i}") for i in range(40))
    rejected = {"k3", "k21"}

    def strict(bib: str, format: str, /):
        from penholder.library import LibraryTextError

        if any(f"{{{key}," in bib for key in rejected):
            raise LibraryTextError("Error at (line 1, column 2):\nunexpected '&'")
        return to_csl(bib, format)

    library = open_library([("a.bib", text.encode())])
    items, findings = library.items([f"k{i}" for i in range(40)], strict)
    assert len(items) == 38
    assert [(f.code.id, f.span.line) for f in findings] == [("CITE006", 16), ("CITE006", 106)]
    assert "unexpected '&'" in findings[0].message


def test_what_pandoc_would_reject_is_mended_or_named(to_csl) -> None:
    text = (
        "@book{a, title = {A} date = {2020},, }\n@book(b, title = {B})\n@book{c, title = {$x \\foo}}\n"
        "@nosuchtype{d, title = {D}}\n@set{s, entryset = {d, a}}\n@book{e, title = {E}, year = {n.d.}}\n"
    )
    library = open_library([("a.bib", text.encode())])
    assert [f.message for f in library.findings] == ['no comma after the field "title" of "a"']
    items, findings = library.items(["a", "b", "c", "d", "s", "e"], to_csl)
    assert [(i["id"], i["type"]) for i in items] == [
        ("a", "book"), ("b", "book"), ("c", "book"), ("d", "document"), ("s", "document"), ("e", "book"),
    ]  # fmt: skip
    assert items[2]["title"]
    assert items[5]["issued"] == {"literal": "n.d."}
    assert [f.span.line for f in findings] == [3, 5]


