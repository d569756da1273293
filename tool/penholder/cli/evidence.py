"""``penholder evidence``: the ledger in which every figure stands once, with its source."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from penholder.features.evidence import Book

_STATUSES = ("verified", "secondary", "unverified", "disputed")
_DAY = click.DateTime(["%Y-%m-%d"])

Function = Callable[..., int]


def _shape(function: Function) -> Function:
    choice = click.Choice(["text", "json"])
    option: Function = click.option("--format", "shape", type=choice, default="text", help="How to print the result.")(function)
    return option


def _own(function: Function) -> Function:
    option: Function = click.option("--paper", metavar="PAPER", help="In this paper's own ledger, not the workspace's.")(function)
    return option


@click.group("evidence")
def command() -> None:
    """Keep every figure once, with its source, and see where papers state it (citations/evidence.yaml).

    \b
    Examples:
      penholder evidence list --stale            what somebody should look at again
      penholder evidence show poverty-uk-2021-22
      penholder evidence used                    paper, section and line of each figure
      penholder evidence export social-value     the claims table, for whoever stands behind it
    """


@command.command("list")
@click.option("--status", type=click.Choice(_STATUSES), help="Only facts of this status.")
@click.option("--stale", is_flag=True, help="Only those superseded, or past their review_by.")
@click.option("--unused", is_flag=True, help="Only those that no paper states (reads the papers).")
@click.option("--measure", metavar="TEXT", help="Only those whose measure holds TEXT.")
@_shape
@click.pass_context
def list_(ctx: click.Context, *, status: str | None, stale: bool, unused: bool, measure: str | None, shape: str) -> int:
    """List the facts of the ledger, and what is wrong with it.

    \b
    Examples:
      penholder evidence list
      penholder evidence list --status disputed
      penholder evidence list --measure poverty
      penholder evidence list --unused --format json

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use.
    """
    from penholder.cli import citing, evidencing
    from penholder.features import evidence
    from penholder.report.text import say

    book = _open(ctx)
    findings = book.findings
    known = list(book.ledger.facts.values())
    if unused:
        from penholder.adapters.pandoc.worker import Worker

        with Worker() as worker:
            places, found = evidence.used(book.workspace, worker)
        findings.extend(found)
        stated = {p.fact for p in places}
        known = [f for f in known if f.id not in stated]
    today = dt.date.today()
    wanted = (measure or "").casefold()
    facts = [
        {**evidence.fact_data(f, book.ledger.places[f.id], today), "remarks": evidence.remarks(f, today)}
        for f in known
        if status in (None, f.status) and wanted in f.measure.casefold() and (not stale or evidence.is_stale(f, today))
    ]
    if shape == "json":
        citing.say_json({"facts": facts, "decisions": [evidence.decision_data(d) for d in book.ledger.decisions]}, findings, evidencing.summary_of(facts))
        return citing.code(findings)
    citing.complain(book.workspace, findings.sorted())
    evidencing.say_facts(facts)
    say(evidencing.counted(facts))
    if facts:
        say(f"Next: penholder evidence show {facts[0]['id']}")
    else:
        say("Next: penholder evidence add" if not book.ledger.facts else "Next: penholder evidence list")
    return citing.code(findings)


@command.command("show")
@click.argument("id")
@_shape
@click.pass_context
def show(ctx: click.Context, id: str, shape: str) -> int:
    """Show the fact ID in full, with what was decided about its measure.

    \b
    Examples:
      penholder evidence show poverty-uk-2021-22
      penholder evidence show poverty-uk-2021-22 --format json

    Exit code: 0 shown, 1 no such fact, 2 wrong use.
    """
    from penholder.cli import citing, evidencing
    from penholder.features import evidence
    from penholder.report.text import say
    from penholder.stages.resolve.cite import library_of

    book = _open(ctx)
    fact = book.ledger.facts.get(id)
    if fact is None:
        if shape == "json":
            citing.say_json({"fact": None}, book.findings, {})
        else:
            say(f"There is no fact {id}.{book.ledger.hint(id)}")
            say("Next: penholder evidence list")
        return EXIT_FINDINGS
    today = dt.date.today()
    data = {**evidence.fact_data(fact, book.ledger.places[id], today), "remarks": evidence.remarks(fact, today)}
    decisions = [evidence.decision_data(d) for d in book.ledger.decisions if fact.measure and d.measure.casefold() == fact.measure.casefold()]
    others = [f.id for f in book.ledger.by_measure(fact.measure) if f.id != id] if fact.measure else []
    if shape == "json":
        citing.say_json({"fact": data, "decisions": decisions, "same_measure": others}, book.findings, {})
        return EXIT_CLEAN
    library, _ = library_of(book.workspace.root, None, book.workspace.cache)
    title = library.entry(fact.source.key).title if fact.source and fact.source.key in library else ""
    evidencing.say_fact(data, title, decisions)
    if others:
        say(f"  same measure: {', '.join(others[:8])}{' ...' if len(others) > 8 else ''}")
    say(f'Next: in a section, {{{{ fact("{id}") }}}} prints it; penholder evidence used {id}')
    return EXIT_CLEAN


@command.command("add")
@click.argument("id", required=False)
@click.option("--value", help="The number as a sentence says it: 14.4, 58, one in five.")
@click.option("--unit", default="", help="What follows it, or stands around it: million people, %, £bn.")
@click.option("--statement", help="What the figure says, in a sentence.")
@click.option("--measure", default="", help="What is measured: people in poverty.")
@click.option("--basis", default="", help="How it is counted: after housing costs.")
@click.option("--geography", default="", help="Where it holds: UK.")
@click.option("--period", default="", help="When it holds: 2021/22.")
@click.option("--population", default="", help="Of whom: children.")
@click.option("--source", "key", default="", metavar="KEY", help="Its key in the library, as it is cited.")
@click.option("--locator", default="", help="Where in the source: p. 12.")
@click.option("--retrieved", type=_DAY, metavar="DATE", help="The day the source was read: 2030-01-31.")
@click.option("--status", type=click.Choice(_STATUSES), default="unverified", help="What is known of it (default: unverified).")
@click.option("--review-by", type=_DAY, metavar="DATE", help="The day to look for a newer figure.")
@click.option("--supersedes", default="", metavar="ID", help="The fact whose place it takes.")
@click.option("--wording", "wordings", multiple=True, metavar="TEXT", help="Another way of saying it; may be given again.")
@click.option("--approximate", is_flag=True, help="The source itself only says about.")
@click.option("--note", default="", help="What else whoever uses it should know.")
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


@command.command("used")
@click.argument("id", required=False)
@_shape
@click.pass_context
def used(ctx: click.Context, id: str | None, shape: str) -> int:
    """Say where papers state facts, or the fact ID: paper, section and line.

    A fact is stated by its id (fact() in a section), or where a sentence says
    its number and cites its source.

    \b
    Examples:
      penholder evidence used
      penholder evidence used poverty-uk-2021-22
      penholder evidence used --format json

    Exit code: 0 done, 1 a paper could not be read, 2 wrong use.
    """
    from penholder.adapters.pandoc.worker import Worker
    from penholder.cli import citing, evidencing
    from penholder.features import evidence
    from penholder.report.text import say
    from penholder.stages.ledger import said

    book = _open(ctx)
    if id is not None:
        evidence.known_fact(book.ledger, id)
    with Worker() as worker:
        places, findings = evidence.used(book.workspace, worker)
    data = [evidence.place_data(p) for p in places if id in (None, p.fact)]
    stated = {p["fact"] for p in data}
    if shape == "json":
        citing.say_json({"places": data}, findings, {"places": len(data), "facts": len(stated)})
        return citing.code(findings)
    citing.complain(book.workspace, findings.sorted())
    evidencing.say_places(data, {name: said(f.value, f.unit) for name, f in book.ledger.facts.items()})
    what = f"No paper states {id}" if id and not data else f"{citing.count(len(stated), 'fact')} stated in {citing.count(len(data), 'place')}"
    say(f"{what}.")
    say("Next: penholder evidence export makes the claims table." if data else "Next: penholder evidence list --unused")
    return citing.code(findings)


@command.command("export")
@click.argument("paper", required=False)
@click.option("--format", "shape", type=click.Choice(["csv", "markdown", "json"]), default="csv", help="A spreadsheet, an annex for the paper, or data.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write into FILE instead of printing.")
@click.pass_context
def export(ctx: click.Context, paper: str | None, shape: str, output: Path | None) -> int:
    """Make the claims table: every figure of PAPER, its source as cited, and what is known of it.

    It is for the person who must stand behind the numbers: figures without a
    source and waivers with their reasons are in it. Without PAPER it holds all
    papers. --format markdown makes an annex for the paper's sections/ folder.

    \b
    Examples:
      penholder evidence export social-value --output claims.csv
      penholder evidence export social-value --format markdown \\
        --output papers/social-value/sections/95-figures.md
      penholder evidence export --format json

    Exit code: 0 done, 1 a paper could not be read, 2 wrong use.
    """
    from penholder.cli import claiming

    return claiming.export(ctx.obj["folder"], paper, shape, output)


@command.command("decide")
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


def _open(ctx: click.Context) -> Book:
    from penholder.features.evidence import open_book
    from penholder.stages.discover import discover

    return open_book(discover(ctx.obj["folder"])[0])
