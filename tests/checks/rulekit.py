"""Check a small workspace made of an example, with the real pandoc."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from penholder.adapters.pandoc.worker import Worker
from penholder.checks.engine import Choice, Report, run
from penholder.checks.reading import read_paper
from penholder.checks.record import Checked
from penholder.checks.rule import Example, Rule
from penholder.checks.views import WorkspaceView
from penholder.stages.discover import discover

TODAY = dt.date(2026, 6, 1)
HOUSE = 'schema_version = 1\nname = "Test"\ncitation_style = "apa"\n\n[check]\nhouse = ["govuk"]\n'
PAPER = "schema_version: 1\ntitle: A paper\ndate: 2026-05-01\nlanguage: en-GB\n"
LIBRARY = """\
@book{alpha2020,
  author = {Alpha, Anna}, title = {{First Things}}, date = {2020}, publisher = {North Press}, location = {Leeds},
}
@report{beta2021,
  author = {Beta, Bob}, title = {{Second Thoughts}}, date = {2021}, institution = {South Body}, type = {report},
}
"""


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files into a workspace."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make(root: Path, example: Example) -> None:
    """A workspace with one paper, `papers/paper`, of one section made of the example."""
    section = example.section if example.section.startswith("---\n") else f"---\ntitle: Section\n---\n\n{example.section}"
    write(
        root,
        {
            "penholder.toml": HOUSE,
            "citations/library.bib": LIBRARY,
            "papers/paper/paper.yaml": PAPER,
            "papers/paper/sections/10-section.md": section,
            **example.files,
        },
    )


EVERYTHING = Choice()


def check(root: Path, worker: Worker, *, choice: Choice = EVERYTHING, final: bool = False) -> Report:
    """Check every paper of the workspace at ``root``."""
    workspace, house = discover(root)
    views, stages = [], []
    for slug in workspace.papers:
        view, found = read_paper(workspace, slug, worker, final=final, today=TODAY)
        views.append(view)
        stages.append([*(house if not views[:-1] else ()), *found])
    return run(WorkspaceView(workspace, views), stages, choice)


def check_example(root: Path, worker: Worker, rule: Rule, example: Example) -> Report:
    """What one rule says of one of its examples."""
    make(root, example)
    return check(root, worker, choice=Choice(select=(rule.id,), network=rule.network), final=example.mode == "final")


def seen(root: Path, worker: Worker, code: str, section: str, *, final: bool = False, **files: str) -> list[Checked]:
    """What a rule (or a family) says of a section and further files."""
    make(root, Example(section, files))
    return check(root, worker, choice=Choice(select=(code,)), final=final).open
