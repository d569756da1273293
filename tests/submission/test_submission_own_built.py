"""The workspace's own two submissions: they pass their checks, fit, and say only what the paper's library supports."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from penholder.features.submission.checking.run import while_building
from penholder.features.submission.opening import open_submission
from penholder.features.submission.package import Package, make_package
from penholder.features.submission.standing import standing_of
from penholder.findings import Severity
from penholder.stages.discover import discover

ROOT = Path(__file__).parent.parent.parent
SLUG = "social-value-commissioning"
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace as a stranger gets it: no private/, no dist/."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("papers", "citations", "templates", "contributors.yaml", "penholder.toml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def package(root: Path, name: str, worker: Any, compiler: Any) -> Package:
    workspace, _ = discover(root)
    submission, findings = open_submission(workspace, SLUG, name)
    standing, _ = standing_of(root, SLUG, name)
    return make_package(submission, findings.sorted(), standing, worker, compiler, check=while_building(submission, worker, compiler, now=NOW))


def test_written_evidence_to_a_commons_committee(copy: Path, worker: Any, compiler: Any) -> None:
    made = package(copy, "commons-evidence", worker, compiler)
    assert [f for f in made.findings if f.severity > Severity.NOTE] == []
    assert 2000 < made.measured.words <= 3000 and made.measured.rule == "everything counted"
    assert len(made.sent) == 1 and made.sent[0].endswith(".docx") and not made.draft
    assert "committee" in made.submission.file.addressee and "illustrative" in made.submission.file.addressee


def test_an_answer_to_a_consultation_of_nine_questions(copy: Path, worker: Any, compiler: Any) -> None:
    made = package(copy, "consultation", worker, compiler)
    assert [f for f in made.findings if f.severity > Severity.NOTE] == []
    assert [a.question.id for a in made.answers] == [f"Q{i}" for i in range(1, 10)] and made.sent == ()
    assert all(a.fits and a.limit == 2000 and a.length.one > 500 for a in made.answers)
    assert {n for n in made.files if n.startswith("answers/")} == {f"answers/Q{i:02}.txt" for i in range(1, 10)}
    assert made.submission.file.inquiry and "illustrative" in made.submission.file.inquiry.name


@pytest.mark.parametrize("name", ["commons-evidence", "consultation"])
def test_built_twice_it_has_the_same_bytes(copy: Path, worker: Any, compiler: Any, name: str) -> None:
    assert package(copy, name, worker, compiler).files == package(copy, name, worker, compiler).files
