"""A small workspace with a library and a paper, and the command line to run in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from penholder.cli.main import run
from workbench import Said

LAW = """\
% Acts of Parliament. Keep this line.
@string{og = {legislation.gov.uk}}

@legislation{sva2012,
  ids      = {socialvalue},
  title    = {{Public Services (Social Value) Act 2012}},
  date     = {2012-03-08},
  number   = {c. 3},
  keywords = {status-verified}
}

@legislation{pa2023,
  title  = {{Procurement Act 2023}},
  date   = {2023-10-26},
  number = {c. 54},
}
"""
EVIDENCE = """\
[
  {"id": "seuk2024", "type": "report", "title": "The State of Social Value",
   "author": [{"literal": "Social Enterprise UK"}], "issued": {"date-parts": [[2024, 3]]}},
  {"id": "nao2023", "type": "report", "title": "Annual report",
   "author": [{"literal": "National Audit Office"}], "issued": {"date-parts": [[2023]]}}
]
"""
PAPER = """\
schema_version: 1
title: A paper
"""
SECTION = """\
# Analyse {#sec-analyse}

The Act [@socialvalue, s 1(3)] asks little. See @sec-analyse, and @nosuch2020.

Again [@sva2012; @seuk2024], said [@{local/paper}].
"""
LOCAL = "@misc{local/paper,\n  title = {A paper's own},\n  date = {2020},\n}\n"


class Desk:
    """A workspace and the command line in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def cite(self, *arguments: str) -> Said:
        self._capsys.readouterr()
        code = run(["-C", str(self.root), "cite", *arguments])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        """What the library's files hold."""
        return {p.name: p.read_bytes() for p in sorted((self.root / "citations").iterdir())}


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    desk = Desk(tmp_path, capsys)
    desk.write("penholder.toml", "schema_version = 1\n")
    return desk


@pytest.fixture
def desk(empty: Desk) -> Desk:
    empty.write("citations/law.bib", LAW)
    empty.write("citations/evidence.json", EVIDENCE)
    empty.write("papers/first/paper.yaml", PAPER)
    empty.write("papers/first/sections/10-analyse.md", SECTION)
    empty.write("papers/first/citations/own.bib", LOCAL)
    return empty


