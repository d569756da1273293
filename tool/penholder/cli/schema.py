"""``penholder schema``: what an authored file may hold, for editors that complete and check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

_NAMES = ("paper", "section", "contributors", "evidence", "workspace", "theme", "submission", "profile")


@click.command("schema")
@click.argument("name", required=False, metavar="[" + "|".join(_NAMES) + "]", type=click.Choice(_NAMES))
@click.option(
    "--write",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write NAME.schema.json into DIR.",
)
@click.pass_context
def command(ctx: click.Context, name: str | None, folder: Path | None) -> int:
    """Print the JSON Schema (draft 2020-12) of an authored file, or write it into a folder.

    Without a name, --write writes all of them. Once they stand in schemas/,
    `penholder new` tells editors that speak the YAML language server of them.

    \b
    Examples:
      penholder schema paper
      penholder schema --write schemas
      penholder schema theme --write schemas
    """
    from penholder.model.schema import KINDS, schema_of

    if folder is not None:
        return _write(ctx.obj["folder"] / folder, folder, [name] if name else list(_NAMES))
    if name is None:
        for each in _NAMES:
            click.echo(f"{each:<14}{KINDS[each].title}: {KINDS[each].description}")
        click.echo("Next: penholder schema paper, or penholder schema --write schemas for all of them.")
        return 0
    click.echo(_text(schema_of(name)))
    return 0


def _write(target: Path, shown: Path, names: list[str]) -> int:
    from penholder.adapters.files import write_whole
    from penholder.model.schema import schema_of

    for name in names:
        write_whole(target / f"{name}.schema.json", (_text(schema_of(name)) + "\n").encode())
        click.echo(f"{shown / name}.schema.json")
    click.echo(
        f"In a file, editors look for the first line: # yaml-language-server: $schema=<path>/{names[0]}.schema.json"
    )
    return 0


def _text(schema: dict[str, Any]) -> str:
    import json

    return json.dumps(schema, indent=2, ensure_ascii=False)
