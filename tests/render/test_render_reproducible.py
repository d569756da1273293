"""The same input gives the same bytes anywhere; another input gives others, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from render_tools import DATE, ROOT, SLUG, Outputs, copy_workspace, git, same

PAPER = f"papers/{SLUG}"


def clone(own: Path, folder: Path) -> Path:
    """The same commits in another folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "-q", str(own), str(folder)], check=True, capture_output=True)
    return folder


def spawn(root: Path, **env: str) -> Outputs:
    """Build in a process of its own."""
    command = [sys.executable, "-m", "penholder", "-C", str(root), "build", "--to", "docx,pdf,html"]
    base = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, env={**base, "PYTHONPATH": str(ROOT / "tool"), **env}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Outputs.of(root / "dist" / SLUG, SLUG)


def test_another_place_person_and_language_change_nothing(own: Path, paper: Outputs, tmp_path: Path) -> None:
    there = clone(own, tmp_path / "a much longer path, with spaces" / "work")
    (tmp_path / "home").mkdir()
    other = spawn(
        there, TZ="Pacific/Kiritimati", HOME=str(tmp_path / "home"), USER="somebody", LOGNAME="somebody", LANG="tr_TR.UTF-8",
        LC_ALL="C.UTF-8", PYTHONHASHSEED="7", COLUMNS="40",
    )  # fmt: skip
    assert other.docx == paper.docx
    assert other.pdf == paper.pdf
    assert other.html == paper.html


def test_an_unrelated_commit_changes_nothing_and_a_related_one_does(own: Path, paper: Outputs, tmp_path: Path) -> None:
    there = clone(own, tmp_path / "work")
    (there / "README.md").write_text("About something else.\n")
    git(there, "add", "-A")
    git(there, "commit", "-q", "-m", "unrelated", date="2026-11-21T10:00:00+00:00")
    assert spawn(there) == paper
    section = there / PAPER / "sections/70-review.md"
    section.write_text(section.read_text().replace("A good review is short.", "A good review is brief."))
    git(there, "commit", "-q", "-am", "related", date="2026-11-22T10:00:00+00:00")
    other = spawn(there)
    commit = git(there, "rev-parse", "HEAD")[:10]
    assert (other.docx != paper.docx, other.pdf != paper.pdf, other.html != paper.html) == (True, True, True)
    assert f"commit{commit}" in same(other.pages[0])
    assert "Agoodreviewisbrief." in same("".join(other.word_texts()))


def test_what_is_not_committed_is_a_draft_that_says_so(own: Path, tmp_path: Path) -> None:
    there = clone(own, tmp_path / "work")
    commit = git(there, "rev-parse", "HEAD")[:10]
    section = there / PAPER / "sections/70-review.md"
    section.write_text(section.read_text() + "\nOne more sentence.\n")
    made = spawn(there)
    edition = same(f"commit {commit}, modified")
    for page in (0, 1, -1):
        assert edition in same(made.pages[page])
        assert "DRAFT" in made.pages[page]
    assert same("DRAFT") in same("".join(made.word_texts()[:12]))
    footer = "".join(made.part("word/footer1.xml").itertext())
    assert edition in same(footer)
    assert "DRAFT" in footer
    properties = {p.get("name"): "".join(p.itertext()) for p in made.part("docProps/custom.xml")}
    assert (same(properties["Edition"]), properties["Status"]) == (edition, "Draft")
    page = same("".join(made.web.blocks))
    assert edition in page
    assert "DRAFT" in page


def test_the_time_is_the_commit_s(paper: Outputs) -> None:
    assert b"2026-11-20T10:00:00Z" in _part(paper.docx, "docProps/core.xml")
    assert b"D:20261120100000" in paper.pdf
    assert datetime.fromisoformat(DATE).year == 2026
    with zipfile.ZipFile(BytesIO(paper.docx)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_source_date_epoch_is_honoured(own: Path, tmp_path: Path) -> None:
    there = clone(own, tmp_path / "work")
    epoch = int(datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp())
    made = spawn(there, SOURCE_DATE_EPOCH=str(epoch))
    assert b"2027-01-02T03:04:05Z" in _part(made.docx, "docProps/core.xml")
    assert b"D:20270102030405" in made.pdf


@pytest.mark.slow
def test_without_git_the_paper_builds_all_the_same(tmp_path: Path) -> None:
    made = spawn(copy_workspace(tmp_path / "work"))
    assert "commit unknown" in made.pages[0]
    assert "DRAFT" in made.pages[0], "what no commit holds cannot be told from a copy that somebody changed"
    assert b"2026-11-22T00:00:00Z" in _part(made.docx, "docProps/core.xml")


@pytest.mark.slow
def test_no_file_names_this_machine(own: Path, paper: Outputs) -> None:
    """Neither the folder nor the user's name is in what is sent away."""
    with zipfile.ZipFile(BytesIO(paper.docx)) as package:
        whole = b"".join(package.read(name) for name in package.namelist()) + paper.pdf + paper.html
    for secret in (str(own), str(own.parent), str(Path.home()) + "/", "/tmp/"):
        assert secret.encode() not in whole


def _part(docx: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return package.read(name)
