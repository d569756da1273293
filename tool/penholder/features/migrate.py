"""Bring files of an older schema up to date (``upgrade``), line by line.

Only the words that changed are replaced: comments, order, spacing, quotation
marks and line ends stay, byte for byte. Every rewritten text is read again and
compared with what it should say; where it does not, the file is left alone and
named.

**Version 0** is the format before the first release:

- ``paper.yaml``: ``style`` for ``citation_style``, ``authors`` (ids) for
  ``contributors``, ``lang`` for ``language``, ``order`` for ``sections``;
- front matter of a section: ``authors`` (ids) for ``contributors``, ``budget``
  for ``word_budget``;
- ``contributors.yaml``: ``authors`` for ``contributors`` and, for each of them,
  ``consent`` for ``consent_to_be_named``;
- ``penholder.toml``: ``style`` for ``citation_style``, ``lang`` for ``language``.

A file without a ``schema_version`` is of version 0 where it holds such a key.
Not so front matter that only holds ``authors``, which Quarto and MyST write too.
Where no old key stands, the file is of version 1 and only lacks the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penholder.adapters import files
from penholder.features.migrate_text import VERSION, Kind, Rename, Unsafe, data_of, edited, expected, read_keys
from penholder.model.paper import SCHEMA_VERSION
from penholder.stages.ledger import ledger_paths
from penholder.stages.texts import ENDINGS
from penholder.stages.where import MARKER, PAPER, find_root


@dataclass(frozen=True)
class Upgraded:
    """What became of one file: ``text`` to write, and ``changes`` or a ``problem`` in words."""

    path: str
    text: str
    changes: tuple[str, ...] = ()
    problem: str = ""


# the chain ---------------------------------------------------------------------

_OLD: dict[Kind, dict[str, str]] = {
    "paper": {"style": "citation_style", "authors": "contributors", "lang": "language", "order": "sections"},
    "section": {"authors": "contributors", "budget": "word_budget"},
    "contributors": {"authors": "contributors"},
    "evidence": {},
    "workspace": {"style": "citation_style", "lang": "language"},
    "submission": {},  # both are younger than version 1
    "profile": {},
}
_TELLING: dict[Kind, frozenset[str]] = {  # old keys that nobody else writes
    "paper": frozenset(_OLD["paper"]),
    "section": frozenset({"budget"}),
    "contributors": frozenset({"authors"}),
    "evidence": frozenset(),
    "workspace": frozenset(_OLD["workspace"]),
    "submission": frozenset(),
    "profile": frozenset(),
}


def from_0_to_1(kind: Kind, data: Mapping[str, Any]) -> list[Rename]:
    """The keys that version 1 calls by another name."""
    renames = [
        Rename((old,), new) for old, new in _OLD[kind].items() if old in data and _ids_if_authors(kind, old, data[old])
    ]
    if kind == "contributors":
        key = "authors" if "authors" in data else "contributors"
        people = data.get(key)
        for index, person in enumerate(people if isinstance(people, list) else []):
            if isinstance(person, Mapping) and "consent" in person:
                renames.append(Rename((key, index, "consent"), "consent_to_be_named"))
    return renames


def _ids_if_authors(kind: Kind, key: str, value: Any) -> bool:
    """``authors`` of a paper or section is ours only where it holds ids, not Quarto's people."""
    if key != "authors" or kind == "contributors":
        return True
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


MIGRATIONS: dict[int, Callable[[Kind, Mapping[str, Any]], list[Rename]]] = {0: from_0_to_1}


# one text ----------------------------------------------------------------------


def upgraded(path: str, text: str, kind: Kind) -> Upgraded:
    """The text of a file in the current schema. Never fails: a ``problem`` says why it is left alone."""
    changes: list[str] = []
    current = text
    try:
        while True:
            read = read_keys(path, current, kind)
            if read is None:
                break
            version, said = _version(kind, read.data)
            if version > SCHEMA_VERSION:
                raise Unsafe(
                    f"it says schema_version {version}, and this Penholder knows {SCHEMA_VERSION}: install a newer Penholder"
                )
            if version == SCHEMA_VERSION and said:
                break
            renames = [] if version == SCHEMA_VERSION else MIGRATIONS[version](kind, read.data)
            target = min(version + 1, SCHEMA_VERSION)
            new = edited(current, kind, read, renames, target, said=said)
            if data_of(path, new, kind) != expected(read.data, renames, target):
                raise Unsafe(
                    "it cannot be rewritten with certainty: change it by hand (`penholder schema` says what it may hold)"
                )
            current = new
            changes += [*(f"{_shown(r.where)} -> {r.new}" for r in renames), f"{VERSION}: {target}"]
    except Unsafe as why:
        return Upgraded(path, text, (), str(why))
    return Upgraded(path, current, tuple(changes))


def _version(kind: Kind, data: Mapping[str, Any]) -> tuple[int, bool]:
    """The version a file is of, and whether it says so itself."""
    if VERSION not in data:
        old = bool(_TELLING[kind] & data.keys()) or any("consent" in r.where for r in from_0_to_1(kind, data))
        return (0 if old else SCHEMA_VERSION), False
    version = data[VERSION]
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise Unsafe(f"its schema_version is {str(version)[:40]!r}, which is no version: write a whole number")
    return version, True


def _shown(where: Sequence[str | int]) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


# a workspace -------------------------------------------------------------------


def authored_files(root: Path) -> Iterator[tuple[Path, Kind]]:
    """The files of a workspace that carry a schema version."""
    yield root / MARKER, "workspace"
    yield root / "contributors.yaml", "contributors"
    yield from ((path, "evidence") for path in ledger_paths(root))
    for paper in sorted(root.glob(f"papers/*/{PAPER}")):
        yield paper, "paper"
        yield from ((path, "evidence") for path in ledger_paths(root, paper.parent) if root / "citations" not in path.parents)
        for section in sorted(paper.parent.glob("sections/*")):
            if section.suffix in ENDINGS and not section.name.startswith("."):
                yield section, "section"
        for submission in sorted(paper.parent.glob("submissions/*.y*ml")):
            if submission.suffix in (".yaml", ".yml") and not submission.name.startswith("."):
                yield submission, "submission"
    for profile in sorted(root.glob("templates/profiles/*.toml")):
        yield profile, "profile"


def upgrade(start: Path, *, write: bool = True) -> list[Upgraded]:
    """Bring the files of the workspace around ``start`` up to date; what was done, file by file.

    Files that need nothing are not mentioned. Raises ``UnusableError`` where
    the disk does not let us write: files are written whole, one after another.
    """
    root = find_root(start)
    outcomes = []
    for path, kind in authored_files(root):
        if not path.exists():
            continue
        outcome = _one(root, path, kind)
        if write and outcome.changes:
            files.write_whole(files.inside(root, path), outcome.text.encode())
        if outcome.changes or outcome.problem:
            outcomes.append(outcome)
    return outcomes


def _one(root: Path, path: Path, kind: Kind) -> Upgraded:
    name = files.relative(root, path)
    data, findings = files.read_bytes(root, path)
    if findings:
        return Upgraded(name, "", (), findings[0].message.rstrip("."))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Upgraded(name, "", (), "it is not UTF-8: save it as UTF-8 first")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    outcome = upgraded(name, text.removeprefix(mark), kind)
    return Upgraded(name, mark + outcome.text, outcome.changes, outcome.problem)
