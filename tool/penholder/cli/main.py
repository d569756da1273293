"""The command line: one thin module per command, found by name when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from penholder import __version__
from penholder.errors import EXIT_BUG, EXIT_CLEAN, EXIT_UNUSABLE, PenholderError

if TYPE_CHECKING:
    from penholder.adapters.child import Child

COMMANDS = {
    "build": "Build papers to DOCX, PDF and HTML.",
    "check": "Find what is wrong with papers before a reader does.",
    "cite": "Find, show and import references of the shared library.",
    "evidence": "Every figure once: list, add, where it is used, the claims table.",
    "doctor": "Try Git, pandoc and Typst, and say what is wrong.",
    "init": "Make a workspace that builds at once.",
    "new": "Start a paper.",
    "profile": "Show what recipients ask of a submission.",
    "redline": "Show what changed between two versions of a paper.",
    "rule": "Print the page of a rule: what, why, how to mend.",
    "schema": "Print the JSON Schema of an authored file.",
    "submission": "Make of a paper what a recipient accepts.",
    "upgrade": "Rewrite files of an older schema.",
}


class LazyGroup(click.Group):
    """Commands are imported when they are called: ``build`` pays nothing for ``doctor``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"penholder.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            ctx.fail(f"No such command {args[0]!r}.{f' Did you mean {near[0]!r}?' if near else ''}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="penholder")
@click.option(
    "-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None, help="Work in this folder instead."
)
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    """Position papers from Markdown in Git: assembled, cited, and built to DOCX, PDF and HTML.

    \b
    Start:   penholder init my-papers && cd my-papers && penholder build
    Check:   penholder check                 figures without a source, and much more
    Build:   penholder build                 all papers of this workspace
    Compare: penholder redline PAPER v1.0    what changed since, as tracked changes
    Cite:    penholder cite find social value
    Figures: penholder evidence list         every figure once, with its source
    """
    ctx.ensure_object(dict)
    ctx.obj["folder"] = folder or Path.cwd()


def run(arguments: Sequence[str], early: Child | None = None) -> int:
    """Run a command line; returns its exit code, and shows no traceback to a person.

    ``early`` is a pandoc worker that is already waking up.
    """
    state: dict[str, Any] = {"early": early}
    try:
        outcome = cli.main(list(arguments), prog_name="penholder", standalone_mode=False, obj=state)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return EXIT_UNUSABLE
    except click.ClickException as error:
        error.show()
        return EXIT_UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was built before is still there.", err=True)
        return 130
    except PenholderError as error:
        click.echo(f"penholder: {error.message}", err=True)
        if error.remedy:
            click.echo(f"  {error.remedy}", err=True)
        return error.exit_code
    except BrokenPipeError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
        return EXIT_CLEAN
    except Exception as error:  # noqa: BLE001
        return _bug(error, arguments)
    finally:
        if early is not None and early.poll() is None and early.stdin:
            early.stdin.close()  # it was not wanted: it goes by itself, and nobody needs to wait for it
    return outcome if isinstance(outcome, int) else EXIT_CLEAN


def _bug(error: Exception, arguments: Sequence[str]) -> int:
    """Keep the traceback in a file to send, and say so in a line."""
    import tempfile
    import traceback
    from datetime import UTC, datetime

    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    log = Path(tempfile.gettempdir()) / f"penholder-{stamp}-{os.getpid()}.log"
    text = f"penholder {__version__} on {sys.platform}, Python {sys.version}\narguments: {list(arguments)}\n\n"
    log.write_text(text + "".join(traceback.format_exception(error)), encoding="utf-8")
    click.echo(f"penholder: a fault of Penholder itself ({type(error).__name__}). Nothing was half-written.", err=True)
    click.echo(f"  Please send us the log: {log}", err=True)
    return EXIT_BUG
