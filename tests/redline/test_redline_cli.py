"""``penholder redline`` as its users meet it: a repository, two revisions, and what comes of them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from wordform import word_form

from penholder.adapters import word
from workbench import squeezed

ONE = "# Findings\n\nAuthorities may consider it first.\n\nA second paragraph says what nobody disputes.\n"
TWO = "# Findings\n\nAuthorities must consider it first.\n\nA second paragraph says what nobody disputes.\n\nAnd a third that Bela wrote.\n"


@pytest.fixture
def two(repository):
    """Two commits: Anna's text, tagged v1, and what Bela made of it, tagged v2."""
    repository.section(ONE)
    repository.commit("Anna", tag="v1")
    repository.section(TWO)
    repository.commit("Bela", tag="v2")
    return repository


def revisions(docx: bytes) -> set[tuple[str, str, str]]:
    """Kind, author and date of each tracked change of runs."""
    with zipfile.ZipFile(docx) as file:
        xml = file.read("word/document.xml").decode()
    return set(re.findall(r'<w:(ins|del) w:id="\d+" w:author="([^"]*)" w:date="([^"]*)"', xml))


def test_the_files_lie_beside_the_paper(two, redline):
    said = redline("v1", "v2", "--to", "docx,pdf,html,md")
    folder = two.root / "dist" / "p"
    assert said.code == 0, said.out + said.err
    assert sorted(p.name for p in folder.iterdir()) == ["p-redline.docx", "p-redline.html", "p-redline.md", "p-redline.pdf"]
    assert "Next: open the Word file" in said.out
    assert "7 words inserted, 1 word deleted" in said.out


def test_word_has_each_change_by_who_committed_it(two, redline):
    redline("v1", "v2", "--to", "docx")
    assert revisions(two.root / "dist/p/p-redline.docx") == {("del", "Bela", two.date(2)), ("ins", "Bela", two.date(2))}


def test_contents_too_are_changed_by_somebody(two, redline):
    two.section(TWO.replace("# Findings", "# Others"))
    two.commit(tag="v3")
    redline("v1", "v3", "--to", "docx")
    with zipfile.ZipFile(two.root / "dist/p/p-redline.docx") as file:
        assert 'w:author=""' not in file.read("word/document.xml").decode()


def test_accepting_gives_new_and_rejecting_gives_old(two, redline, tmp_path):
    redline("v1", "v2", "--to", "docx")
    made = (two.root / "dist/p/p-redline.docx").read_bytes()
    assert word_form(word.accepted(made)) == word_form(_built(two, "v2", tmp_path))
    assert word_form(word.rejected(made)) == word_form(_built(two, "v1", tmp_path))


def _built(repository, tag, tmp_path) -> bytes:
    repository.git("checkout", "-q", tag)
    repository.bench.build("--out", str(tmp_path / tag), to="docx")
    repository.git("checkout", "-q", "main")
    return (tmp_path / tag / "p.docx").read_bytes()


def test_without_new_it_is_the_working_tree(two, redline):
    two.section(TWO.replace("third", "fourth"))
    said = redline("v2", "--to", "docx")
    assert said.code == 0
    assert "v2 (commit " in said.out
    assert "working tree (commit " in said.out
    assert ", modified)" in said.out
    assert ("ins", "Editor Here", two.date(2)) in revisions(two.root / "dist/p/p-redline.docx")


def test_the_summary_is_words_and_no_files(two, redline):
    said = redline("v1", "v2", "--summary")
    assert said.code == 0
    assert "Findings: 7 words inserted, 1 word deleted\n  ~ “may” is now “must”, after “Authorities”  [Bela, 3 January 2030]" in said.out
    assert "  + “And a third that Bela wrote.”  [Bela, 3 January 2030]" in said.out
    assert not (two.root / "dist").exists()
    assert "Next: penholder redline p v1 v2 " in said.out
    assert redline("v1", "v2", "--summary", "--to", "md").code == 0
    assert (two.root / "dist/p/p-redline.md").exists()


