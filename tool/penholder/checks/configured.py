"""Settings of ``check`` that do nothing: codes of no rule, and patterns that match no file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from penholder import codes
from penholder.adapters import files, yaml
from penholder.findings import Finding, Severity
from penholder.model.check import CheckSettings
from penholder.source import Span
from penholder.stages.authored import Place, nearest
from penholder.stages.load import Paper
from penholder.stages.tomlplace import Step, toml_place
from penholder.stages.where import MARKER

_FOLDERS = ("papers", "citations", "templates")


def idle_settings(paper: Paper, known: frozenset[str]) -> Iterator[Finding]:
    """What is set for a paper, by the workspace and by itself, and has no effect; ``known`` are all codes there are."""
    files_ = _Files(paper)
    yield from _idle(paper.workspace.settings.check, files_.in_workspace, known, files_)
    if paper.meta.check is not None:
        yield from _idle(paper.meta.check, files_.in_paper, known, files_)


def _idle(check: CheckSettings, place: Place, known: frozenset[str], there: _Files) -> Iterator[Finding]:
    families = {code.rstrip("0123456789") for code in known}
    for where, code in _codes(check):
        if code not in known and code not in families:
            near = nearest(code, sorted(known))
            yield codes.VALUE_WRONG.at(
                place(("check", *where)), f"`{code}` is the code of no rule, and does nothing here.{near}",
                help="Correct the code; `penholder rule all` lists them.", severity=Severity.WARNING,
            )  # fmt: skip
    for index, each in enumerate(check.paths):
        if not any(fnmatchcase(name, each.path) for name in there.names):
            yield codes.VALUE_WRONG.at(
                place(("check", "paths", index, "path")), f"`{each.path}` matches no file of the workspace.",
                help="Name files from the workspace's folder on: papers/*/sections/*annex*.", severity=Severity.NOTE,
            )  # fmt: skip


def _codes(check: CheckSettings) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every code that is set, and where."""
    yield from ((("select", i), code) for i, code in enumerate(check.select))
    yield from ((("ignore", i), code) for i, code in enumerate(check.ignore))
    yield from ((("severity", code), code) for code in check.severity)
    for number, each in enumerate(check.paths):
        yield from ((("paths", number, "ignore", i), code) for i, code in enumerate(each.ignore))
        yield from ((("paths", number, "severity", code), code) for code in each.severity)


class _Files:
    """The files that hold settings, read where something in them must be found, and the names of all files."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._root = paper.workspace.root

    def in_workspace(self, where: Sequence[Step]) -> Span:
        """The place of a key of ``penholder.toml``."""
        return toml_place(files.read_text(self._root, self._root / MARKER)[0], where)

    def in_paper(self, where: Sequence[Step]) -> Span:
        """The place of a key of ``paper.yaml``."""
        return yaml.load(self._paper.source)[0].place(where)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every file that a finding can be about, as a path in the workspace."""
        found = [MARKER, "contributors.yaml"]
        for top in _FOLDERS:
            for folder, _, names in os.walk(self._root / top):
                found += [Path(folder, name).relative_to(self._root).as_posix() for name in names]
        return tuple(found)
