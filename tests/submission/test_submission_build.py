"""``submission build``: exactly what is accepted, everything needed to send it, and nothing lost that somebody changed."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from submission_desk import Desk
from submission_run import CONTACT, FORM, GOOD, folder, held, manifest, sub

from penholder.adapters.files import sha256
from penholder.features.submission.filing import answer_names, plain_name
from penholder.features.submission.package import MANIFEST
from penholder.features.submission.placing import place
from penholder.features.submission.wording import deadline_in_words
from penholder.model.moments import moment

NAME = "North-Body-VFM1.docx"


@pytest.fixture
def built(desk: Desk) -> Path:
    desk.write("contact: private/c.yaml\n" + GOOD)
    desk.bench.file("private/c.yaml", CONTACT)
    code, out, err = sub(desk.root, "build")
    assert code == 0, out + err
    return folder(desk.root)


def test_exactly_what_the_commons_take(desk: Desk, built: Path) -> None:
    assert set(held(desk.root)) == {NAME, "00-START-HERE.html", "covering-letter.docx", "e-mail.eml", "manifest.json"}
    made = manifest(desk.root)
    assert {f["name"]: f["sha256"] for f in made["files"]} == {n: h for n, h in held(desk.root).items() if n != "manifest.json"}
    assert [f["name"] for f in made["files"] if f["sent"]] == [NAME]
    assert made["words"]["count"] > 50 and made["words"]["rule"] == "everything counted" and not made["draft"]
    assert made["profile"]["id"] == "uk-commons-select" and made["profile"]["version"] == "as read on 2026-11-22"


def test_the_same_input_gives_the_same_bytes(desk: Desk, built: Path) -> None:
    before = held(desk.root)
    stamps = {p: p.stat().st_mtime_ns for p in built.iterdir()}
    assert sub(desk.root, "build")[0] == 0
    assert held(desk.root) == before and stamps == {p: p.stat().st_mtime_ns for p in built.iterdir()}
    for path in built.iterdir():
        path.unlink()
    assert sub(desk.root, "build")[0] == 0
    assert held(desk.root) == before


@pytest.mark.parametrize(("profile", "wanted"), [("senedd", {"docx"}), ("members-publication", {"pdf", "html"}), ("own", {"odt"})])
def test_each_recipient_gets_its_kind_of_file(desk: Desk, profile: str, wanted: set[str]) -> None:
    desk.bench.file("templates/profiles/own.toml", 'schema_version = 1\nid = "own"\ntitle = "Own"\nextends = "uk-commons-select"\nmakes = ["odt"]\n')
    desk.write(f"profile: {profile}\n" + GOOD)
    sub(desk.root, "build")
    assert {f["name"].rpartition(".")[2] for f in manifest(desk.root)["files"] if f["sent"]} == wanted


def test_contact_details_stand_in_letter_and_email_alone(desk: Desk, built: Path) -> None:
    for path in built.iterdir():
        data = path.read_bytes()
        if path.suffix == ".docx":
            data = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist())
        found = b"chris@example.org" in data
        assert found == (path.name in ("covering-letter.docx", "e-mail.eml")), path.name
    letter = "\n".join(p.text for p in docx.Document(str(built / "covering-letter.docx")).paragraphs)
    assert "North Body submits “A small paper” to Value for money (VFM1)." in letter and "Yours faithfully," in letter
    assert NAME in letter and "words, everything counted" in letter and letter.rstrip().endswith("North Body")


def test_the_email_carries_the_very_file(desk: Desk, built: Path) -> None:
    data = (built / "e-mail.eml").read_bytes()
    assert b"\r\n" in data and not re.search(rb"(?<!\r)\n", data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["X-Unsent"] == "1" and message["Date"] is None and message["To"] is None
    assert message["From"] == "Chris Sender <chris@example.org>" and message["Message-ID"].endswith("@submission.invalid>")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == NAME and attached.get_content() == (built / NAME).read_bytes()
    assert "Chris Sender" in message.get_body().get_content()


def test_a_header_cannot_be_smuggled_in(desk: Desk) -> None:
    desk.write('contact: private/c.yaml\ntitle: "One\\r\\nBcc: evil@example.org"\n' + GOOD.replace("North Body\n", '"Body\\nBcc: x@example.org"\n', 1))
    desk.bench.file("private/c.yaml", 'name: "A\\r\\nBcc: b@example.org"\nemail: a@example.org\n')
    sub(desk.root, "build")
    (path,) = folder(desk.root).glob("*e-mail.eml")
    assert email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Bcc"] is None


# drafts ----------------------------------------------------------------------------------------------


def test_a_draft_says_so_in_its_names_and_not_in_the_clerks_document(desk: Desk) -> None:
    desk.write(GOOD + "overrides:\n  LEN-WORDS: {max: 20, reason: The call asks for 20 words.}\n")
    code, out, _ = sub(desk.root, "build")
    assert code == 1 and "a draft was built" in out and "LEN-WORDS" in out
    names = set(held(desk.root))
    assert {f"DRAFT-{NAME}", "DRAFT-covering-letter.docx", "DRAFT-e-mail.eml"} < names and NAME not in names
    text = "\n".join(p.text for p in docx.Document(str(folder(desk.root) / f"DRAFT-{NAME}")).paragraphs)
    assert "DRAFT" not in text
    page = (folder(desk.root) / "00-START-HERE.html").read_text()
    assert "Draft: do not send it yet." in page and "LEN-WORDS" in page
    made = manifest(desk.root)
    assert made["draft"] and made["overridden"] == [{"rule": "LEN-WORDS", "was": "at most 3,000 words", "now": "at most 20 words", "reason": "The call asks for 20 words."}]


def test_strict_writes_nothing(desk: Desk, built: Path) -> None:
    before = held(desk.root)
    desk.write(GOOD + "overrides:\n  LEN-WORDS: {max: 20, reason: The call asks for 20 words.}\n")
    code, out, _ = sub(desk.root, "build", "--strict")
    assert code == 1 and "not written" in out and held(desk.root) == before


def test_a_rule_is_set_aside_with_a_reason_and_a_name(desk: Desk) -> None:
    desk.write(GOOD + "overrides:\n  LEN-WORDS: {max: 20, reason: The call asks for 20 words.}\n")
    code, _, err = sub(desk.root, "build", "--despite", "LEN-WORDS", "--by", "anna")
    assert code == 2 and "--reason" in err
    code, _, err = sub(desk.root, "build", "--despite", "LEN-WORDS", "--by", "nobody", "--reason", "x")
    assert code == 2 and "anna" in err
    code, out, _ = sub(desk.root, "build", "--strict", "--despite", "len-words", "--by", "anna", "--reason", "The clerk agreed by telephone.")
    assert code == 0 and NAME in held(desk.root) and "SENT003" in out
    assert manifest(desk.root)["despite"] == [{"code": "LEN-WORDS", "reason": "The clerk agreed by telephone.", "by": "anna", "action": "submission build p s"}]


# forms ---------------------------------------------------------------------------------------------------


def test_a_form_gets_answers_to_paste(desk: Desk) -> None:
    desk.write(FORM)
    code, out, err = sub(desk.root, "build")
    assert code == 0, out + err
    assert set(held(desk.root)) == {"00-START-HERE.html", "answers.html", "answers/Q01.txt", "manifest.json"}
    text = (folder(desk.root) / "answers/Q01.txt").read_text()
    assert "- 2024: Spend: 10" in text and "|" not in text
    (first, second) = manifest(desk.root)["answers"]
    assert first["fits"] and "a table became a list, a row each" in first["changed"] and first["characters"]["line_end_as_two"] > first["characters"]["line_end_as_one"]
    assert second == {"question": "Q2", "file": None, "choice": "Agree", "characters": {"line_end_as_one": 0, "line_end_as_two": 0}, "limit": 2000, "fits": True, "changed": []}
    page = (folder(desk.root) / "answers.html").read_text()
    assert "2 of 2 answers are ready" in page and "Choose: <strong>Agree</strong>" in page and text.split("\n", maxsplit=1)[0] in page


def test_an_answer_is_green_only_if_it_fits_both_ways(desk: Desk) -> None:
    desk.write("profile: uk-survey\nquestions: [{id: Q1, text: What?, limit: 12}]\nanswers:\n  - question: Q1\n    text: |\n      12345\n\n      67890\n")
    assert sub(desk.root, "build")[0] == 1
    page = (folder(desk.root) / "answers.html").read_text()
    assert "Too long: 14 of 12 with line ends counted as two characters (12 with line ends as one); the limit falls after" in page
    desk.write("profile: uk-survey\nquestions: [{id: Q1, text: What?, limit: 14}]\nanswers:\n  - question: Q1\n    text: |\n      12345\n\n      67890\n")
    assert sub(desk.root, "build")[0] == 0
    assert "Fits: 12 of 14 characters (14 if a line end counts as two)." in (folder(desk.root) / "answers.html").read_text()


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=9, unique=True))
def test_each_answer_has_a_file_of_its_own(questions: list[str]) -> None:
    names = answer_names(questions)
    assert len({n.lower() for n in names}) == len(questions)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+\.txt", n) for n in names)


@given(st.text(max_size=300))
def test_a_file_name_is_one_everywhere(text: str) -> None:
    assert re.fullmatch(r"([A-Za-z0-9]+(-[A-Za-z0-9]+)*)?", plain_name(text)) and len(plain_name(text)) <= 40


# the folder -----------------------------------------------------------------------------------------------


def test_what_somebody_changed_by_hand_is_kept(desk: Desk, built: Path) -> None:
    (built / NAME).write_bytes(b"mended in Word")
    (built / "notes.txt").write_text("mine")
    code, out, _ = sub(desk.root, "build")
    kept = f"{NAME[:-5]}-changed-by-hand-{sha256(b'mended in Word')[:8]}.docx"
    assert code == 0 and kept in out and "Left alone, because Penholder did not make it" in out
    assert (built / kept).read_bytes() == b"mended in Word" and (built / "notes.txt").read_text() == "mine"
    assert manifest(desk.root)["files"][1]["name"] == NAME


def test_files_of_an_older_build_go(desk: Desk, built: Path) -> None:
    desk.write(FORM)
    sub(desk.root, "build")
    assert set(held(desk.root)) == {"00-START-HERE.html", "answers.html", "answers/Q01.txt", "manifest.json"}
    desk.write(GOOD)
    sub(desk.root, "build")
    assert set(held(desk.root)) == {NAME, "00-START-HERE.html", "covering-letter.docx", "e-mail.eml", "manifest.json"}


NAMES = st.sampled_from(["a.docx", "b.eml", "answers/Q01.txt", "answers/Q02.txt", "c.html"])
SETS = st.dictionaries(NAMES, st.binary(max_size=5), max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(builds=st.lists(SETS, min_size=1, max_size=4), edits=st.lists(st.tuples(NAMES, st.binary(min_size=6, max_size=9)), max_size=3))
def test_a_folder_holds_what_was_made_and_what_people_changed(tmp_path_factory: Any, builds: list[dict[str, bytes]], edits: list[tuple[str, bytes]]) -> None:
    root = tmp_path_factory.mktemp("place")
    at = root / "dist/s"
    changed = []
    for index, made in enumerate(builds):
        place(root, at, {**made, MANIFEST: _manifest(made)})
        assert all((at / n).read_bytes() == d for n, d in made.items())
        if index < len(edits) and (at / edits[index][0]).is_file():
            (at / edits[index][0]).write_bytes(edits[index][1])
            changed.append(edits[index][1])
    place(root, at, {**builds[-1], MANIFEST: _manifest(builds[-1])})
    there = {p.relative_to(at).as_posix(): p.read_bytes() for p in at.rglob("*") if p.is_file()}
    ours = {n for n in there if "-changed-by-hand-" not in n}
    assert ours == {*builds[-1], MANIFEST} and all(c in there.values() for c in changed)


def _manifest(made: dict[str, bytes]) -> bytes:
    import json

    return json.dumps({"files": [{"name": n, "sha256": sha256(d)} for n, d in made.items()]}).encode()


def test_a_link_out_of_the_folder_is_refused(desk: Desk, built: Path, tmp_path: Path) -> None:
    desk.write(FORM)
    (built / "answers").symlink_to(tmp_path)
    code, _, err = sub(desk.root, "build")
    assert code == 2 and "leads out" in err and not (tmp_path / "Q01.txt").exists()


# in words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-30 17:00 Europe/London", "Friday 30 October 2026, 17:00 (5pm), the time in London (Europe/London, then UTC+0)"),
        ("2026-07-30 12:00 Europe/London", "Thursday 30 July 2026, 12:00 (midday), the time in London (Europe/London, then UTC+1)"),
        ("2026-10-30 24:00 Europe/Brussels", "Friday 30 October 2026, midnight at the end of the day (24:00), the time in Brussels (Europe/Brussels, then UTC+1)"),
        ("2026-10-30 00:00 Europe/London", "Friday 30 October 2026, 00:00: midnight at the beginning of that day, the night after Thursday 29 October 2026, the time in London (Europe/London, then UTC+0)"),
        ("2026-10-30T23:59-03:30", "Friday 30 October 2026, 23:59 (11:59pm), UTC−3:30"),
    ],
)
def test_a_deadline_in_words(text: str, said: str) -> None:
    assert deadline_in_words(moment(text)) == said


def test_the_start_page_has_what_the_day_needs(desk: Desk, built: Path) -> None:
    page = (built / "00-START-HERE.html").read_text()
    for words in (
        "Thursday 31 January 2030, 17:00 (5pm), the time in London", 'href="https://example.org/portal"', f'href="{NAME}"', "not yet authorised",
        f"penholder submission record p s submitted --file dist/p/submissions/s/{NAME} --reference NUMBER", "Do not publish it",
        "https://erskinemay.parliament.uk/section/5914", "Nobody has decided", "words, everything counted",
    ):  # fmt: skip
        assert words in page, words


def test_a_past_deadline_warns_and_never_blocks(desk: Desk) -> None:
    desk.write(GOOD.replace("2030-01-31", "2020-01-31"))
    code, out, _ = sub(desk.root, "build", "--strict")
    assert code == 1 and "past: contact the committee's staff" in out and NAME in held(desk.root)


def test_hostile_words_stay_words(desk: Desk) -> None:
    desk.write(FORM.replace("What is the need?", "'<script>alert(1)</script></textarea>'").replace("North Body", "'<img src=x onerror=alert(1)>'"))
    sub(desk.root, "build")
    for name in ("answers.html", "00-START-HERE.html"):
        page = (folder(desk.root) / name).read_text()
        assert "<img" not in page and page.count("<script>") == 1
