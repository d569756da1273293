"""``submission record`` and what rests on it: states, kept bytes, differences in words, and what may not be published yet."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any, get_args

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from submission_desk import Desk
from submission_run import CONTACT, FORM, GOOD, folder, run, sub

from penholder.adapters import yaml
from penholder.features.profiles import profiles_of
from penholder.features.submission.difference import SAME, SAME_WORDS, compared
from penholder.features.submission.standing import publication_block, standing_of
from penholder.features.submission.states import NAMES, NEXT, STEPS, fault_of_step
from penholder.model.profile import STATES, State
from penholder.source import SourceFile
from penholder.stages.where import visibility_is_public

NAME = "North-Body-VFM1.docx"
RECORD = "papers/p/submissions/s/record.yaml"


@pytest.fixture
def sent(desk: Desk) -> Path:
    """A submission that was built, and the file that is sent."""
    desk.write(GOOD)
    assert sub(desk.root, "build")[0] == 0
    return folder(desk.root) / NAME


def mended(path: Path, old: str, new: str) -> Path:
    """The file as somebody saves it after a last look."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            piece.text = piece.text.replace(old, new)
    out = path.with_name("sent.docx")
    document.save(str(out))
    return out


# states -------------------------------------------------------------------------------------------


def test_every_state_has_its_words_and_its_steps() -> None:
    assert set(NAMES) == set(STEPS) == set(NEXT) == set(STATES) == set(get_args(State))
    reached = {s for after in STEPS.values() for s in after}
    assert reached == set(STATES) - {"draft"}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_a_step_is_allowed_or_told_why_not(before: State, after: State) -> None:
    fault = fault_of_step(before, after)
    assert bool(fault) == (after not in STEPS[before])
    if fault:
        assert all(f"`{s}`" in fault for s in STEPS[before]) and NAMES[before] in fault


def test_a_submissions_life_is_recorded(desk: Desk, sent: Path) -> None:
    code, out, err = sub(desk.root, "record", "submitted", "--file", str(sent), "--reference", "0042", "--date", "2026-01-05")
    assert code == 0 and SAME in out, out + err
    assert sub(desk.root, "record", "acknowledged", "--date", "2026-01-04")[0] == 2
    for state, day in (("acknowledged", "06"), ("accepted", "07"), ("permission-granted", "08"), ("published", "09"), ("public", "10")):
        code, out, err = sub(desk.root, "record", state, "--date", f"2026-01-{day}", "--note", f"now {state}")
        assert code == 0 and NAMES[state] in out, out + err
    assert sub(desk.root, "record", "outcome", "--note", "Quoted in the report.", "--url", "https://example.org/r", "--date", "2026-02-01")[0] == 0
    assert sub(desk.root, "record", "impact", "--note", "The guide was changed.", "--date", "2026-03-01")[0] == 0
    code, out, _ = run(desk.root, "submission", "status", "p", "s")
    assert code == 0 and "public since 2026-01-10" in out and "reference 0042" in out and "now accepted" in out
    data = json.loads(run(desk.root, "submission", "status", "--format", "json")[1])["submissions"][0]
    assert [s["state"] for s in data["steps"]] == ["submitted", "acknowledged", "accepted", "permission-granted", "published", "public"]
    assert data["reference"] == "0042" and data["impact"][0]["text"] == "The guide was changed."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("acknowledged",), "nothing says that it was sent"),
        (("submitted",), "--file"),
        (("submitted", "--file", "nosuch.docx"), "cannot be read"),
        (("submitted", "--file", "x.docx", "--date", "2999-01-01"), "still to come"),
        (("submitted", "--file", "x.docx", "--date", "tomorrow"), "not a date"),
        (("draft",), "is not one of"),
        (("impact", "--note", "x"), "was not sent yet"),
        (("outcome",), "--note"),
        (("withdrawn", "--by", "nobody"), "contributors.yaml"),
    ],
)
def test_wrong_use_is_told(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    desk.write(GOOD)
    code, _, err = sub(desk.root, "record", *arguments)
    assert code == 2 and said in err
    assert not (desk.root / RECORD).exists()


# what is kept ----------------------------------------------------------------------------------------


def test_the_very_bytes_are_kept(desk: Desk, sent: Path) -> None:
    data = sent.read_bytes()
    sub(desk.root, "record", "submitted", "--file", str(sent), "--date", "2026-01-05")
    (kept,) = (desk.root / "papers/p/submissions/s/record").iterdir()
    assert kept.read_bytes() == data and re.fullmatch(r"2026-01-05-[0-9a-f]{8}-North-Body-VFM1\.docx", kept.name)
    kept.write_bytes(b"other")
    code, out, _ = run(desk.root, "submission", "status", "p", "s")
    assert code == 1 and "SENT002" in out and "other bytes" in out
    kept.unlink()
    assert "is not there" in run(desk.root, "submission", "status", "p", "s")[1]


def test_a_typo_mended_in_word_is_told_in_words(desk: Desk, sent: Path) -> None:
    file = mended(sent, "Keep promises", "Keep all promises")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(file))
    assert code == 1
    assert "It differs in 1 place from the agreed text: 0 words taken out, 1 word put in." in out
    assert "“all” was put in after “Keep” in “Keep promises" in out
    (kept,) = (desk.root / "papers/p/submissions/s/record").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    assert "not as agreed" in run(desk.root, "submission", "register")[1]


