"""``penholder evidence add`` and ``decide``: what is written into the ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from penholder.errors import EXIT_CLEAN, UsageError

STATUSES = ("verified", "secondary", "unverified", "disputed")
_DAY = click.DateTime(["%Y-%m-%d"])
Function = Callable[..., int]

_TEXTS = {
    "value": "The number as a sentence says it: 14.4, 58, one in five.",
    "unit": "What follows it, or stands around it: million people, %, £bn.",
    "statement": "What the figure says, in a sentence.",
    "measure": "What is measured: people in poverty.",
    "basis": "How it is counted: after housing costs.",
    "geography": "Where it holds: UK.",
    "period": "When it holds: 2021/22.",
    "population": "Of whom: children.",
    "note": "What else whoever uses it should know.",
}


def _texts(function: Function) -> Function:
    for name, says in reversed(_TEXTS.items()):
        function = click.option(f"--{name}", default="", metavar="TEXT", help=says)(function)
    return function


def _own(function: Function) -> Function:
    option: Function = click.option("--paper", metavar="PAPER", help="In this paper's own ledger, not the workspace's.")(function)
    return option


@click.command("add")
@click.argument("id", required=False)
@_texts
@click.option("--source", "key", default="", metavar="KEY", help="Its key in the library, as it is cited.")
@click.option("--locator", default="", help="Where in the source: p. 12.")
@click.option("--retrieved", type=_DAY, metavar="DATE", help="The day the source was read: 2030-01-31.")
@click.option("--status", type=click.Choice(STATUSES), default="unverified", help="What is known of it (default: unverified).")
@click.option("--review-by", type=_DAY, metavar="DATE", help="The day to look for a newer figure.")
@click.option("--supersedes", default="", metavar="ID", help="The fact whose place it takes.")
@click.option("--wording", "wordings", multiple=True, metavar="TEXT", help="Another way of saying it; may be given again.")
@click.option("--approximate", is_flag=True, help="The source itself only says about.")
@_own
@click.pass_context
def add(ctx: click.Context, /, **given: Any) -> int:
    """Add the fact ID to the ledger. Comments and everything else in the file stay as they are.

    On a terminal, ID, value and statement are asked for where they are not given.

    \b
    Examples:
      penholder evidence add poverty-uk-2021-22 --value 14.4 --unit "million people" \\
        --statement "People in poverty in the UK, after housing costs." \\
        --measure "people in poverty" --geography UK --period 2021/22 \\
        --source jrf2023 --locator "p. 12" --status verified
      penholder evidence add poverty-uk-2022-23 --value 14.3 --unit "million people" \\
        --statement "People in poverty in the UK." --supersedes poverty-uk-2021-22

    Exit code: 0 written, 2 wrong use (nothing was written).
    """
    from penholder.features import evidence_edit
    from penholder.report.text import say
    from penholder.stages.discover import discover

    paper, supersedes = given.pop("paper"), given.pop("supersedes")
    key, locator = given.pop("key"), given.pop("locator")
    for name, label in (("id", "Id"), ("value", "Value"), ("statement", "What it says, in a sentence")):
        if not given[name] and sys.stdin.isatty() and sys.stdout.isatty():
            given[name] = click.prompt(label)
    missing = [name if name == "id" else f"--{name}" for name in ("id", "value", "statement") if not given[name]]
    if missing:
        raise UsageError(f"{', '.join(missing)} must be given", "For example: penholder evidence add poverty-uk --value 14.4 --statement 'People in poverty.'")
    if locator and not key:
        raise UsageError("--locator says where in a source, and there is no --source", "Give --source KEY, too.")
    days = {name: given[name].date() if given[name] else None for name in ("retrieved", "review_by")}
    fields = {**given, **days, "source": evidence_edit.source_of(key, locator)}
    workspace, _ = discover(ctx.obj["folder"])
    written = evidence_edit.add_fact(workspace, fields, paper=paper, supersedes=supersedes)
    say(f"Added to {written.path}, line {written.line}.")
    if written.superseded:
        say(f"{written.superseded} is marked as superseded by it.")
    say(f'Next: in a section, {{{{ fact("{given["id"]}") }}}} prints it with its source; then commit {written.path}.')
    return EXIT_CLEAN


@click.command("decide")
@click.argument("id")
@click.option("--use", required=True, metavar="VALUE", help="The figure papers are to use: its value, or the fact's id.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@click.option("--by", required=True, metavar="ID", help="Who decided: an id of contributors.yaml.")
@_own
@click.pass_context
def decide(ctx: click.Context, id: str, use: str, because: str, by: str, paper: str | None) -> int:
    """Record which figure papers are to use for the measure ID, or the measure of the fact ID.

    `penholder check` then asks the authors of other figures to change them, and
    says who decided and why. A later decision counts over an earlier one.

    \b
    Examples:
      penholder evidence decide "people in poverty" --use 14.4 \\
        --because "The official series is the one ministers quote." --by anna

    Exit code: 0 written, 2 wrong use (nothing was written).
    """
    from penholder.features import evidence_edit
    from penholder.report.text import say
    from penholder.stages.discover import discover
    from penholder.stages.ledger import said

    workspace, _ = discover(ctx.obj["folder"])
    written = evidence_edit.decide(workspace, id, use, because, by, paper=paper)
    if written.fact is not None and written.decision is not None:
        say(f"Decided in {written.path}, line {written.line}: {written.decision.measure} is {said(written.fact.value, written.fact.unit)} ({written.fact.id}).")
    say("Next: penholder check --select EVID002 shows who still says otherwise; --format letter writes to them.")
    return EXIT_CLEAN
