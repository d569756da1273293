"""The resident Typst: one job at a time, and no file taken for another's."""

from __future__ import annotations

import pytest

from penholder.adapters.typst.compiler import Compiler


def page(text: str) -> dict[str, bytes]:
    return {"main.typ": f"#set document(title: [x])\n{text}".encode()}


def test_a_second_job_waits_for_the_first() -> None:
    compiler = Compiler()
    try:
        compiler.send(page("One"), standards=())
        with pytest.raises(RuntimeError):
            compiler.send(page("Two"), fmt="png")
        assert compiler.receive().startswith(b"%PDF")
        compiler.send(page("Two"), fmt="png", ppi=72)
        assert compiler.receive().startswith(b"\x89PNG")
    finally:
        compiler.close()


def test_a_job_that_was_given_up_is_forgotten() -> None:
    compiler = Compiler()
    try:
        compiler.send(page("One"), standards=())
        compiler.close()
        compiler.send(page("Two"), fmt="png", ppi=72)
        assert compiler.receive().startswith(b"\x89PNG")
    finally:
        compiler.close()
