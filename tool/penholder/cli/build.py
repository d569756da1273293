"""``penholder build``: papers to DOCX, PDF and HTML."""

from __future__ import annotations

from pathlib import Path

import click

from penholder.cli.formats import formats_among
from penholder.errors import UsageError

FORMATS = ("docx", "pdf", "html")


@click.command("build")
@click.argument("papers", nargs=-1)
@click.option("--to", "formats", default="docx,pdf", callback=formats_among(FORMATS), metavar="FORMATS", help="What to write: docx, pdf, html (default: docx,pdf).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files into this folder instead of dist/<paper>/.")
@click.option("--jobs", default=1, type=click.IntRange(1, 64), help="How many papers to build at once (default: 1).")
@click.option("--strict", is_flag=True, help="Write nothing for a paper that has errors.")
@click.option("--fresh", is_flag=True, help="Build again even where nothing has changed.")
@click.option("--despite", "despite", multiple=True, metavar="CODE", help="Set a rule aside that forbids publication (with --reason and --by).")
@click.option("--reason", default="", metavar="TEXT", help="Why the rule is set aside.")
@click.option("--by", default="", metavar="ID", help="On whose word: an id of contributors.yaml.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print what was found.")
@click.option("-v", "--verbose", is_flag=True, help="Say why for every finding.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(
    ctx: click.Context,
    papers: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    jobs: int,
    strict: bool,
    fresh: bool,
    despite: tuple[str, ...],
    reason: str,
    by: str,
    shape: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Build PAPERS (slugs or folders; all of the workspace by default).

    A paper with mistakes is still built, as a draft that shows the gaps; the
    mistakes are listed with their places. Where everybody can read the workspace
    (visibility = "public"), a paper is not built while a recipient of one of its
    submissions forbids publication.

    \b
    Examples:
      penholder build                                   every paper, DOCX and PDF
      penholder build social-value --to docx,pdf,html
      penholder build social-value --strict --out /tmp/send
      penholder build --format json > findings.json

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use or environment,
    3 a fault of Penholder, 130 stopped by Ctrl-C.
    """
    from penholder.cli.building import Run

    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder", "Name a folder for --out.")
    run = Run(ctx.obj["folder"], papers, formats, out.resolve() if out else None, jobs, strict, fresh, (tuple(c.upper() for c in despite), reason, by))
    return run.build(ctx.obj.get("early"), shape=shape, verbose=verbose, quiet=quiet)
