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

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from penholder.adapters import files, yaml
from penholder.model.paper import SCHEMA_VERSION
from penholder.source import SourceFile, Span
from penholder.stages.discover import read_toml, toml_place
from penholder.stages.ledger import ledger_paths
from penholder.stages.texts import ENDINGS
from penholder.stages.where import MARKER, PAPER, find_root

Kind = Literal["paper", "section", "contributors", "evidence", "workspace"]
VERSION = "schema_version"

_FRONT = re.compile(r"\A---[ \t]*(?:\r\n|\n|\r)(.*?)^(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True)
class Upgraded:
    """What became of one file: ``text`` to write, and ``changes`` or a ``problem`` in words."""

    path: str
    text: str
    changes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Rename:
    """A key that has a new name."""

    where: tuple[str | int, ...]
    new: str


class _Unsafe(Exception):
    """A text that cannot be rewritten with certainty; the message says why."""


@dataclass(frozen=True)
class _Read:
    """A text as its parser sees it: the data, and the place (line, column from 1) of each key."""

    data: Mapping[str, Any]
    place: Callable[[Sequence[str | int]], Span] = field(repr=False)


# the chain ---------------------------------------------------------------------

_OLD: dict[Kind, dict[str, str]] = {
    "paper": {"style": "citation_style", "authors": "contributors", "lang": "language", "order": "sections"},
    "section": {"authors": "contributors", "budget": "word_budget"},
    "contributors": {"authors": "contributors"},
    "evidence": {},
    "workspace": {"style": "citation_style", "lang": "language"},
}
_TELLING: dict[Kind, frozenset[str]] = {  # old keys that nobody else writes
    "paper": frozenset(_OLD["paper"]),
    "section": frozenset({"budget"}),
    "contributors": frozenset({"authors"}),
    "evidence": frozenset(),
    "workspace": frozenset(_OLD["workspace"]),
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
            read = _read(path, current, kind)
            if read is None:
                break
            version, said = _version(kind, read.data)
            if version > SCHEMA_VERSION:
                raise _Unsafe(
                    f"it says schema_version {version}, and this Penholder knows {SCHEMA_VERSION}: install a newer Penholder"
                )
            if version == SCHEMA_VERSION and said:
                break
            renames = [] if version == SCHEMA_VERSION else MIGRATIONS[version](kind, read.data)
            target = min(version + 1, SCHEMA_VERSION)
            new = _edited(current, kind, read, renames, target, said=said)
            if _data(path, new, kind) != _expected(read.data, renames, target):
                raise _Unsafe(
                    "it cannot be rewritten with certainty: change it by hand (`penholder schema` says what it may hold)"
                )
            current = new
            changes += [*(f"{_shown(r.where)} -> {r.new}" for r in renames), f"{VERSION}: {target}"]
    except _Unsafe as why:
        return Upgraded(path, text, (), str(why))
    return Upgraded(path, current, tuple(changes))


def _version(kind: Kind, data: Mapping[str, Any]) -> tuple[int, bool]:
    """The version a file is of, and whether it says so itself."""
    if VERSION not in data:
        old = bool(_TELLING[kind] & data.keys()) or any("consent" in r.where for r in from_0_to_1(kind, data))
        return (0 if old else SCHEMA_VERSION), False
    version = data[VERSION]
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise _Unsafe(f"its schema_version is {str(version)[:40]!r}, which is no version: write a whole number")
    return version, True


def _edited(text: str, kind: Kind, read: _Read, renames: Sequence[Rename], target: int, *, said: bool) -> str:
    """The text with its keys renamed and its version raised, or a line for it put in."""
    _expected(read.data, renames, target)  # before anything else, for its better message
    edits = [_rename(text, read, rename) for rename in renames]
    edits.append(_raise(text, read, target) if said else _insert(text, kind, read, target))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _expected(data: Mapping[str, Any], renames: Sequence[Rename], target: int) -> dict[str, Any]:
    """The data as it should be after the step. Raises ``_Unsafe`` where an old and a new key stand together."""
    made: dict[str, Any] = yaml.plain(data)
    for rename in sorted(renames, key=lambda r: -len(r.where)):
        holder: Any = made
        for step in rename.where[:-1]:
            holder = holder[step]
        old = str(rename.where[-1])
        if rename.new in holder:
            raise _Unsafe(
                f"`{old}` and `{rename.new}` both stand in it: keep the one that is right, and call it `{rename.new}`"
            )
        holder[rename.new] = holder.pop(old)
    return {**made, VERSION: target}


def _shown(where: Sequence[str | int]) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


# edits: (start, end, new text) -------------------------------------------------

Edit = tuple[int, int, str]


def _rename(text: str, read: _Read, rename: Rename) -> Edit:
    at = _offset(text, read.place(rename.where))
    old = str(rename.where[-1])
    found = re.compile(rf"([\"']?){re.escape(old)}\1(?=\s*[:=])").match(text, at)
    if not found:
        raise _Unsafe(f"`{old}` cannot be found in it with certainty: rename it to `{rename.new}` by hand")
    return found.start() + len(found[1]), found.end() - len(found[1]), rename.new


def _raise(text: str, read: _Read, target: int) -> Edit:
    found = re.compile(rf"([\"']?){VERSION}\1\s*[:=]\s*(\d+)").match(text, _offset(text, read.place((VERSION,))))
    if not found:
        raise _Unsafe(f"its schema_version cannot be found with certainty: set it to {target} by hand")
    return found.start(2), found.end(2), str(target)


def _insert(text: str, kind: Kind, read: _Read, target: int) -> Edit:
    """A line of its own before the first key."""
    if kind == "workspace":
        at = next(
            (m.start() for m in _LINES.finditer(text) if m[0].strip() and not m[0].lstrip().startswith("#")), len(text)
        )
        before = _line_end(text) if at and text[at - 1] not in "\r\n" else ""
        return at, at, f"{before}{VERSION} = {target}{_line_end(text)}"
    at = _offset(text, read.place((next(iter(read.data)),)))
    indent = text[:at][-(_column(text, at) - 1) :] if _column(text, at) > 1 else ""
    if indent.strip():  # {flow: style}
        return at, at, f"{VERSION}: {target}, "
    return at, at, f"{VERSION}: {target}{_line_end(text)}{indent}"


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _offset(text: str, place: Span) -> int:
    for number, match in enumerate(_LINES.finditer(text), 1):
        if number == place.line:
            return match.start() + place.column - 1
    raise _Unsafe("a key cannot be found in it with certainty: change it by hand")


def _column(text: str, at: int) -> int:
    return at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))


