"""Findings for machines: one JSON shape for every command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from penholder.findings import Finding, Severity


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON data; the path is relative to the workspace, lines and columns count from 1."""
    span = finding.span
    return {
        "code": finding.code.id,
        "severity": finding.severity.label,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": finding.message,
        "why": finding.code.why,
        "help": finding.help,
        "url": finding.code.url,
    }


def to_json(findings: Iterable[Finding], extra: Mapping[str, Any] | None = None) -> str:
    """``{"findings": [...], "summary": {...}}``; ``extra`` joins the summary."""
    items = list(findings)
    summary: dict[str, Any] = {s.label + "s": sum(f.severity == s for f in items) for s in sorted(Severity, reverse=True)}
    summary.update(extra or {})
    return json.dumps({"findings": [finding_data(f) for f in items], "summary": summary}, indent=2, ensure_ascii=False)
