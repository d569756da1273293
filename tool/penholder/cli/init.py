"""``penholder init``: a workspace that builds at once."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from penholder.features.locales import Locale
    from penholder.features.scaffold import Made


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--country", metavar="CODE", help="Where the papers are at home: two letters of ISO 3166-1 (default: GB)."
)
@click.option("--lang", "language", metavar="TAG", help="The papers' language: en, cy, fr-CA ... (default: en).")
@click.option("--organisation", "--organization", metavar="NAME", help="The body that issues the papers.")
@click.option(
    "--source",
    metavar="SPEC",
    default="",
    help="What pip installs where CI builds: penholder==0.1, a wheel's path in DIR, git+https://... (default: as this Penholder was installed).",
)
@click.pass_context
def command(
    ctx: click.Context, folder: Path, country: str | None, language: str | None, organisation: str | None, source: str
) -> int:
    """Make a workspace in DIR, with a first paper that builds at once.

    Country and language set the paper size, the citation style and the words
    that the house prints (Contents, Figure). Nothing is ever overwritten. A new
    folder becomes a Git repository with a first commit, where Git is installed.

    \b
    Examples:
      penholder init my-papers
      penholder init my-papers --organisation "Social Value UK"
      penholder init papiers --country CA --lang fr
      penholder init .
    """
    from penholder.features import scaffold
    from penholder.features.locales import locale_of

    locale = locale_of(country, language)
    made = scaffold.make_workspace(ctx.obj["folder"] / folder, locale, organisation or scaffold.ORGANISATION, source)
    for line in _report(made, locale):
        click.echo(line)
    click.echo(
        "Next: penholder build" if str(folder) == "." else f"Next: cd {shlex.quote(str(folder))} && penholder build"
    )
    return 0


def _report(made: Made, locale: Locale) -> list[str]:
    size = "A4" if locale.paper_size == "a4" else "Letter"
    lines = [
        f"Made a workspace in {made.folder}: {len(made.names)} files, with the paper papers/first-paper.",
        f"  Country {locale.country}, language {locale.language}, paper {size}, citation style {locale.citation_style}.",
    ]
    if locale.language.split("-")[0] != "en":
        lines.append("  The sample text is English, as its paper.yaml says: write over it, and take its `language` out.")
    if not locale.has_labels:
        lines.append(
            f"  There are no {locale.language_name} labels yet (Contents, Figure ...): English ones are printed. "
            f"Add [labels.{locale.language.split('-')[0]}] to templates/default/theme.toml."
        )
    if not locale.has_letters:
        lines.append(
            f"  The house's font has no {locale.language_name} letters: put one that has into templates/default/fonts/ "
            "and name it in templates/default/theme.toml."
        )
    lines.append(
        {
            "made": "  It is a Git repository with a first commit.",
            "inside": "  It lies in a Git repository: commit the new files when you are ready.",
            "files": "  The folder had files of its own, so nothing was committed. Look at them, then: git init && git add .",
            "missing": "  Git did not answer, so there is no history yet: see `penholder doctor`.",
        }[made.git]
    )
    return lines
