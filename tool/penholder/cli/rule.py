"""``penholder rule``: the page of a rule."""

from __future__ import annotations

import click


@click.command("rule")
@click.argument("code")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print it.")
@click.pass_context
def command(ctx: click.Context, code: str, shape: str) -> int:
    """Print the page of the rule CODE: what, why, how to mend, examples.

    A family (EVID) lists its rules, `all` every rule.

    \b
    Examples:
      penholder rule EVID001
      penholder rule EVID
      penholder rule all

    Exit code: 0 done, 2 no such rule.
    """
    from penholder.errors import EXIT_CLEAN
    from penholder.report.rules import is_family, page, pages_json, table
    from penholder.report.text import say

    if code.lower() == "all":
        say(pages_json() if shape == "json" else table())
    elif shape == "text" and is_family(code.upper()):
        say(table(code.upper()))
    else:
        say(pages_json(code.upper()) if shape == "json" else page(code.upper()))
    return EXIT_CLEAN