def test_machines_get_json(two, redline):
    data = redline("v1", "v2", "--summary", "--format", "json").data
    assert data["old"] == {"revision": "v1", "commit": two.git("rev-parse", "v1"), "modified": False, "paper": "p"}
    assert data["words"] == {"inserted": 7, "deleted": 1, "moved": 0}
    (section,) = [s for s in data["sections"] if s["changes"]]
    assert section["changes"][0] == {
        **{"deleted": "may", "inserted": "must", "moved": False, "author": "Bela", "date": two.date(2)},
        **{"paragraph": "", "after": "Authorities", "before": ""},
    }


def test_nothing_changed(two, redline):
    said = redline("v2", "v2", "--to", "docx")
    assert said.code == 0
    assert "Nothing has changed." in said.out
    assert revisions(two.root / "dist/p/p-redline.docx") == set()


def test_markdown_is_critic_markup(two, redline):
    redline("v1", "v2", "--to", "md")
    text = (two.root / "dist/p/p-redline.md").read_text()
    assert "Authorities {--may--}{++must++} consider it first." in squeezed(text)


def test_the_opening_names_the_versions_in_the_paper_s_language(two, redline):
    two.bench.paper("subtitle: Neu\n")
    settings = two.bench.folder / "paper.yaml"
    settings.write_text(settings.read_text().replace("language: en-GB", "language: de"))
    redline("v1", "--to", "md")
    text = squeezed((two.root / "dist/p/p-redline.md").read_text())
    assert "## Änderungsfassung: was sich von v1 bis heute geändert hat v1: commit " in text
    assert "Heute: commit " in text
    assert "- Untertitel: {++Neu++}" in text


def test_the_opening_counts_what_is_not_marked(two, redline):
    two.section(TWO.replace("third", "*third*"))
    redline("v2", "--to", "md")
    assert "changed, which are not marked: 1" in squeezed((two.root / "dist/p/p-redline.md").read_text())


@pytest.mark.parametrize("moment", [-86_400, 7_258_118_400, 9_223_372_036_854_775], ids=["1969", "2200", "no year"])
def test_dates_and_names_that_are_none(two, redline, moment):
    two.section(ONE)
    two.git("add", "-A")
    who = f"{'x' * 10_000} <a@b> {moment} +0000"
    text = f"tree {two.git('write-tree')}\nparent {two.git('rev-parse', 'v2')}\nauthor {who}\ncommitter {who}\n\nSubject\n"
    made = two.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text.encode())
    said = redline("v2", made, "--to", "docx,pdf,html,md")
    assert (said.code, len(list((two.root / "dist/p").iterdir()))) == (0, 4), said.out + said.err
    ((_, author, date), *_) = revisions(two.root / "dist/p/p-redline.docx")
    assert (author, date[:4] in ("1970", "2200", "9999")) == ("x" * 200, True)
    assert max(map(len, redline("v2", made, "--summary").out.splitlines())) < 400


def test_same_revisions_same_bytes(two, redline, tmp_path):
    for name in ("a", "b"):
        redline("v1", "v2", "--to", "docx,pdf,html,md", "--out", str(tmp_path / name))
    for ending in ("docx", "pdf", "html", "md"):
        assert (tmp_path / "a" / f"p-redline.{ending}").read_bytes() == (tmp_path / "b" / f"p-redline.{ending}").read_bytes()


def test_a_redline_that_lost_text_is_not_kept_and_no_older_one_is_left(two, redline, monkeypatch):
    from penholder.adapters import word

    assert redline("v1", "v2", "--to", "docx,md").code == 0
    path = two.root / "dist/p/p-redline.docx"
    assert path.exists()
    monkeypatch.setattr(word, "accepted", word.rejected)  # so that the newer text is not where it should be
    said = redline("v1", "v2", "--to", "docx,md")
    assert said.code == 1
    assert "LOST001" in said.out
    assert "DOCX was not written" in said.out
    assert not path.exists()
    assert (two.root / "dist/p/p-redline.md").exists()


