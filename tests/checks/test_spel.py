"""Spelling, with the dictionaries that spylls brings along."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulekit import PAPER, check, make

from penholder.adapters import spelling
from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice
from penholder.checks.record import Checked
from penholder.checks.rule import Example

ON = PAPER.replace("en-GB", "en-US") + "check:\n  spelling: true\n  spelling_words: [Quangocratic]\n"


def seen(root: Path, worker: Worker, text: str, paper: str = ON) -> list[Checked]:
    make(root, Example(text, {"papers/paper/paper.yaml": paper}))
    return check(root, worker, choice=Choice(select=("SPEL",))).open


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The goverment spends.", ["goverment"]),
        ("They recieve it, and they recieve it again.", ["recieve"]),
        ("The council’s non-profit buyers’ re-tendered well-being.", []),
        ("A councill’s word.", ["councill’s"]),
        ("The well-knwon case.", ["well-knwon"]),
        ("A quangocratic habit.", []),
        ("Xyzzy and OECD and NHSx and i18n and 4thly and e.g. so.", []),
        ("Code `recieve`, mail recieve@example.org, site www.recieve.org, [words](https://recieve.org).", []),
        ("She calls it *realpolitikk*, “recieved wisdom” [@alpha2020, recieve].", []),
        ("> We recieve.\n\n```\nrecieve\n```\n\n$recieve$", []),
        ("", []),
    ],
)
def test_unknown_words(tmp_path: Path, pandoc: Worker, text: str, words: list[str]) -> None:
    assert [c.quote for c in seen(tmp_path, pandoc, text)] == words


def test_a_word_is_said_once_with_its_number_and_a_guess(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "Good.\n\nThey recieve it.\n\nWe recieve it.")
    assert found.finding.message == "“recieve” is not in the dictionary (2 times). Perhaps “receive” or “relieve”?"
    assert (found.finding.span.line, found.finding.span.column, found.nth) == (7, 6, 2)
    assert found.ask == "Is “recieve” spelt as you mean it? The dictionary has “receive”."


def test_spelling_is_off_unless_asked_for(tmp_path: Path, pandoc: Worker) -> None:
    assert seen(tmp_path, pandoc, "The goverment.", PAPER) == []


def test_a_dictionary_that_is_not_there_is_one_note(tmp_path: Path, pandoc: Worker) -> None:
    (found,) = seen(tmp_path, pandoc, "Y llywodraeth. Arall.", ON.replace("en-US", "tlh"))
    assert "no dictionary tlh" in found.finding.message and "pip install" in found.finding.message
    assert (found.finding.span.path, found.finding.severity.label) == ("papers/paper/paper.yaml", "note")


def test_a_package_that_is_not_there_is_one_note(tmp_path: Path, pandoc: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "find_spec", lambda _: None)
    spelling.speller.cache_clear()
    (found,) = seen(tmp_path, pandoc, "The goverment.")
    assert "pip install 'penholder[spelling]'" in found.finding.message
    spelling.speller.cache_clear()


def test_a_broken_dictionary_is_one_note(tmp_path: Path, pandoc: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dict").mkdir()
    (tmp_path / "dict/xx.aff").write_bytes(b"SET NOSUCH\nSFX A Y 9\n")
    (tmp_path / "dict/xx.dic").write_bytes(b"\xff\xfe word")
    monkeypatch.setattr(spelling, "_SYSTEM", (str(tmp_path / "dict"),))
    spelling.speller.cache_clear()
    (found,) = seen(tmp_path / "w", pandoc, "The goverment.", ON.replace("en-US", "xx"))
    assert "cannot be read" in found.finding.message
