"""``penholder new``: the first files of a paper."""

from __future__ import annotations

import click


@click.command("new")
@click.argument("slug")
@click.option("--title", metavar="TITLE", help="The paper's title (default: SLUG in words).")
@click.pass_context
def command(ctx: click.Context, slug: str, title: str | None) -> int:
    """Start the paper SLUG: papers/SLUG/ with its metadata and 3 sections.

    SLUG is the paper's short name: small letters, digits and hyphens. It names
    the folder and the built files.

    \b
    Examples:
      penholder new fair-work
      penholder new fair-work --title "Fair work in public contracts"
    """
    from penholder.features import scaffold

    made = scaffold.make_paper(ctx.obj["folder"], slug, title)
    click.echo(f"Started papers/{slug}:")
    for name in made.names:
        if not name.endswith(".gitkeep"):
            click.echo(f"  papers/{slug}/{name}")
    click.echo(f"Next: write in papers/{slug}/sections/, then penholder build {slug}")
    return 0
