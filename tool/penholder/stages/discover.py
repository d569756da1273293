"""Find the workspace: its root, house settings, contributors, and the papers that exist."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from penholder import __version__, codes
from penholder.findings import Finding, Findings
from penholder.model.paper import Contributor, ContributorsFile, WorkspaceFile
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored
from penholder.stages.texts import read_printable
from penholder.stages.tomlplace import toml_place
from penholder.stages.where import MARKER, find_root, papers_of


class Workspace(NamedTuple):
    """A folder of papers: its root, settings, contributors by id, and the slugs of its papers.

    ``cache_of`` is the workspace whose cache it uses, where it is an older version of another one.
    """

    root: Path
    settings: WorkspaceFile
    contributors: Mapping[str, Contributor]
    papers: tuple[str, ...]
    cache_of: Path | None = None

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def cache(self) -> Path:
        return (self.cache_of or self.root) / ".penholder" / "cache"

    def paper_folder(self, slug: str) -> Path:
        return self.root / "papers" / slug


def discover(start: Path) -> tuple[Workspace, Findings]:
    """The workspace around ``start`` and what is wrong with its own files."""
    root = find_root(start)
    findings = Findings()
    settings, found = _settings(root)
    findings.extend(found)
    people, found = _contributors(root)
    findings.extend(found)
    return Workspace(root, settings, people, papers_of(root)), findings


def read_toml(source: SourceFile) -> tuple[dict[str, object], list[Finding]]:
    """The data of a TOML text; empty with a finding where it cannot be read."""
    try:
        return tomllib.loads(source.text), []
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (1, 1)
        what = str(error).split(" (at")[0]
        return {}, [codes.YAML_BROKEN.at(Span(source.path, line, column, line, column), f"This TOML cannot be read: {what}.", help="Mend the line named; texts go in quotation marks.")]


def _settings(root: Path) -> tuple[WorkspaceFile, list[Finding]]:
    source, findings = read_printable(root, root / MARKER)
    data, found = read_toml(source)
    settings, more = authored(WorkspaceFile, data, lambda where: toml_place(source, where))
    settings = settings or WorkspaceFile()
    findings += found + more
    if settings.penholder and not _version_fits(settings.penholder):
        findings.append(
            codes.TOOL_VERSION.at(
                toml_place(source, ("penholder",)), f"This workspace wants Penholder {settings.penholder}; this is {__version__}."
            )
        )
    return settings, findings


def _version_fits(wanted: str) -> bool:
    from penholder.adapters.versions import satisfies

    return satisfies(__version__, wanted)


def _contributors(root: Path) -> tuple[dict[str, Contributor], list[Finding]]:
    path = root / "contributors.yaml"
    if not path.exists():
        return {}, []
    from penholder.adapters import yaml

    source, findings = read_printable(root, path)
    document, found = yaml.load(source)
    people, more = authored(ContributorsFile, document.data, document.place)
    findings += found + more
    by_id: dict[str, Contributor] = {}
    for index, person in enumerate(people.contributors if people else ()):
        if person.id in by_id:
            findings.append(
                codes.VALUE_WRONG.at(document.place(("contributors", index, "id")), f"Two contributors have the id `{person.id}`.")
            )
        by_id.setdefault(person.id, person)
    return by_id, findings
