"""``penholder submission record``: what was sent, byte for byte, and what became of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from penholder.cli.submitting import day

STATES = ("submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn")
CAME = ("outcome", "impact")


@click.command("record")
@click.argument("paper")
@click.argument("submission", metavar="ID")
@click.argument("what", type=click.Choice([*STATES, *CAME]), metavar="WHAT")
@click.option("--file", "paths", multiple=True, type=click.Path(path_type=Path, dir_okay=False), help="The very file that was sent, or the letter that came (can be given again).")
@click.option("--reference", default="", metavar="R", help="The recipient's own number for it.")
@click.option("--date", "when", callback=day, metavar="YYYY-MM-DD", help="On which day (default: today).")
@click.option("--note", default="", metavar="TEXT", help="What else should be remembered; the text of an outcome or impact.")
@click.option("--url", default="", metavar="URL", help="Where an outcome or impact can be read.")
@click.option("--despite", default="", metavar="CODE", help="Set this rule aside (with --reason and --by).")
@click.option("--reason", default="", metavar="TEXT", help="Why the rule is set aside.")
@click.option("--by", default="", metavar="ID", help="Who says so: an id of contributors.yaml.")
@click.pass_context
def command(
    ctx: click.Context, paper: str, submission: str, what: str, paths: tuple[Path, ...], reference: str, when: dt.date, note: str, url: str, despite: str, reason: str, by: str
) -> int:
    """Record WHAT happened to the submission ID of PAPER.

    WHAT is the state it reached: submitted, acknowledged, accepted (as evidence),
    permission-granted, published (by the recipient), public, withdrawn; or what came
    of it: outcome, impact. States follow one another in that order, and some can be
    left out.

    `submitted --file` keeps the very bytes that were sent beside the submission, in
    the repository, and says in words how they differ from the agreed text. A file
    that shows contact details goes to private/ instead.

    \b
    Examples:
      penholder submission record social-value pac-2026 submitted --file sent.docx --reference SVC0042
      penholder submission record social-value pac-2026 acknowledged --date 2026-11-03
      penholder submission record social-value pac-2026 impact --note "The guide names light-touch contracts."

    Exit code: 0 recorded, 1 recorded, and what was sent is not what was agreed,
    2 wrong use (a step that may not follow, no file).
    """
    from penholder.cli.submitting_record import record_came, record_step

    if what in CAME:
        return record_came(ctx, paper, submission, what, when, note, url)
    return record_step(ctx, paper, submission, what, when, paths, reference, note, despite.upper(), reason, by)
