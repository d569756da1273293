"""A submission's file: what it names is found, and every mistake in it is said where it stands."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submission_desk import BASE, Desk

from penholder.errors import UsageError
from penholder.features.submission.opening import submissions_of
from penholder.model.moments import moment
from penholder.model.rulebook import RULEBOOK

ASKED = """\
questions:
  - {id: Q1, text: What is the need?, limit: 2000}
  - {id: Q2, text: Do you agree?, kind: choice, choices: [Agree, Disagree]}
"""


def test_a_submission_is_whole(desk: Desk) -> None:
    submission, findings = desk.open(
        "overlays: accessible\ninquiry: {name: Value for money, id: 12}\ndeadline: 2026-10-30 17:00 Europe/London\n"
        "sections: [10-summary.md, 20-need, sec-deliver]\noverrides:\n  LEN-WORDS: {max: 2000, reason: The call says 2000.}\n"
    )
    assert findings == []
    assert submission.deadline is not None and submission.deadline.at == dt.datetime(2026, 10, 30, 17, tzinfo=dt.UTC)
    assert submission.profile.overlays == ("accessible",) and "A11Y-ALT" in submission.profile.rules
    words = submission.profile.rules["LEN-WORDS"]
    assert (words.setting.max, words.reason, words.profile) == (2000, "The call says 2000.", "this submission")
    assert submission.file.inquiry is not None and submission.file.inquiry.id == "12"
    assert (submission.submitter, submission.statement) == ("North Body", "Written evidence submitted by North Body")
    assert submission.title == "A small paper" and submission.languages == ("en-GB",)
    assert submission.place(("inquiry", "id")).line == 5
    assert submission.dist == desk.root / "dist/p/submissions/s" and submission.folder == desk.root / "papers/p/submissions/s"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("deadline: 2026-10-30 17:00\n", ("SUBM003", 4)),
        ("deadline: 2026-10-30\n", ("SUBM003", 4)),
        ("deadline: 2026-10-30T17:00:00\n", ("SUBM003", 4)),
        ("deadline: 2026-03-29 01:30 Europe/London\n", ("SUBM003", 4)),
        ("deadline: 2026-10-30 17:00 Europe/Londn\n", ("SUBM003", 4)),
        ("deadline: 2026-10-30 17:00 BST\n", ("SUBM003", 4)),
        ("deadline: 2026-02-30 17:00 Europe/London\n", ("SUBM003", 4)),
        ("deadline: soon\n", ("SUBM003", 4)),
        ("deadline: 2026-10-25 01:30 Europe/London\n", ("SUBM004", 4)),
        ("sections: [10-summary.md, 25-gone.md]\n", ("SUBM002", 4)),
        ("sections:\n  - 10-summary.md\n  - {text: Words without a heading}\n", ("YAML003", 6)),
        ("sections:\n  - {section: 20-need.md, text: both}\n", ("YAML003", 5)),
        ("overlays: [accesible]\n", ("PROF001", 4)),
        ("overlays: [senedd]\n", ("PROF006", 4)),
        ("overrides:\n  LEN-WORD: {max: 3, reason: R}\n", ("PROF003", 5)),
        ("overrides:\n  LEN-WORDS: {max: 3}\n", ("SUBM011", 5)),
        ("overrides:\n  STR-DATE: {max: 3, reason: R}\n", ("PROF004", 5)),
        ("contributors: [shy]\n", ("SUBM010", 4)),
        ("contributors: [nobody]\n", ("SUBM010", 4)),
        ("contributors: [anna]\nconsent: {names: false}\n", ("SUBM010", 4)),
        ("contributors: [anna]\nconsent: {publish: response-only}\n", ("SUBM010", 4)),
        ("email: a@example.org\n", ("CONT002", 4)),
        ("cover:\n  phone: 0123\n", ("CONT002", 5)),
        ("adressee: X\n", ("YAML002", 4)),
        ("opens: 2030\n", ("YAML003", 4)),
        ("consent: {publish: yes please}\n", ("YAML003", 4)),
        (ASKED + "answers:\n  - {question: Q3, text: T}\n", ("SUBM005", 8)),
        (ASKED + "answers:\n  - {question: Q1, sections: [gone.md]}\n", ("SUBM002", 8)),
        (ASKED + "answers:\n  - {question: Q1, text: a}\n  - {question: Q1, text: b}\n", ("SUBM006", 9)),
        (ASKED + "  - {id: Q1, text: Again?}\n", ("SUBM006", 7)),
        (ASKED + "  - {id: Q3, text: Which?, kind: scale}\n", ("SUBM014", 7)),
        (ASKED + "answers:\n  - {question: Q2, choice: Agre}\n", ("SUBM014", 8)),
        (ASKED + "answers:\n  - {question: Q1, choice: Agree}\n", ("SUBM014", 8)),
        (ASKED + "  - {id: Q 3, text: Spaces?}\nanswers:\n  - {question: Q2, choice: Nope}\n", ("SUBM014", 9)),
        ("questions_from: gone.csv\n", ("SUBM013", 4)),
        ("title: [\n", ("YAML001", 5)),
    ],
)
def test_a_mistake_is_found_at_its_line(desk: Desk, text: str, wanted: tuple[str, int]) -> None:
    assert wanted in [(code, line) for code, file, line, _ in desk.seen(text) if file == "s.yaml"]


def test_the_codes_of_contact_details_exist(desk: Desk) -> None:
    assert [f.code.id for f in desk.open("email: a@example.org\n")[1]] == ["CONT002"]


def test_a_wrong_profile_leaves_the_rules_of_any_submission(desk: Desk) -> None:
    submission, findings = desk.open("schema_version: 1\nprofile: uk-comons-select\n")
    assert [(f.code.id, f.span.line, f.span.column) for f in findings] == [("PROF001", 2, 1)]
    assert "uk-commons-select" in findings[0].message and submission.profile.id == "submission"
    submission, findings = desk.open("schema_version: 1\nprofile: accessible\n")
    assert [f.code.id for f in findings] == ["PROF006"] and submission.profile.id == "submission"


def test_a_file_that_says_nothing_can_still_be_used(desk: Desk) -> None:
    desk.bench.file("papers/p/submissions/s.yaml", "")
    submission, findings = desk.open()
    assert [f.code.id for f in findings] == ["YAML004"] and submission.profile.id == "submission"


# which there are ------------------------------------------------------------------------


def test_two_submissions_with_one_id(desk: Desk) -> None:
    desk.write("", "Reply", "yaml")
    desk.write("", "reply", "yml")
    known, findings = submissions_of(desk.root, "p")
    assert list(known) == ["Reply"]
    assert [(f.code.id, f.span.path) for f in findings] == [("SUBM001", "papers/p/submissions/reply.yml")]
    assert "SUBM001" in [f.code.id for f in desk.open(name="Reply")[1]]


def test_what_is_not_there_is_named(desk: Desk) -> None:
    desk.write("", "one")
    with pytest.raises(UsageError, match=r"submissions: one"):
        desk.open(name="two")


def test_its_folder_and_hidden_files_are_no_submissions(desk: Desk) -> None:
    desk.write("", "one")
    desk.bench.file("papers/p/submissions/one/record.yaml", "x: 1\n")
    desk.bench.file("papers/p/submissions/.swp.yaml", "x: 1\n")
    desk.bench.file("papers/p/submissions/_old.yaml", "x: 1\n")
    assert list(submissions_of(desk.root, "p")[0]) == ["one"]


# deadlines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-07-01 17:00 Europe/London", "2026-07-01T16:00"),
        ("2026-07-01T17:00+02:00", "2026-07-01T15:00"),
        ("2026-07-01T17:00:00+02:00", "2026-07-01T15:00"),
        ("2026-07-01 17:00 Z", "2026-07-01T17:00"),
        ("2026-07-01 17:00 UTC-5", None),
        ("2026-07-01 17:00 UTC-05:30", "2026-07-01T22:30"),
        ("2026-07-01 24:00 Europe/Brussels", "2026-07-01T22:00"),
        ("2026-10-25 01:30 Europe/London", "2026-10-25T00:30"),
        ("2026-07-01 17:00 ../../etc/passwd", None),
        ("2026-07-01 17:00 Europe", None),
        ("2026-07-01 25:00 Europe/London", None),
        ("2026-07-01 17:00 +99:00", None),
        ("9999-12-31 24:00 Europe/London", None),
    ],
)
def test_the_moment_a_text_names(text: str, utc: str | None) -> None:
    if utc is None:
        with pytest.raises(ValueError):
            moment(text)
    else:
        assert moment(text).at == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_yaml_does_not_lose_a_zone(desk: Desk) -> None:
    submission, findings = desk.open('deadline: 2026-07-01T17:00:00+02:00   # theirs\n')
    assert findings == [] and submission.deadline is not None
    assert submission.deadline.at == dt.datetime(2026, 7, 1, 15, tzinfo=dt.UTC)


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2037, 1, 1)), st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Auckland"]))
def test_a_moment_is_the_same_on_the_wall(at: dt.datetime, zone: str) -> None:
    from zoneinfo import ZoneInfo

    wall = at.replace(second=0, microsecond=0, tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    named = moment(f"{wall:%Y-%m-%d %H:%M} {zone}")
    assert named.local == wall.replace(tzinfo=None, fold=0)
    assert named.at <= wall.astimezone(dt.UTC)  # the first of two
    assert named.at == wall.astimezone(dt.UTC) or named.twice


# questions from a CSV ------------------------------------------------------------------------


def test_questions_from_a_csv(desk: Desk) -> None:
    rows = 'id,text,limit,kind,choices,required\nQ1,"What is\nthe need?","2,000",,,\nQ2,Agree?,,choice,Yes | No,no\n'
    desk.bench.file("papers/p/submissions/s/q.csv", rows)
    submission, findings = desk.open("questions_from: q.csv\nanswers:\n  - {question: Q2, choice: 'Yes'}\n  - {question: Q1, sections: 20-need.md}\n")
    assert findings == []
    first, second = submission.questions
    assert (first.text, first.limit, first.kind) == ("What is\nthe need?", 2000, "free")
    assert (second.choices, second.required) == (("Yes", "No"), False)
    assert [a.question.id for a in submission.answers] == ["Q1", "Q2"]  # in the order of the questions
    assert submission.answers[0].sections == (1,)
    assert [s.path for s in submission.inputs] == ["papers/p/submissions/s.yaml", "papers/p/submissions/s/q.csv"]


@pytest.mark.parametrize(
    ("rows", "line"),
    [("text\nWhat?\n", 1), ("", 1), ("id,text,limit\nQ1,T,5\nQ2,T,many\n", 3), ('id,text\nQ1,"open\n', None), ("id,text\nQ1,T\nQ1,T\n", 3)],
)
def test_a_csv_with_a_fault(desk: Desk, rows: str, line: int | None) -> None:
    desk.bench.file("papers/p/data/q.csv", rows)
    found = [f for f in desk.open("questions_from: q.csv\n")[1] if f.span.path.endswith("q.csv")]
    assert [f.code.id for f in found] in (["SUBM013"], ["SUBM006"])
    assert line is None or found[0].span.line == line


def test_the_limit_of_an_answer(desk: Desk) -> None:
    text = "profile: uk-survey\n" + ASKED + "  - {id: Q3, text: What else?}\n"
    submission, _ = desk.open(text)
    assert [submission.limit_of(q) for q in submission.questions] == [2000, 2000, 2000]
    submission, _ = desk.open(text + "question_limit: 500\n")
    assert [submission.limit_of(q) for q in submission.questions] == [2000, 500, 500]


# contact details -----------------------------------------------------------------------------


def _git(desk: Desk, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=desk.root, check=True, capture_output=True)


def test_contact_details_come_from_private(desk: Desk) -> None:
    desk.bench.file("private/contact.yaml", "name: Anna Author\nemail: anna@example.org\nphone: '0123'\n")
    submission, findings = desk.open("contact: private/contact.yaml\n")
    assert findings == [] and submission.contact is not None
    assert (submission.contact.email, submission.contact.phone) == ("anna@example.org", "0123")


def test_a_telephone_number_keeps_its_zero(desk: Desk) -> None:
    desk.bench.file("private/contact.yaml", "name: Anna Author\nphone: 0123\n")
    submission, findings = desk.open("contact: private/contact.yaml\n")
    assert [(f.code.id, f.span.path, f.span.line) for f in findings] == [("YAML003", "private/contact.yaml", 2)]
    assert submission.contact is not None and submission.contact.name == "Anna Author"


def test_a_tracked_contact_file_is_refused(desk: Desk) -> None:
    desk.bench.file("private/contact.yaml", "email: anna@example.org\n")
    desk.write("contact: private/contact.yaml\n")
    _git(desk, "init", "-q")
    _git(desk, "add", "-f", "private/contact.yaml")
    submission, findings = desk.open()
    assert [f.code.id for f in findings] == ["SUBM007"] and submission.contact is None


def test_a_link_out_of_private_to_a_tracked_file_is_refused(desk: Desk) -> None:
    desk.bench.file("contact.yaml", "email: anna@example.org\n")
    (desk.root / "private").mkdir()
    (desk.root / "private/contact.yaml").symlink_to("../contact.yaml")
    _git(desk, "init", "-q")
    _git(desk, "add", "-f", "contact.yaml")
    submission, findings = desk.open("contact: private/contact.yaml\n")
    assert [f.code.id for f in findings] == ["SUBM007"] and submission.contact is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("papers/p/contact.yaml", "SUBM008"), ("../secret.yaml", "SUBM008"), ("private/../papers/p/contact.yaml", "SUBM008"), ("private/gone.yaml", "SUBM009"), ("/etc/passwd", "SUBM008")],
)
def test_contact_details_elsewhere_are_not_read(desk: Desk, name: str, code: str) -> None:
    desk.bench.file("papers/p/contact.yaml", "email: anna@example.org\n")
    (desk.root.parent / "secret.yaml").write_text("email: x@example.org\n", encoding="utf-8")
    (desk.root / "private").mkdir(exist_ok=True)
    submission, findings = desk.open(f"contact: {name}\n")
    assert [f.code.id for f in findings] == [code] and submission.contact is None


# laws -------------------------------------------------------------------------------------------

_SCALARS = st.sampled_from(["x", "2026-01-01", 1, True, None, ["a"], [], {}, [{}], {"id": 1}, [{"question": "Q1"}], [[1]], {"LEN-WORDS": 3}, {"LEN-WORDS": {"max": "x"}}])
_KEYS = st.sampled_from(["profile", "overlays", "title", "inquiry", "opens", "deadline", "questions", "answers", "sections", "contributors", "cover", "confidential", "consent", "contact", "overrides", "published_before", "languages", "left_out"])


@given(data=st.dictionaries(_KEYS, _SCALARS, max_size=5))
def test_whatever_it_holds_a_submission_can_be_opened(tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]) -> None:
    import json

    from penholder.features.submission.opening import open_submission
    from penholder.stages.discover import discover

    root = tmp_path_factory.mktemp("w")
    (root / "penholder.toml").write_text("schema_version = 1\n", encoding="utf-8")
    folder = root / "papers/p/submissions"
    folder.mkdir(parents=True)
    (root / "papers/p/paper.yaml").write_text("title: T\n", encoding="utf-8")
    (folder / "s.yaml").write_text(json.dumps(data), encoding="utf-8")
    submission, _ = open_submission(discover(root)[0], "p", "s")
    assert set(submission.profile.rules) <= set(RULEBOOK)
    assert BASE and submission.source.path == "papers/p/submissions/s.yaml"
