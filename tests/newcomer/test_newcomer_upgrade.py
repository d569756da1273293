"""``upgrade``: old keys get their new names, and no other byte changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newcomer_helpers import Command, bytes_of

from penholder.adapters import yaml
from penholder.features.migrate import Kind, upgraded
from penholder.source import SourceFile
from penholder.stages.assemble import assemble
from penholder.stages.discover import discover
from penholder.stages.load import load

PAPER_0 = """\
# Our paper.   (kept)
title:   "A paper"     # a comment

style: apa
authors:   [drafting-group]   # ids
'lang': en-GB
order:
    -   10-summary.md      # odd spaces
    - "20-read-by-everyone.md"
    - 30-made-together.md
    - 80-recommendations.md
"""
PAPER_1 = """\
# Our paper.   (kept)
schema_version: 1
title:   "A paper"     # a comment

citation_style: apa
contributors:   [drafting-group]   # ids
'language': en-GB
sections:
    -   10-summary.md      # odd spaces
    - "20-read-by-everyone.md"
    - 30-made-together.md
    - 80-recommendations.md
"""


def test_a_workspace_of_version_0(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    (tmp_path / "papers/first-paper/paper.yaml").write_text(PAPER_0)
    people = tmp_path / "contributors.yaml"
    people.write_text(
        re.sub(
            "consent_to_be_named",
            "consent",
            people.read_text().replace("schema_version: 1\n", "").replace("\ncontributors:", "\nauthors:"),
        )
    )
    summary = tmp_path / "papers/first-paper/sections/10-summary.md"
    after = summary.read_text()
    summary.write_text(
        after.replace("schema_version: 1", "schema_version: 0")
        .replace("word_budget", "budget")
        .replace("contributors", "authors")
    )
    house = tmp_path / "penholder.toml"
    house_after = house.read_text()
    house.write_text(
        house_after.replace("schema_version = 1\n", "").replace("citation_style", "style").replace("language", "lang")
    )
    before = bytes_of(tmp_path)

    said = command("upgrade", "--check")
    assert said.code == 1
    assert bytes_of(tmp_path) == before
    assert "4 files would change" in said.out
    said = command("upgrade", folder=tmp_path / "papers")
    assert said.code == 0, said.err
    assert (
        "papers/first-paper/paper.yaml: style -> citation_style; authors -> contributors; lang -> language; order -> sections"
        in said.out
    )
    assert "authors[1].consent -> consent_to_be_named" in said.out
    assert (tmp_path / "papers/first-paper/paper.yaml").read_text() == PAPER_1
    assert summary.read_text() == after
    assert house.read_text() == house_after
    unchanged = bytes_of(tmp_path).items() & before.items()
    assert len(unchanged) == len(before) - 4

    workspace, findings = discover(tmp_path)
    paper, found = load(workspace, "first-paper")
    assert [*findings, *found, *assemble(paper)[1]] == []
    assert paper.contributors[0].name == "Drafting group"
    again = command("upgrade")
    assert (again.code, again.out) == (0, "Everything is up to date.\n")


def test_a_new_workspace_needs_nothing(command: Command) -> None:
    command("init", ".")
    command("new", "p")
    assert command("upgrade", "--check").out == "Everything is up to date.\n"


def test_what_cannot_be_upgraded_is_named_and_the_rest_is_done(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    command("new", "p")
    (tmp_path / "papers/first-paper/paper.yaml").write_text("schema_version: 7\ntitle: T\n")
    (tmp_path / "papers/p/paper.yaml").write_text("title: T\n")
    (tmp_path / "contributors.yaml").write_bytes(b"schema_version: 0\n# \xff\n")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text("---\ntitle: x\n---\n")
    (tmp_path / "papers/p/sections/90-link.md").symlink_to(outside)
    said = command("upgrade")
    assert said.code == 1
    assert (
        "first-paper/paper.yaml: left alone: it says schema_version 7, and this Penholder knows 1: install a newer Penholder."
        in said.err
    )
    assert "contributors.yaml: left alone: it is not UTF-8" in said.err
    assert "90-link.md: left alone: " in said.err and "leads out of the workspace" in said.err
    assert outside.read_text() == "---\ntitle: x\n---\n"
    assert (tmp_path / "papers/p/paper.yaml").read_text() == "schema_version: 1\ntitle: T\n"


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("paper", "title: T\n", "schema_version: 1\ntitle: T\n"),
        ("paper", "title: T", "schema_version: 1\ntitle: T"),
        ("paper", "title: T\r\nstyle: apa\r\n", "schema_version: 1\r\ntitle: T\r\ncitation_style: apa\r\n"),
        ("paper", "{title: T, style: apa}\n", "{schema_version: 1, title: T, citation_style: apa}\n"),
        ("paper", "---\n  title: T\n  lang: cy\n", "---\n  schema_version: 1\n  title: T\n  language: cy\n"),
        ("paper", "title: style\nabstract: >\n  style: none\nstyle: a\n", "schema_version: 1\ntitle: style\nabstract: >\n  style: none\ncitation_style: a\n"),
        ("paper", "style: a\nvariables:\n  style: b\n", "schema_version: 1\ncitation_style: a\nvariables:\n  style: b\n"),
        ("paper", "schema_version:   0   # old\ntitle: T\n", "schema_version:   1   # old\ntitle: T\n"),
        ("paper", "title: T\nschema_version: 0\norder: [a]\n", "title: T\nschema_version: 1\nsections: [a]\n"),
        ("paper", "title: T\nauthors:\n  - name: A\n", "schema_version: 1\ntitle: T\nauthors:\n  - name: A\n"),
        ("paper", "# only a comment\n", None),
        ("paper", "", None),
        ("section", "No front matter.\n\nstyle: a\n", None),
        ("section", "---\n---\nText\n", None),
        ("section", "---\ntitle: T\n---\nstyle: kept\n", "---\nschema_version: 1\ntitle: T\n---\nstyle: kept\n"),
        ("section", "---\ntitle: T\nauthors: [a]\n---\n", "---\nschema_version: 1\ntitle: T\nauthors: [a]\n---\n"),
        ("section", "---\nschema_version: 0\nauthors: [a]\n---\n", "---\nschema_version: 1\ncontributors: [a]\n---\n"),
        ("section", "---\r\nbudget: 5\r\nauthors: a\r\n---\r\nText\r\n", "---\r\nschema_version: 1\r\nword_budget: 5\r\ncontributors: a\r\n---\r\nText\r\n"),
        ("section", "---\nauthor: [{name: A}]\nauthors: [{name: A}]\nbudget: 9\n...\nT", "---\nschema_version: 1\nauthor: [{name: A}]\nauthors: [{name: A}]\nword_budget: 9\n...\nT"),
        ("contributors", "contributors:\n- id: a\n  consent: true\n", "schema_version: 1\ncontributors:\n- id: a\n  consent_to_be_named: true\n"),
        ("contributors", "authors:\n- {id: a, consent: no}\n", "schema_version: 1\ncontributors:\n- {id: a, consent_to_be_named: no}\n"),
        ("contributors", "schema_version: 1\nauthors: []\n", None),
        ("workspace", "# c\n\n[numbering]\nheadings = true\n", "# c\n\nschema_version = 1\n[numbering]\nheadings = true\n"),
        ("workspace", "lang = 'cy'\r\n[x]\r\nlang = 1\r\n", "schema_version = 1\r\nlanguage = 'cy'\r\n[x]\r\nlang = 1\r\n"),
        ("workspace", "schema_version=0\nstyle='a' # x\n", "schema_version=1\ncitation_style='a' # x\n"),
        ("workspace", "", "schema_version = 1\n"),
        ("workspace", '"style" = "a"\n', 'schema_version = 1\n"citation_style" = "a"\n'),
        ("workspace", "# c", "# c\nschema_version = 1\n"),
    ],
)  # fmt: skip
def test_texts(kind: Kind, before: str, after: str | None) -> None:
    outcome = upgraded("x", before, kind)
    assert outcome.problem == ""
    assert outcome.text == (before if after is None else after)
    assert bool(outcome.changes) == (after is not None)
    again = upgraded("x", outcome.text, kind)
    assert (again.text, again.changes, again.problem) == (outcome.text, (), "")


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("paper", "schema_version: 2\n", "install a newer Penholder"),
        ("paper", "schema_version: one\n", "no version"),
        ("paper", "schema_version: true\n", "no version"),
        ("paper", "schema_version: -1\n", "no version"),
        ("paper", "style: a\ncitation_style: b\n", "`style` and `citation_style` both stand in it"),
        ("paper", "title: [\n", "cannot be read"),
        ("paper", "- a\n", "key: value"),
        ("paper", "title: T\nstyle\n  : apa\n", ""),
        ("workspace", "style = \n", "cannot be read"),
        ("workspace", '[x]\n"style" = "a"\n["style"]\na = 1\n', "by hand"),
        ("workspace", "schema_version = 0x0\nstyle = 'a'\n", "certainty"),
        ("contributors", "contributors: [{id: a, consent: true, consent_to_be_named: true}]\n", "both stand"),
    ],
)
def test_what_is_not_certain_is_left_alone(kind: Kind, text: str, problem: str) -> None:
    outcome = upgraded("x", text, kind)
    assert outcome.problem and problem in outcome.problem
    assert (outcome.text, outcome.changes) == (text, ())


def test_a_byte_order_mark_stays(command: Command, tmp_path: Path) -> None:
    command("init", ".")
    path = tmp_path / "papers/first-paper/paper.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: T\r\n")
    assert command("upgrade").code == 0
    assert path.read_bytes() == b"\xef\xbb\xbfschema_version: 1\r\ntitle: T\r\n"


# laws ----------------------------------------------------------------------------

_NEW = {"style": "citation_style", "authors": "contributors", "lang": "language", "order": "sections"}
_ENTRIES = {
    "title": ["title: T", 'title:  "style: order"', "title: >-\n    folded\n    style"],
    "style": ["style: apa", "style:   'apa'   # why", '"style": apa'],
    "authors": ["authors: [a, b]", "authors:\n  - a   # first\n  - b", "authors: a"],
    "lang": ["lang: cy"],
    "order": ["order:\n- 10-a.md\n-   20-b.md", "order: []"],
    "variables": ["variables: {style: 1, lang: [x]}", "variables:\n    order: 2"],
    "abstract": ["abstract: |\n  style: x\n\n  # no comment"],
    "schema_version": ["schema_version: 0", "schema_version: 1", "schema_version:  0 # v"],
}


@st.composite
def papers(draw: st.DrawFn) -> str:
    """Texts of paper.yaml, old and new, with comments, blank lines and either line end."""
    keys = draw(st.lists(st.sampled_from(sorted(_ENTRIES)), unique=True, min_size=1))
    lines: list[str] = []
    for key in keys:
        lines += draw(st.lists(st.sampled_from(["", "# style: no", "  # indented", "#"]), max_size=2))
        lines.append(draw(st.sampled_from(_ENTRIES[key])))
    text = "\n".join(lines) + draw(st.sampled_from(["\n", "\n\n", ""]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def data_of(text: str) -> dict[str, Any]:
    document, findings = yaml.load(SourceFile("x", text.replace("\r\n", "\n")))
    assert not findings
    made: dict[str, Any] = yaml.plain(document.data)
    return made


@settings(deadline=None)
@given(papers())
def test_upgrade_keeps_everything_but_the_names_and_is_done_once(text: str) -> None:
    outcome = upgraded("x", text, "paper")
    assert not outcome.problem
    again = upgraded("x", outcome.text, "paper")
    assert (again.text, again.changes) == (outcome.text, ())
    before, after = data_of(text), data_of(outcome.text)
    if before.get("schema_version") == 1:
        assert outcome.text == text
        return
    expected = {_NEW.get(k, k): v for k, v in before.items()} | {"schema_version": 1}
    assert after == expected
    # Undo the names and the version: what is left is the text as it was, byte for byte.
    old, new = text.splitlines(keepends=True), outcome.text.splitlines(keepends=True)
    if "schema_version" not in before:
        new = [line for line in new if not line.startswith("schema_version: 1")]
    back = {v: k for k, v in _NEW.items()}
    mended = [re.sub(r"^([\"']?)(\w+)\1(?=\s*:)", lambda m: m[1] + back.get(m[2], m[2]) + m[1], line) for line in new]
    assert [re.sub(r"^(schema_version: +)1", r"\g<1>0", line) for line in mended] == old


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["paper", "section", "contributors", "workspace"]))
def test_no_text_brings_it_down(text: str, kind: Kind) -> None:
    outcome = upgraded("x", text, kind)
    assert bool(outcome.problem) + bool(outcome.changes) <= 1
    if not outcome.changes:
        assert outcome.text == text
    again = upgraded("x", outcome.text, kind)
    assert again.text == outcome.text and not again.changes