def test_the_word_file_says_what_it_compares(two, redline):
    redline("v1", "v2", "--to", "docx")
    properties = word.read_text((two.root / "dist/p/p-redline.docx").read_bytes()).properties
    assert re.fullmatch(
        r"Redline: what changed from v1 to v2; v1: commit \w{10}, 2 January 2030; v2: commit \w{10}, 3 January 2030", properties["Redline"]
    )


# what becomes of a section --------------------------------------------------------------------------


LONG = "# Evidence\n\n" + "\n\n".join(f"Paragraph {n} tells what was found in district {n} by those who asked." for n in range(8)) + "\n"


def became(redline, *revisions) -> dict[str, str]:
    return {s["title"]: s["became"] for s in redline(*revisions, "--summary", "--format", "json").data["sections"]}


def test_a_renamed_section(repository, redline):
    repository.section(LONG)
    repository.commit(tag="v1")
    (repository.bench.folder / "sections/10-a.md").unlink()
    repository.bench.sections = []
    repository.section(LONG.replace("# Evidence", "# What was found"), "10-found.md")
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"What was found": "renamed from “Evidence”"}


def test_a_section_that_came_and_one_that_went(repository, redline):
    repository.section(LONG)
    repository.section("# Aside\n\nWhat nobody needed in the end, and is gone.\n", "20-b.md")
    repository.commit(tag="v1")
    repository.bench.paper(sections=["10-a.md", "30-c.md"])
    (repository.bench.folder / "sections/20-b.md").unlink()
    repository.bench.section("30-c.md", "# Outlook\n\nOf things to come there is little that could be said.\n", listed=False)
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"Evidence": "", "Aside": "deleted", "Outlook": "new"}


def test_a_moved_section(repository, redline):
    repository.section(LONG)
    repository.section("# Method\n\nWe asked those who live there, twice, and wrote it down.\n", "20-b.md")
    repository.commit(tag="v1")
    repository.bench.paper(sections=["20-b.md", "10-a.md"])
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"Method": "moved", "Evidence": ""}
    counts = redline("v1", "v2", "--summary", "--format", "json").data["words"]
    assert (counts["inserted"], counts["deleted"]) == (0, 0)
    assert counts["moved"] > 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("# A", "1", "## B", "2", "### C", "3", "### D", "4"), ("# A", "1", "2", "# N", "3", "4")),
        (("# A", "1", "## B", "2", "# N", "3", "4"), ("# A", "1", "## B", "2", "3", "### C", "4")),
        (("# A", "1", "## B", "2", "### C", "3", "# E", "## F", "4", "5"), ("# A", "1", "## B", "2", "### C", "3", "4", "#### G", "5")),
    ],
)
def test_headings_of_two_versions_skip_no_level_between_them(repository, redline, old, new):
    for tag, lines in (("v1", old), ("v2", new)):
        text = (line if line[0] == "#" else f"What {line} says stands nowhere else, and {line} says it {line} times." for line in lines)
        repository.section("\n\n".join(text) + "\n")
        repository.commit(tag=tag)
    said = redline("v1", "v2", "--to", "pdf,html")
    assert said.code == 0, said.out


def test_a_split_section(repository, redline):
    first, second = LONG[: LONG.index("Paragraph 4")], LONG[LONG.index("Paragraph 4") :]
    repository.section(LONG)
    repository.commit(tag="v1")
    repository.section(first)
    repository.section("# More evidence\n\n" + second, "20-b.md")
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"Evidence": "split: the rest is “More evidence”", "More evidence": "split from “Evidence”"}
    data = redline("v1", "v2", "--summary", "--format", "json").data
    assert data["words"] == {"inserted": 2, "deleted": 0, "moved": 0}


def test_a_paragraph_that_moved_over_splits_nothing(repository, redline):
    last = "Paragraph 7 tells what was found in district 7 by those who asked."
    repository.section(LONG)
    repository.section("# Method\n\nWe asked those who live there, twice, and wrote it down.\n", "20-b.md")
    repository.commit(tag="v1")
    repository.section(LONG.replace(f"\n\n{last}", ""))
    repository.section(f"# Method\n\nWe asked those who live there, twice, and wrote it down.\n\n{last}\n", "20-b.md")
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"Evidence": "", "Method": "with text from “Evidence”"}


