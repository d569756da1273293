"""What the commands of ``penholder cite`` say."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
from penholder.features.references import Printed, entry_data
from penholder.features.references_compare import Import, Taken
from penholder.findings import Finding, Severity
from penholder.library import Library
from penholder.library.locators import LEGAL_TYPES
from penholder.report.machine import to_json
from penholder.report.text import say, show_findings, tally
from penholder.stages.discover import Workspace

_LISTED = 40


def code(findings: Iterable[Finding]) -> int:
    return EXIT_FINDINGS if any(f.severity > Severity.NOTE for f in findings) else EXIT_CLEAN


def complain(workspace: Workspace, findings: Sequence[Finding], most: int = 0) -> None:
    """Print findings to standard error, where they do not mix with what was asked for."""
    shown = findings[:most] if most else findings
    with contextlib.redirect_stdout(sys.stderr):
        show_findings(shown, workspace.root)
    if len(findings) > len(shown):
        say(f"... {tally(findings)} in all: penholder cite list shows them.", err=True)


def say_json(data: Mapping[str, Any], findings: Iterable[Finding], summary: Mapping[str, Any]) -> None:
    click.echo(json.dumps({**data, **json.loads(to_json(findings, summary))}, indent=2, ensure_ascii=False))


def say_entries(entries: Iterable[Mapping[str, Any]], *, types: bool = False) -> None:
    """One line each: key to paste, author, year, title."""
    rows = list(entries)
    width = min(32, max((len(e["cite"]) for e in rows), default=0))
    kinds = max((len(e["type"]) for e in rows), default=0) if types else 0
    for e in rows:
        kind = f"{e['type']:<{kinds}}  " if types else ""
        say(f"{click.style(e['cite'].ljust(width), bold=True)}  {kind}{_described(e)}")
        if "first" in e:
            first = e["first"]
            say(f"{' ' * width}  {count(e['times'], 'time')}, first at {first['path']}:{first['line']}")


def _described(e: Mapping[str, Any]) -> str:
    """``Author (year). Title``; a title that ends with its year does not say it twice."""
    title, year = e["title"], e["year"] or "no date"
    if e["author"]:
        return f"{_people(e['author'])} ({year}). {title}"
    return title if title.endswith(year) else f"{title} ({year})"


def _people(author: str) -> str:
    names = author.split(" and ")
    return f"{names[0]} et al." if len(names) > 2 else author


def paste_hint(e: Mapping[str, Any]) -> str:
    """How an entry is cited, and how with a place in it."""
    place = "s 1(3)" if e["type"] in LEGAL_TYPES else "p. 3"
    return f"paste {e['cite']} into a section, or {e['cite'][:-1]}, {place}] for a place in it"


def say_rows(rows: Sequence[tuple[str, str]]) -> None:
    width = max((len(name) for name, _ in rows), default=0)
    for name, value in rows:
        say(f"  {name:<{width}}  {value}")


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def unknown(key: str, library: Library, findings: Sequence[Finding], shape: str) -> int:
    near = library.nearest(key)
    if shape == "json":
        say_json({"entry": None, "near": near}, findings, {})
        return EXIT_FINDINGS
    say(f"No source has the key @{key}.")
    say_entries(entry_data(library, k) for k in near)
    say(f"Next: penholder cite {f'show {near[0]}' if near else 'find WORDS'}")
    return EXIT_FINDINGS


def say_shown(
    entry: Mapping[str, Any], aliases: Sequence[str], fields: Mapping[str, str], printed: Printed | None, style: str
) -> None:
    """One entry in full."""
    place = f"{entry['path']}:{entry['line']}"
    say(f"{click.style(entry['cite'], bold=True)}  {entry['type']}  {place}")
    if aliases:
        say(f"  also cited as {', '.join('@' + a for a in aliases)}")
    if printed:
        say(f"\nPrinted in {style}:")
        say(f"  {'footnote ' if printed.note else 'in text  '}  {printed.citation}")
        say(f"  reference  {printed.reference or '(this style prints no list of references)'}")
    say("\nFields:")
    say_rows(list(fields.items()))
    say(f"\nNext: {paste_hint(entry)}.")


def taken_data(taken: Taken) -> dict[str, Any]:
    differences = [{"field": d.field, "ours": d.ours, "theirs": d.theirs} for d in taken.differences]
    return {"key": taken.entry.key, "held": taken.held or None, "path": taken.path, "title": taken.entry.words[2], "differences": differences}


def say_import(taken: Import, groups: Mapping[str, Sequence[Taken]], name: str, *, update: bool, dry_run: bool) -> None:
    """What became, or would become, of each entry of an export."""
    for word in ("added", "changed", "renamed", "left"):
        for each in groups[word][:_LISTED]:
            _say_taken(word, each, update=update)
        if len(groups[word]) > _LISTED:
            say(f"{word:<8}  ... and {len(groups[word]) - _LISTED:,} more (--format json shows all)")
    changed = "" if update or not taken.changed else " (left as they are)"
    parts = [f"{len(group):,} {word}{changed if word == 'changed' else ''}" for word, group in groups.items() if group]
    say(f"{name}: {', '.join(parts) or 'nothing that can be taken in'}.")
    written = ", ".join(taken.writes)
    if dry_run:
        say(f"Nothing was written (--dry-run){f'; it would go to {written}' if written else ''}.")
    else:
        say(f"Written: {written}." if written else "Nothing was written.")
    if taken.changed and not update:
        say("Next: look at what changed; --update takes it in.")
    elif dry_run and written:
        say("Next: the same command without --dry-run.")
    elif written:
        say(f"Next: penholder cite show {(taken.added or taken.renamed or taken.changed)[0].entry.key}, then commit {written}.")


def _say_taken(word: str, taken: Taken, *, update: bool) -> None:
    entry = taken.entry
    _, author, title, year, *_ = entry.words
    key = f"@{entry.key}"
    shown = _described({"author": author, "title": title, "year": year})
    if word == "added":
        say(f"added     {key}  {shown}")
        return
    if word == "left":
        say(f"left      {key}  is in {taken.path} as @{taken.held}, which this export's format cannot change")
        return
    say(f"renamed   {key}  was @{taken.held}, which still works" if word == "renamed" else f"changed   {key}  {shown}")
    for d in taken.differences:
        say(f"          {d.field}: {_short(d.ours) or '(none)'} -> {_short(d.theirs)}")
    if word == "renamed" and taken.differences and not update:
        say("          the library's words are kept; --update takes in the export's")


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= 60 else value[:57] + "..."