def test_saved_again_is_no_difference_in_words(desk: Desk, sent: Path) -> None:
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(mended(sent, "nosuch", "x")))
    assert code == 0 and SAME_WORDS in out


@pytest.mark.parametrize("ending", ["odt", "rtf", "txt"])
def test_another_kind_of_file_is_compared_too(desk: Desk, sent: Path, ending: str) -> None:
    rendered, _ = desk.render(GOOD, ending)
    file = sent.with_suffix(f".{ending}")
    file.write_bytes(rendered.files[ending])
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(file))
    assert code in (0, 1) and ("differs in" in out or SAME_WORDS in out)


def test_what_cannot_be_compared_is_kept_all_the_same(desk: Desk, sent: Path) -> None:
    file = sent.with_suffix(".doc")
    file.write_bytes(b"\xd0\xcf\x11\xe0 old Word")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(file))
    assert code == 1 and "cannot be compared" in out
    broken = sent.with_name("broken.docx")
    broken.write_bytes(b"PK no zip")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(broken))
    assert code == 1 and "cannot be compared" in out
    assert len(list((desk.root / "papers/p/submissions/s/record").iterdir())) == 2


def test_a_file_with_contact_details_stays_out_of_the_repository(desk: Desk, sent: Path) -> None:
    desk.write("contact: private/c.yaml\n" + GOOD)
    desk.bench.file("private/c.yaml", CONTACT)
    file = mended(sent, "North Body is a charity.", "Ring us: 020 7946 0123, chris@example.org")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(file))
    assert code == 1 and "Kept outside the repository" in out
    assert not (desk.root / "papers/p/submissions/s/record").exists()
    (kept,) = (desk.root / "private/submissions/p/s").iterdir()
    assert kept.read_bytes() == file.read_bytes() and "chris@" not in (desk.root / RECORD).read_text().split("differences")[0]


def test_answers_of_a_form_are_kept_as_they_are(desk: Desk) -> None:
    desk.write(FORM)
    code, out, _ = sub(desk.root, "record", "submitted", "--reference", "ANON-1")
    assert code == 0 and "the agreed text was kept" in out
    (kept,) = (desk.root / "papers/p/submissions/s/record").iterdir()
    sub(desk.root, "build")
    assert kept.read_bytes() == (folder(desk.root) / "answers/Q01.txt").read_bytes()


def test_a_forms_confirmation_is_kept_beside_its_answers(desk: Desk) -> None:
    desk.write(FORM)
    proof = desk.bench.file("confirmation.pdf", b"%PDF-1.7 thank you")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(proof))
    assert code == 0 and "compared" not in out
    assert sorted(p.suffix for p in (desk.root / "papers/p/submissions/s/record").iterdir()) == [".pdf", ".txt"]


def test_what_an_email_carried_is_what_was_sent(desk: Desk, sent: Path) -> None:
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(sent.with_name("e-mail.eml")))
    assert code == 0 and SAME in out and "Kept outside the repository" in out
    (kept,) = (desk.root / "papers/p/submissions/s/record").iterdir()
    assert kept.read_bytes() == sent.read_bytes()
    assert [p.suffix for p in (desk.root / "private/submissions/p/s").iterdir()] == [".eml"]


# differences -------------------------------------------------------------------------------------------

WORD = st.text("abcdefghij", min_size=1, max_size=6)
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=15).map(" ".join), max_size=8)


@given(PARAGRAPHS)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    assert compared(text, text).lines == (SAME_WORDS,)
    assert compared(text, [f"  {p.replace(' ', chr(160) + ' ')} " for p in [*text, ""]]).same


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_every_difference_is_told_with_its_words(before: list[str], after: list[str]) -> None:
    found = compared(before, after)
    assert found.same == (before == after)
    if not found.same:
        out, into = map(int, re.findall(r"([\d,]+) words? (?:taken|put)", found.lines[0]))
        words = [sum(len(p.split()) for p in text) for text in (before, after)]
        assert words[1] - words[0] == into - out


