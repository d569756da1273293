"""``penholder submission new``: the first file of a submission."""

from __future__ import annotations

import click


@click.command("new")
@click.argument("paper")
@click.argument("submission", metavar="ID")
@click.option("--profile", required=True, metavar="PROFILE", help="Whose rules it follows (`penholder profile list`).")
@click.pass_context
def command(ctx: click.Context, paper: str, submission: str, profile: str) -> int:
    """Start the submission ID of PAPER, for the recipient that PROFILE names.

    ID is a short name: small letters, digits and hyphens. The file is written to
    papers/PAPER/submissions/ID.yaml, and its comments say what to add.

    \b
    Examples:
      penholder submission new social-value pac-2026 --profile uk-commons-select
      penholder submission new social-value green-paper --profile uk-survey

    Exit code: 0 made, 2 wrong use (no such paper or profile, an id that is taken).
    """
    from penholder.features.submission.scaffolding import make_submission

    path = make_submission(ctx.obj["folder"], paper, submission, profile).as_posix()
    click.echo(f"Started {path}")
    click.echo(f"Next: fill it in; penholder profile show {profile} says what the recipient asks.")
    return 0
