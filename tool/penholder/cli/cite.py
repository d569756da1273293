"""``penholder cite``: the shared library of references, searched, shown and filled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError

if TYPE_CHECKING:
    from penholder.findings import Finding
    from penholder.library import Library
    from penholder.stages.discover import Workspace
    from penholder.stages.load import Paper

_FEW = 5
_STYLES = 40

Function = Callable[..., int]


def _shape(function: Function) -> Function:
    choice = click.Choice(["text", "json"])
    option: Function = click.option("--format", "shape", type=choice, default="text", help="How to print the result.")(function)
    return option


def _paper(function: Function) -> Function:
    option: Function = click.option("--paper", metavar="PAPER", help="Look in this paper's own library, too, and use its style.")(function)
    return option


@click.group("cite")
def command() -> None:
    """Find, show and import references of the shared library (citations/).

    \b
    Examples:
      penholder cite find social value act       keys ready to paste
      penholder cite show sva2012                as it will be printed
      penholder cite list --used social-value    what a paper cites
      penholder cite import ~/zotero.bib         take in an export
    """


@command.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, type=click.IntRange(1), help="How many to print at most (default: 20).")
@_paper
@_shape
@click.pass_context
def find(ctx: click.Context, words: tuple[str, ...], limit: int, paper: str | None, shape: str) -> int:
    """Find references by WORDS of their key, author, year or title; best first.

    Every word must be in the entry; a misspelt one is matched with what is
    nearest.

    \b
    Examples:
      penholder cite find social value
      penholder cite find procurment act 2023    misspelt on purpose
      penholder cite find nao --limit 5 --format json

    Exit code: 0 found, 1 nothing found, 2 wrong use.
    """
    from penholder.cli import citing
    from penholder.features.references import entry_data
    from penholder.library.search import bare
    from penholder.report.text import say

    workspace, library, findings, _ = _open(ctx, paper)
    query = " ".join(words)
    found = library.find(query, limit + 1)
    shown = [entry_data(library, entry.key) for entry in found[:limit]]
    if shape == "json":
        citing.say_json({"entries": shown}, findings, {"entries": len(shown), "more": len(found) > limit})
        return EXIT_CLEAN if shown else EXIT_FINDINGS
    citing.complain(workspace, findings, _FEW)
    if not shown:
        near = library.nearest(bare(query))
        say(f'Nothing in the library ({len(library.keys())} entries) holds "{query}".')
        say(f"Did you mean {' or '.join('@' + k for k in near)}?" if near else "Next: fewer words, or penholder cite import FILE.")
        return EXIT_FINDINGS
    citing.say_entries(shown)
    if len(found) > limit:
        say(f"There are more: add a word, or --limit {limit * 5}.")
    say(f"Next: {citing.paste_hint(shown[0])}.")
    return EXIT_CLEAN


@command.command("list")
@click.option("--used", metavar="PAPER", help="Only what this paper cites, in the order of its text.")
@click.option("--unused", is_flag=True, help="Only what no paper cites.")
@_shape
@click.pass_context
def list_(ctx: click.Context, used: str | None, unused: bool, shape: str) -> int:
    """List the references of the library, and what is wrong with it.

    \b
    Examples:
      penholder cite list
      penholder cite list --used social-value    what a paper cites, and where first
      penholder cite list --unused               what could go
      penholder cite list --format json > library.json

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use.
    """
    from penholder.cli import citing
    from penholder.features import references
    from penholder.report.text import say

    if used and unused:
        raise UsageError("--used and --unused exclude each other", "Give one of them.")
    workspace, library, findings, _ = _open(ctx, None)
    if used or unused:
        from penholder.adapters.pandoc.worker import Worker
        from penholder.stages.where import choose

        with Worker() as worker:
            if used:
                uses, library, found = references.used_in(workspace, choose(workspace.papers, [used])[0], worker)
                shown = [references.entry_data(library, use.key, use) for use in uses]
            else:
                keys, library, found = references.unused(workspace, worker)
                shown = [references.entry_data(library, key) for key in keys]
            findings = found.sorted()
    else:
        keys = library.keys()
        shown = [references.entry_data(library, key) for key in keys]
    outcome = citing.code(findings)
    if shape == "json":
        citing.say_json({"entries": shown}, findings, {"entries": len(shown)})
        return outcome
    citing.complain(workspace, findings)
    citing.say_entries(shown, types=True)
    what = f"cited in {used}" if used else "cited in no paper" if unused else "in the library"
    say(f"{citing.count(len(shown), 'entry', 'entries')} {what}.")
    if not library.keys():
        say("Next: penholder cite import FILE takes in an export of Zotero or Word.")
    elif shown:
        say(f"Next: penholder cite show {shown[0]['key']}")
    return outcome


@command.command("show")
@click.argument("key")
@click.option("--style", metavar="NAME", help="Print in this citation style (see penholder cite styles).")
@_paper
@_shape
@click.pass_context
def show(ctx: click.Context, key: str, style: str | None, paper: str | None, shape: str) -> int:
    """Show the reference KEY as it will be printed, where it stands, and its fields.

    \b
    Examples:
      penholder cite show sva2012
      penholder cite show "[@sva2012]" --style oscola
      penholder cite show sva2012 --paper social-value

    Exit code: 0 shown, 1 unknown key or an entry that cannot be printed, 2 wrong use.
    """
    from penholder.adapters.pandoc.worker import Worker
    from penholder.cli import citing
    from penholder.features import references
    from penholder.library.search import bare

    workspace, library, findings, opened = _open(ctx, paper)
    given = bare(key)
    if given not in library:
        return citing.unknown(given, library, findings, shape)
    known = library.resolve(given) or given
    chosen, found = references.chosen_style(workspace, opened, style)
    language = opened.language if opened else workspace.settings.language
    with Worker() as worker:
        printed, refused = references.printed(library, known, chosen, language, worker)
    found = [*found, *refused]
    fields = references.plain_fields(library.fields(known))
    aliases = references.aliases_of(library, known)
    entry = references.entry_data(library, known)
    if shape == "json":
        made = {"style": chosen.name, "citation": printed.citation, "note": printed.note, "reference": printed.reference} if printed else None
        citing.say_json({"entry": {**entry, "aliases": aliases, "fields": fields, "printed": made}}, [*findings, *found], {})
        return citing.code(found)
    citing.complain(workspace, found)
    citing.complain(workspace, findings, _FEW)
    citing.say_shown(entry, aliases, fields, printed, chosen.name)
    return citing.code(found)


@command.command("import")
@click.argument("file")
@click.option("--into", metavar="FILE", help="The library file for new entries (default: citations/, named after the export).")
@click.option("--update", is_flag=True, help="Take in what an export says otherwise about entries that are there.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; write nothing.")
@_shape
@click.pass_context
def import_(ctx: click.Context, *, file: str, into: str | None, update: bool, dry_run: bool, shape: str) -> int:
    """Take in FILE, an export of Zotero (BibLaTeX, CSL-JSON) or Word (Sources.xml).

    New entries are added. An entry that says something else than the library's
    is shown and left alone unless --update is given; fields that only the
    library has stay. A source under a new key keeps its old key as an alias, so
    that papers go on citing it. Broken entries are listed and left out.

    \b
    Examples:
      penholder cite import ~/Zotero/my-library.bib --dry-run
      penholder cite import ~/Zotero/my-library.bib --into citations/policy.bib
      penholder cite import Sources.xml --update

    Exit code: 0 done, 1 findings, 2 wrong use (nothing was written).
    """
    from penholder.adapters.files import locked
    from penholder.cli import citing
    from penholder.features.references_import import prepare_import, write_import
    from penholder.stages.discover import discover

    workspace, _ = discover(ctx.obj["folder"])
    export = next((p for p in (Path(file), ctx.obj["folder"] / file) if p.is_file()), None)
    if export is None:
        raise UsageError(f"there is no file {file}", "Name the exported file.")
    with locked(workspace.cache, workspace.root):
        taken = prepare_import(workspace, export.resolve(), into, update=update)
        if not dry_run:
            write_import(workspace, taken)
    groups = {"added": taken.added, "changed": taken.changed, "renamed": taken.renamed, "same": taken.same, "left": taken.left}
    if shape == "json":
        data = {name: [citing.taken_data(t) for t in group] for name, group in groups.items()}
        summary: dict[str, Any] = {name: len(group) for name, group in groups.items()}
        citing.say_json({**data, "files": list(taken.writes)}, taken.findings, {**summary, "updated": update, "written": bool(taken.writes) and not dry_run})
    else:
        citing.complain(workspace, taken.findings)
        citing.say_import(taken, groups, export.name, update=update, dry_run=dry_run)
    return citing.code(taken.findings)


@command.command("styles")
@click.argument("words", nargs=-1)
@_shape
def styles(words: tuple[str, ...], shape: str) -> int:
    """List the citation styles with WORDS in their names (all 10,844 are here, offline).

    \b
    Examples:
      penholder cite styles harvard
      penholder cite styles chicago note
      penholder cite styles oscola --format json

    Exit code: 0 found, 1 no such style, 2 wrong use.
    """
    from penholder.adapters import csl
    from penholder.cli import citing
    from penholder.report.text import say

    query = " ".join(words)
    names = csl.list_styles(query)
    if shape == "json":
        click.echo(json.dumps({"styles": names[:_STYLES], "summary": {"found": len(names)}}, indent=2))
        return EXIT_CLEAN if names else EXIT_FINDINGS
    if not names:
        near = csl.nearest_styles(query)
        say(f'No style has "{query}" in its name.' + (f" Did you mean {' or '.join(near)}?" if near else ""))
        return EXIT_FINDINGS
    for name in names[:_STYLES]:
        say(f"  {name}")
    more = f", the first {_STYLES} shown; add a word" if len(names) > _STYLES else ""
    say(f"{citing.count(len(names), 'style')}{more}.")
    say(f"Next: penholder cite show KEY --style {names[0]}, or citation_style: {names[0]} in paper.yaml.")
    return EXIT_CLEAN


def _open(ctx: click.Context, slug: str | None) -> tuple[Workspace, Library, list[Finding], Paper | None]:
    """The workspace, its library or that of one paper, and what is wrong with it."""
    from penholder.stages.discover import discover
    from penholder.stages.load import load
    from penholder.stages.resolve.cite import library_of
    from penholder.stages.where import choose

    workspace, _ = discover(ctx.obj["folder"])
    paper = load(workspace, choose(workspace.papers, [slug])[0])[0] if slug else None
    library, findings = library_of(workspace.root, paper.folder if paper else None, workspace.cache)
    return workspace, library, findings.sorted(), paper
