"""Citations: keys looked up in the library, locators set, and all of it handed to citeproc at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, NamedTuple

from penholder import codes
from penholder.adapters import csl, files
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.joining import join_words
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import PandocFailure, Worker
from penholder.findings import Findings
from penholder.library import Library, LibraryTextError, cite_suffix, missing, open_library, parse_locator, prepare
from penholder.library.locators import LEGAL_TYPES
from penholder.stages.load import Paper
from penholder.stages.resolve.gaps import gap
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.nested import open_nested
from penholder.stages.resolve.noted import number_notes
from penholder.stages.resolve.parts import BESIDE, Part, as_printed
from penholder.stages.resolve.style import DEFAULT_STYLE, style_of, style_place

LIBRARY_ENDINGS = (".bib", ".json", ".yaml", ".yml")
_NO_LOCATOR = "{}"  # nothing of the suffix is a locator (https://pandoc.org/MANUAL.html#citation-syntax)
NOT_A_LIBRARY = ("evidence.yaml", "evidence.yml")


class Cited(NamedTuple):
    """The bibliography's blocks, the keys cited in order, and the library files they stand in."""

    references: Sequence[Node] = ()
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
        known_hash = "" if found else files.content_hash(path, data)
        texts.append((files.relative(root, path), data, known_hash))
    library = open_library(texts, cache)
    findings.extend(library.findings)
    return library, findings


def cite(
    paper: Paper, parts: Sequence[Part], worker: Worker, words: Mapping[str, str], told: Callable[[Sequence[str]], None] = lambda _: None
) -> tuple[Cited, Findings]:
    """Resolve the citations of all sections together, so that numbering and "ibid." run through.

    ``words`` are the house's labels. ``told`` hears which library files are cited from, before citeproc is waited for.
    """
    library, findings = library_of(paper.workspace.root, paper.folder, paper.workspace.cache)
    style, style_text = style_of(paper, findings)
    open_nested(parts, library, findings)
    keys = known_keys(parts, library, findings)
    items, found = library.items(keys, lambda text, fmt: to_csl(worker, text, fmt))
    findings.extend(found)
    notes = csl.is_note_style(style_text)
    citations = _Citations(items, style, words, _in_notes(parts) if notes else None)
    for part in parts:
        tree.rewrite(part.blocks, citations.change)
    parts = as_printed(parts)
    if notes:
        number_notes(parts)
    if not items:
        return Cited(), findings
    used = tuple(sorted({library.place(key).path for key in keys}))
    told(used)
    try:
        references = _citeproc(paper, parts, worker, prepare(items, style), style_text)
    except PandocFailure as error:
        findings.add(codes.STYLE_UNKNOWN.at(style_place(paper), f"The style {style} cannot be used: {error.message}."))
        default = csl.style_text(DEFAULT_STYLE)
        references = _citeproc(paper, parts, worker, prepare(items, DEFAULT_STYLE), default)
    for part in parts if notes else ():
        tree.rewrite(part.blocks, _small_n)
    _all_printed(parts, keys, words, findings)
    for part in parts if citations.alone else ():
        tree.rewrite(part.blocks, _without_empty)
    _unlink(parts, keys, references)
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

    def __init__(self, items: Sequence[dict[str, Any]], style: str, words: Mapping[str, str], noted: AbstractSet[int] | None) -> None:
        """``noted``: which citations stand in an author's footnote, by identity, in a style that makes notes of the others."""
        self._items = {item["id"]: item for item in items}
        self._style = style
        self._words = words
        self._noted = noted
        self.alone = False  # whether a law's locator stands alone in its brackets

    def change(self, node: Node) -> Node | list[Node] | None:
        if node["t"] != "Cite":
            return None
        there = [c for c in node["c"][0] if c["citationId"] in self._items]
        gaps = [inline for c in node["c"][0] if c not in there for inline in self._gap(c)]
        out: list[Node] = []
        noted = self._noted is not None and id(node) in self._noted  # citeproc prints the whole source there, in the line
        for citation in there:
            out += [] if noted else self._lead(citation)
            self._suffix(citation, noted=noted)
        if there:
            out.append({"t": "Cite", "c": [there, node["c"][1]]})
        return [*out, tree.SPACE, *gaps] if out and gaps else out or gaps

    def _gap(self, citation: Node) -> list[Node]:
        """The mark of a source that is not there, and the references that stood beside it."""
        before, after = ([n for n in citation[f"citation{place}"] if _is_beside(n)] for place in ("Prefix", "Suffix"))
        return [*before, *([tree.SPACE] if before else []), gap(self._words, "gap_source", citation["citationId"]), *_joined(after)]

    def _type(self, citation: Node) -> str:
        return str(self._items[citation["citationId"]].get("type", ""))

    def _lead(self, citation: Node) -> list[Node]:
        """A law has no author to put into the sentence or to leave out of it: its name takes that place."""
        mode = citation["citationMode"]["t"]
        if self._type(citation) not in LEGAL_TYPES or mode == "NormalCitation":
            return []
        if mode == "AuthorInText" and self._noted is None:
            return []
        citation["citationMode"] = {"t": "NormalCitation"}
        title = str(self._items[citation["citationId"]].get("title", ""))
        return tree.words(re.sub(r"<[^>]+>", "", title)) if mode == "AuthorInText" else []

    def _suffix(self, citation: Node, *, noted: bool) -> None:
        """Legal locators (``s 1(3)``, ``reg 4``) as the style wants them, and what stands beside them."""
        beside = [node for node in citation["citationSuffix"] if _is_beside(node)]
        own = [node for node in citation["citationSuffix"] if node not in beside]
        if beside and not own:
            own = [tree.string(_NO_LOCATOR)]
        elif all(node["t"] in ("Str", "Space", "SoftBreak") for node in own):  # formatted words are the author's own
            own = self._locator(citation, own, noted=noted)
        citation["citationSuffix"] = [*own, *_joined(beside)]

    def _locator(self, citation: Node, suffix: list[Node], *, noted: bool) -> list[Node]:
        said = tree.text_of(suffix).strip()
        parsed = parse_locator(said) if said else None
        if parsed is None:
            return suffix
        made = cite_suffix(parsed, self._type(citation), self._style)
        if citation["citationMode"]["t"] == "AuthorInText" and self._type(citation) in LEGAL_TYPES and not noted:
            made = made.removeprefix(f"{_NO_LOCATOR}, ")
            self.alone = True
        return tree.words(made)


