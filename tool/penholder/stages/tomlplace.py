"""Where a value of a TOML text stands: ``tomllib`` gives the data and forgets the places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from penholder.patterns import later
from penholder.source import SourceFile, Span

_HEADER = later(r"[ \t]*(\[\[?)[ \t]*([^\[\]\n]+?)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.M)
_KEY = later(r"""[ \t]*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*""")
_EQUALS = later(r"\s*=\s*")
_PART = later(r"""[\w-]+|"[^"]*"|'[^']*'""")
# What a value is made of: texts of four kinds, remarks, brackets, commas, and words.
_TOKEN = later(r"""\"{3}[\s\S]*?\"{3}|'{3}[\s\S]*?'{3}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[\[\]{},]|[^\s\[\]{},#"'=]+|=|\s+|.""")

Step = str | int
Entry = tuple[tuple[Step, ...], int, int, int]  # path, start and end of the key, start of the value (-1: a table)


def toml_place(source: SourceFile, where: Sequence[Step]) -> Span:
    """The span of the key or item at ``where``, or of the nearest thing around it; the first line where there is none."""
    wanted = tuple(where)
    best: Entry | None = None
    for entry in _entries(source.text):
        path = entry[0]
        if wanted[: len(path)] == path and path and (best is None or len(path) > len(best[0])):
            best = entry
    if best is None:
        return Span(source.path, 1, 1, 1, 1)
    path, start, end, value = best
    for depth in range(len(path), len(wanted)):
        inner = _inner(source.text, value, wanted[depth]) if value >= 0 else None
        if inner is None:
            break
        start, end, value = inner
    return source.span(start, end)


def _entries(text: str) -> Iterator[Entry]:
    """Every table and every key that begins a line."""
    table: tuple[Step, ...] = ()
    counts: dict[tuple[Step, ...], int] = {}
    at = 0
    while at < len(text):
        if header := _HEADER.match(text, at):
            table = _resolved(_parts(header[2]), counts, new=header[1] == "[[")
            yield table, header.start(2), header.end(2), -1
            at = header.end()
        elif key := _KEY.match(text, at):
            yield (*table, *_parts(key[1])), key.start(1), key.end(1), key.end()
            at = _value_end(text, key.end())
        newline = text.find("\n", at)
        at = len(text) if newline < 0 else newline + 1


def _resolved(parts: Sequence[str], counts: dict[tuple[Step, ...], int], *, new: bool) -> tuple[Step, ...]:
    """The path of a table; each list of tables on the way stands for its last one."""
    path: tuple[Step, ...] = ()
    for number, part in enumerate(parts, 1):
        path = (*path, part)
        if new and number == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _value_end(text: str, start: int) -> int:
    """Where a value ends: with its line, or with the bracket that it opened."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        depth += (token[0] in ("[", "{")) - (token[0] in ("]", "}"))
        if depth <= 0 and "\n" in token[0] and token[0].isspace():
            return token.start()
    return len(text)


def _inner(text: str, start: int, step: Step) -> tuple[int, int, int] | None:
    """The item or the key of a list or an inline table that begins at ``start``: its start, its end, and its value's start."""
    if text[start : start + 1] != ("[" if isinstance(step, int) else "{"):
        return None
    for number, first in enumerate(_members(text, start)):
        if step == number:
            return first.start(), first.end(), first.start()
        if isinstance(step, str) and _parts(first[0]) == (step,):
            value = _EQUALS.match(text, first.end())
            return first.start(), first.end(), value.end() if value else first.end()
    return None


def _members(text: str, start: int) -> Iterator[re.Match[str]]:
    """The first token of each item or key in the brackets that open at ``start``."""
    depth, begins = 0, True
    for token in _TOKEN.finditer(text, start):
        said = token[0]
        if depth == 1 and begins and said not in ("]", "}") and not said.isspace() and not said.startswith("#"):
            yield token
            begins = False
        depth += (said in ("[", "{")) - (said in ("]", "}"))
        if depth == 0:
            return
        begins = begins or (depth == 1 and said == ",")
