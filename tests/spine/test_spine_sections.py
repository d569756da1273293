"""What authors get wrong in the files themselves: every one a finding in its place, and a draft all the same."""

from __future__ import annotations

import shutil

import pytest

from penholder.stages.assemble import assemble
from penholder.stages.discover import discover
from penholder.stages.load import load

GOOD = "# Good\n\nThe good text.\n"


def names(made, code):
    return [f.name[1:] for f in made.of(code)]


def test_listed_but_missing_is_awaited_in_the_draft(bench):
    bench.section("10-good.md", GOOD)
    bench.paper(sections=["10-good.md", "20-delivr.md"])
    bench.section("20-deliver.md", "# Deliver\n\nNot listed.\n", listed=False)
    made = bench.build()
    assert made.code == 1
    assert names(made, "SECT001") == [("paper.yaml", 9, 5)]
    assert "Did you mean 20-deliver.md" in made.of("SECT001")[0].message
    assert names(made, "SECT002") == [("20-deliver.md", 1, 1)]
    made.holds("The good text.", "[Section awaited: Delivr]")
    made.lacks("Not listed.")


def test_listed_twice(bench):
    bench.section("10-good.md", GOOD)
    bench.paper(sections=["10-good.md", "10-good"])
    made = bench.build()
    assert names(made, "SECT007") == [("paper.yaml", 9, 5)]
    assert made.docx.count("The good text.") == 1


def test_all_three_endings_and_no_list(bench):
    for name, word in (("10-a.md", "one"), ("20-b.markdown", "two"), ("30-c.qmd", "three"), ("40-d.bak", "four")):
        bench.section(name, f"# {word.title()}\n\nText {word}.\n", listed=False)
    made = bench.build()
    assert made.code == 0, made.findings
    made.holds("Text one.", "Text two.", "Text three.")
    made.lacks("Text four.")


def test_two_files_of_one_name_with_different_endings(bench):
    bench.section("10-a.md", "# One\n\nText one.\n")
    bench.section("10-a.qmd", "# Two\n\nText two {{ paper.title }}.\n")
    made = bench.build()
    made.holds("Text one.", "Text two A small paper.")


@pytest.mark.parametrize("text", ["", "\n\n  \n", "---\ntitle: Empty\n---\n", "---\ntitle: Empty\n---", "---\n---\n", "\ufeff"])
def test_a_section_without_text(bench, text):
    bench.section("10-good.md", GOOD)
    bench.section("20-empty.md", text)
    made = bench.build()
    assert made.code == 1
    assert made.codes == ["SECT003"]
    made.holds("The good text.", "[Section awaited: Empty]")


@pytest.mark.parametrize(
    ("front", "code", "line", "column", "says"),
    [
        ("title: a: b", "YAML001", 2, 9, "mapping values"),
        ("title: [a, b", "YAML001", 3, 1, ""),
        ("title: A\ntitle: B", "YAML003", 3, 1, "twice"),
        ("title:\tA\n\tkind: body", "YAML001", 2, 7, ""),
        ("title: *x", "YAML001", 2, 8, "alias"),
        ("title: &x A\nowner: *x", "YAML001", 3, 8, "alias"),
        ("titel: A", "YAML002", 2, 1, "Did you mean `title`"),
        ("kind: bdy", "YAML003", 2, 1, "'summary', 'body' or 'annex'"),
        ("word_budget: many", "YAML003", 2, 1, "whole number"),
        ("word_budget: -3", "YAML003", 2, 1, "greater than 0"),
        ("due: tomorrow", "YAML003", 2, 1, "date"),
        ("contributors: 5", "YAML003", 2, 1, ""),
        ("contributors: [anna, bob]", "CONT001", 2, 22, "`bob`"),
        ("owner: shy", "CONT003", 2, 8, "agreed"),
        ("email: a@example.org", "CONT002", 2, 1, "contact"),
        ("numbered: maybe", "YAML003", 2, 1, "true or false"),
        ("schema_version: 99", "YAML006", 2, 1, "99"),
        ("schema_version: one", "YAML003", 2, 1, ""),
        ("- a\n- b", "YAML003", 2, 1, "key: value"),
        ("just words", "YAML003", 2, 1, "key: value"),
        ("title: !!python/object/apply:os.system ['true']", None, 0, 0, ""),
    ],
)
def test_front_matter(bench, resolved, front, code, line, column, says):
    bench.section("10-good.md", GOOD)
    bench.section("20-bad.md", f"---\n{front}\n---\n\nThe bad section's own text.\n")
    made = resolved()
    assert "The bad section’s own text." in made.text
    assert "The good text." in made.text
    if code is None:
        return
    found = [f for f in made.findings if f.code == code]
    assert [f.name for f in found] == [(code, "20-bad.md", line, column)], made.findings
    assert says in found[0].message
    assert len(made.findings) == 1


