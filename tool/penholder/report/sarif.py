"""Findings as SARIF 2.1.0, for code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from penholder import __version__
from penholder.checks.fixing import Fix
from penholder.checks.record import Checked, Report
from penholder.findings import Code, Severity
from penholder.source import SourceFile, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report, root: Path) -> str:
    """The report as one run; waived findings are in it, suppressed, with their reasons. Columns count Unicode characters."""
    codes = list(dict.fromkeys(item.finding.code for item in report.items))
    index = {code: i for i, code in enumerate(codes)}
    texts: dict[str, SourceFile] = {}
    run = {
        "tool": {"driver": {"name": "Penholder", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The workspace"}}},
        "results": [_result(item, index[item.finding.code], root, texts) for item in report.items],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(code: Code) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": code.id,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": code.help},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }
    if code.url:
        made["helpUri"] = code.url
    return made


def _result(item: Checked, rule: int, root: Path, texts: dict[str, SourceFile]) -> dict[str, Any]:
    finding = item.finding
    made: dict[str, Any] = {
        "ruleId": finding.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}"},
        "locations": [{"physicalLocation": {"artifactLocation": _place(finding.span.path), **_region(finding.span)}}],
    }
    if item.waived:
        made["suppressions"] = [{"kind": "inSource", "justification": item.waived}]
    if item.fix is not None:
        made["fixes"] = [_fix(item.fix, finding.help, _source(item.fix.path, root, texts))]
    return made


def _place(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": "SRCROOT"}


def _region(span: Span) -> dict[str, Any]:
    if not span.line:
        return {}
    region = {"startLine": span.line, "startColumn": max(1, span.column)}
    if span.end_line and (span.end_line, span.end_column) >= (span.line, span.column):
        region |= {"endLine": span.end_line, "endColumn": max(1, span.end_column)}
    return {"region": region}


def _source(path: str, root: Path, texts: dict[str, SourceFile]) -> SourceFile:
    if path not in texts:
        from penholder.adapters.files import read_text

        texts[path] = read_text(root, root / path)[0]
    return texts[path]


def _fix(fix: Fix, help: str, source: SourceFile) -> dict[str, Any]:
    change = {"deletedRegion": _region(source.span(fix.start, fix.end))["region"], "insertedContent": {"text": fix.text}}
    return {"description": {"text": help}, "artifactChanges": [{"artifactLocation": _place(fix.path), "replacements": [change]}]}
