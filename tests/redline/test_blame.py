"""Whose words these are: whoever wrote them, not whoever broke the lines anew; and whoever took them out."""

from __future__ import annotations

import subprocess

import pytest

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.errors import UnusableError
from penholder.features.redline.authorship import OneAuthor, TextAuthors
from penholder.features.redline.blame import Attribution, Author
from penholder.features.redline.documents import merge_documents
from penholder.features.redline.versions import open_versions
from penholder.features.redline.words import words_of
from penholder.stages.resolve.changes import change_of
from samples import PNG


@pytest.fixture
def attributed(repository, worker):
    """The attribution of two versions, as sentences: ``who put "word" in``, ``who took "word" out``."""

    def go(old: str, new: str | None = None, slug: str = "p") -> Whose:
        with open_versions(repository.root, slug, old, new, worker) as (before, after):
            return Whose(Attribution(before, after), before, after, repository)

    return go


class Whose:
    def __init__(self, attribution, old, new, repository):
        self.attribution, self._old, self._new = attribution, old, new
        self._days = {repository.date(day): day for day in range(400)}

    def put(self, word: str, section: str = "10-a", nth: int = 0) -> tuple[str, int]:
        return self._said(self.attribution.inserted(section, self._at(self._new, word, section, nth)))

    def took(self, word: str, section: str = "10-a", nth: int = 0) -> tuple[str, int]:
        return self._said(self.attribution.deleted(section, self._at(self._old, word, section, nth)))

    def _said(self, author: Author) -> tuple[str, int]:
        return author.name, self._days[author.date]

    def _at(self, version, word, section, nth):
        words = words_of(next(s.blocks for s in version.document.sections if s.text.section.slug == section))
        return [n for n, w in enumerate(words) if w == word][nth]


BASE = "# A\n\nThe council meets on Monday in the old hall of the town.\nIt decides by vote.\n"


def test_a_word_is_its_author_s_whoever_reflows_it_and_whoever_deletes_it_is_named(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("Monday", "Monday evening"))
    repository.commit("Anna")  # day 2
    reflowed = "# A\n\nThe council\nmeets on Monday\nevening in the old hall\nof the town. It decides\nby vote.\n"
    repository.section(reflowed)
    repository.commit("Ben", tag="v2")  # day 3
    repository.section(reflowed.replace("evening ", "").replace("evening\n", "").replace("old ", "large "))
    repository.commit("Cleo", tag="v3")  # day 4
    assert attributed("v1", "v2").put("evening") == ("Anna", 2)
    whose = attributed("v2", "v3")
    assert whose.took("evening") == ("Cleo", 4)
    assert (whose.took("old"), whose.put("large")) == (("Cleo", 4), ("Cleo", 4))
    assert attributed("v1", "v3").took("old") == ("Cleo", 4)


def test_punctuation_alone_is_a_change_of_its_own(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("vote.", "vote!"))
    repository.commit("Anna")
    repository.section(BASE.replace("vote.", "vote!").replace("town.", "city."))
    repository.commit("Ben")
    whose = attributed("v1", "HEAD")
    assert (whose.put("vote!"), whose.took("vote.")) == (("Anna", 2), ("Anna", 2))
    assert (whose.put("city."), whose.took("town.")) == (("Ben", 3), ("Ben", 3))


def test_branches_that_were_merged_keep_their_authors(repository, attributed):
    lines = [f"Sentence number {n} stands here.\n" for n in range(12)]
    repository.section("# A\n\n" + "".join(lines))
    repository.commit("Editor", tag="v1")
    repository.git("checkout", "-q", "-b", "side")
    repository.section("# A\n\n" + "".join(["Sentence number zero stands here.\n", *lines[1:]]))
    repository.commit("Anna")  # day 2
    repository.git("checkout", "-q", "main")
    repository.section("# A\n\n" + "".join([*lines[:11], "Sentence number last stands here.\n"]))
    repository.commit("Ben")  # day 3
    repository.git("merge", "-q", "--no-ff", "side", "-m", "merge")
    whose = attributed("v1", "HEAD")
    assert (whose.put("zero"), whose.took("0")) == (("Anna", 2), ("Anna", 2))
    assert (whose.put("last"), whose.took("11")) == (("Ben", 3), ("Ben", 3))


def test_a_branch_that_began_before_the_older_version(repository, attributed):
    lines = [f"Sentence number {n} stands here.\n" for n in range(12)]
    repository.section("# A\n\n" + "".join(lines))
    repository.commit("Editor")
    repository.git("branch", "side")
    repository.section("# A\n\n" + "".join([*lines[:11], "Sentence number last stands here.\n"]))
    repository.commit("Ben", tag="v1")
    repository.git("checkout", "-q", "side")
    repository.section("# A\n\n" + "".join(["Sentence number zero stands here.\n", *lines[1:]]))
    repository.commit("Anna")  # day 3
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "side", "-m", "merge")
    whose = attributed("v1", "HEAD")
    assert (whose.put("zero"), whose.took("0")) == (("Anna", 3), ("Anna", 3))


