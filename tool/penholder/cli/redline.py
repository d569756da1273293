"""``penholder redline``: what changed between two versions of a paper."""

from __future__ import annotations

from pathlib import Path

import click

from penholder.cli.formats import formats_among

FORMATS = ("docx", "pdf", "html", "md")
_USUAL = ("docx", "pdf")


@click.command("redline")
@click.argument("paper")
@click.argument("old")
@click.argument("new", required=False)
@click.option("--to", "formats", callback=formats_among(FORMATS), metavar="FORMATS", help="What to write: docx, pdf, html, md (default: docx,pdf).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files into this folder instead of dist/<paper>/.")
@click.option("--summary", is_flag=True, help="Print what changed, section by section; files are then written only with --to.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.option("-v", "--verbose", is_flag=True, help="Say why for every finding; print long changes whole.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(
    ctx: click.Context,
    paper: str,
    old: str,
    new: str | None,
    formats: tuple[str, ...] | None,
    out: Path | None,
    summary: bool,
    shape: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Show what changed in PAPER from OLD to NEW.

    OLD and NEW are anything Git takes for a commit: a tag, a branch, a hash, HEAD~3.
    Without NEW it is the paper as it lies in the folder, uncommitted changes included.
    The text is compared as a reader sees it: templates filled in, citations resolved,
    down to words; lines that were only broken otherwise are no change.

    The Word file has real tracked changes, each by who committed it and when:
    accepting all gives NEW, rejecting all gives OLD. PDF, HTML and Markdown
    (CriticMarkup) show the same changes by sign and colour.

    \b
    Examples:
      penholder redline social-value v1.0                  v1.0 against what lies in the folder
      penholder redline social-value v1.0 v1.1 --to docx,pdf,html
      penholder redline social-value HEAD~1 --summary      in words, no files
      penholder redline social-value v1.0 --to md --out review

    Exit code: 0 done, 1 a version has errors or a file could not be written, 2 wrong use
    or environment, 3 a fault of Penholder, 130 stopped by Ctrl-C.
    """
    from penholder.cli.redlining import Run

    wanted = formats if formats is not None else () if summary else _USUAL
    run = Run(ctx.obj["folder"], paper, old, new, wanted, out.resolve() if out else None)
    return run.redline(ctx.obj.get("early"), summary=summary, shape=shape, verbose=verbose, quiet=quiet)
