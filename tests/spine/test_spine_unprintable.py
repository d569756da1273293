"""What no printer knows, in titles, names, settings and sources: it is taken out and found, and the paper is built."""

from __future__ import annotations

import pytest

from penholder.model.paper import ContributorsFile, PaperFile
from penholder.printable import UNPRINTABLE, printable

ALL = "docx,pdf,html"
PEOPLE = 'schema_version: 1\ncontributors:\n  - id: anna\n    name: "Anna{} Author"\n    affiliation: "North{} Body"\n    consent_to_be_named: true\n'
ESCAPES = ["\\x07", "\\0", "\\x1b", "\\uE000", "\\uFFFF", "\\x7f"]


def places(built):
    return sorted((f.path.rsplit("/", 1)[-1], f.line) for f in built.of("CHAR001"))


@pytest.mark.parametrize("escape", ESCAPES)
def test_escapes_in_what_a_paper_says_of_itself(bench, escape):
    bench.file("contributors.yaml", PEOPLE.format(escape, escape))
    bench.paper(f'title: "Title{escape}d"\nsubtitle: "Sub{escape}titled"\naddressee: "The{escape} Minister"\ncontributors: [anna]\n')
    bench.section("10-a.md", f'---\ntitle: "Head{escape}ed"\n---\n\nWords.\n')
    built = bench.build(to=ALL)
    assert built.codes == ["CHAR001"] * 6
    assert places(built) == [("10-a.md", 2), ("contributors.yaml", 4), ("contributors.yaml", 5), *(("paper.yaml", n) for n in (8, 9, 10))]
    built.holds("Titled", "Subtitled", "The Minister", "Headed", "Anna Author", "North Body")
    assert b"Titled" in built.path("html").read_bytes()
    assert not UNPRINTABLE.search(built.path("html").read_text())


def test_ends_of_lines_become_spaces(bench):
    bench.paper('title: "One\\Ltwo\\vthree"\n')
    bench.section("10-a.md", "# A\n\nWords.\n")
    built = bench.build(to="docx,pdf")
    built.holds("One two three")
    assert places(built) == [("paper.yaml", 8)]


def test_the_characters_themselves_do_not_make_a_file_unreadable(bench):
    bench.file("contributors.yaml", PEOPLE.format("\x07", "\x00"))
    bench.paper("title: Ti\x07tle\ncontributors: [anna]\n")
    bench.section("10-a.md", "# A\n\nWords.\n")
    bench.file("penholder.toml", (bench.root / "penholder.toml").read_text() + '\n[[organisations]]\nname = "The\x0b Bo\x01dy"\n')
    built = bench.build(to=ALL)
    assert set(built.codes) == {"CHAR001"}
    assert places(built) == [("contributors.yaml", 4), ("contributors.yaml", 5), ("paper.yaml", 8), ("penholder.toml", 12)]
    built.holds("Title", "Anna Author", "The Body")


def test_escapes_in_settings(bench):
    bench.section("10-a.md", "# A\n\nWords.\n")
    bench.file("penholder.toml", (bench.root / "penholder.toml").read_text() + '\n[[organisations]]\nname = "The Bo\\u0007dy"\n')
    built = bench.build(to=ALL)
    assert built.codes == ["CHAR001"]
    built.holds("The Body")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("more.json", '[{"id":"bad","type":"book","title":"Ti\\u0007t\\ud800le\\uffff","author":[{"family":"Na\\u0001me"}],"issued":{"date-parts":[[2020]]}}]'),
        ("more.yaml", 'references:\n- id: bad\n  type: book\n  title: "Ti\\x07tle"\n  author:\n  - family: "Na\\x01me"\n  issued: {year: 2020}\n'),
        ("more.bib", "@book{bad, author={Na\x01me}, title={{Ti\x07tle}}, year=2020}\n"),
    ],
)
def test_sources_of_the_library(bench, name, text):
    bench.file(f"citations/{name}", text)
    bench.section("10-a.md", "# A\n\nWords [@bad], and [@alpha2020].\n")
    built = bench.build(to=ALL)
    assert [(f.code, f.path) for f in built.findings] == [("CHAR001", f"citations/{name}")]
    assert '"bad": the character U+' in built.findings[0].message
    built.holds("(Name, 2020)", "Title", "First Things")


def test_models_of_what_templates_are_given():
    made, problems = PaperFile.lenient({"title": "T", "variables": {"a": "x\x07", "b": [{"c\x01": "\ud800y"}]}})
    assert made.variables == {"a": "x", "b": [{"c": "y"}]}
    assert [(p.where, p.kind, p.value) for p in problems] == [(("variables", "a"), "unprintable", "\x07"), (("variables", "b"), "unprintable", "\x01")]


def test_what_is_left_may_still_be_wrong():
    made, problems = PaperFile.lenient({"title": "\x07", "language": "en\x07-GB"})
    assert made is None
    assert [(p.where[0], p.kind) for p in problems] == [("title", "unprintable"), ("title", "value"), ("language", "unprintable")]


def test_what_can_be_printed_is_left_alone():
    text = "Tab\t line\n nbsp\u00a0 soft\u00ad zwnj\u200c é 漢 🙂 \u202eturned"
    assert printable(text) == text
    made, problems = ContributorsFile.lenient({"contributors": [{"id": "a", "name": text}]})
    assert made.contributors[0].name == text
    assert not problems
