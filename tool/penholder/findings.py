"""Findings: everything that is to be said about what authors wrote, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from penholder.source import Span


class Severity(IntEnum):
    """How much a finding matters: notes inform, warnings ask, errors must be mended to submit."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        return self.name.lower()


class Code(NamedTuple):
    """A kind of finding: its stable code, severity, and the page a person reads about it.

    ``why`` says why it matters, ``help`` what to do, ``url`` the authority for
    the rule where there is one.
    """

    id: str
    severity: Severity
    title: str
    why: str
    help: str
    url: str = ""

    def at(self, span: Span, message: str, *, help: str = "", severity: Severity | None = None) -> Finding:
        """A finding of this kind at ``span``; ``help`` replaces the general advice."""
        return Finding(self, span, message, help or self.help, self.severity if severity is None else severity)


class Finding(NamedTuple):
    """One thing found at one place."""

    code: Code
    span: Span
    message: str
    help: str
    severity: Severity

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Findings are reported by file and place."""
        return (self.span.path, self.span.line, self.span.column, self.code.id, self.message)


class Findings:
    """The findings of a run, gathered while the stages go on."""

    def __init__(self, items: Iterable[Finding] = ()) -> None:
        self.items: list[Finding] = list(items)

    def add(self, finding: Finding) -> None:
        self.items.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        self.items.extend(findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.sorted())

    def __len__(self) -> int:
        return len(self.items)

    def sorted(self) -> list[Finding]:
        """By place, each one once."""
        return sorted(dict.fromkeys(self.items), key=lambda f: f.order)

    def count(self, severity: Severity) -> int:
        return sum(f.severity == severity for f in self.sorted())

    @property
    def errors(self) -> int:
        return self.count(Severity.ERROR)
