"""``penholder upgrade``: files of an older schema brought up to date."""

from __future__ import annotations

import click


@click.command("upgrade")
@click.option("--check", is_flag=True, help="Change nothing; say what would change (exit code 1 where anything would).")
@click.pass_context
def command(ctx: click.Context, check: bool) -> int:
    """Rewrite the workspace's files whose schema is older than this Penholder's.

    Only the keys that have a new name change: comments, order and everything
    else stay as they are. Running it twice changes nothing more.

    \b
    Examples:
      penholder upgrade --check
      penholder upgrade
      git diff          (shows what it did)

    Exit code: 0 done, 1 a file was left alone or (--check) would change, 2 wrong use.
    """
    from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS
    from penholder.features.migrate import upgrade

    outcomes = upgrade(ctx.obj["folder"], write=not check)
    for outcome in outcomes:
        said = f"left alone: {outcome.problem}." if outcome.problem else "; ".join(outcome.changes)
        click.echo(f"{outcome.path}: {said}", err=bool(outcome.problem))
    changed = sum(bool(o.changes) for o in outcomes)
    left = len(outcomes) - changed
    files = "1 file" if changed == 1 else f"{changed} files"
    if not outcomes:
        click.echo("Everything is up to date.")
    elif changed:
        click.echo(
            f"{files} would change. Next: penholder upgrade"
            if check
            else f"{files} changed. Next: look at `git diff`, then penholder build"
        )
    return EXIT_FINDINGS if left or (check and changed) else EXIT_CLEAN
