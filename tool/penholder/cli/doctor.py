"""``penholder doctor``: whether everything a build needs works here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from penholder.features.health import Check


@click.command("doctor")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print what was found."
)
@click.pass_context
def command(ctx: click.Context, shape: str) -> int:
    """Try Git, pandoc and Typst, fonts, folders and certificates, and say what is wrong.

    Everything is really run: a Word file and a page of PDF are made and thrown
    away. In a workspace, its own files are read, too.

    \b
    Examples:
      penholder doctor
      penholder doctor --format json > doctor.json     (to send with a question)

    Exit code: 0 all is well, 2 something is not.
    """
    from penholder.errors import EXIT_CLEAN, EXIT_UNUSABLE
    from penholder.features.health import Surroundings, examine

    checks = examine(Surroundings(ctx.obj["folder"]))
    well = all(check.ok for check in checks)
    if shape == "json":
        click.echo(_json(checks))
    else:
        for check in checks:
            _show(check)
        click.echo(
            "All is well. Next: penholder build"
            if well
            else f"{sum(not c.ok for c in checks)} to mend: see the lines with ->."
        )
    return EXIT_CLEAN if well else EXIT_UNUSABLE


def _show(check: Check) -> None:
    plain = False if os.environ.get("NO_COLOR") else None
    state = click.style("ok     ", fg="green") if check.ok else click.style("problem", fg="red", bold=True)
    click.echo(f"{state}  {check.name:<13} {check.what}", color=plain)
    if not check.ok:
        click.echo(f"{'':<23}-> {check.remedy}", color=plain)


def _json(checks: list[Check]) -> str:
    import json
    import platform

    from penholder import __version__

    rows = [{"name": c.name, "ok": c.ok, "what": c.what, "remedy": c.remedy} for c in checks]
    report = {"ok": all(c.ok for c in checks), "penholder": __version__, "system": platform.platform(), "checks": rows}
    return json.dumps(report, indent=2, ensure_ascii=False)
