"""The commands of ``submission``, run in this process, and what they left behind."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from pathlib import Path
from typing import Any

CONTACT = "name: Chris Sender\nrole: Secretary\nemail: chris@example.org\nphone: '+44 20 7946 0123'\naddress: [1 Example Street, Leeds]\n"
GOOD = """\
inquiry: {name: Value for money, id: VFM1, portal: https://example.org/portal, url: https://example.org/inquiry}
deadline: 2030-01-31 17:00 Europe/London
submitter: North Body
cover: {description: We are a body., type: Charity}
sections:
  - 10-summary.md
  - title: Introduction
    text: |
      North Body is a charity. We write because we know the need.
  - 20-need.md
  - 30-deliver.md
  - 80-recommendations.md
"""
FORM = """\
profile: uk-survey
submitter: North Body
questions:
  - {id: Q1, text: What is the need?, limit: 600}
  - {id: Q2, text: Do you agree?, kind: choice, choices: [Agree, Disagree]}
answers:
  - question: Q1
    sections: [30-deliver.md, 20-need.md]
  - question: Q2
    choice: Agree
"""


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    """``penholder submission ...``: exit code, output, errors."""
    from penholder.cli.main import run as command

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command(["-C", str(root), *arguments])
    return code, out.getvalue(), err.getvalue()


def sub(root: Path, what: str, *arguments: str) -> tuple[int, str, str]:
    return run(root, "submission", what, "p", "s", *arguments)


def folder(root: Path) -> Path:
    return root / "dist/p/submissions/s"


def held(root: Path) -> dict[str, str]:
    """The files of the built submission, by name, with their hashes."""
    at = folder(root)
    return {p.relative_to(at).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in at.rglob("*") if p.is_file()}


def manifest(root: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder(root) / "manifest.json").read_text())
    return made