def test_front_matter_that_never_ends(bench, resolved):
    bench.section("10-bad.md", "---\ntitle: Open\n\nThe text under it.\n")
    made = resolved()
    assert [f.name for f in made.findings] == [("YAML001", "10-bad.md", 1, 1)]
    assert "The text under it." in made.text


def test_no_is_not_false_and_a_number_may_be_a_version(bench):
    bench.section("10-a.md", GOOD)
    bench.paper("short_title: NO\nversion: 1.0\nkeywords: [yes, NO, on]\n")
    manuscript, findings = bench.assembled()
    meta = manuscript.paper.meta
    assert (meta.short_title, meta.version, meta.keywords) == ("NO", "1.0", ("yes", "NO", "on"))
    assert not findings


def test_keys_of_quarto_are_left_alone(bench, resolved):
    bench.section("10-a.md", "---\ntitle: A\nformat: html\nauthor: Somebody\nbibliography: /etc/passwd\n---\n\nText.\n")
    assert not resolved().findings


@pytest.mark.parametrize(
    ("paper", "code", "line", "says"),
    [
        ("titel: A\n", "YAML002", 9, "Did you mean `title`"),
        ("date: soon\n", "YAML003", 9, "twice"),
        ("contents_depth: 9\n", "YAML003", 9, "less than or equal to 4"),
        ("organisations: [{name: A, emial: x}]\n", "YAML002", 9, "`emial`"),
        ("organisations: [{url: x}]\n", "YAML004", 9, "name"),
        ("theme: nosuch\n", "THEM001", 0, "nosuch"),
        ("theme: ../../etc\n", "THEM001", 0, ""),
        ("citation_style: harvrd\n", "STYL001", 9, ""),
        ("citation_style: ../../../../etc/passwd.csl\n", "STYL001", 9, ""),
        ("language: english\n", "YAML003", 9, "twice"),
        ("paper_size: a3\n", "YAML003", 9, "'a4' or 'letter'"),
        ("contributors: [anna, nobody]\n", "CONT001", 9, "nobody"),
        ("phone: 0123\n", "CONT002", 9, "contact"),
    ],
)
def test_paper_yaml(bench, resolved, paper, code, line, says):
    bench.section("10-good.md", GOOD)
    bench.paper(paper)
    made = resolved()
    assert [(f.code, f.path, f.line if line else 0) for f in made.findings] == [(code, "papers/p/paper.yaml", line)], made.findings
    assert says in made.findings[0].message
    assert "The good text." in made.text


def test_paper_yaml_without_a_title(bench, resolved):
    bench.section("10-good.md", GOOD)
    bench.file("papers/p/paper.yaml", "schema_version: 1\nsubtitle: x\n")
    made = resolved()
    assert made.codes == ["YAML004"]
    assert "The good text." in made.text


@pytest.mark.parametrize("text", ["", "- a\n", "{", "title: [\n", "\x00\x01", "a: &a [x]\nb: *a\n", "5", "title: 5\nsections: 7\n", "title: ''\n"])
def test_paper_yaml_that_says_nothing_still_gives_a_draft(bench, text):
    bench.section("10-good.md", GOOD)
    bench.file("papers/p/paper.yaml", text)
    made = bench.build()
    assert made.code == 1, made.err
    made.holds("The good text.")


@pytest.mark.parametrize("name", ["../../../../etc/passwd", "/etc/passwd", "..", ".", "a/b.md", "..\\x.md", "", "x\ny", "nul\0"])
def test_a_section_name_that_leads_elsewhere(bench, resolved, name):
    bench.section("10-good.md", GOOD)
    import json

    bench.paper(sections=["10-good.md", json.dumps(name)])
    made = resolved()
    assert made.findings
    assert {f.code for f in made.findings} <= {"FILE003", "SECT001", "YAML001", "CHAR001"}
    assert {(f.path, f.line) for f in made.findings} == {("papers/p/paper.yaml", 9)}
    assert "root:" not in made.text


