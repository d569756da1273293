"""The register, the map, and the pages: read by machines that judge pages, and by a browser without a network."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submission_desk import Desk
from submission_run import FORM, GOOD, folder, run, sub

from penholder.adapters.csvtext import guarded
from penholder.features.submission.lengths import length_of
from penholder.features.submission.pasting import Pasted
from penholder.features.submission.wording import verdict
from penholder.model.submission import Question
from secondopinions import program, tool

HTML = Path(__file__).parent.parent / "render_html"
sys.path.append(str(HTML))


@given(st.text(max_size=30))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell.endswith(text) and not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_register_as_text_csv_and_page(desk: Desk) -> None:
    desk.write(GOOD.replace("Value for money", "=cmd|' /C calc'!A0"))
    desk.write(FORM, "other")
    run(desk.root, "submission", "record", "p", "other", "submitted", "--reference", "A-1", "--date", "2026-01-05")
    run(desk.root, "submission", "record", "p", "other", "impact", "--note", "<b>Changed</b>", "--url", "https://example.org/x", "--date", "2026-02-05")
    code, out, _ = run(desk.root, "submission", "register")
    assert code == 0 and out.index("p other: submitted since 2026-01-05, reference A-1") < out.index("p s: draft")
    assert "Impact: 2026-02-05: <b>Changed</b> https://example.org/x" in out and "Not to be published yet." in out
    rows = list(csv.DictReader(io.StringIO(run(desk.root, "submission", "register", "--format", "csv")[1])))
    assert [r["submission"] for r in rows] == ["other", "s"] and rows[1]["inquiry"].startswith("'=cmd") and rows[0]["sent_as_agreed"] == "yes"
    page = run(desk.root, "submission", "register", "--format", "html")[1]
    assert "&lt;b&gt;Changed&lt;/b&gt;</a>" in page and "<script" not in page and "Monday 5 January 2026" in page
    code, _, err = run(desk.root, "submission", "register", "--format", "csv", "--output", str(desk.root / "r.csv"))
    assert code == 0 and (desk.root / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfpaper,") and "2 submissions" in err


def test_nothing_to_list(desk: Desk) -> None:
    assert "There are no submissions" in run(desk.root, "submission", "register")[1]
    assert "There are no submissions" in run(desk.root, "submission", "status")[1]
    assert run(desk.root, "submission", "register", "--format", "csv")[1].count("\n") == 1
    assert "no submissions yet" in run(desk.root, "submission", "register", "--format", "html")[1]


def test_the_map_names_the_unanswered_first(desk: Desk) -> None:
    desk.bench.file("papers/p/submissions/s/q.csv", "id,text,limit,required\nA,Answered?,2000,\nB,Too long?,5,\nC,Unanswered?,,\nD,Optional?,,no\n")
    desk.write("profile: uk-survey\nquestions_from: q.csv\nanswers:\n  - {question: A, sections: [20-need.md], passages: [para-first]}\n  - {question: B, text: far too long}\n")
    code, out, _ = sub(desk.root, "map")
    order = [line.partition(":")[0] for line in out.splitlines() if line[:2] in ("A:", "B:", "C:", "D:")]
    assert code == 1 and order == ["C", "B", "A", "D"]
    assert "Answered by 20-need.md, @para-first." in out and "No answer, and none is required." in out and "30-deliver.md" in out.splitlines()[-1]
    data = json.loads(sub(desk.root, "map", "--format", "json")[1])
    assert [q["state"] for q in data["questions"]] == ["missing", "long", "fits", "open"]
    assert len(list(csv.reader(io.StringIO(sub(desk.root, "map", "--format", "csv")[1])))) == 5
    desk.write(GOOD)
    assert "has no questions" in sub(desk.root, "map")[1]


# judged by others -----------------------------------------------------------------------------------------


@pytest.fixture
def pages(desk: Desk) -> list[Path]:
    """Every page there is, ready and as drafts."""
    made = []
    for name, text in (("s", GOOD), ("form", FORM), ("long", FORM.replace("limit: 600", "limit: 20")), ("faulty", GOOD + "overrides:\n  LEN-WORDS: {max: 20, reason: Short.}\n")):
        desk.write(text, name)
        run(desk.root, "submission", "build", "p", name)
        made += sorted((desk.root / f"dist/p/submissions/{name}").glob("*.html"))
    run(desk.root, "submission", "record", "p", "form", "submitted", "--reference", "A-1")
    run(desk.root, "submission", "register", "--format", "html", "--output", str(desk.root / "register.html"))
    made.append(desk.root / "register.html")
    assert len(made) == 7
    return made


@pytest.mark.slow
@pytest.mark.needs("vnu-jar")
def test_the_pages_are_valid(pages: list[Path]) -> None:
    java, jar = program("java"), tool("vnu-jar", "build", "dist", "vnu.jar")
    done = subprocess.run([java, "-jar", jar, "--format", "json", *pages], capture_output=True, text=True, check=False, timeout=180)
    assert [m for m in json.loads(done.stderr)["messages"] if m["type"] == "error"] == []


@pytest.mark.slow
@pytest.mark.needs("axe-core")
def test_the_pages_are_accessible_and_ask_for_nothing(pages: list[Path]) -> None:
    node, modules = program("node"), tool("axe-core").parent
    tool("playwright-core")
    for path in pages:
        done = subprocess.run(
            [node, HTML / "axe.mjs", modules, path, "1280", "320"], capture_output=True, text=True, check=False, timeout=180,
            env={**os.environ, "CHROMIUM": os.environ.get("CHROMIUM") or program("chromium")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert {k: found[k] for k in ("violations", "overflow", "requests", "broken")} == {"violations": [], "overflow": [], "requests": [], "broken": []}, path


TEXTS = ["", "plain", "a\nb\n\nc", "12345\n\n67890", "one two three four five six", "e\u0301" * 15, "\U0001f469\u200d\U0001f4bb" * 8, "\U0001f44d\U0001f3fd" * 6 + "\n", "word " * 9, "\u0301" * 25, "x" * 40]


@pytest.mark.slow
@pytest.mark.needs("playwright-core")
def test_the_page_counts_and_copies_as_penholder_does(desk: Desk, tmp_path: Path) -> None:
    desk.write(FORM)
    sub(desk.root, "build")
    node, modules = program("node"), tool("playwright-core").parent
    cases = [(text, limit) for text in TEXTS for limit in (5, 12, 14, 20, 21)]
    script = Path(__file__).with_name("answers.mjs")
    done = subprocess.run(
        [node, script, modules, folder(desk.root) / "answers.html"], input=json.dumps(cases), capture_output=True, text=True, check=False, timeout=180,
        env={**os.environ, "CHROMIUM": os.environ.get("CHROMIUM") or program("chromium")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for (text, limit), seen in zip(cases, found["verdicts"], strict=True):
        assert tuple(seen) == _verdict(text, limit), (text, limit)
    assert found["copied"] == (folder(desk.root) / "answers/Q01.txt").read_text() and found["said"] == "Answer Q1: copied."
    assert found["changed"] and found["requests"] == [] and found["errors"] == []
    assert found["keyboard"], "the copy button can be reached and pressed without a mouse"


def _verdict(text: str, limit: int) -> tuple[str, str]:
    return verdict(Pasted(Question(id="Q", text="x"), text if text.strip() else "", "", (), limit, length_of(text)))


def test_a_choice_and_a_box_without_limit() -> None:
    question = Question(id="Q", text="x", kind="choice", choices=("Yes",))
    made: Any = Pasted(question, "", "Yes", (), None, length_of(""))
    assert verdict(made)[0] == "fits" and verdict(made._replace(choice=""))[0] == "missing"
    assert verdict(made._replace(text="abc", length=length_of("abc"))) == ("open", "3 characters. No limit is known.")
