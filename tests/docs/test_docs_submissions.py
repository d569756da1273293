"""What the page on submissions says of states and files is what the code says."""

from __future__ import annotations

import re

from docs_pages import DOCS, rows

from penholder.cli.submission_record import STATES
from penholder.features.submission.package import ANSWERS, MANIFEST, START
from penholder.features.submission.states import NAMES, STEPS

PAGE = DOCS / "submissions.md"


def test_the_states_are_those_of_the_table() -> None:
    found = {row[0].strip("`"): (row[1], tuple(re.findall(r"`([\w-]+)`", row[2]))) for row in rows(PAGE, "States")}
    assert found == {state: (NAMES[state], STEPS[state]) for state in STEPS}
    assert set(STATES) == set(STEPS) - {"draft"}


def test_the_files_are_those_that_are_built() -> None:
    named = " ".join(row[0] for row in rows(PAGE, "Build it"))
    for name in (START, ANSWERS, MANIFEST, "covering-letter.docx", "e-mail.eml", "answers/Q01.txt"):
        assert f"`{name}`" in named