def test_a_section_that_is_a_link_out_of_the_workspace(bench, resolved, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n\nThe secret text.\n")
    bench.section("10-good.md", GOOD)
    bench.section("20-link.md", "x").unlink()
    (bench.folder / "sections" / "20-link.md").symlink_to(tmp_path / "secret.md")
    made = resolved()
    assert [f.name for f in made.findings] == [("FILE003", "20-link.md", 0, 0)]
    assert "secret text" not in made.text
    assert "[Section awaited: Link]" in made.text


def test_a_section_that_is_a_folder_or_a_dangling_link(bench, resolved):
    bench.section("10-good.md", GOOD)
    (bench.folder / "sections" / "20-folder.md").mkdir()
    (bench.folder / "sections" / "30-dangling.md").symlink_to("nowhere.md")
    bench.paper(sections=["10-good.md", "20-folder.md", "30-dangling.md"])
    made = resolved()
    assert {f.path.rsplit("/", 1)[-1] for f in made.of("FILE001")} == {"20-folder.md", "30-dangling.md"}
    assert "The good text." in made.text


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("# Café\n\nText.\n".encode("latin-1"), 1, 6),
        ("# Good\n\nThe £5 and “quoted”.\n".encode("cp1252"), 3, 5),
        ("# Café ok\n\nabé then ".encode() + b"\xff\n", 3, 10),
        ("# Utf\n\nText.\n".encode("utf-16"), 1, 1),
        ("# Utf\n\nText.\n".encode("utf-16-le"), 1, 1),
        (b"# Cut\n\nends with \xe2\x82", 3, 11),
    ],
)
def test_a_file_that_is_not_utf8(bench, data, line, column):
    bench.section("10-good.md", GOOD)
    bench.section("20-bad.md", data)
    made = bench.build()
    assert [f.name for f in made.of("FILE002")] == [("FILE002", "20-bad.md", line, column)], made.findings
    assert made.code == 1
    assert len(made.findings) == 1, made.findings
    made.holds("The good text.")


def test_utf16_is_read_as_what_it_is(bench):
    """The author is told, and the words are not lost meanwhile."""
    bench.section("10-bad.md", "# Utf\n\nText with £.\n".encode("utf-16"))
    made = bench.build()
    assert "UTF-16" in made.of("FILE002")[0].message
    made.holds("Text with £.")


def test_bom_crlf_and_old_mac_ends(bench):
    bench.section("10-a.md", "\ufeff---\r\ntitle: Ends\r\n---\r\n\r\nText @nosuch one.\r\n")
    bench.section("20-b.md", "# Mac\r\rText @nosuch two.\r")
    made = bench.build()
    assert [f.name for f in made.of("CITE001")] == [("CITE001", "10-a.md", 5, 6), ("CITE001", "20-b.md", 3, 6)]
    made.holds("Ends", "Mac")


def test_characters_nobody_can_print(bench):
    line = "A bell\x07, a private \ue000mark, a \x00null, a sep\u2028arator, a \x0cfeed. @nosuch"
    bench.section("10-a.md", f"# A\n\n{line}\n")
    made = bench.build()
    assert made.code == 1
    assert "LOST001" not in made.codes
    assert [f.line for f in made.of("CHAR001")] == [3]
    # columns stay those of the author's file, though characters were taken out
    assert [f.name[2:] for f in made.of("CITE001")] == [(3, line.index("@") + 1)]
    made.holds("A bell, a private mark,")


def test_many_scripts_come_through(bench):
    text = "Grüße, Ελληνικά, Кириллица, naïve ﬁne ligature, e\u0301 combined, 1\u00a0000, zero\u200bwidth, soft\u00adhyphen."
    bench.section("10-a.md", f"# A\n\n{text}\n")
    made = bench.build()
    assert "LOST001" not in made.codes, made.findings
    assert made.code == 0
    assert "Кириллица" in made.docx


@pytest.mark.slow
def test_a_section_of_two_megabytes(bench):
    paragraph = "The same sentence is written again and again so that the section grows. " * 7
    bench.section("10-good.md", GOOD)
    bench.section("20-large.md", "# Large\n\n" + f"{paragraph}\n\n" * 4000)
    made = bench.build(to="docx")
    assert made.code == 0, made.findings
    assert made.docx.count("The same sentence") == 28000


def test_contact_details_in_contributors(bench, resolved):
    bench.section("10-good.md", GOOD)
    bench.file("contributors.yaml", "schema_version: 1\ncontributors:\n  - id: anna\n    name: Anna\n    email: a@example.org\n  - id: anna\n    name: Twice\n  - id: bob\n    nmae: Bob\n    orcid: 0000-0002-1825-0098\n")
    made = resolved()
    found = {(f.code, f.line, f.column) for f in made.findings if f.path == "contributors.yaml"}
    assert found == {
        ("CONT002", 5, 5), ("YAML002", 9, 5), ("YAML003", 10, 5), ("YAML004", 8, 5), ("YAML003", 6, 5),
    }  # fmt: skip