def _in_notes(parts: Sequence[Part]) -> set[int]:
    """The citations in the authors' footnotes, by identity."""
    notes = (note for part in parts for note in tree.outermost(part.blocks, "Note"))
    return {id(cite) for note in notes for cite in tree.outermost([note], "Cite")}


def _all_printed(parts: Sequence[Part], keys: Sequence[str], words: Mapping[str, str], findings: Findings) -> None:
    """Mark, in place, citations that came back from citeproc without a word; a finding for each, and for a key that did not come back."""
    back: set[str] = set()
    for part in parts:
        cites = list(tree.outermost(part.blocks, "Cite"))
        back.update(citation["citationId"] for node in cites for citation in node["c"][0])
        if not all(map(_says_something, cites)):
            _mark_empty(cites, Finder(part.text), words, findings)
    for key in (key for key in keys if key not in back):
        findings.add(codes.CITE_LOST.at(Finder(parts[0].text).start, f"@{key} is cited, and printed nowhere."))


def _says_something(cite: Node) -> bool:
    return bool(tree.text_of(cite["c"][1], notes=True).strip())


def _mark_empty(cites: Sequence[Node], finder: Finder, words: Mapping[str, str], findings: Findings) -> None:
    for cite in cites:
        keys = [citation["citationId"] for citation in cite["c"][0]]
        place, *_ = [finder.citation(key) for key in keys]
        if not _says_something(cite):
            cite["c"][1] = [gap(words, "gap_source", ", ".join(keys))]
            findings.add(codes.CITE_LOST.at(place, f"The citation style has nothing to print for {' and '.join('@' + key for key in keys)}."))


def _small_n(node: Node) -> Node | None:
    """``(n 3)`` at the start of a note stays as OSCOLA writes it (1.2.1): pandoc begins every note with a capital."""
    if node["t"] != "Cite":
        return None
    for note in (each for each in node["c"][1] if each["t"] == "Note"):
        first = next((each for each in tree.visit(note["c"]) if each["t"] == "Str"), None)
        if first and re.match(r"\(N\b", first["c"]):
            first["c"] = "(n" + first["c"][2:]
    return None


def _without_empty(node: Node) -> Node | None:
    """A law named in the sentence leaves nothing in its brackets but the locator: ``(s 3)``, not ``(, s 3)``."""
    if node["t"] != "Cite":
        return None
    inlines: list[Node] = node["c"][1]
    at = next((i for i, each in enumerate(inlines) if each["t"] == "Link" and not each["c"][1]), None)
    if at is None or inlines[at + 1 : at + 3] != [tree.string(","), tree.SPACE]:
        return None
    return {"t": "Cite", "c": [node["c"][0], [*inlines[:at], *inlines[at + 3 :]]]}


def _unlink(parts: Sequence[Part], keys: Sequence[str], references: Sequence[Node]) -> None:
    """Citations keep their words and lose the link where the list has no such entry: some styles print no list, only notes."""
    listed = {entry["c"][0][0] for block in references for entry in block["c"][1]}
    dead = {f"#ref-{key}" for key in keys if f"ref-{key}" not in listed}

    def change(node: Node) -> list[Node] | None:
        if node["t"] != "Link" or node["c"][2][0] not in dead:
            return None
        words: list[Node] = node["c"][1]
        return words

    for part in parts if dead else ():
        tree.rewrite(part.blocks, change)


def _joined(beside: Sequence[Node]) -> list[Node]:
    """References after a source: a semicolon before each."""
    return [each for node in beside for each in (tree.string(";"), tree.SPACE, node)]


def _is_beside(node: Node) -> bool:
    return bool(node["t"] == "Span" and tree.has_class(node["c"][0], BESIDE))


def _citeproc(paper: Paper, parts: Sequence[Part], worker: Worker, items: Sequence[dict[str, Any]], style: str) -> list[Node]:
    """Run citeproc over the whole paper; the sections get their blocks back, the references are returned."""
    whole = [tree.div(tree.attr(f"penholder-part-{i}"), part.blocks) for i, part in enumerate(parts)]
    whole.append(tree.div(tree.attr("refs"), []))
    options = {"references": json.dumps(items), "csl": style, "lang": paper.language, "link": True}
    answer = worker.ask("cite", "-", json.dumps(tree.document(whole)).encode(), options, seconds=300)
    blocks: list[Node] = json.loads(answer.payload)["blocks"]
    for part, block in zip(parts, blocks, strict=False):
        part.blocks = block["c"][1]
    entries: list[Node] = blocks[-1]["c"][1]
    entries[:] = [entry for entry in entries if tree.text_of([entry]).strip()]  # a style may have nothing to say of a source
    if not entries:
        return []
    join_words(blocks[-1:])
    return [blocks[-1]]
