"""``penholder submission map``: question by section."""

from __future__ import annotations

import click


@click.command("map")
@click.argument("paper")
@click.argument("submission", metavar="ID")
@click.option("--format", "shape", type=click.Choice(["text", "csv", "json"]), default="text", help="How to print the result.")
@click.pass_context
def command(ctx: click.Context, paper: str, submission: str, shape: str) -> int:
    """Show which question of the submission ID is answered by what.

    Questions without an answer come first, then answers that are too long for their
    box. Questions can be typed once into a CSV (id, text, limit, kind, choices) that
    the submission names at `questions_from`.

    \b
    Examples:
      penholder submission map social-value green-paper
      penholder submission map social-value green-paper --format csv > map.csv

    Exit code: 0 all answered, and all fit; 1 some do not; 2 wrong use.
    """
    import json

    from penholder.cli.submitting import open_one, tools
    from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
    from penholder.features.submission.mapping import map_csv, map_of
    from penholder.features.submission.pasting import pasted_all
    from penholder.features.submission.rendering import document_of
    from penholder.report.text import say

    opened = open_one(ctx.obj["folder"], paper, submission)
    with tools(ctx) as made_by:
        resolved, _ = document_of(opened.submission, made_by.worker)
    made = map_of(opened.submission, pasted_all(resolved))
    if shape == "csv":
        click.echo(map_csv(made), nl=False)
    elif shape == "json":
        say(json.dumps({"questions": [r._asdict() for r in made.rows], "sections_without_question": list(made.unused)}, indent=2, ensure_ascii=False))
    elif not made.rows:
        say("This submission has no questions. Name them at `questions`, or a CSV at `questions_from`.")
    else:
        for row in made.rows:
            say(f"{row.id}: {row.question}")
            say(f"  {row.said}")
            if row.by:
                say(f"  Answered by {', '.join(row.by)}.")
        if made.unused:
            say(f"Sections that answer none: {', '.join(made.unused)}.")
    return EXIT_FINDINGS if any(r.state in ("missing", "long") for r in made.rows) else EXIT_CLEAN
