"""``penholder evidence``: the ledger in which every figure stands once, with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from penholder.cli.evidence_write import STATUSES, add, decide
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS

if TYPE_CHECKING:
    from penholder.features.evidence import Book


Function = Callable[..., int]


def _shape(function: Function) -> Function:
    choice = click.Choice(["text", "json"])
    option: Function = click.option("--format", "shape", type=choice, default="text", help="How to print the result.")(function)
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


command.add_command(add)
command.add_command(decide)


@command.command("list")
@click.option("--status", type=click.Choice(STATUSES), help="Only facts of this status.")
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


def _open(ctx: click.Context) -> Book:
    from penholder.features.evidence import open_book
    from penholder.stages.discover import discover

    return open_book(discover(ctx.obj["folder"])[0])
