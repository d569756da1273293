"""Findings as SARIF 2.1.0, for code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from penholder import __version__
from penholder.checks.fixing import Fix
from penholder.checks.record import Checked, Report
from penholder.findings import Code, Severity
from penholder.report.github import prefix_of
from penholder.source import SourceFile, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report, root: Path) -> str:
    """The report as one run; waived findings are in it, suppressed, with their reasons.

    Columns count UTF-16 code units: what readers assume that do not look at ``columnKind``. Paths are relative to the repository, or to the workspace where there is none.
    """
    codes = list(dict.fromkeys(item.finding.code for item in report.items))
    index = {code: i for i, code in enumerate(codes)}
    files = _Files(root)
    run = {
        "tool": {"driver": {"name": "Penholder", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The repository"}}},
        "results": [_result(item, index[item.finding.code], files) for item in report.items],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


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


class _Files:
    """The files that findings are about: their names for others, and their texts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._prefix = prefix_of(root)
        self._texts: dict[str, SourceFile] = {}

    def place(self, path: str) -> dict[str, str]:
        return {"uri": quote(os.fsencode(self._prefix + path)), "uriBaseId": "SRCROOT"}

    def text(self, path: str) -> SourceFile:
        if path not in self._texts:
            from penholder.adapters.files import read_text

            self._texts[path] = read_text(self._root, self._root / path)[0]
        return self._texts[path]

    def region(self, span: Span) -> dict[str, Any]:
        """The place in a file; nothing where the file as a whole is meant."""
        if not span.line:
            return {}
        region = {"startLine": span.line, "startColumn": self._column(span.path, span.line, span.column)}
        if span.end_line and (span.end_line, span.end_column) >= (span.line, span.column):
            region |= {"endLine": span.end_line, "endColumn": self._column(span.path, span.end_line, span.end_column)}
        return {"region": region}

    def _column(self, path: str, line: int, column: int) -> int:
        before = self.text(path).line_text(line)[: max(0, column - 1)]
        return max(1, column + sum(ord(c) > 0xFFFF for c in before))


def _result(item: Checked, rule: int, files: _Files) -> dict[str, Any]:
    finding = item.finding
    made: dict[str, Any] = {
        "ruleId": finding.code.id,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}"},
        "locations": [{"physicalLocation": {"artifactLocation": files.place(finding.span.path), **files.region(finding.span)}}],
    }
    if item.waived:
        made["suppressions"] = [{"kind": "inSource", "justification": item.waived}]
    if item.fix is not None:
        made["fixes"] = [_fix(item.fix, finding.help, files)]
    return made


def _fix(fix: Fix, help: str, files: _Files) -> dict[str, Any]:
    change = {"deletedRegion": files.region(files.text(fix.path).span(fix.start, fix.end))["region"], "insertedContent": {"text": fix.text}}
    return {"description": {"text": help}, "artifactChanges": [{"artifactLocation": files.place(fix.path), "replacements": [change]}]}