def test_two_sections_become_one(repository, redline):
    method = "We asked those who live there, twice, and wrote it down, so that others can read it too."
    repository.section(LONG)
    repository.section(f"# Method\n\n{method}\n", "20-b.md")
    repository.commit(tag="v1")
    (repository.bench.folder / "sections/20-b.md").unlink()
    repository.bench.paper(sections=["10-a.md"])
    repository.bench.section("10-a.md", f"{LONG}\n{method}\n", listed=False)
    repository.commit(tag="v2")
    assert became(redline, "v1", "v2") == {"Evidence": "joined from “Evidence” and “Method”"}


# bad input ------------------------------------------------------------------------------------------


def test_no_repository(bench):
    from penholder.cli.main import run

    bench.section("10-a.md", ONE)
    assert run(["-C", str(bench.root), "redline", "p", "HEAD"]) == 2


@pytest.mark.parametrize("revision", ["nosuch", "--output=x", "v1..v2", "HEAD:papers", "", "v1\nv2"])
def test_a_revision_that_is_none_is_one_line(two, redline, revision):
    said = redline("--", revision)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("penholder: ")
    assert len(said.err.splitlines()) <= 2
    assert not (two.root / "dist").exists()


def test_a_paper_that_is_none(two, redline):
    said = redline("v1", paper="q")
    assert said.code == 2
    assert said.err == "penholder: there is no paper called 'q' here (papers: p)\n  Name one of them.\n"


def test_a_redline_is_of_one_paper(two, redline):
    two.bench.file("papers/q/paper.yaml", "schema_version: 1\ntitle: Q\n")
    said = redline("v1", paper=str(two.root))
    assert said.code == 2
    assert "more than one paper" in said.err


def test_a_version_with_faults_is_redlined_as_far_as_it_goes(repository, redline):
    repository.section("# A\n\nGood text stands here.\n\n{{ nosuch }}\n")
    repository.commit(tag="v1")
    repository.section("# A\n\nGood text stands here still.\n")
    repository.commit(tag="v2")
    said = redline("v1", "v2", "--to", "docx")
    assert said.code == 1
    assert "v1:papers/p/sections/10-a.md:5" in said.out
    assert (repository.root / "dist/p/p-redline.docx").exists()
    found = redline("v1", "v2", "--summary", "--format", "json").data["findings"]
    assert [(f["path"], f["line"], f["severity"]) for f in found] == [("v1:papers/p/sections/10-a.md", 5, "error")]


def test_a_folder_that_leads_out_of_the_workspace_is_refused(two, redline, tmp_path):
    (two.root / "dist").symlink_to(tmp_path, target_is_directory=True)
    said = redline("v1", "v2", "--to", "md")
    assert said.code == 2
    assert list(tmp_path.glob("p/*")) == []


def test_an_unknown_format(two, redline):
    said = redline("v1", "v2", "--to", "odt")
    assert said.code == 2
    assert "choose from docx, pdf, html, md" in said.err


def test_a_paper_that_may_not_be_published_has_no_redline(two, redline):
    two.bench.file("penholder.toml", 'schema_version = 1\nvisibility = "public"\n')
    two.bench.file(
        "papers/p/submissions/pac.yaml",
        "schema_version: 1\nprofile: uk-select-committee\nstatus: submitted\n",
    )
    said = redline("v1", "--to", "md")
    assert not (two.root / "dist/p/p-redline.md").exists() or said.code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_ctrl_c_leaves_nothing_behind(two, tmp_path):
    command = [sys.executable, "-m", "penholder", "-C", str(two.root), "redline", "p", "v1", "v2"]
    own = tmp_path / "tmp"
    own.mkdir()
    process = subprocess.Popen(
        command, env=two.bench.environment(TMPDIR=str(own)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until and not any(own.iterdir()):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130), err
    assert "Traceback" not in err
    assert [p.name for p in two.root.glob("dist/p/*") if not p.name.startswith("p-redline.")] == []
    assert list(own.iterdir()) == []
