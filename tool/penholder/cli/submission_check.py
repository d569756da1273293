"""``penholder submission check``: what would have a submission sent back, before it is sent."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("check")
@click.argument("paper")
@click.argument("submission", metavar="ID")
@click.option(
    "--file", "files", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this file, which will be sent, in place of the one Penholder makes.",
)  # fmt: skip
@click.option("--links", is_flag=True, help="Also ask the network whether links are alive.")
@click.option("--format", "shape", type=click.Choice(["text", "json", "github", "sarif"]), default="text", help="How to print what was found.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report into this file.")
@click.option("-v", "--verbose", is_flag=True, help="Say why for every finding.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(
    ctx: click.Context, paper: str, submission: str, files: tuple[Path, ...], links: bool, shape: str, output: Path | None, verbose: bool, quiet: bool
) -> int:
    """Check the submission ID of PAPER against its recipient's rules.

    What is measured is the thing itself: the words of the Word file by the
    recipient's way of counting, the pages of the PDF, the characters of each answer
    as it is pasted, the paragraph numbers that Word will show, what is hidden in
    the file. Each rule says who asks for it, and whether that was verified.

    \b
    Examples:
      penholder submission check social-value pac-2026
      penholder submission check social-value pac-2026 --file Downloads/evidence.docx
      penholder submission check social-value green-paper --format json

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use or environment,
    3 a fault of Penholder, 130 stopped by Ctrl-C.
    """
    from penholder.cli.submission_checking import Shown, check_and_show
    from penholder.features.submission.checking.run import Wish

    wish = Wish(ctx.obj["folder"], paper, submission, files, links)
    return check_and_show(wish, Shown(shape, output, verbose, quiet), ctx.obj.get("early"))
