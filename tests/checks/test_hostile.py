"""A section made to hang a check: every rule comes to its end over a text of 200 kB."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from rulekit import check, make

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.align import Aligner
from penholder.checks.quantities import quantities
from penholder.checks.rule import Example
from penholder.checks.waivers import waivers_in
from penholder.source import SourceFile

LENGTH = 200_000
PATIENCE = 60  # seconds: no measure of speed; what was quadratic took minutes
WAIVER = "<!-- penholder: allow PLAI because it is so -->"
UNITS = {
    "fences never closed": "```x\n",
    "fences too short to close": "````x\n```\n",
    "fences of two kinds": "```x\n~~~y\n",
    "single backticks": "` ",
    "escaped backticks": "\\`",
    "comments never closed": "<!--",
    "waivers never closed": "<!-- penholder: ",
    "waivers in one line": WAIVER,
    "waivers in one paragraph": f"{WAIVER}\n",
    "waivers alone": f"{WAIVER}\n\n",
    "waivers in a list": f"- a {WAIVER}\n",
    "tags never closed": "<a ",
    "divs": "::: a\n",
    "borders": "|-",
    "digits": "1",
    "thousands": "1,111",
    "decimals": "1.1",
    "line ends": "\n \t",
}


def _looked_at(text: str) -> None:
    waivers_in(SimpleNamespace(markdown=text, map=SimpleNamespace(span=SourceFile("a.md", text).span)))  # type: ignore[arg-type]
    Aligner(text)
    quantities(text)


def ends(work: Callable[..., None], *arguments: object) -> bool:
    """Whether work comes to its end, in a process of its own, before patience does."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0


@pytest.mark.parametrize("name", UNITS)
def test_raw_text_is_walked_through_once(name: str) -> None:
    unit = UNITS[name]
    assert ends(_looked_at, unit * (LENGTH // len(unit)))


def _checked(root: Path, text: str, least: int) -> None:
    make(root, Example(f"# Need\n\n{text}\n"))
    with Worker() as worker:
        assert len(check(root, worker).items) >= least


@pytest.mark.parametrize(
    ("unit", "length", "least"),
    [
        ("see e.g. ", 100_000, 5000),  # one paragraph with a hit in every other word
        (f"- TODO {WAIVER}\n", LENGTH, 3000),
        ("Care e.g. here.\n\n", 100_000, 5000),
    ],
)
def test_every_rule_comes_to_its_end(tmp_path: Path, unit: str, length: int, least: int) -> None:
    assert ends(_checked, tmp_path, unit * (length // len(unit)), least)
