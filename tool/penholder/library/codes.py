"""The kinds of finding the citation library can make. The text here is what a person reads."""

from __future__ import annotations

from penholder.findings import Code, Severity
from penholder.source import Span

N, W, E = Severity.NOTE, Severity.WARNING, Severity.ERROR
_BIBTEX = "https://www.bibtex.org/Format/"
_BIBLATEX = "https://ctan.org/pkg/biblatex"

MISSING = Code(
    "CITE001", E, "A source that the library does not hold",
    "A reader cannot check what is said, and the reference list is not complete.",
    "Correct the key, or add the source to a file in `citations/`.",
    "https://pandoc.org/MANUAL.html#citation-syntax",
)
CONFLICT = Code(
    "CITE002", E, "One key, two sources",
    "Nobody can tell which of the two a paper cites; the first one found is printed.",
    "Delete one of the two entries, or give one of them another key.",
)
BROKEN = Code(
    "CITE003", E, "A broken library entry",
    "What cannot be read cannot be cited; the entries around it are not affected.",
    "Mend the entry at the line named: a key, commas between the fields, every brace closed.",
    _BIBTEX,
)
LOOKALIKE = Code(
    "CITE004", E, "A key that looks like a cross-reference",
    "`@sec-...`, `@para-...`, `@tbl-...`, `@fig-...` and `@rec-...` point into the paper, so this source cannot be cited.",
    "Give the source another key; keep the old one out of `ids`, too.",
)
UNREADABLE = Code(
    "CITE005", E, "A library file that cannot be read as it is",
    "Sources are lost or letters such as £ and é come out wrong.",
    "Save the file as UTF-8; let a JSON or YAML file be checked by your editor.",
)
REJECTED = Code(
    "CITE006", E, "An entry that cannot be turned into a reference",
    "The source is left out of the paper, or printed without the field named.",
    "Correct the entry: LaTeX commands, dollar signs and braces are the usual cause.",
    _BIBLATEX,
)


def at_line(path: str, line: int, column: int = 1) -> Span:
    """A span of one place in a library file."""
    return Span(path, line, column, line, column)


BY_ID: dict[str, Code] = {c.id: c for c in list(globals().values()) if isinstance(c, Code)}
