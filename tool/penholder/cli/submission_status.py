"""``penholder submission status``: where submissions stand, and what comes next."""

from __future__ import annotations

import click


@click.command("status")
@click.argument("paper", required=False)
@click.argument("submission", metavar="[ID]", required=False)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@click.pass_context
def command(ctx: click.Context, paper: str | None, submission: str | None, shape: str) -> int:
    """Say where submissions stand: of the workspace, of PAPER, or the one called ID.

    The state, since when, the deadline, what was sent and how it differs from the
    agreed text, whether it may be published, and what comes next.

    \b
    Examples:
      penholder submission status
      penholder submission status social-value pac-2026

    Exit code: 0 all is well; 1 the record has faults, a file that was sent is gone,
    or the workspace is public against a recipient's rule; 2 wrong use.
    """
    from penholder.cli.submitting_status import show

    return show(ctx.obj["folder"], paper, submission, shape)
