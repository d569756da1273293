"""The text of a section before anything is known of its paper: which files, which front matter, which characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from penholder import codes
from penholder.adapters import files
from penholder.findings import Finding
from penholder.printable import UNPRINTABLE, in_place_of
from penholder.source import SourceFile

ENDINGS = (".md", ".markdown", ".qmd")
FRONT = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
TEMPLATE_MARK = re.compile(r"\{\{|\{%|\{##")


def has_template(text: str) -> bool:
    """Whether Jinja2 has anything to do in a text."""
    return TEMPLATE_MARK.search(text) is not None


def printable(source: SourceFile) -> tuple[SourceFile, list[Finding]]:
    """Take out what no printer knows; each line that held such characters is found once."""
    found: dict[int, Finding] = {}
    for match in UNPRINTABLE.finditer(source.text):
        span = source.span(match.start(), match.end())
        if span.line not in found:
            found[span.line] = codes.MARKS_REMOVED.at(span, f"The character U+{ord(match[0]):04X} was taken out.")
    if not found:
        return source, []
    removed: list[int] = []

    def take(match: re.Match[str]) -> str:
        kept = in_place_of(match[0])
        if not kept:
            removed.append(match.start() - len(removed))
        return kept

    text = UNPRINTABLE.sub(take, source.text)
    return SourceFile(source.path, text, tuple(removed)), list(found.values())


def read_printable(root: Path, path: Path) -> tuple[SourceFile, list[Finding]]:
    """A text file of the workspace without what no printer knows, and what is wrong with it."""
    source, findings = files.read_text(root, path)
    source, found = printable(source)
    return source, findings + found


def likely(root: Path, slug: str) -> Iterator[str]:
    """The texts that pandoc will probably be asked to read for a paper, guessed before its metadata is read.

    Nothing may depend on the guess: a section can be left out by ``paper.yaml``, or be rewritten by a template.
    """
    holder = root / "papers" / slug / "sections"
    for path in sorted(holder.glob("*")):
        if path.suffix.lower() not in ENDINGS or path.name.startswith((".", "_")):
            continue
        text = read_printable(root, path)[0].text
        front = FRONT.match(text)
        body = text[front.end() :] if front else text
        if body.strip() and not has_template(body):
            yield body
