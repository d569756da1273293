"""``penholder check``: what a machine can find wrong with a paper, before a reader does."""

from __future__ import annotations

from pathlib import Path

import click


def _codes(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.strip().upper() for each in value for code in each.split(",") if code.strip()))


@click.command("check")
@click.argument("papers", nargs=-1)
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Only these rules or families (EVID,PLAI003); a whole code also if it is off by default.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="All but these rules or families.")
@click.option("--severity", type=click.Choice(["error", "warning", "note"]), default="note", help="Only findings at least so severe.")
@click.option("--mode", type=click.Choice(["draft", "final"]), help="Check as a draft or as a final paper (default: by its status).")
@click.option("--section", metavar="S", help="Only one section: its file or its title.")
@click.option("--fix", is_flag=True, help="Make the changes that are safe, then say what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: also changes that can alter the meaning.")
@click.option("--links", is_flag=True, help="Also ask the network whether links are alive.")
@click.option("--watch", is_flag=True, help="Check again each time a file is saved, until Ctrl-C.")
@click.option("--format", "shape", type=click.Choice(["text", "json", "github", "sarif", "letter"]), default="text", help="How to print what was found.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report into this file.")
@click.option("--fresh", is_flag=True, help="Check again even where nothing has changed.")
@click.option("-v", "--verbose", is_flag=True, help="Say why for every finding.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(
    ctx: click.Context,
    papers: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str,
    mode: str | None,
    section: str | None,
    fix: bool,
    unsafe_fixes: bool,
    links: bool,
    watch: bool,
    shape: str,
    output: Path | None,
    fresh: bool,
    verbose: bool,
    quiet: bool,
) -> int:
    """Check PAPERS (slugs or folders; all of the workspace by default).

    Figures without a source, sources that were superseded, links that say
    nothing, long sentences, marks left for later: each at its line, with why it
    matters and what to do. `penholder rule CODE` prints the page of a rule.

    \b
    Examples:
      penholder check                                    every paper
      penholder check social-value --mode final          as it will be sent
      penholder check --select EVID,CREF                 evidence and citations only
      penholder check --fix                              mend what is safe to mend
      penholder check --section deliver --format letter  a letter to its author
      penholder check --format sarif --output check.sarif

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use or environment,
    3 a fault of Penholder, 130 stopped by Ctrl-C (with --watch: as found last).
    """
    from penholder.cli.checking import Shown, check_on_save, check_once
    from penholder.errors import UsageError
    from penholder.features.checking import Wish

    if unsafe_fixes and not fix:
        raise UsageError("--unsafe-fixes changes nothing by itself", "Give --fix, too.")
    if watch and (output or fix or shape not in ("text", "letter")):
        raise UsageError("--watch prints to the terminal only", "Leave --output, --fix and other formats away.")
    final = None if mode is None else mode == "final"
    wish = Wish(ctx.obj["folder"], papers, select, ignore, final, links, fresh)
    shown = Shown(shape, severity, section, output, verbose, quiet)
    early = ctx.obj.get("early")
    if watch:
        return check_on_save(wish, shown)
    return check_once(wish, shown, early=early, fix=fix, unsafe=unsafe_fixes)