def test_versions_on_two_branches(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor")
    repository.git("checkout", "-q", "-b", "side")
    repository.section(BASE.replace("hall", "barn"))
    repository.commit("Anna", tag="theirs")  # day 2
    repository.git("checkout", "-q", "main")
    repository.section(BASE.replace("Monday", "Friday"))
    repository.commit("Ben", tag="ours")  # day 3
    whose = attributed("theirs", "ours")
    assert (whose.put("Friday"), whose.took("Monday")) == (("Ben", 3), ("Ben", 3))
    assert whose.took("barn") == ("Ben", 3)  # nobody took it out: the newer version's commit answers


def test_a_section_that_was_renamed_on_the_way(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("Monday", "Friday"))
    repository.commit("Anna")  # day 2
    repository.git("mv", "papers/p/sections/10-a.md", "papers/p/sections/20-b.md")
    repository.bench.paper(sections=["20-b.md"])
    repository.commit("Ben")  # day 3
    repository.bench.section("20-b.md", BASE.replace("Monday", "Friday").replace("hall", "barn"), listed=False)
    repository.commit("Cleo", tag="v2")  # day 4
    whose = attributed("v1", "v2")
    assert (whose.put("Friday", "20-b"), whose.took("Monday")) == (("Anna", 2), ("Anna", 2))
    assert (whose.put("barn", "20-b"), whose.took("hall")) == (("Cleo", 4), ("Cleo", 4))


def test_a_section_whose_name_another_one_has_taken(repository, attributed):
    repository.section(BASE)
    repository.section("# B\n\nQuite other words stand here, and none of them stays.\n", "20-b.md")
    repository.commit("Editor", tag="v1")
    (repository.root / "papers/p/sections/20-b.md").unlink()
    repository.commit("Anna")
    repository.git("mv", "papers/p/sections/10-a.md", "papers/p/sections/20-b.md")
    repository.bench.paper(sections=["20-b.md"])
    repository.commit("Ben", tag="v2")  # day 3
    assert attributed("v1", "v2").took("Quite", "20-b") == ("Ben", 3)


def test_a_section_that_only_one_of_two_branches_has(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor")
    repository.git("checkout", "-q", "-b", "side")
    repository.section("# B\n\nTheir words.\n", "20-b.md")
    repository.commit("Anna", tag="theirs")
    repository.git("checkout", "-q", "main")
    repository.section("# B\n\nOur own text.\n", "20-b.md")
    repository.bench.paper(sections=["10-a.md", "20-b.md"])
    repository.commit("Ben", tag="ours")  # day 3
    whose = attributed("theirs", "ours")
    assert (whose.put("Our", "20-b"), whose.took("Their", "20-b")) == (("Ben", 3), ("Ben", 3))


def test_a_paper_that_was_renamed_on_the_way(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.git("mv", "papers/p", "papers/q")
    repository.commit("Ben")
    repository.bench.file("papers/q/sections/10-a.md", BASE.replace("Monday", "Friday"))
    repository.commit("Anna", tag="v2")  # day 3
    whose = attributed("v1", "v2", "q")
    assert (whose.put("Friday"), whose.took("Monday")) == (("Anna", 3), ("Anna", 3))


def test_a_section_that_was_deleted_or_taken_out_of_the_list(repository, attributed):
    repository.section(BASE)
    repository.section(BASE.replace("council", "board"), "20-b.md")
    repository.section(BASE.replace("council", "panel"), "30-c.md")
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("council", "board").replace("Monday ", ""), "20-b.md")
    repository.commit("Anna")  # day 2
    (repository.root / "papers/p/sections/20-b.md").unlink()
    repository.commit("Ben")  # day 3
    repository.bench.paper(sections=["10-a.md"])
    repository.commit("Cleo")  # day 4
    repository.bench.file("papers/p/data/x.csv", "a,b\n")
    repository.commit("Dan", tag="v2")
    whose = attributed("v1", "v2")
    assert whose.took("Monday", "20-b") == ("Anna", 2)
    assert whose.took("board", "20-b") == ("Ben", 3)
    assert whose.took("panel", "30-c") == ("Cleo", 4)


def test_what_is_not_committed_is_the_editor_s_at_the_time_of_the_last_commit(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("Monday", "Friday"))
    repository.commit("Anna")  # day 2
    repository.section(BASE.replace("Monday", "Friday").replace("hall", "barn"))
    repository.section("# B\n\nNew.\n", "20-b.md")
    whose = attributed("v1")
    assert (whose.put("Friday"), whose.took("Monday")) == (("Anna", 2), ("Anna", 2))
    assert (whose.put("barn"), whose.took("hall")) == (("Editor Here", 2), ("Editor Here", 2))
    assert whose.put("New.", "20-b") == ("Editor Here", 2)
    repository.git("config", "user.name", "")
    assert attributed("v1").put("barn") == ("Not committed", 2)


def test_what_no_section_says_is_whose_file_says_it(repository, attributed):
    repository.section('# A\n\nWords [@alpha2020].\n\n{% include "about.md" %}\n')
    repository.bench.file("templates/partials/about.md", "About old us.\n")
    repository.commit("Editor", tag="v1")
    repository.bench.file("templates/partials/about.md", "About new us.\n")
    repository.commit("Anna")  # day 2
    repository.bench.paper("subtitle: New\n")
    repository.commit("Ben")  # day 3
    repository.bench.file("README.md", "x")
    repository.commit("Cleo", tag="v2")  # day 4
    whose = attributed("v1", "v2")
    assert whose.put("new") == whose.took("old") == ("Anna", 2)
    assert whose._said(whose.attribution.of_library()) == ("Anna", 2)
    assert whose._said(whose.attribution.of_paper()) == ("Ben", 3)
    same = attributed("v2", "v2")
    assert same._said(same.attribution.of_paper()) == ("Cleo", 4)


def test_what_a_section_is_filled_with_is_not_whose_touched_its_file(repository, attributed):
    long = "\n\n".join(f"Paragraph {n} says at some length what nobody disputes." for n in range(9))
    repository.section(f"# A\n\n{{% include \"about.md\" %}}\n\n{long}\n\nThe end is here.\n")
    repository.bench.file("templates/partials/about.md", "About old us.\n")
    repository.commit("Editor", tag="v1")
    repository.bench.file("templates/partials/about.md", "About new us.\n")
    repository.commit("Anna")  # day 2
    repository.section(f"# A\n\n{{% include \"about.md\" %}}\n\n{long}\n\nThe end is near.\n")
    repository.commit("Ben", tag="v2")  # day 3
    whose = attributed("v1", "v2")
    assert whose.put("new") == whose.took("old") == ("Anna", 2)
    assert whose.put("near.") == ("Ben", 3)


def test_the_cover_is_not_whose_lists_a_section(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.bench.paper("subtitle: New\n")
    repository.commit("Anna")  # day 2
    repository.section("# B\n\nMore of it.\n", "20-b.md")
    repository.commit("Ben", tag="v2")  # day 3
    whose = attributed("v1", "v2")
    assert whose._said(whose.attribution.of_cover()) == ("Anna", 2)
    assert whose._said(whose.attribution.of_paper()) == ("Ben", 3)
    assert whose._said(attributed("v2", "v2").attribution.of_cover()) == ("Ben", 3)


def test_front_matter_and_marks_of_markdown_are_no_words(repository, attributed):
    text = '---\ntitle: Old council\nowner: anna\n---\n\n# A\n\nThe **old** council’s "plan" -- see [the *old* page](https://old.example/old).[^1]\n\n[^1]: An old note.\n'
    repository.section(text)
    repository.commit("Editor", tag="v1")
    repository.section(text.replace("**old**", "**new**").replace("title: Old", "title: New"))
    repository.commit("Anna")  # day 2
    repository.section(text.replace("**old**", "**new**").replace("title: Old", "title: New").replace("An old", "A late"))
    repository.commit("Ben", tag="v2")  # day 3
    whose = attributed("v1", "v2")
    assert (whose.put("new"), whose.took("old")) == (("Anna", 2), ("Anna", 2))
    assert (whose.put("late"), whose.took("old", nth=2)) == (("Ben", 3), ("Ben", 3))


def test_a_shallow_clone_that_lacks_the_way_between_says_so(repository, worker, tmp_path):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    for number in range(4):
        repository.section(BASE + f"\nMore {number}.\n")
        repository.commit("Anna", tag=f"v{number + 2}")
    clone = tmp_path / "clone"
    run = lambda *a: subprocess.run(["git", *a], check=True, capture_output=True)  # noqa: E731
    run("clone", "-q", "--depth", "2", "--branch", "v5", repository.root.as_uri(), str(clone))
    with open_versions(clone, "p", "HEAD~1", "HEAD", worker) as (old, new):
        assert Attribution(old, new).of_paper().name == "Anna"
    run("-C", str(clone), "fetch", "-q", "--depth", "1", "origin", "tag", "v1")
    with open_versions(clone, "p", "v1", "HEAD", worker) as (old, new), pytest.raises(UnusableError) as caught:
        Attribution(old, new)
    assert "git fetch --unshallow" in caught.value.remedy


def test_names_are_those_of_the_mailmap_and_the_workspace_may_be_a_folder_of_the_repository(bench, worker, tmp_path):
    run = lambda *a: subprocess.run(  # noqa: E731
        ["git", "-c", "user.name=anna_x", "-c", "user.email=anna@old.example", *a], cwd=tmp_path, check=True, capture_output=True
    )
    (tmp_path / ".mailmap").write_text("Anna Author <anna@example.org> <anna@old.example>\n")
    bench.section("10-a.md", BASE)
    run("init", "-q")
    run("add", ".mailmap", "work")
    run("commit", "-q", "-m", "x")
    bench.section("10-a.md", BASE.replace("Monday", "Friday"))
    run("commit", "-q", "-a", "-m", "y")
    run("config", "user.name", "Editor Here")
    bench.section("10-a.md", BASE.replace("Monday", "Friday").replace("vote", "lot"))
    with open_versions(bench.root, "p", "HEAD~1", None, worker) as (old, new):
        words, attribution = words_of(new.document.sections[0].blocks), Attribution(old, new)
        assert attribution.inserted("10-a", words.index("Friday")).name == "Anna Author"
        assert attribution.inserted("10-a", words.index("lot.")).name == "Editor Here"
        assert attribution.of_library().name == "Anna Author"


def test_files_that_end_their_lines_otherwise_or_are_not_utf_8_have_authors_too(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.bench.section("10-a.md", BASE.replace("Monday", "Friday").replace("\n", "\r\n").encode())
    repository.commit("Anna")  # day 2
    repository.bench.section("10-a.md", BASE.replace("Monday", "Friday").replace("hall", "caf\xe9").encode("latin-1"))
    repository.commit("Ben", tag="v2")  # day 3
    whose = attributed("v1", "v2")
    assert (whose.put("Friday"), whose.took("Monday"), whose.took("hall")) == (("Anna", 2), ("Anna", 2), ("Ben", 3))


def test_the_newer_revision_may_be_the_older_one_and_words_may_come_back(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")  # day 1
    repository.section(BASE.replace("Monday ", ""))
    repository.commit("Anna", tag="v2")  # day 2
    repository.section(BASE)
    repository.commit("Ben", tag="v3")  # day 3
    assert attributed("v2", "v3").put("Monday") == ("Ben", 3)
    assert attributed("v2", "v1").put("Monday") == ("Editor", 1)


def test_what_was_put_in_twice_is_the_last_hand_s(repository, attributed):
    repository.section(BASE)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("Monday", "Monday evening"))
    repository.commit("Anna")
    repository.section(BASE)
    repository.commit("Ben")
    repository.section(BASE.replace("Monday", "Monday evening"))
    repository.commit("Cleo", tag="v2")  # day 4
    assert attributed("v1", "v2").put("evening") == ("Cleo", 4)


def test_a_merged_tree_bears_the_names_of_those_who_changed_it(repository, worker):
    note = "\nA mark.[^n]\n\n[^n]: A note.\n"
    repository.section(BASE + note)
    repository.commit("Editor", tag="v1")
    repository.section(BASE.replace("Monday", "Monday *evening*") + note)
    repository.commit("Anna")  # day 2
    late = note.replace("A note", "A late note").replace("mark.", "mark.[^m]") + "\n[^m]: Anew.\n\nA whole paragraph.\n"
    repository.section(BASE.replace("Monday", "Monday *evening*").replace("old ", "") + late)
    repository.commit("Ben")  # day 3
    repository.bench.file("papers/p/figures/x.png", PNG)
    repository.bench.file("citations/other.bib", "")
    repository.commit("Cleo")  # day 4
    text = (repository.root / "papers/p/sections/10-a.md").read_text()
    repository.section(text.replace("A whole", '![A picture](../figures/x.png){alt="seen"}\n\nA whole'))
    repository.commit("Dan", tag="v2")  # day 5
    with open_versions(repository.root, "p", "v1", "v2", worker) as (old, new):
        authors = TextAuthors(old, new)
        merged = merge_documents(old.document, new.document, authors, OneAuthor(authors.of_library()))
    marks = [n for n in tree.visit(merged.document.sections[0].blocks) if n["t"] in ("Span", "Div") and change_of(n["c"][0])]
    said = {tree.text_of([n], notes=True).strip(): change_of(n["c"][0]) for n in marks}
    picture = next(text for text in said if "picture" in text)
    assert said == {
        "evening": Change("inserted", "Anna", repository.date(2)),
        "old": Change("deleted", "Ben", repository.date(3)),
        "A note.": Change("deleted", "Ben", repository.date(3)),
        "A late note.": Change("inserted", "Ben", repository.date(3)),
        "Anew.": Change("inserted", "Ben", repository.date(3)),
        "A whole paragraph.": Change("inserted", "Ben", repository.date(3)),
        picture: Change("inserted", "Dan", repository.date(5)),
    }
