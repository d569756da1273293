"""The commands: profiles listed, shown and compared; a submission started."""

from __future__ import annotations

import contextlib
import io
import json
import re
from typing import Any

import pytest
from submission_desk import Desk

from penholder.features.profiles import profiles_of

HOUSES = [p.id for p in profiles_of() if p.file.kind == "house"]


def run(root: Any, *arguments: str) -> tuple[int, str, str]:
    from penholder.cli.main import run as command

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(["-C", str(root), *arguments])
    return code, out.getvalue(), err.getvalue()


def test_profiles_are_listed_outside_a_workspace_too(tmp_path: Any) -> None:
    code, out, _ = run(tmp_path, "profile", "list")
    assert code == 0 and all(name in out for name in HOUSES)
    code, out, _ = run(tmp_path, "profile", "list", "--format", "json")
    assert code == 0 and {p["id"] for p in json.loads(out)["profiles"]} == set(profiles_of().ids)


def test_a_profile_is_shown_with_who_says_so(tmp_path: Any) -> None:
    code, out, _ = run(tmp_path, "profile", "show", "uk-commons-select", "--overlay", "accessible")
    assert code == 0
    for words in ("at most 3,000 words", "publications.parliament.uk", "2026-11-22", "Not to be published while", "A11Y-ALT"):
        assert words in out
    code, out, _ = run(tmp_path, "profile", "show", "uk-public-bill")
    assert "from memory, not verified)" in out and "3,000 words; warning" in out
    data = json.loads(run(tmp_path, "profile", "show", "ni-assembly", "--format", "json")[1])["profile"]
    assert data["rules"]["STR-SUMMARY"]["max"] == 2 and data["rules"]["COLOUR"]["status"] == ["V"] and not data["document"]["page_numbers"]


def test_two_profiles_are_compared(tmp_path: Any) -> None:
    code, out, _ = run(tmp_path, "profile", "diff", "uk-commons-select", "ca-commons-brief")
    assert code == 0 and "uk-commons-select: at most 3,000 words" in out and "ca-commons-brief: at most 2,000 words" in out
    assert run(tmp_path, "profile", "diff", "senedd", "senedd")[1] == "senedd and senedd ask the same.\n"
    data = json.loads(run(tmp_path, "profile", "diff", "senedd", "nz-select", "--format", "json")[1])
    assert {"what": "LEN-PAGES", "senedd": "at most 5 pages", "nz-select": ""} in data["differences"]


@pytest.mark.parametrize("arguments", [("show", "uk-comons-select"), ("diff", "senedd", "sened"), ("show", "senedd", "--overlay", "senedd"), ("show",)])
def test_a_profile_that_is_not_there(tmp_path: Any, arguments: tuple[str, ...]) -> None:
    code, _, err = run(tmp_path, "profile", *arguments)
    assert code == 2 and err


def test_faults_of_the_workspaces_own_are_shown(desk: Desk) -> None:
    desk.bench.file("templates/profiles/ours.toml", 'title = "Ours"\nextends = "ours"\n')
    code, out, _ = run(desk.root, "profile", "list")
    assert code == 1 and "ours" in out and "PROF002" in out and "templates/profiles/ours.toml:2:1" in out
    code, out, _ = run(desk.root, "profile", "list", "--format", "json")
    assert code == 1 and [f["code"] for f in json.loads(out)["findings"]] == ["PROF002"]


@pytest.mark.parametrize("profile", HOUSES)
def test_a_new_submission_opens_without_an_error(desk: Desk, profile: str) -> None:
    code, out, _ = run(desk.root, "submission", "new", "p", "first", "--profile", profile)
    assert code == 0 and "papers/p/submissions/first.yaml" in out
    submission, findings = desk.open(name="first")
    assert findings == [] and submission.profile.id == profile


@pytest.mark.parametrize("profile", ["uk-commons-select", "uk-survey"])
def test_what_it_proposes_in_comments_is_right(desk: Desk, profile: str) -> None:
    """The comments taken off, as an editor takes them off, every key is one that is taken."""
    desk.bench.file("papers/p/submissions/questions.csv", "id,text\nQ2,T\n")
    run(desk.root, "submission", "new", "p", "first", "--profile", profile)
    path = desk.root / "papers/p/submissions/first.yaml"
    path.write_text(re.sub(r"(?m)^( *)# (?!.*penholder)", r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")
    submission, findings = desk.open(name="first")
    assert {f.code.id for f in findings} == {"SUBM009"}, [f.message for f in findings]  # the contact file is not there
    assert submission.deadline is not None and submission.file.consent.publish == "with-name"
    assert submission.profile.rules["LEN-WORDS"].setting.max == 2000
    if profile == "uk-survey":
        assert [a.question.limit for a in submission.answers] == [2000] and len(submission.questions) == 2
    else:
        assert submission.file.sections is not None and submission.file.sections[-1].title == "Introduction"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch", "a", "--profile", "senedd"),
        ("p", "A b", "--profile", "senedd"),
        ("p", "../x", "--profile", "senedd"),
        ("p", "a", "--profile", "nosuch"),
        ("p", "a", "--profile", "accessible"),
        ("p", "a"),
        ("p", "a" * 61, "--profile", "senedd"),
    ],
)
def test_wrong_use(desk: Desk, arguments: tuple[str, ...]) -> None:
    code, out, err = run(desk.root, "submission", "new", *arguments)
    assert (code, out) == (2, "") and err
    assert not (desk.root / "papers/p/submissions").exists()


def test_an_id_is_given_once(desk: Desk) -> None:
    assert run(desk.root, "submission", "new", "p", "a", "--profile", "senedd")[0] == 0
    before = (desk.root / "papers/p/submissions/a.yaml").read_bytes()
    assert run(desk.root, "submission", "new", "p", "a", "--profile", "nz-select")[0] == 2
    assert (desk.root / "papers/p/submissions/a.yaml").read_bytes() == before


def test_schemas_are_named_where_they_stand(desk: Desk) -> None:
    assert run(desk.root, "schema", "--write", "schemas")[0] == 0
    run(desk.root, "submission", "new", "p", "a", "--profile", "senedd")
    first = (desk.root / "papers/p/submissions/a.yaml").read_text(encoding="utf-8").split("\n")[0]
    relative = first.split("$schema=")[1]
    assert (desk.root / "papers/p/submissions" / relative).resolve() == (desk.root / "schemas/submission.schema.json").resolve()


def test_files_of_a_later_schema_are_left_alone_by_upgrade(desk: Desk) -> None:
    desk.write("schema_version: 1\nprofile: senedd\n", "a")
    desk.bench.file("papers/p/submissions/b.yaml", "profile: senedd\n")
    desk.bench.file("templates/profiles/ours.toml", 'title = "Ours"\nextends = "senedd"\n')
    code, out, _ = run(desk.root, "upgrade")
    assert code == 0 and "papers/p/submissions/b.yaml: schema_version: 1" in out and "templates/profiles/ours.toml" in out
    assert (desk.root / "papers/p/submissions/b.yaml").read_text(encoding="utf-8") == "schema_version: 1\nprofile: senedd\n"
    assert (desk.root / "templates/profiles/ours.toml").read_text(encoding="utf-8").startswith("schema_version = 1\n")
    assert run(desk.root, "upgrade")[1] == "Everything is up to date.\n"
