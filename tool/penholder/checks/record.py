"""What a check found, and how it is kept: read back without importing a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from penholder.checks.fixing import Fix, Safety
from penholder.findings import Code, Finding, Severity
from penholder.source import Span


@dataclass(frozen=True)
class Checked:
    """A finding with what a letter, a fix or the claims table needs besides.

    ``ask`` and ``quote`` are for a person; ``section`` is the path of the section,
    ``title`` its title and ``owner`` the name of who owns it, ``nth`` the paragraph in it (0: none), ``kind`` that of
    the passage. ``waived`` is the reason of the waiver that answers it.
    """

    finding: Finding
    ask: str = ""
    quote: str = ""
    section: str = ""
    title: str = ""
    nth: int = 0
    kind: str = ""
    opening: str = ""
    waived: str = ""
    fix: Fix | None = None
    safety: str = ""
    owner: str = ""


@dataclass
class Report:
    """What a run found: open findings, and those that a waiver answers."""

    items: list[Checked] = field(default_factory=list)

    @property
    def open(self) -> list[Checked]:
        return [c for c in self.items if not c.waived]

    @property
    def waived(self) -> list[Checked]:
        return [c for c in self.items if c.waived]

    @property
    def findings(self) -> list[Finding]:
        return sorted(dict.fromkeys(c.finding for c in self.open), key=lambda f: f.order)

    @property
    def errors(self) -> int:
        return sum(f.severity is Severity.ERROR for f in self.findings)


def to_record(report: Report) -> list[dict[str, Any]]:
    """A report as JSON data, rules' texts included: read back without importing a rule."""
    records = []
    for item in report.items:
        finding, code = item.finding, item.finding.code
        told = finding._asdict() | {
            "code": code._asdict() | {"severity": int(code.severity)},
            "span": finding.span._asdict(),
            "severity": int(finding.severity),
        }
        records.append(asdict(item) | {"finding": told})
    return records


def from_record(records: Sequence[dict[str, Any]]) -> Report:
    """The report that ``to_record`` wrote. Raises ``KeyError`` or ``TypeError`` for anything else."""
    items = []
    for record in records:
        told = dict(record["finding"])
        code = Code(**{**told["code"], "severity": Severity(told["code"]["severity"])})
        finding = Finding(code, Span(**told["span"]), told["message"], told["help"], Severity(told["severity"]))
        fix = Fix(**record["fix"]) if record["fix"] else None
        items.append(Checked(**{**record, "finding": finding, "fix": fix}))
    return Report(items)


def safe(item: Checked) -> bool:
    """Whether ``--fix`` may make its change without being asked twice."""
    return item.fix is not None and item.safety == Safety.SAFE.value
