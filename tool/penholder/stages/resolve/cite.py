"""Citations: keys looked up in the library, locators set, and all of it handed to citeproc at once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from penholder import codes
from penholder.adapters import csl, files
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import PandocFailure, Worker
from penholder.findings import Findings
from penholder.library import Library, LibraryTextError, cite_suffix, missing, open_library, parse_locator, prepare
from penholder.library.locators import LEGAL_TYPES
from penholder.stages.load import Paper
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Part
from penholder.stages.resolve.style import DEFAULT_STYLE, style_of, style_place

LIBRARY_ENDINGS = (".bib", ".json", ".yaml", ".yml")
NOT_A_LIBRARY = ("evidence.yaml", "evidence.yml")


@dataclass
class Cited:
    """The bibliography's blocks, the keys cited in order, and the library files they stand in."""

    references: list[Node] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def library_paths(root: Path, folder: Path | None = None) -> list[Path]:
    """The files of the shared library, and of a paper's own (``citations/`` in its folder)."""
    found: list[Path] = []
    for holder in (root / "citations", *([folder / "citations"] if folder else [])):
        if holder.is_dir():
            found += sorted(p for p in holder.iterdir() if p.suffix.lower() in LIBRARY_ENDINGS and p.name not in NOT_A_LIBRARY)
    return found


def library_of(root: Path, folder: Path | None, cache: Path | None) -> tuple[Library, Findings]:
    """Open the library of a workspace, or of one paper in it."""
    findings = Findings()
    texts = []
    for path in library_paths(root, folder):
        data, found = files.read_bytes(root, path)
        findings.extend(found)
        texts.append((files.relative(root, path), data))
    library = open_library(texts, cache)
    findings.extend(library.findings)
    return library, findings


def cite(paper: Paper, parts: Sequence[Part], worker: Worker) -> tuple[Cited, Findings]:
    """Resolve the citations of all sections together, so that numbering and "ibid." run through."""
    library, findings = library_of(paper.workspace.root, paper.folder, paper.workspace.cache)
    style, style_text = style_of(paper, findings)
    keys = known_keys(parts, library, findings)
    items, found = library.items(keys, lambda text, fmt: to_csl(worker, text, fmt))
    findings.extend(found)
    change = _Citations(items, style, notes=csl.is_note_style(style_text)).change
    for part in parts:
        tree.rewrite(part.blocks, change)
    if not items:
        return Cited(), findings
    try:
        references = _citeproc(paper, parts, worker, prepare(items, style), style_text)
    except PandocFailure as error:
        findings.add(codes.STYLE_UNKNOWN.at(style_place(paper), f"The style {style} cannot be used: {error.message}."))
        default = csl.style_text(DEFAULT_STYLE)
        references = _citeproc(paper, parts, worker, prepare(items, DEFAULT_STYLE), default)
    used = tuple(sorted({library.place(key).path for key in keys}))
    return Cited(references, tuple(keys), used), findings


def to_csl(worker: Worker, text: str, fmt: str) -> list[dict[str, Any]]:
    """CSL-JSON of a bibliography text, by pandoc. Raises ``LibraryTextError`` where pandoc refuses it."""
    try:
        items: list[dict[str, Any]] = json.loads(worker.ask("csl", fmt, text.encode()).payload or b"[]")
    except PandocFailure as error:
        raise LibraryTextError(error.message) from error
    return items


def known_keys(parts: Sequence[Part], library: Library, findings: Findings) -> list[str]:
    """The cited keys the library has, in order; a finding for each that it has not."""
    known: dict[str, None] = {}
    for part in parts:
        finder = Finder(part.text)
        for node in tree.visit(part.blocks):
            if node["t"] != "Cite":
                continue
            for citation in node["c"][0]:
                key = citation["citationId"]
                if key in library:
                    citation["citationId"] = library.resolve(key) or key
                    known[citation["citationId"]] = None
                else:
                    findings.add(missing(key, finder.citation(key), library))
    return list(known)


class _Citations:
    """Marks what is missing and sets the locators of what is there."""

    def __init__(self, items: Sequence[dict[str, Any]], style: str, *, notes: bool) -> None:
        self._items = {item["id"]: item for item in items}
        self._style = style
        self._notes = notes

    def change(self, node: Node) -> Node | list[Node] | None:
        if node["t"] != "Cite":
            return None
        there = [c for c in node["c"][0] if c["citationId"] in self._items]
        gaps = [tree.gap(f"missing source: {c['citationId']}") for c in node["c"][0] if c not in there]
        out: list[Node] = []
        for citation in there:
            out += self._lead(citation)
            self._locator(citation)
        if there:
            out.append({"t": "Cite", "c": [there, node["c"][1]]})
        for gap in gaps:
            out += [tree.SPACE, gap] if out else [gap]
        return out

    def _type(self, citation: Node) -> str:
        return str(self._items[citation["citationId"]].get("type", ""))

    def _lead(self, citation: Node) -> list[Node]:
        """A law has no author to put into the sentence or to leave out of it: its name takes that place."""
        mode = citation["citationMode"]["t"]
        if self._type(citation) not in LEGAL_TYPES or mode == "NormalCitation":
            return []
        if mode == "AuthorInText" and not self._notes:
            return []
        citation["citationMode"] = {"t": "NormalCitation"}
        title = str(self._items[citation["citationId"]].get("title", ""))
        return tree.words(re.sub(r"<[^>]+>", "", title)) if mode == "AuthorInText" else []

    def _locator(self, citation: Node) -> None:
        """Legal locators (``s 1(3)``, ``reg 4``) as the style wants them."""
        suffix = citation["citationSuffix"]
        if any(node["t"] not in ("Str", "Space", "SoftBreak") for node in suffix):
            return  # formatted words are the author's own
        said = tree.text_of(suffix).strip()
        parsed = parse_locator(said) if said else None
        if parsed is None:
            return
        made = cite_suffix(parsed, self._type(citation), self._style)
        if citation["citationMode"]["t"] == "AuthorInText" and self._type(citation) in LEGAL_TYPES:
            made = made.removeprefix("{}, ")  # it stands alone in its brackets
        citation["citationSuffix"] = tree.words(made)


def _citeproc(paper: Paper, parts: Sequence[Part], worker: Worker, items: Sequence[dict[str, Any]], style: str) -> list[Node]:
    """Run citeproc over the whole paper; the sections get their blocks back, the references are returned."""
    whole = [tree.div(tree.attr(f"penholder-part-{i}"), part.blocks) for i, part in enumerate(parts)]
    whole.append(tree.div(tree.attr("refs"), []))
    options = {"references": json.dumps(items), "csl": style, "lang": paper.language, "link": True}
    answer = worker.ask("cite", "-", json.dumps(tree.document(whole)).encode(), options, seconds=300)
    blocks: list[Node] = json.loads(answer.payload)["blocks"]
    for part, block in zip(parts, blocks, strict=False):
        part.blocks = block["c"][1]
    if not blocks[-1]["c"][1]:
        return []
    tree.join_words(blocks[-1:])
    return [blocks[-1]]
