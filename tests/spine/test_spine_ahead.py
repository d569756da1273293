"""Texts that pandoc reads before they are asked for: a guess may cost time, and may never change an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from penholder.adapters.pandoc import worker as module
from penholder.adapters.pandoc.worker import Worker
from penholder.stages.texts import likely

TEXTS = ["# A {#a}\n\nB *c* [@d].[^1]\n\n[^1]: E.\n", "# F {#f}\n\n# G {#f}\n", "H é “i”\n"]


def asked(worker: Worker, texts: list[str]) -> list[object]:
    return list(worker.read_all(texts, lambda _: 20))


def test_an_answer_is_the_same_whether_it_was_expected_or_not() -> None:
    with Worker() as plain, Worker() as early:
        early.expect([*TEXTS, "never asked for"])
        answers = asked(early, TEXTS)
        assert answers == asked(plain, TEXTS) == asked(early, TEXTS)
    assert any(messages for _, messages in answers), "what pandoc says of a text is kept with it"


def test_a_guess_that_was_wrong_changes_nothing() -> None:
    with Worker() as worker:
        worker.expect(["a", "b"])
        assert asked(worker, ["c"])[0] == worker.read("c")


def test_a_guess_that_takes_too_long_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AHEAD_SECONDS", 0)
    with Worker() as worker:
        worker.expect(TEXTS)
        assert worker.read("c")[0][0]["t"] == "Para"


def test_no_more_is_expected_than_a_pipe_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(Worker, "_send", lambda self, op, fmt, payload, options: sent.append(payload))
    Worker().expect(["a" * 30_000, "b" * 30_000, "c"])
    assert sent == [b"a" * 30_000]


def test_only_texts_that_reach_pandoc_as_they_stand_are_likely(tmp_path: Path) -> None:
    holder = tmp_path / "papers" / "p" / "sections"
    holder.mkdir(parents=True)
    outside = tmp_path.parent / f"{tmp_path.name}.md"
    outside.write_text("outside")
    for name, text in {
        "01.md": "---\ntitle: T\n---\n# A\r\n",
        "02.md": "{{ paper.title }}",
        "03.md": " \n",
        "_04.md": "hidden",
        "05.txt": "no section",
    }.items():
        (holder / name).write_text(text)
    (holder / "06.md").symlink_to(outside)
    assert list(likely(tmp_path, "p")) == ["# A\n"]
    assert list(likely(tmp_path, "q")) == []