@given(st.integers(12, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_one_changed_word_is_named(case: tuple[int, int]) -> None:
    size, at = case
    words = [f"word{i}" for i in range(size)]
    found = compared([" ".join(words)], [" ".join([*words[:at], "ZZZ", *words[at + 1 :]])])
    assert len(found.lines) == 2 and f"“{words[at]}” became “ZZZ”" in found.lines[1]


# the file -------------------------------------------------------------------------------------------------

COMMENT = st.text("abc #:-'\"é", max_size=20).map(lambda t: "# " + t.rstrip())


@settings(max_examples=60, deadline=None)
@given(comments=st.lists(COMMENT, min_size=6, max_size=6), note=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_adding_loses_no_comment(comments: list[str], note: str) -> None:
    a, b, c, d, e, f = comments
    text = f"{a}\nschema_version: 1 {b}\nsteps:\n  {c}\n  - state: submitted {d}\n    date: 2026-01-05\n  {e}\n{f}\n"
    made = yaml.added(text, {"steps": [{"state": "acknowledged", "date": dt.date(2026, 1, 6), "note": note}], "impact": [{"date": dt.date(2026, 1, 7), "text": note}]})
    assert sorted(re.findall(r"# .*|#$", made)) >= sorted(re.findall(r"# .*|#$", text)) or all(x.rstrip() in made for x in comments)
    data = yaml.plain(yaml.load(SourceFile("r.yaml", made))[0].data)
    assert [s["state"] for s in data["steps"]] == ["submitted", "acknowledged"]
    assert data["steps"][1]["note"] == data["impact"][0]["text"] == note
    again = yaml.added(made, {"steps": [{"state": "accepted", "date": dt.date(2026, 1, 8)}]})
    assert all(x.rstrip() in again for x in comments)


def test_a_record_by_hand_is_read_and_added_to(desk: Desk, sent: Path) -> None:
    desk.bench.file(RECORD, "# ours\nschema_version: 1\nsteps:\n  - state: submitted   # by post\n    date: 2026-01-05\n")
    assert sub(desk.root, "record", "acknowledged", "--date", "2026-01-06")[0] == 0
    text = (desk.root / RECORD).read_text()
    assert "# ours" in text and "# by post" in text
    assert standing_of(desk.root, "p", "s")[0].state == "acknowledged"


def test_a_record_that_cannot_be_is_found_and_not_believed(desk: Desk) -> None:
    desk.write(GOOD)
    desk.bench.file(RECORD, "schema_version: 1\nsteps:\n  - state: submitted\n    date: 2026-01-05\n  - state: draft\n    date: 2026-01-06\n")
    standing, findings = standing_of(desk.root, "p", "s")
    assert standing.state == "submitted"
    assert [(f.code.id, f.span.line, f.span.column) for f in findings] == [("SENT001", 5, 5)]


@pytest.mark.parametrize("text", ["steps: {a: 1}\n", "steps: [", "- a\n"])
def test_nothing_is_added_to_what_cannot_be_read(desk: Desk, sent: Path, text: str) -> None:
    desk.bench.file(RECORD, text)
    code, _, err = sub(desk.root, "record", "submitted", "--file", str(sent))
    assert code == 2 and "record.yaml" in err and (desk.root / RECORD).read_text() == text


# what may be published ---------------------------------------------------------------------------------

HOUSES = [p for p in profiles_of() if p.file.kind == "house"]


@pytest.mark.parametrize("profile", HOUSES, ids=[p.id for p in HOUSES])
def test_publication_waits_for_what_the_profile_says(desk: Desk, profile: Any) -> None:
    desk.write(f"profile: {profile.id}\n{GOOD}")
    for state in STATES:
        steps = "" if state == "draft" else f"steps:\n  - {{state: submitted, date: 2026-01-05}}\n{'' if state == 'submitted' else f'  - {{state: {state}, date: 2026-01-06}}'}\n"
        desk.bench.file(RECORD, f"schema_version: 1\n{steps}")
        blocks = publication_block(desk.root, "p")
        assert bool(blocks) == (state in profile.file.publication.forbidden), state
        if blocks:
            said = profile.file.publication
            assert blocks[0].binding == ("M" not in said.status) and (said.source or said.mark) in blocks[0].message
            assert NAMES[state] in blocks[0].message


@pytest.mark.parametrize(
    ("toml", "public"),
    [
        ('visibility = "public"\n', True), ('"visibility" = \'public\'\n', True), ('visibility = """public"""\n', True),
        ('visibility = "private"\n# visibility = "public"\n', False), ('[limits]\nvisibility = "public"\n', False), ("visibility = [\n", False),
    ],
)  # fmt: skip
def test_a_workspace_is_public_however_that_is_written(tmp_path: Path, toml: str, public: bool) -> None:
    (tmp_path / "penholder.toml").write_text(toml)
    assert visibility_is_public(tmp_path) is public


def test_a_public_workspace_builds_nothing_that_is_forbidden(desk: Desk) -> None:
    desk.write(GOOD)
    assert "PUB-EMBARGO" not in desk.bench.build().codes
    (desk.root / "dist").rename(desk.root / "old")
    marker = desk.root / "penholder.toml"
    marker.write_text(marker.read_text().replace('name = "Test"\n', 'name = "Test"\nvisibility = "public"\n'))
    built = desk.bench.build()
    assert built.code == 1 and built.summary["papers"][0]["refused"] and [(f.code, f.path, f.line) for f in built.findings] == [("PUB-EMBARGO", "penholder.toml", 3)]
    assert "https://erskinemay.parliament.uk/section/5914" in built.findings[0].message and not (desk.root / "dist/p/p.docx").exists()
    code, out, _ = run(desk.root, "submission", "status")
    assert code == 1 and "PUB-EMBARGO" in out
    assert desk.bench.build("--despite", "PUB-EMBARGO").code == 2
    despite = ("--despite", "PUB-EMBARGO", "--reason", "The clerk agreed.", "--by", "anna")
    built = desk.bench.build(*despite)
    assert "PUB-EMBARGO" not in built.codes and [f.message for f in built.of("SENT003")] == ["PUB-EMBARGO was set aside by anna: The clerk agreed."]
    record = json.loads((desk.root / "dist/p/edition.json").read_text())
    assert record["despite"] == [{"code": "PUB-EMBARGO", "reason": "The clerk agreed.", "by": "anna", "action": "build"}]
    desk.bench.file(RECORD, "schema_version: 1\nsteps:\n  - {state: submitted, date: 2026-01-05}\n  - {state: permission-granted, date: 2026-01-06}\n")
    assert "PUB-EMBARGO" not in desk.bench.build().codes
    assert "despite" not in json.loads((desk.root / "dist/p/edition.json").read_text())


def test_an_override_with_its_reason_lifts_the_embargo(desk: Desk) -> None:
    desk.write(GOOD + "overrides:\n  PUB-EMBARGO: {off: true, reason: The call lets submitters publish.}\n")
    assert publication_block(desk.root, "p") == ()
    desk.write(GOOD + "overrides:\n  PUB-EMBARGO: {off: true}\n")
    assert publication_block(desk.root, "p") != ()


def test_made_public_too_early_is_refused(desk: Desk, sent: Path) -> None:
    sub(desk.root, "record", "submitted", "--file", str(sent))
    code, _, err = sub(desk.root, "record", "public")
    assert code == 2 and "may not be made public" in err and "erskinemay" in err
    assert sub(desk.root, "record", "public", "--despite", "PUB-EMBARGO", "--reason", "A slip of ours.", "--by", "anna")[0] == 0
    assert "PUB-EMBARGO set aside by anna: A slip of ours." in run(desk.root, "submission", "status", "p", "s")[1]


def test_where_nothing_is_forbidden_it_can_be_public_at_once(desk: Desk) -> None:
    desk.write(FORM)
    assert sub(desk.root, "record", "submitted")[0] == 0
    assert sub(desk.root, "record", "public")[0] == 0


def test_sent_too_late_is_told_and_recorded(desk: Desk, sent: Path) -> None:
    desk.write(GOOD.replace("2030-01-31", "2026-01-05"))
    sub(desk.root, "build")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(folder(desk.root) / NAME), "--date", "2026-01-06")
    assert code == 0 and "after the deadline" in out and "contact the committee's staff" in out


def test_many_files_are_told_apart(desk: Desk, sent: Path) -> None:
    other = sent.with_name("annex.txt")
    other.write_text("Something else.")
    code, out, _ = sub(desk.root, "record", "submitted", "--file", str(sent), "--file", str(other))
    assert code == 1 and f"{NAME}: {SAME}" in out and "annex.txt" in out
    assert docx.Document(io.BytesIO(sent.read_bytes())).paragraphs
