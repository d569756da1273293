"""The reference pages that are made from the code, so that they cannot say anything else.

``python -m penholder.report.reference --write`` writes ``docs/findings.md`` (from the
codes), ``docs/rules.md`` (from the rules) and ``docs/cli.md`` (from ``--help``) of this checkout; ``--check`` says whether
they are what would be written. The command line is asked as a person asks it: in a
process of its own, for this room stands above the one that holds it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

import penholder
from penholder import codes
from penholder.adapters.files import write_whole
from penholder.checks import waivers
from penholder.errors import EXIT_CLEAN, EXIT_FINDINGS, UsageError
from penholder.features.submission import codes as submission_codes
from penholder.findings import Code, Severity
from penholder.library import codes as library_codes
from penholder.report.rules import plain, rules_page
from penholder.report.text import say

_WIDTH = "90"  # of the help's lines
_MADE = "<!-- Made by `python -m penholder.report.reference --write`: change the code, not this page. -->"
_COMMANDS = re.compile(r"^Commands:\n((?:  .*\n?)+)", re.M)
_COMMAND = re.compile(r"^  ([a-z][a-z-]*)\b", re.M)

# The families of codes, in the order in which a build meets them.
_FAMILIES: Mapping[str, str] = {
    "FILE": "Files",
    "YAML": "paper.yaml, front matter and settings",
    "WORK": "The workspace",
    "SECT": "Sections",
    "CONT": "Contributors",
    "TMPL": "Templates and data",
    "RAW": "Raw code and HTML",
    "LINK": "Links",
    "HEAD": "Headings",
    "NOTE": "Footnotes",
    "CHAR": "Characters",
    "IMG": "Pictures",
    "MATH": "Equations",
    "XREF": "Cross-references",
    "CITE": "Citations and the library",
    "FACT": "The evidence ledger",
    "STYL": "Citation styles",
    "THEM": "Themes",
    "PAND": "pandoc",
    "TYPE": "The PDF",
    "LOST": "Reading back",
    "PROF": "Profiles of recipients",
    "SUBM": "Submissions",
    "SENT": "What became of submissions",
    "WAIV": "Waivers",
}
_FINDINGS = """\
# Findings

Everything that Penholder can find in a workspace, by code. A mistake does not stop a build: the paper is written as a
draft that shows the gap ([what the draft marks mean](authors.md#what-the-draft-marks-mean)). Nothing is written only when
text would be lost ([LOST001](#lost001)), or when `--strict` is given and there are errors.

- An **error** must be mended before a paper is sent.
- A **warning** asks you to look. The exit code is 1, as for an error.
- A **note** informs. It does not change the exit code.

A code keeps its meaning for ever. `--format json` gives the same words for machines ([its shape](editors.md#findings-for-machines)).
"""
_CLI = """\
# The command line

What every command says with `--help`. `penholder -C DIR COMMAND` works in another folder than this one.

Set `NO_COLOR` to see no colours. For completion of commands and options in bash, put
`eval "$(_PENHOLDER_COMPLETE=bash_source penholder)"` into `~/.bashrc` (`zsh_source` in zsh, `fish_source` in fish).
"""


def all_codes() -> tuple[Code, ...]:
    """Every kind of finding, by family and number. Raises ``UsageError`` for a family without a title."""
    modules = (codes, library_codes, submission_codes, waivers)
    found = [c for module in modules for c in vars(module).values() if isinstance(c, Code)]
    order = list(_FAMILIES)
    unknown = sorted({c.id for c in found if _family(c) not in order})
    if unknown:
        raise UsageError(f"no family is named for {', '.join(unknown)}", "Add its prefix to _FAMILIES in report/reference.py.")
    return tuple(sorted(found, key=lambda c: (order.index(_family(c)), c.id)))


def findings_page(known: Sequence[Code] | None = None) -> str:
    """The text of ``docs/findings.md``."""
    known = all_codes() if known is None else known
    rows = [f"| [{c.id}](#{c.id.lower()}) | {c.severity.label} | {plain(c.title)} |" for c in known]
    parts = [_MADE, _FINDINGS, "| code | severity | what it is |\n|---|---|---|\n" + "\n".join(rows)]
    family = ""
    for code in known:
        if _family(code) != family:
            family = _family(code)
            parts.append(f"## {_FAMILIES[family]}")
        parts.append(_entry(code))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _family(code: Code) -> str:
    return code.id.rstrip("0123456789")


def _entry(code: Code) -> str:
    lines = [
        f"### {code.id}",
        f"**{plain(code.title)}** ({Severity(code.severity).label})",
        f"Why it matters: {plain(code.why)}",
        f"What to do: {plain(code.help)}",
    ]
    if code.url:
        lines.append(f"Authority: <{code.url}>")
    return "\n\n".join(lines)


def cli_page() -> str:
    """The text of ``docs/cli.md``."""
    top = _help(())
    names = _names(top)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        first = dict(zip(names, pool.map(lambda name: _help((name,)), names), strict=True))
        below = [(name, inner) for name in names for inner in _names(first[name])]
        second = dict(zip(below, pool.map(_help, below), strict=True))
    said: list[tuple[Sequence[str], str]] = [((), top)]
    for name in names:
        said.append(((name,), first[name]))
        said += [(path, second[path]) for path in below if path[0] == name]
    parts = [_MADE, _CLI]
    for path, text in said:
        title = " ".join(("penholder", *path))
        parts.append(f"{'###' if len(path) > 1 else '##'} {title}\n\n```text\n{text.strip()}\n```")
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _names(text: str) -> list[str]:
    """The commands that a help text lists."""
    listed = _COMMANDS.search(text)
    return _COMMAND.findall(listed[1]) if listed else []


def _help(path: Iterable[str]) -> str:
    """What a command says with ``--help``."""
    package = str(Path(penholder.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": package, "COLUMNS": _WIDTH, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "penholder", *path, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60, check=False)
    if done.returncode:
        raise UsageError(f"{' '.join(command)} failed: {done.stderr.strip()}", "Mend the command first.")
    return done.stdout


def pages() -> dict[str, str]:
    """The pages by their names in ``docs/``."""
    return {"findings.md": findings_page(), "rules.md": rules_page(), "cli.md": cli_page()}


def _folder() -> Path:
    """``docs/`` of the checkout that this package lies in."""
    root = Path(penholder.__file__).parent.parent.parent
    if not (root / "pyproject.toml").is_file():
        raise UsageError("this Penholder is installed, not checked out", "Run it in a clone, with PYTHONPATH=tool.")
    return root / "docs"


@click.command()
@click.option("--write/--check", default=False, help="Write the pages, or only say whether they are up to date.")
def main(*, write: bool) -> None:
    """Make docs/findings.md, docs/rules.md and docs/cli.md from the code."""
    folder = _folder()
    stale = []
    made = pages()
    for name, text in made.items():
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if write:
            write_whole(path, text.encode())
    for name in stale:
        say(f"docs/{name}: {'written' if write else 'not what the code says. Next: python -m penholder.report.reference --write'}")
    if not stale:
        say(f"{', '.join(f'docs/{name}' for name in made)} are up to date.")
    sys.exit(EXIT_FINDINGS if stale and not write else EXIT_CLEAN)


if __name__ == "__main__":
    main()