def test_one_broken_contributor_costs_nobody_else(bench, resolved):
    bench.section("10-good.md", "---\ncontributors: [anna]\n---\n\nText.\n")
    bench.file("contributors.yaml", "contributors:\n  - name: No Id\n  - {id: anna, name: Anna, consent_to_be_named: true}\n")
    made = resolved()
    assert [(f.code, f.line) for f in made.findings] == [("YAML004", 2)]
    assert [c.name for c in made.document.manuscript.paper.contributors] == ["Anna"]


def test_two_wrong_items_of_a_list_cost_only_themselves(bench):
    bench.section("10-good.md", GOOD)
    bench.file("contributors.yaml", "contributors:\n  - {id: anna, name: Anna, roles: [nosuch, validation, wrong, software]}\n")
    manuscript, findings = bench.assembled()
    assert [f.code.id for f in findings] == ["YAML003", "YAML003"]
    assert manuscript.paper.workspace.contributors["anna"].roles == ("validation", "software")


def test_penholder_toml_that_is_wrong(bench, resolved):
    bench.section("10-good.md", GOOD)
    bench.file("penholder.toml", 'schema_version = 1\nnam = "x"\n[limits]\npandoc_seconds = "long"\n[numbring]\nx = 1\n')
    found = {(f.code, f.path, f.line) for f in resolved().findings}
    assert found == {("YAML002", "penholder.toml", 2), ("YAML003", "penholder.toml", 4), ("YAML002", "penholder.toml", 5)}
    bench.file("penholder.toml", "name = \n")
    made = resolved()
    assert [f.name for f in made.findings] == [("YAML001", "penholder.toml", 1, 8)]
    assert "The good text." in made.text


def test_strict_writes_nothing(bench):
    bench.section("10-good.md", GOOD)
    first = bench.build()
    assert first.code == 0
    before = first.path("docx").read_bytes()
    bench.section("10-good.md", GOOD + "\n@nosuch\n")
    made = bench.build("--strict")
    assert made.code == 1
    assert made.summary["papers"][0]["refused"]
    assert made.path("docx").read_bytes() == before


@pytest.mark.parametrize(
    ("ignored", "path", "modified"),
    [
        ("20-b.md", "papers/p/sections/20-b.md", True),
        ("sections/", "papers/p/sections/20-b.md", True),
        ("*.csv", "papers/p/data/a.csv", True),
        ("notes.txt", "papers/p/notes.txt", False),
        (".DS_Store", "papers/p/data/.DS_Store", False),
        ("old.md", "papers/p/old.md", False),
    ],
)
@pytest.mark.parametrize("below", ["", "inner/"])
def test_what_git_ignores_and_a_paper_prints_is_not_committed(bench, tmp_path, ignored, path, modified, below):
    """In a repository of its own or in a folder of one."""
    from penholder.adapters import git
    from penholder.stages.render.identity import identify

    root = tmp_path / "repository"
    bench.section("10-a.md", "# A\n\nText.\n")
    bench.section("20-b.md", "# B\n\nText.\n")
    shutil.copytree(bench.root, root / below, dirs_exist_ok=True)
    held = root / below / path
    held.parent.mkdir(parents=True, exist_ok=True)
    text = held.read_text() if held.exists() else "x\n"
    held.unlink(missing_ok=True)
    (root / ".gitignore").write_text(ignored + "\n")
    assert git.init_repository(root)
    held.write_text(text)
    workspace, _ = discover(root / below)
    manuscript, _ = assemble(load(workspace, "p")[0])
    made = identify(manuscript, [])
    assert len(made.commit) == 40
    assert made.modified is modified


def test_sections_without_a_paper_yaml_are_a_paper_with_a_fault(bench):
    bench.section("10-a.md", "# A\n\nThe good text.\n")
    (bench.folder / "paper.yaml").unlink()
    (bench.root / "papers" / "notes").mkdir()  # a folder of something else is no paper
    made = bench.run()
    assert made.code == 1
    assert "papers/p/paper.yaml: error FILE001: papers/p/paper.yaml cannot be read: No such file" in made.out
    assert "p: built, 4 words, 1 error." in made.out
    assert "notes" not in made.out
    assert "The good text." in made.pdf
