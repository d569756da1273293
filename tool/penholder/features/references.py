"""The shared library at work: which papers cite what, how an entry will be printed, and exports taken in.

Looking up is the library's own business (``penholder.library``). Here is what
needs papers, pandoc or the disk besides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penholder.adapters import csl, files
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Worker
from penholder.errors import UsageError
from penholder.findings import Finding, Findings, Severity
from penholder.library import Library, missing, prepare
from penholder.library.index import kind_of
from penholder.library.search import pasted
from penholder.source import Span
from penholder.stages.assemble import assemble
from penholder.stages.discover import Workspace
from penholder.stages.load import Paper, load
from penholder.stages.resolve.cite import LIBRARY_ENDINGS, NOT_A_LIBRARY, library_of, to_csl
from penholder.stages.resolve.clean import read_alone
from penholder.stages.resolve.ids import PREFIX
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.style import style_of

_NO_WORDS = {"gap_section": "", "gap_unread": ""}  # nothing of it is printed
_NEEDED = ("crossref", "xref", "xdata", "related", "entryset")


# what papers cite


@dataclass(frozen=True)
class Use:
    """A key that a paper cites: how often, and where first."""

    key: str
    times: int
    first: Span


def used_in(workspace: Workspace, slug: str, worker: Worker) -> tuple[list[Use], Library, Findings]:
    """The sources a paper cites, in order, and its library.

    Findings are the library's, a source for each key it does not hold, and the
    errors that keep a part of the paper from being read.
    """
    paper, _ = load(workspace, slug)
    library, findings = library_of(workspace.root, paper.folder, workspace.cache)
    manuscript, found = assemble(paper)
    findings.extend(f for f in found if f.severity == Severity.ERROR)
    places: dict[str, list[Span]] = {}
    for text in manuscript.texts:
        finder = Finder(text)
        blocks, said = read_alone(text, worker, finder, _NO_WORDS, workspace.settings.limits.pandoc_seconds)
        findings.extend(f for f in said if f.severity == Severity.ERROR)
        for key in _cited(blocks):
            place = finder.citation(key)
            if (known := library.resolve(key)) is None:
                findings.add(missing(key, place, library))
            else:
                places.setdefault(known, []).append(place)
    return [Use(key, len(spans), spans[0]) for key, spans in places.items()], library, findings


def _cited(blocks: Sequence[Node]) -> list[str]:
    """The keys cited, in order; cross-references into the paper are none."""
    keys = [c["citationId"] for node in tree.visit(blocks) if node["t"] == "Cite" for c in node["c"][0]]
    return [key for key in keys if not PREFIX.match(key)]


def unused(workspace: Workspace, worker: Worker) -> tuple[list[str], Library, Findings]:
    """The keys of the shared library that no paper cites, and that no cited entry builds upon."""
    library, findings = library_of(workspace.root, None, workspace.cache)
    waiting: list[str] = []
    for slug in workspace.papers:
        uses, _, found = used_in(workspace, slug, worker)
        waiting += [use.key for use in uses]
        findings.extend(found)
    needed: set[str] = set()
    while waiting:
        key = library.resolve(waiting.pop())
        if key is None or key in needed:
            continue
        needed.add(key)
        values = library.fields(key)
        waiting += [k for name in _NEEDED for k in re.split(r"[\s,]+", values.get(name, "")) if k]
    keys = library.keys()
    return [key for key in keys if key not in needed], library, findings


# how an entry is printed


@dataclass(frozen=True)
class Style:
    """A citation style: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True)
class Printed:
    """An entry as a paper prints it. ``note`` says that the citation is a footnote."""

    citation: str
    reference: str
    note: bool


def chosen_style(workspace: Workspace, paper: Paper | None, name: str | None) -> tuple[Style, list[Finding]]:
    """The style called ``name``, else the paper's, else the house's. Raises ``NoStyleError``."""
    if name is None and paper is not None:
        findings = Findings()
        return Style(*style_of(paper, findings)), findings.sorted()
    wanted = name or workspace.settings.citation_style
    if wanted.endswith(".csl"):
        for folder in (*([paper.folder] if paper else []), *(workspace.root / f for f in ("citations", "templates", "."))):
            if (folder / wanted).is_file():
                source, found = files.read_text(workspace.root, folder / wanted)
                return Style(Path(wanted).stem, source.text), found
    try:
        style = csl.load_style(wanted)
    except csl.NoStyleError as error:
        advice = f"Did you mean {' or '.join(error.near)}?" if error.near else "`penholder cite styles WORDS` finds one."
        raise UsageError(error.message, advice) from None
    return Style(style.independent, style.text), []


