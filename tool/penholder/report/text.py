"""Findings for a person at a terminal: place, what, the line itself, why, what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from penholder.findings import Finding, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def colours_wanted() -> bool | None:
    """``False`` where NO_COLOR is set (https://no-color.org), else whatever the terminal can do."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, in colour on a terminal that wants it."""
    click.echo(text, err=err, color=colours_wanted())


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
    head = f"{click.style(str(finding.span), bold=True)}: {click.style(finding.severity.label, fg=colour, bold=True)} {finding.code.id}: {finding.message}"
    parts = [head]
    shown = line_of(finding.span.path, finding.span.line) if finding.span.line else ""
    if shown.strip():
        parts += _pointer(shown, finding, colour)
    if why:
        parts.append(f"    {finding.code.why}")
    parts.append(f"    {click.style('What to do:', bold=True)} {finding.help}")
    return "\n".join(parts)


_WIDTH = 96


def _pointer(line: str, finding: Finding, colour: str) -> list[str]:
    """The line, cut to a readable length, and a row of ^ under the words meant."""
    span = finding.span
    begin = max(0, span.column - 1)
    length = span.end_column - span.column if span.end_line == span.line else len(line) - begin
    length = max(1, min(length, len(line) - begin))
    shift = max(0, begin - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[shift : shift + _WIDTH].replace("\t", " ")
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
        self._files: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str:
        if path not in self._files:
            try:
                text = (self._root / path).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._files[path] = text.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
        lines = self._files[path]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def tally(findings: Iterable[Finding]) -> str:
    """``2 errors, 1 warning`` or ``nothing found``."""
    counts = {s: 0 for s in sorted(Severity, reverse=True)}
    for finding in findings:
        counts[finding.severity] += 1
    parts = [f"{n} {s.label}{'' if n == 1 else 's'}" for s, n in counts.items() if n]
    return ", ".join(parts) or "nothing found"
