"""Keys of an authored file renamed in its text: only the words that changed, every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from penholder.adapters import yaml
from penholder.source import SourceFile, Span
from penholder.stages.discover import read_toml
from penholder.stages.tomlplace import toml_place

Kind = Literal["paper", "section", "contributors", "evidence", "workspace", "submission", "profile"]
_TOML = ("workspace", "profile")
VERSION = "schema_version"

_FRONT = re.compile(r"\A---[ \t]*(?:\r\n|\n|\r)(.*?)^(?:---|\.\.\.)[ \t]*$", re.S | re.M)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


@dataclass(frozen=True)
class Rename:
    """A key that has a new name."""

    where: tuple[str | int, ...]
    new: str


class Unsafe(Exception):
    """A text that cannot be rewritten with certainty; the message says why."""


@dataclass(frozen=True)
class Read:
    """A text as its parser sees it: the data, and the place (line, column from 1) of each key."""

    data: Mapping[str, Any]
    place: Callable[[Sequence[str | int]], Span] = field(repr=False)


def edited(text: str, kind: Kind, read: Read, renames: Sequence[Rename], target: int, *, said: bool) -> str:
    """The text with its keys renamed and its version raised, or a line for it put in."""
    expected(read.data, renames, target)  # before anything else, for its better message
    edits = [_rename(text, read, rename) for rename in renames]
    edits.append(_raise(text, read, target) if said else _insert(text, kind, read, target))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def expected(data: Mapping[str, Any], renames: Sequence[Rename], target: int) -> dict[str, Any]:
    """The data as it should be after the step. Raises ``Unsafe`` where an old and a new key stand together."""
    made: dict[str, Any] = yaml.plain(data)
    for rename in sorted(renames, key=lambda r: -len(r.where)):
        holder: Any = made
        for step in rename.where[:-1]:
            holder = holder[step]
        old = str(rename.where[-1])
        if rename.new in holder:
            raise Unsafe(
                f"`{old}` and `{rename.new}` both stand in it: keep the one that is right, and call it `{rename.new}`"
            )
        holder[rename.new] = holder.pop(old)
    return {**made, VERSION: target}


# edits: (start, end, new text) -------------------------------------------------

Edit = tuple[int, int, str]


def _rename(text: str, read: Read, rename: Rename) -> Edit:
    at = _offset(text, read.place(rename.where))
    old = str(rename.where[-1])
    found = re.compile(rf"([\"']?){re.escape(old)}\1(?=\s*[:=])").match(text, at)
    if not found:
        raise Unsafe(f"`{old}` cannot be found in it with certainty: rename it to `{rename.new}` by hand")
    return found.start() + len(found[1]), found.end() - len(found[1]), rename.new


def _raise(text: str, read: Read, target: int) -> Edit:
    found = re.compile(rf"([\"']?){VERSION}\1\s*[:=]\s*(\d+)").match(text, _offset(text, read.place((VERSION,))))
    if not found:
        raise Unsafe(f"its schema_version cannot be found with certainty: set it to {target} by hand")
    return found.start(2), found.end(2), str(target)


def _insert(text: str, kind: Kind, read: Read, target: int) -> Edit:
    """A line of its own before the first key."""
    if kind in _TOML:
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
    raise Unsafe("a key cannot be found in it with certainty: change it by hand")


def _column(text: str, at: int) -> int:
    return at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))


# reading -----------------------------------------------------------------------


def data_of(path: str, text: str, kind: Kind) -> dict[str, Any] | None:
    """What a text says, in plain data; ``None`` where it cannot be read."""
    try:
        read = read_keys(path, text, kind)
    except Unsafe:
        return None
    made: dict[str, Any] | None = yaml.plain(read.data) if read else None
    return made


def read_keys(path: str, text: str, kind: Kind) -> Read | None:
    """Read a text as its kind is read; ``None`` where there is nothing to upgrade."""
    plain = re.sub(r"\r\n?", "\n", text)
    source = SourceFile(path, plain)
    if kind in _TOML:
        data, findings = read_toml(source)
        return Read(_mapping(data, [f.message for f in findings]), lambda where: toml_place(source, where))
    start, body = 0, plain
    if kind == "section":
        match = _FRONT.match(plain)
        if match is None:
            return None
        start, body = 1, match[1]
    document, findings = yaml.load(source, body, start)
    if document.data is None or (document.data == {} and not findings):
        return None
    return Read(_mapping(document.data, [f.message for f in findings]), document.place)


def _mapping(data: Any, problems: Sequence[str]) -> Mapping[str, Any]:
    if problems:
        raise Unsafe(problems[0][:1].lower() + problems[0][1:].rstrip("."))
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise Unsafe("it does not hold `key: value` lines")
    return data
