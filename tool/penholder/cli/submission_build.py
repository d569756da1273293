"""``penholder submission build``: exactly the files a recipient accepts, and all that is needed to send them."""

from __future__ import annotations

import click


@click.command("build")
@click.argument("paper")
@click.argument("submission", metavar="ID")
@click.option("--strict", is_flag=True, help="Write nothing while there are errors.")
@click.option("--despite", "despite", multiple=True, metavar="CODE", help="Let the errors of this rule pass (with --reason and --by).")
@click.option("--reason", default="", metavar="TEXT", help="Why the rule is set aside.")
@click.option("--by", default="", metavar="ID", help="On whose word: an id of contributors.yaml.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How to print what was found.")
@click.option("-v", "--verbose", is_flag=True, help="Say why for every finding.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.pass_context
def command(
    ctx: click.Context, paper: str, submission: str, strict: bool, despite: tuple[str, ...], reason: str, by: str, shape: str, verbose: bool, quiet: bool
) -> int:
    """Build the submission ID of PAPER into dist/PAPER/submissions/ID/.

    Exactly the files the recipient accepts, with names that say whose they are; for
    a web form, answers to paste and a page that counts and copies them. Beside them
    a covering letter, an e-mail with the file in it, manifest.json, and
    00-START-HERE.html: open that first.

    A submission with errors is built as a draft, and DRAFT stands before the names
    of its files, never in the document.

    \b
    Examples:
      penholder submission build social-value pac-2026
      penholder submission build social-value pac-2026 --strict

    Exit code: 0 nothing found above a note, 1 findings, 2 wrong use or environment,
    3 a fault of Penholder.
    """
    from penholder.cli.progress import StatusLine
    from penholder.cli.submitting import escape_of, open_one, tools
    from penholder.cli.submitting_build import report, write
    from penholder.features.submission.checking.run import while_building
    from penholder.features.submission.package import make_package

    opened = open_one(ctx.obj["folder"], paper, submission)
    action = f"submission build {opened.submission.paper.slug} {opened.submission.id}"
    escapes = escape_of(tuple(c.upper() for c in despite), reason, by, opened.workspace, action)
    with tools(ctx) as made_by, StatusLine(enabled=shape == "text" and not quiet) as line:
        package = make_package(
            opened.submission, opened.findings.sorted(), opened.standing, made_by.worker, made_by.compiler,
            check=while_building(opened.submission, made_by.worker, made_by.compiler), despite=escapes, step=line.doing,
        )  # fmt: skip
    placed = None if strict and package.draft else write(opened, package)
    return report(opened, package, placed, shape=shape, verbose=verbose, quiet=quiet)
