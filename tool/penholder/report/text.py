"""Findings for a person at a terminal: place, what, the line itself, why, what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from penholder.adapters.files import read_text
from penholder.findings import Finding, Severity
from penholder.patterns import later
from penholder.source import SourceFile

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def colours_wanted() -> bool | None:
    """``False`` where NO_COLOR is set (https://no-color.org), else whatever the terminal can do."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, in colour on a terminal that wants it. What else could steer a terminal is shown instead."""
    plain = text.encode("utf-8", "replace").decode()  # half a character, of a file's name that is not UTF-8, cannot be printed
    click.echo(_STEERING.sub(lambda m: m[0] if len(m[0]) > 1 else _picture(m[0]), plain), err=err, color=colours_wanted())


# Authors' words reach terminals and logs of CI, which must not obey them: our own colours and the ends of lines are let through.
_STEERING = later(r"\x1b\[[0-9;]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS = later("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _picture(character: str) -> str:
    """What stands for a control character: its picture (U+2400 on), one for one, so that columns stay."""
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\u2421" if character == "\x7f" else "\ufffd"


def on_one_line(text: str) -> str:
    """Authors' words as one line that steers nothing: each control character as its picture, a tab as a blank."""
    return _CONTROLS.sub(lambda m: " " if m[0] == "\t" else _picture(m[0]), text)


def show_findings(findings: Iterable[Finding], root: Path, *, verbose: bool = False) -> None:
    """Print findings, each with its line; ``why`` once for each code unless ``verbose``."""
    for text in finding_texts(findings, root, verbose=verbose):
        say(text)


def finding_texts(findings: Iterable[Finding], root: Path, *, verbose: bool = False) -> Iterator[str]:
    """The text of each finding, coloured, as ``show_findings`` prints it."""
    said: set[str] = set()
    lines = _LineReader(root)
    for finding in findings:
        yield format_finding(finding, lines.line, why=verbose or finding.code.id not in said)
        said.add(finding.code.id)


def format_finding(finding: Finding, line_of: Callable[[str, int], str], *, why: bool = True) -> str:
    """A finding as a few lines of text."""
    colour = _COLOURS[finding.severity]
    place, message = on_one_line(str(finding.span)), on_one_line(finding.message)
    head = f"{click.style(place, bold=True)}: {click.style(finding.severity.label, fg=colour, bold=True)} {finding.code.id}: {message}"
    parts = [head]
    shown = line_of(finding.span.path, finding.span.line) if finding.span.line else ""
    if shown.strip():
        parts += _pointer(shown, finding, colour)
    if why:
        parts.append(f"    {finding.code.why}")
    parts.append(f"    {click.style('What to do:', bold=True)} {on_one_line(finding.help)}")
    return "\n".join(parts)


_WIDTH = 96


def _pointer(line: str, finding: Finding, colour: str) -> list[str]:
    """The line, cut to a readable length, and a row of ^ under the words meant."""
    span = finding.span
    begin = max(0, span.column - 1)
    length = span.end_column - span.column if span.end_line == span.line else len(line) - begin
    length = max(1, min(length, len(line) - begin))
    shift = max(0, begin - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[shift : shift + _WIDTH]
    shown = on_one_line(shown)
    lead, tail = ("…" if shift else ""), ("…" if shift + _WIDTH < len(line) else "")
    room = max(1, min(length, len(shown) - (begin - shift)))
    number = f"{span.line:>5} | "
    return [
        f"{number}{lead}{shown}{tail}",
        " " * (len(number) + len(lead) + begin - shift) + click.style("^" * room, fg=colour),
    ]


class _LineReader:
    """Lines of the workspace's files, read once each."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, SourceFile] = {}

    def line(self, path: str, number: int) -> str:
        if path not in self._files:
            self._files[path] = read_text(self._root, self._root / path)[0]
        return self._files[path].line_text(number) if number else ""


def as_typed(root: Path, path: Path) -> str:
    """A path as a person in the workspace would type it."""
    for base in (Path.cwd(), root):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return str(path)


def tally(findings: Iterable[Finding]) -> str:
    """``2 errors, 1 warning`` or ``nothing found``."""
    counts = {s: 0 for s in sorted(Severity, reverse=True)}
    for finding in findings:
        counts[finding.severity] += 1
    parts = [f"{n} {s.label}{'' if n == 1 else 's'}" for s, n in counts.items() if n]
    return ", ".join(parts) or "nothing found"
