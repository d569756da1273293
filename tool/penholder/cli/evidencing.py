"""What the commands of ``penholder evidence`` say."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import click

from penholder.cli.citing import count
from penholder.report.text import say

_LISTED = 200
_COLOURS = {"verified": "green", "secondary": "cyan", "unverified": "yellow", "disputed": "red"}
_WIDTH = 100


def say_facts(facts: Sequence[Mapping[str, Any]]) -> None:
    """One line each: id, figure, where and when, status, source, and what is amiss."""
    shown = facts[:_LISTED]
    ids = min(36, max((len(f["id"]) for f in shown), default=0))
    said = min(28, max((len(f["said"]) for f in shown), default=0))
    for f in shown:
        status = click.style(f"{f['status']:<10}", fg=_COLOURS[f["status"]])
        told = "; ".join(f["remarks"])
        place = ", ".join(part for part in (f["geography"], f["period"]) if part)
        source = f"@{f['source']['key']}" if f["source"] else ""
        line = f"{click.style(f['id'].ljust(ids), bold=True)}  {f['said']:<{said}}  {status}  {place:<16}  {source}"
        say(line.rstrip() + (f"  ({told})" if told else ""))
    if len(facts) > len(shown):
        say(f"... and {len(facts) - len(shown):,} more: --measure, --status or --format json.")


def say_fact(fact: Mapping[str, Any], source: str, decisions: Sequence[Mapping[str, Any]]) -> None:
    """One fact in full."""
    say(f"{click.style(fact['id'], bold=True)}  {fact['said']}  {click.style(fact['status'], fg=_COLOURS[fact['status']])}  {fact['path']}:{fact['line']}")
    say(textwrap.fill(fact["statement"], _WIDTH, initial_indent="  ", subsequent_indent="  "))
    locator = f", {fact['source']['locator']}" if fact["source"] and fact["source"]["locator"] else ""
    rows = [
        ("measure", fact["measure"]), ("basis", fact["basis"]), ("where", fact["geography"]), ("when", fact["period"]),
        ("of whom", fact["population"]), ("source", f"@{fact['source']['key']}{locator}{f'  {source}' if source else ''}" if fact["source"] else ""),
        ("retrieved", fact["retrieved"]), ("review by", fact["review_by"]), ("also said", " or ".join(f"“{w}”" for w in fact["wordings"])),
        ("note", fact["note"]), ("but", "; ".join(fact["remarks"])),
    ]  # fmt: skip
    for name, value in rows:
        if value:
            say(textwrap.fill(str(value), _WIDTH, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13))
    for d in decisions:
        say(textwrap.fill(f"{d['by']}, {d['date']}: use {d['use']}, because {d['because']}", _WIDTH, initial_indent="  decided    ", subsequent_indent=" " * 13))


def say_places(places: Sequence[Mapping[str, Any]], figures: Mapping[str, str]) -> None:
    """Where facts are stated, fact by fact."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for place in places:
        groups.setdefault(place["fact"], []).append(place)
    for name, group in groups.items():
        say(f"{click.style(name, bold=True)}  {figures.get(name, '')}")
        for p in group:
            how = "by its id" if p["explicit"] else "matched"
            words = f"“{p['words']}”, " if p["words"] else ""
            say(f"  {p['path']}:{p['line']}:{p['column']}  {words}{how}, in “{p['title']}” ({p['owner']})")


def summary_of(facts: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many facts there are, of each status, and stale."""
    made = {"facts": len(facts), **{status: sum(f["status"] == status for f in facts) for status in _COLOURS}}
    return {**made, "stale": sum(f["stale"] for f in facts)}


def counted(facts: Sequence[Mapping[str, Any]]) -> str:
    """``3 facts: 2 verified, 1 disputed; 1 stale.``"""
    made = summary_of(facts)
    parts = [f"{made[status]:,} {status}" for status in _COLOURS if made[status]]
    stale = f"; {made['stale']:,} stale" if made["stale"] else ""
    return f"{count(made['facts'], 'fact')}{': ' if parts else ''}{', '.join(parts)}{stale}."
