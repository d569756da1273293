"""``penholder evidence export``: the claims table, printed or written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from penholder.adapters.files import write_whole
from penholder.adapters.pandoc.worker import Worker
from penholder.checks.views import WorkspaceView
from penholder.cli import citing
from penholder.features import claims as table
from penholder.features.evidence import chosen_paper, views_of
from penholder.findings import Findings
from penholder.report.claims import to_annex, to_csv
from penholder.report.machine import to_json
from penholder.report.text import say
from penholder.stages.discover import Workspace, discover
from penholder.stages.where import choose

_BOM = "\ufeff"  # without it, a spreadsheet takes £ for something else


def export(folder: Path, paper: str | None, shape: str, output: Path | None) -> int:
    """Make the claims table and print it, or write it; returns the exit code."""
    workspace, _ = discover(folder)
    slugs = (chosen_paper(workspace, paper),) if shape == "markdown" or paper else choose(workspace.papers, ())
    claims, waivers, findings = _gathered(workspace, slugs)
    if shape == "json":
        data = {"claims": [table.claim_data(c) for c in claims], "waivers": waivers}
        text = json.dumps({**data, **json.loads(to_json(findings, {"claims": len(claims), **table.counts(claims)}))}, indent=2, ensure_ascii=False) + "\n"
    else:
        text = to_annex(claims) if shape == "markdown" else to_csv(claims)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole((folder / output).resolve(), ((_BOM if shape == "csv" else "") + text).encode())
    citing.complain(workspace, findings.sorted())
    made = ", ".join(f"{number:,} {status}" for status, number in sorted(table.counts(claims).items()))
    say(f"{citing.count(len(claims), 'claim')}{f': {made}' if made else ''}.", err=True)
    if output is not None:
        say(f"Written: {output}.", err=True)
    if shape == "markdown":
        say(f"Next: put the annex last in `sections` of papers/{slugs[0]}/paper.yaml, then penholder build {slugs[0]}.", err=True)
    elif any(c.status in (table.NO_SOURCE, "disputed", "unverified") and not c.waived for c in claims):
        say("Next: penholder check --select EVID says what each of them wants.", err=True)
    return citing.code(findings)


def _gathered(workspace: Workspace, slugs: tuple[str, ...]) -> tuple[list[table.Claim], list[dict[str, object]], Findings]:
    with Worker() as worker:
        views, findings = views_of(workspace, slugs, worker, dt.date.today())
    if not views:
        return [], [], findings
    report = table.weighed(WorkspaceView(workspace, views))
    return [claim for view in views for claim in table.claims_of(view, report)], table.waivers_of(report), findings