def printed(library: Library, key: str, style: Style, language: str, worker: Worker) -> tuple[Printed | None, list[Finding]]:
    """The citation and the reference of one entry, by citeproc; None where it cannot be converted."""
    items, findings = library.items([key], lambda text, fmt: to_csl(worker, text, fmt))
    if not items:
        return None, findings
    citation = {
        "citationId": items[0]["id"],
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    blocks = [tree.para([{"t": "Cite", "c": [[citation], []]}]), tree.div(tree.attr("refs"), [])]
    options = {
        "references": json.dumps(prepare(items, style.name)), "csl": style.text, "lang": language, "link": False,
    }  # fmt: skip
    answer = worker.ask("cite", "-", json.dumps(tree.document(blocks)).encode(), options)
    text, references = json.loads(answer.payload)["blocks"]
    note = any(node["t"] == "Note" for node in tree.visit([text]))
    return Printed(_line([text]), _line([references]), note), findings


def _line(blocks: list[Node]) -> str:
    """Blocks as one line of text; a number in the margin stands apart."""

    def apart(node: Node) -> list[Node] | None:
        margin = node["t"] in ("Span", "Div") and "csl-left-margin" in node["c"][0][1]
        return [node, tree.SPACE] if margin else None

    return re.sub(r"[ \n]+", " ", tree.text_of(tree.rewrite(blocks, apart), notes=True)).strip(" ")


def entry_data(library: Library, key: str, use: Use | None = None) -> dict[str, Any]:
    """An entry as data, for lists and for machines."""
    entry = library.entry(key)
    shown: dict[str, Any] = {
        "key": entry.key, "cite": f"[{pasted(entry.key)}]", "type": entry.type, "author": entry.author, "year": entry.year,
        "title": entry.title, "doi": entry.doi, "isbn": entry.isbn, "url": entry.url, "path": entry.place.path, "line": entry.place.line,
    }  # fmt: skip
    if use is not None:
        shown |= {"times": use.times, "first": {"path": use.first.path, "line": use.first.line, "column": use.first.column}}
    return shown


def aliases_of(library: Library, key: str) -> list[str]:
    """The other keys of an entry."""
    return [alias for alias, stands_for in library.aliases().items() if stands_for == key]


def plain_fields(values: Mapping[str, str]) -> dict[str, str]:
    """An entry's fields without its key, which is shown anyway."""
    return {name: value for name, value in values.items() if name not in ("id", "ids")}


# where an export goes


def target_of(workspace: Workspace, export: Path, into: str | None, kind: str) -> Path:
    """The library file that added entries go to: the one named, or one named after the export."""
    ending = ".bib" if kind == "bib" else ".json"
    if into is None:
        stem = re.sub(r"[^\w.-]+", "-", export.stem.lower()).strip("-.") or "imported"
        return workspace.root / "citations" / (stem + ending)
    given = Path(into)
    if len(given.parts) == 1:
        given = Path("citations") / given
    base = Path.cwd() if into.startswith(".") else workspace.root
    folder = (base / given).parent.resolve()  # a link to a file stays a link
    path = folder / given.name
    own = folder.name == "citations" and folder.parent.parent == workspace.root / "papers"
    if folder != workspace.root / "citations" and not own:
        raise UsageError(f"{into} is not in the library", f"Name a file in citations/, such as citations/{export.stem.lower()}{ending}.")
    if path.suffix not in LIBRARY_ENDINGS or path.name in NOT_A_LIBRARY or path.is_dir():
        raise UsageError(f"{into} is not a library file", f"Name a {ending} file in citations/.")
    if kind_of(path.name) != kind:
        what = "BibLaTeX" if kind == "bib" else "CSL"
        raise UsageError(f"{path.name} cannot take {what} entries", f"Name a {ending} file for --into, or export in the other format.")
    return path


def owner_of(workspace: Workspace, target: Path) -> Path | None:
    """The paper whose own library ``target`` belongs to; None for the shared library."""
    return target.parent.parent if target.parent.parent != workspace.root else None
