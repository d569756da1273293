"""CSL-JSON and CSL-YAML files: their items, each with its place.

Source: the CSL-JSON schema (citation-style-language/schema, csl-data.json): a
list of objects with ``id`` and ``type``. A YAML file holds such a list, or a
mapping with the list under ``references``, as pandoc reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from penholder.library import codes
from penholder.patterns import later
from penholder.source import SourceFile

_ITEM = re.compile(r'\{\s*"')
_BETWEEN = re.compile(r"[\s,]*")
_ALIASES = later(r"^[ \t]*aliases:[ \t]*([^\n]*)\n?", re.M | re.I)


class Trouble(NamedTuple):
    """One thing wrong in a library file: code id, line, column, message."""

    code: str
    line: int
    column: int
    message: str

    def row(self) -> list[str | int]:
        return [self.code, self.line, self.column, self.message]


class CslItems(NamedTuple):
    """Items in order with the character offsets they came from, and their troubles."""

    items: list[dict[str, Any]]
    starts: list[int]
    ends: list[int]
    lines: list[int]
    troubles: list[Trouble]


def read_json(text: str) -> CslItems:
    """The items of a CSL-JSON text. A broken item is a trouble; the others are kept."""
    found = CslItems([], [], [], [], [])
    source = SourceFile("", text)
    decode = json.JSONDecoder().raw_decode
    at = _list_start(text)
    if at < 0:
        found.troubles.append(Trouble(codes.UNREADABLE.id, 1, 1, "no list of items begins here"))
        return found
    while True:
        start = _past(text, at)
        if start >= len(text) or text[start] == "]":
            if start >= len(text):
                _trouble(found, source, len(text), "the list is not closed with ]")
            return found
        try:
            item, end = decode(text, start)
        except (ValueError, RecursionError) as error:
            place = error.pos if isinstance(error, json.JSONDecodeError) else start
            _trouble(found, source, place, f"not JSON here: {getattr(error, 'msg', 'nested too deeply')}")
            following = _next_item(text, max(place, start + 1))
            if following < 0:
                return found
            at = following
            continue
        _take(found, item, start, end, source.position(start)[0])
        at = end


def _list_start(text: str) -> int:
    opening = _past(text, 0)
    if text[opening : opening + 1] == "[":
        return opening + 1
    wrapped = re.match(r'\s*\{\s*"(?:references|items)"\s*:\s*\[', text)
    return wrapped.end() if wrapped else -1


def _past(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _next_item(text: str, at: int) -> int:
    """Where a whole item begins, from ``at`` on; -1 where none does."""
    decode = json.JSONDecoder().raw_decode
    while match := _ITEM.search(text, at):
        try:
            item, end = decode(text, match.start())
        except json.JSONDecodeError as error:
            at = max(error.pos, match.start() + 1)
            continue
        except RecursionError:
            return -1
        if isinstance(item, dict) and ("id" in item or "type" in item):
            return match.start()
        at = end
    return -1


def _trouble(found: CslItems, source: SourceFile, offset: int, message: str) -> None:
    found.troubles.append(Trouble(codes.UNREADABLE.id, *source.position(offset), message))


def _take(found: CslItems, item: Any, start: int, end: int, line: int) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("id"), str | int) or item["id"] == "":
        found.troubles.append(Trouble(codes.BROKEN.id, line, 1, "an item without an id"))
        return
    found.items.append({**item, "id": str(item["id"])})
    found.starts.append(start)
    found.ends.append(end)
    found.lines.append(line)


def read_yaml(source: SourceFile) -> tuple[CslItems, str]:
    """The items of a CSL-YAML file, and them as text: one JSON object a line, which they are sliced from."""
    from penholder.adapters import yaml

    document, findings = yaml.load(source)
    found = CslItems([], [], [], [], [])
    for finding in findings:
        found.troubles.append(
            Trouble(codes.UNREADABLE.id, finding.span.line, finding.span.column, finding.message)
        )
    wrapped = isinstance(document.data, Mapping)
    data = document.data.get("references", []) if wrapped else document.data
    pieces: list[str] = []
    at = 0
    for i, item in enumerate(data if isinstance(data, list) else []):
        line = document.place(("references", i) if wrapped else (i,)).line
        text = json.dumps(_plain(item), separators=(",", ":"))
        _take(found, json.loads(text), at, at + len(text), line)
        pieces.append(text)
        at += len(text) + 1
    return found, "\n".join(pieces)


def _plain(value: Any) -> Any:
    """YAML data as JSON knows it: numbers and dates in text, keys as text."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def aliases_of(item: Mapping[str, Any]) -> list[str]:
    """Other keys of an item: ``custom.aliases``, a line ``aliases: a, b`` in ``note``, ``citation-key``."""
    custom = item.get("custom")
    found: list[str] = []
    if isinstance(custom, Mapping):
        listed = custom.get("aliases", [])
        found += listed.split(",") if isinstance(listed, str) else [str(a) for a in listed or []]
    for match in _ALIASES.findall(str(item.get("note", ""))):
        found += match.split(",")
    found.append(str(item.get("citation-key", "")))
    return [a for a in dict.fromkeys(a.strip() for a in found) if a and a != item.get("id")]


def without_aliases(item: dict[str, Any]) -> dict[str, Any]:
    """The item as citeproc is to see it: an ``aliases:`` line would be printed by some styles."""
    note = item.get("note")
    if not isinstance(note, str) or "aliases:" not in note.lower():
        return item
    left = _ALIASES.sub("", note).strip()
    return {**{k: v for k, v in item.items() if k != "note"}, **({"note": left} if left else {})}
