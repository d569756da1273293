"""From what a person types to a commit and its files: nothing hostile gets through, every refusal says what to do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from penholder.adapters import history
from penholder.errors import PenholderError, UnusableError, UsageError


@pytest.fixture
def two(repository):
    """Two commits, tagged v1.0 and v2.0."""
    repository.section("# A\n\nFirst.\n")
    repository.commit("Anna", tag="v1.0")
    repository.section("# A\n\nSecond.\n")
    repository.commit("Ben", tag="v2.0")
    return repository


def refusal(root, revision) -> PenholderError:
    with pytest.raises(PenholderError) as caught:
        history.commit_of(root, revision)
    assert "\n" not in caught.value.message
    assert caught.value.remedy
    return caught.value


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("revision", ["v1.0", "HEAD~1", "main^", "main~1", "v1.0^{}", ":/Work of Anna", "refs/tags/v1.0"])
def test_every_name_git_understands_is_understood(two, revision):
    commit = history.commit_of(two.root, revision)
    assert (commit.hash, commit.author, commit.date, commit.subject) == (
        two.git("rev-parse", "v1.0"), "Anna", two.date(1), "Work of Anna",
    )  # fmt: skip
    assert history.commit_of(two.root, commit.hash[:7]) == commit


HOSTILE = [
    "", " ", "--output=x", "-n1", "--all", "-h", "--", "a\nb", "HEAD\0", "HEAD\n--output=x", "; rm -rf .", "$(touch x)", "`touch x`",
    "| touch x", "HEAD:papers", "HEAD:penholder.toml", "HEAD^{tree}", "v1.0..v2.0", "v1.0...v2.0", "^HEAD", "HEAD^@", "HEAD^!",
    "--upload-pack=touch x", "\udcff", "é" * 5000, "@{999}", ":0:penholder.toml",
]  # fmt: skip


@pytest.mark.parametrize("revision", HOSTILE)
def test_a_hostile_name_is_no_option_and_runs_nothing(two, revision):
    before = listed(two.root)
    assert isinstance(refusal(two.root, revision), UsageError)
    assert listed(two.root) == before


def test_a_file_or_a_range_is_called_what_it_is(two):
    assert "not a commit" in refusal(two.root, "HEAD:papers").message
    assert "range" in refusal(two.root, "v1.0..v2.0").message


def test_an_unknown_revision_brings_the_nearest_names(two):
    assert "did you mean v1.0" in refusal(two.root, "v1.00").message
    assert "the latest are" in refusal(two.root, "nothing-like-it").message


def test_a_folder_that_is_no_repository(bench):
    error = refusal(bench.root, "HEAD")
    assert "not in a Git repository" in error.message


def test_a_repository_without_commits(repository):
    assert "no commits yet" in refusal(repository.root, "HEAD~1").message


def test_a_shallow_clone_says_how_to_deepen_it(two, tmp_path):
    subprocess.run(["git", "clone", "-q", "--depth", "1", two.root.as_uri(), str(tmp_path / "clone")], check=True)
    for revision in ("HEAD~1", "v1.0"):
        error = refusal(tmp_path / "clone", revision)
        assert isinstance(error, UnusableError)
        assert "git fetch --unshallow" in error.remedy


def test_a_log_that_does_not_go_back_so_far(two):
    assert "goes back to" in refusal(two.root, "main@{40 years ago}").message


def test_no_git(two, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(two.root, "HEAD").message == "Git is not installed"


def test_a_name_with_control_characters_and_a_date_beyond_all(two):
    tree = two.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor A\x1bB\u202e\ue000 \u06cc\u200c\u06a9 <a@b> 99999999999999 +0000\ncommitter C <c@d> 1 +0000\n\nx\n"
    made = two.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text.encode())
    commit = history.commit_of(two.root, made)
    assert commit.author == "A B \u06cc\u200c\u06a9"
    assert commit.date.startswith(("9999", "1970"))


def test_mailmap_is_honoured(two):
    two.bench.file(".mailmap", "Anna Author <anna@example.org>\n")
    assert history.commit_of(two.root, "v1.0").author == "Anna Author"


# the files of a commit ------------------------------------------------------------------------------


def test_a_snapshot_is_the_bytes_that_were_committed(two, tmp_path):
    odd = {"crlf.txt": b"a\r\nb\r\n", "nul.bin": b"\0\n\0", "empty": b"", "ü\n\t'\".md": b"odd", "deep/er/x": b"y"}
    for name, data in odd.items():
        two.bench.file(name, data)
    two.bench.file(".gitattributes", "* text=auto export-subst filter=evil\n/crlf.txt export-ignore eol=crlf\n")
    two.git("config", "filter.evil.smudge", f"touch {tmp_path}/smudged")
    two.git("config", "core.autocrlf", "false")
    two.git("-c", "filter.evil.clean=cat", "add", "-A")
    commit = two.commit()
    assert history.snapshot(two.root, commit, tmp_path / "out") == []
    committed = two.git("ls-tree", "-r", "-z", "--name-only", commit).split("\0")[:-1]
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()} == set(committed)
    for name in committed:
        blob = subprocess.run(["git", "cat-file", "blob", f"{commit}:{name}"], cwd=two.root, capture_output=True, check=True).stdout
        assert (tmp_path / "out" / name).read_bytes() == blob
    assert not (tmp_path / "smudged").exists()


def test_a_workspace_in_a_folder_of_a_repository(two, tmp_path):
    two.bench.file("inner/penholder.toml", "schema_version = 1\n")
    commit = two.commit()
    history.snapshot(two.root / "inner", commit, tmp_path / "out")
    assert listed(tmp_path / "out") == ["penholder.toml"]


def tree_of(two, *lines: bytes) -> str:
    """A commit whose tree Git itself would refuse to make."""
    tree = b"".join(lines)
    made = two.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=tree)
    return two.git("commit-tree", made, "-m", "x")


def line(two, mode: str, name: str, content: bytes) -> bytes:
    blob = two.git("hash-object", "-w", "--stdin", given=content)
    return f"{mode} {name}".encode() + b"\0" + bytes.fromhex(blob)


def test_names_that_lead_out_are_left_out(two, tmp_path):
    inner = two.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", given=line(two, "100644", "evil", b"x"))
    up = b"40000 ..\0" + bytes.fromhex(inner)
    commit = tree_of(two, up, line(two, "100644", "good", b"g"))
    assert history.snapshot(two.root, commit, tmp_path / "a" / "out") == ["../evil"]
    assert sorted(p.name for p in (tmp_path / "a").rglob("*")) == ["good", "out"]


def test_links_are_links_and_nothing_is_written_through_them(two, tmp_path):
    inner = two.git("hash-object", "-t", "tree", "-w", "--stdin", given=line(two, "100644", "evil", b"x"))
    commit = tree_of(
        two, line(two, "120000", "a", os.fsencode(tmp_path / "elsewhere")), b"40000 a\0" + bytes.fromhex(inner)
    )
    (tmp_path / "elsewhere").mkdir()
    history.snapshot(two.root, commit, tmp_path / "out")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_submodules_are_left_alone(two, tmp_path):
    commit = tree_of(two, b"160000 module\0" + bytes.fromhex(two.git("rev-parse", "HEAD")), line(two, "100644", "x", b""))
    assert history.snapshot(two.root, commit, tmp_path / "out") == []
    assert listed(tmp_path / "out") == ["x"]


def test_a_partial_clone_fetches_nothing(two, tmp_path):
    two.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", two.root.as_uri(), str(clone)], check=True, capture_output=True)
    subprocess.run(["git", "config", "remote.origin.url", f"ext::touch {tmp_path}/fetched"], cwd=clone, check=True)
    with pytest.raises(UnusableError) as caught:
        history.snapshot(clone, history.commit_of(clone, "v1.0").hash, tmp_path / "out")
    assert "--filter" in caught.value.remedy
    assert not (tmp_path / "fetched").exists()


def test_a_renamed_paper_is_found_by_its_files(two):
    old = two.git("rev-parse", "HEAD")
    two.git("mv", "papers/p", "papers/q")
    assert history.renamed_from(two.root, old, None, "q") == "p"
    new = two.commit()
    assert history.renamed_from(two.root, old, new, "q") == "p"
    assert history.renamed_from(two.root, old, new, "p") == ""


def test_a_renamed_paper_whose_paper_yaml_is_new(two):
    long = "# A\n\n" + "".join(f"Sentence {n} of many words.\n" for n in range(30))
    two.section(long)
    old = two.commit()
    two.git("mv", "papers/p", "papers/q")
    Path(two.root / "papers/q/paper.yaml").write_text("schema_version: 1\ntitle: Nothing like it, and quite other words\n")
    assert history.renamed_from(two.root, old, two.commit(), "q") == "p"


def test_which_revisions_have_a_paper(two):
    path = "papers/p/paper.yaml"
    assert history.first_and_last(two.root, "p", path) == ("v1.0", "")
    two.git("rm", "-r", "-q", "papers/p")
    two.commit()
    assert history.first_and_last(two.root, "p", path) == ("v1.0", "v2.0")
    assert history.first_and_last(two.root, "none", "papers/none/paper.yaml") == ("", "")
