"""Findings as annotations of a GitHub workflow.

The form is that of workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from pathlib import Path

from penholder.checks.record import Report
from penholder.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def to_github(report: Report, root: Path) -> str:
    """A line for each open finding; paths are relative to the repository where the workspace is a folder of it."""
    prefix = prefix_of(root)
    return "\n".join(_line(finding, prefix) for finding in report.findings)


def prefix_of(root: Path) -> str:
    """The way from the repository's top to the workspace."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            way = root.relative_to(folder).as_posix()
            return "" if way == "." else way + "/"
    return ""


def _line(finding: Finding, prefix: str) -> str:
    span = finding.span
    values = {"file": prefix + span.path, "line": span.line, "endLine": span.end_line, "col": span.column, "endColumn": span.end_column}
    if span.end_line > span.line:  # columns are understood within one line only
        del values["col"], values["endColumn"]
    said = ",".join(f"{key}={_value(str(value))}" for key, value in values.items() if value)
    title = _value(f"{finding.code.id} {finding.code.title}")
    return f"::{_LEVELS[finding.severity]} {said},title={title}::{_text(f'{finding.message} {finding.help}')}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
