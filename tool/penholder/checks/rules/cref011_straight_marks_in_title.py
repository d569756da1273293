"""CREF011: straight quotation marks, or hyphens for a dash, in a title of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.library_sources import first_citations
from penholder.checks.rule import Example, Fix, Hit, Rule, Safety, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.library.index import FileIndex
from penholder.source import SourceFile

CODE = Code(
    "CREF011", Severity.NOTE, "Straight marks in a title of the library",
    "The reference list prints them as they are typed, beside curly marks everywhere else.",
    "Write “ ” and –, or ``...'' and -- in BibLaTeX.",
    "https://pandoc.org/MANUAL.html#specifying-bibliographic-data",
)  # fmt: skip

_FIELDS = "title|subtitle|titleaddon|shorttitle|booktitle|booksubtitle|maintitle|journaltitle|issuetitle|eventtitle|series"
_BIB = re.compile(rf"[,\s](?:{_FIELDS})\s*=\s*\{{", re.I)
_JSON = re.compile(r'"(?:title|title-short|container-title|collection-title|event-title|volume-title)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_BRACE = re.compile(r"\\.|[{}$]", re.S)
_QUOTE = re.compile(r'(?<!\\)"')
_HYPHENS = re.compile(r"(?<=[\w\s,.:;!?)’”])(---?)(?=[\w\s(‘“])(?!-)")
_OPENS = re.compile(r"[\s({\[‘/–—-]$")
Change = tuple[int, int, str]


def look(paper: PaperView) -> Iterator[Hit]:
    """Titles of the sources that the paper cites, in BibLaTeX and CSL-JSON: what pandoc does not turn by itself."""
    files = {file.path: file for file in paper.library.files}
    for key in first_citations(paper):
        text = paper.library.text(key)
        if '"' not in text and "--" not in text:
            continue
        file = files[paper.library.place(key).path]
        changes = list(_changes(file.kind, text))
        if not changes:
            continue
        source, start = _source(file, file.keys.index(key))
        title = paper.library.entry(key).title
        for a, b, mend in changes:
            yield Hit(
                source.span(start + a, start + b), f"“{text[a:b]}” in a title is printed as it is typed: write {mend}.".replace("“\"”", "A straight quotation mark"),
                ask=f"May we write {mend} in the title “{title}”?", fix=Fix(file.path, start + a, start + b, mend, text[a:b]),
            )  # fmt: skip


def _changes(kind: str, text: str) -> Iterator[Change]:
    """The changes to one entry's titles, as offsets into its text; none where marks do not pair, or stand for something else."""
    if kind == "bib":
        for field in _BIB.finditer(text):
            end = _closing(text, field.end())
            if end > 0:
                yield from _pairs(text, field.end(), end)
    elif kind == "json":
        for field in _JSON.finditer(text):
            for found in _HYPHENS.finditer(text, field.start(1), field.end(1)):
                yield found.start(), found.end(), "–" if len(found[0]) == 2 else "—"


def _closing(text: str, at: int) -> int:
    """Where the brace that opened before ``at`` closes; -1 where it does not, or mathematics stands in it."""
    depth = 1
    for token in _BRACE.finditer(text, at):
        if token[0] == "$":
            return -1
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if not depth:
            return token.start()
    return -1


def _pairs(text: str, start: int, end: int) -> Iterator[Change]:
    marks = [found.start() for found in _QUOTE.finditer(text, start, end)]
    opens = [bool(at == start or _OPENS.search(text[max(start, at - 1) : at])) for at in marks]
    if len(marks) % 2 or opens != [n % 2 == 0 for n in range(len(marks))]:
        return
    for at, opening in zip(marks, opens, strict=True):
        yield at, at + 1, "“" if opening else "”"


def _source(file: FileIndex, n: int) -> tuple[SourceFile, int]:
    """The library file as it was written, and where its entry ``n`` begins, in characters."""
    return SourceFile(file.path, file.body.decode()), len(file.body[: file.starts[n]].decode())


_BAD = '@report{quoted2021, author = {{North Press}}, title = {Buying for "good"}, date = {2021}, institution = {North Press}}\n'
_GOOD = "@report{quoted2021, author = {{North Press}}, title = {Buying for ``good'' -- \\\"Uber alles}, date = {2021}, institution = \"North Press\"}\n"
RULE = Rule(
    CODE, Scope.PAPER, look, fix=Safety.SAFE,
    bad=Example("Councils buy for good [@quoted2021].", {"citations/more.bib": _BAD}),
    good=Example("Councils buy for good [@quoted2021].", {"citations/more.bib": _GOOD}),
)  # fmt: skip
