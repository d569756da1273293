"""``penholder submission register``: all submissions of a workspace, and what came of them."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("register")
@click.argument("papers", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "csv", "html"]), default="text", help="How to print the register.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write it into this file.")
@click.pass_context
def command(ctx: click.Context, papers: tuple[str, ...], shape: str, output: Path | None) -> int:
    """List the submissions of PAPERS (all by default).

    What was sent, to whom, when, where it stands, how the recipient answered, and
    what changed in policy afterwards (`penholder submission record` with outcome and
    impact). The HTML is one file that needs no network.

    \b
    Examples:
      penholder submission register
      penholder submission register --format html --output register.html

    Exit code: 0 listed, 1 a record has faults, 2 wrong use.
    """
    from penholder.adapters.files import write_whole
    from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
    from penholder.features.submission.register import register_csv, register_html, register_of, register_text
    from penholder.findings import Severity
    from penholder.report.text import finding_texts, say
    from penholder.stages.discover import discover
    from penholder.stages.where import choose, find_root, papers_of

    root = find_root(ctx.obj["folder"])
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"there is no folder {output.parent}", "Make it, or name another file for --output.")
    entries, findings = register_of(root, choose(papers_of(root), papers))
    if shape == "html":
        text = register_html(entries, discover(root)[0].settings.name).decode()
    elif shape == "csv":
        text = register_csv(entries)
    else:
        text = "\n".join(register_text(entries) if entries else ["There are no submissions. Start one: penholder submission new PAPER ID --profile P"]) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text.encode("utf-8-sig" if shape == "csv" else "utf-8"))  # Excel knows UTF-8 by its mark
        say(f"{output}: {len(entries)} submission{'' if len(entries) == 1 else 's'}.", err=True)
    for line in finding_texts(findings.sorted(), root):
        say(line, err=True)
    return EXIT_FINDINGS if any(f.severity > Severity.NOTE for f in findings.sorted()) else EXIT_CLEAN
