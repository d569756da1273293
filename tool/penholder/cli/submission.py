"""``penholder submission``: what of a paper goes to whom. Each of its commands is a module of its own."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "new": "Start a submission of a paper.",
    "map": "Show which question is answered by what, unanswered first.",
    "check": "Check it against its recipient's rules.",
    "build": "Build exactly what the recipient accepts.",
    "record": "Record what was sent, and what became of it.",
    "status": "Say where submissions stand.",
    "register": "List all submissions of the workspace.",
}


class _Lazy(click.Group):
    """``submission check`` is ``cli/submission_check.py``, imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"penholder.cli.submission_{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("submission", cls=_Lazy)
def command() -> None:
    """Make of a paper exactly what a committee, a department or a web form accepts.

    A submission is a file of its paper, papers/PAPER/submissions/ID.yaml: the
    recipient's profile, the sections chosen, the deadline, and what must be known
    of it. `penholder profile list` shows whose rules there are.

    \b
    Examples:
      penholder submission new social-value pac-2026 --profile uk-commons-select
      penholder submission check social-value pac-2026
      penholder submission build social-value pac-2026
      penholder submission record social-value pac-2026 submitted --file sent.docx
    """