# reading -----------------------------------------------------------------------


def _data(path: str, text: str, kind: Kind) -> dict[str, Any] | None:
    """What a text says, in plain data; ``None`` where it cannot be read."""
    try:
        read = _read(path, text, kind)
    except _Unsafe:
        return None
    made: dict[str, Any] | None = yaml.plain(read.data) if read else None
    return made


def _read(path: str, text: str, kind: Kind) -> _Read | None:
    """Read a text as its kind is read; ``None`` where there is nothing to upgrade."""
    plain = re.sub(r"\r\n?", "\n", text)
    source = SourceFile(path, plain)
    if kind == "workspace":
        data, findings = read_toml(source)
        return _Read(_mapping(data, [f.message for f in findings]), lambda where: toml_place(source, where))
    start, body = 0, plain
    if kind == "section":
        match = _FRONT.match(plain)
        if match is None:
            return None
        start, body = 1, match[1]
    document, findings = yaml.load(source, body, start)
    if document.data is None or (document.data == {} and not findings):
        return None
    return _Read(_mapping(document.data, [f.message for f in findings]), document.place)


def _mapping(data: Any, problems: Sequence[str]) -> Mapping[str, Any]:
    if problems:
        raise _Unsafe(problems[0][:1].lower() + problems[0][1:].rstrip("."))
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise _Unsafe("it does not hold `key: value` lines")
    return data


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
