"""Take exports of reference managers into the library, keeping every byte that need not change.

Read are BibLaTeX (Zotero, JabRef, Mendeley), CSL-JSON (Zotero, Paperpile) and
Word's list of sources. Nothing is written here: a plan says what would change,
and ``merged_bib`` / ``merged_json`` give the new text of one library file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from penholder.adapters import bibtex
from penholder.findings import Finding
from penholder.library import codes
from penholder.library.index import FileIndex, bib_words, content, csl_words, index_file, kind_of
from penholder.library.open import Library
from penholder.library.search import folded
from penholder.library.wordsources import WordSourcesError, to_biblatex


@dataclass(frozen=True)
class NewEntry:
    """An entry to be taken in: its key, the text as written (``bib`` or ``json``), and its words."""

    key: str
    kind: str
    text: str
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        return _title(self.words)


@dataclass(frozen=True)
class ImportPlan:
    """What taking entries in would do. ``renamed`` pairs an entry with the key it has in the library."""

    adds: tuple[NewEntry, ...] = ()
    same: tuple[NewEntry, ...] = ()
    changed: tuple[NewEntry, ...] = ()
    renamed: tuple[tuple[NewEntry, str], ...] = field(default=())

    @property
    def empty(self) -> bool:
        return not (self.adds or self.changed or self.renamed)


def read_export(path: str, data: bytes) -> tuple[list[NewEntry], list[Finding]]:
    """The entries of an export by its file's name and content, and what could not be read.

    Word's ``Sources.xml`` is turned into BibLaTeX. Nothing is raised.
    """
    if path.lower().endswith(".xml") or data.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml":
        try:
            data = to_biblatex(data).encode("utf-8")
        except WordSourcesError as error:
            return [], [codes.UNREADABLE.at(codes.at_line(path, 1), str(error))]
        index = index_file("sources.bib", data, None)
    else:
        index = index_file(path, data, None)
    return list(_entries(index)), [
        (codes.BROKEN if t.code == codes.BROKEN.id else codes.UNREADABLE).at(
            codes.at_line(path, t.line, t.column), t.message
        )
        for t in index.troubles
    ]


def _entries(index: FileIndex) -> Iterable[NewEntry]:
    seen: set[str] = set()
    kind = "bib" if index.kind == "bib" else "json"
    for n, key in enumerate(index.keys):
        if key not in seen:
            seen.add(key)
            yield NewEntry(key, kind, _expanded(index, n), tuple(index.words()[n]))


def _expanded(index: FileIndex, n: int) -> str:
    """The entry's text with the export's own ``@string`` names replaced: the target file may not know them."""
    text = index.text(n)
    if index.kind != "bib" or not index.strings:
        return text
    found = bibtex.scan(text).entries[0]
    values = bibtex.parse_fields(text[found.body : found.end - 1]).values
    _, names = bibtex.references(values)
    for name in names:
        if (definition := index.string(name)) and (match := re.search(r"=\s*(.*?)\s*[})]\s*$", definition, re.S)):
            text = re.sub(rf"([=#]\s*){re.escape(name)}(?=\s*[,#}}\n])", lambda m, v=match: m[1] + v[1], text, flags=re.I)  # type: ignore[misc]
    return text


def plan_import(new: Iterable[NewEntry], library: Library) -> ImportPlan:
    """Compare entries with the library.

    The same source under another key (same DOI; or the same title with the same
    ISBN, address or year) is ``renamed``: the new entry takes the old one's
    place and keeps the old key as an alias, so that papers go on citing it.
    """
    known = _Known(library)
    adds: list[NewEntry] = []
    same: list[NewEntry] = []
    changed: list[NewEntry] = []
    renamed: list[tuple[NewEntry, str]] = []
    for entry in new:
        held = library.resolve(entry.key)
        if held is not None:
            (same if _equal(entry, library, held) else changed).append(entry)
        elif (old := known.same_source(entry)) is not None:
            renamed.append((entry, old))
        else:
            adds.append(entry)
    return ImportPlan(tuple(adds), tuple(same), tuple(changed), tuple(renamed))


def _equal(entry: NewEntry, library: Library, held: str) -> bool:
    kind = "bib" if kind_of(library.place(held).path) == "bib" else "json"
    return kind == entry.kind and _said(kind, entry.text) == _said(kind, library.text(held))


def _said(kind: str, text: str) -> object:
    """What an entry says, aliases and Zotero's bookkeeping aside: they differ with every export."""
    said = content(kind, text)
    if isinstance(said, dict):
        return {k: v for k, v in said.items() if k not in ("custom", "citation-key")}
    if isinstance(said, tuple):
        return said[0], {k: v for k, v in said[1].items() if k not in ("ids", "file", "timestamp")}
    return said


class _Known:
    """The sources of a library by what identifies them."""

    def __init__(self, library: Library) -> None:
        self.by: dict[tuple[str, ...], str] = {}
        for file in library.files:
            for key, words in zip(file.keys, file.words(), strict=True):
                for mark in _marks(words):
                    self.by.setdefault(mark, key)

    def same_source(self, entry: NewEntry) -> str | None:
        return next((self.by[mark] for mark in _marks(entry.words) if mark in self.by), None)


def _marks(words: Sequence[str]) -> list[tuple[str, ...]]:
    _, _, _, year, doi, isbn, url = words
    title = _title(words)
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", doi.strip().lower())
    isbn = re.sub(r"[^0-9xX]", "", isbn).upper()
    marks: list[tuple[str, ...]] = [("doi", doi)] if doi else []
    if title:
        for name, value in (("isbn", isbn), ("url", url.strip().rstrip("/").lower()), ("year", year)):
            if value:
                marks.append((name, value, title))
    return marks


def _title(words: Sequence[str]) -> str:
    return " ".join(re.findall(r"\w+", folded(words[2])))


def merged_bib(text: str, plan: ImportPlan, library: Library) -> str:
    """A `.bib` with the plan carried out: entries it holds are replaced in place, added ones appended.

    ``changed`` and ``renamed`` entries that are in other files are left to those
    files. Every other byte stays. CSL entries of the plan are passed over.
    """
    found = {e.key: e for e in bibtex.scan(text).entries}
    edits: list[tuple[int, int, str]] = []
    for old, entry in [(library.resolve(e.key), e) for e in plan.changed] + [(o, e) for e, o in plan.renamed]:
        if entry.kind == "bib" and old in found:
            place = found[old]
            before = bibtex.parse_fields(text[place.body : place.end - 1]).plain("ids")
            aliases = [a for a in (old, *(b.strip() for b in before.split(","))) if a and a != entry.key]
            edits.append((place.start, place.end, with_aliases(entry.text, aliases)))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    added = [entry.text for entry in plan.adds if entry.kind == "bib"]
    if added:
        text = text + ("" if not text or text.endswith("\n") else "\n") + "".join(f"\n{entry}\n" for entry in added)
    return text


def with_aliases(text: str, aliases: Sequence[str]) -> str:
    """A BibLaTeX entry with ``aliases`` added to its ``ids``, nothing else changed."""
    found = bibtex.scan(text).entries[0]
    body = text[found.body : found.end - 1]
    own = [a.strip() for a in bibtex.parse_fields(body).plain("ids").split(",") if a.strip()]
    wanted = list(dict.fromkeys([*own, *aliases]))
    if wanted == own:
        return text
    shown = f"ids = {{{', '.join(wanted)}}}"
    if match := re.search(r"^([ \t]*)ids\s*=\s*(?:\{[^{}]*\}|\"[^\"]*\")", body, re.M | re.I):
        body = body[: match.start()] + match.group(1) + shown + body[match.end() :]
        return text[: found.body] + body + text[found.end - 1 :]
    comma = "" if text[: found.body].rstrip().endswith(",") else ","
    return f"{text[: found.body].rstrip()}{comma}\n  {shown},{text[found.body - 1 if comma else found.body :]}"


def merged_json(text: str, plan: ImportPlan, library: Library) -> str:
    """A CSL-JSON file with the plan carried out, as ``merged_bib`` does it for a `.bib`."""
    index = index_file("library.json", text.encode("utf-8"), None)
    body = index.body.decode("utf-8")
    places = {key: n for n, key in enumerate(index.keys)}
    edits: list[tuple[int, int, str]] = []
    for old, entry in [(library.resolve(e.key), e) for e in plan.changed] + [(o, e) for e, o in plan.renamed]:
        if entry.kind == "json" and old in places:
            n = places[old]
            start = len(index.body[: index.starts[n]].decode("utf-8"))
            end = start + len(index.text(n))
            edits.append((start, end, _json_with_alias(entry.text, old, json.loads(index.text(n)))))
    for start, end, new in sorted(edits, reverse=True):
        body = body[:start] + new + body[end:]
    added = [entry.text for entry in plan.adds if entry.kind == "json"]
    if not added:
        return body
    head = body.rstrip()
    if not head.endswith("]"):
        return "[\n" + ",\n".join(added) + "\n]\n" if not head else body
    head = head[:-1].rstrip()
    comma = "" if head.endswith("[") else ","
    return f"{head}{comma}\n" + ",\n".join(added) + "\n]\n"


def _json_with_alias(text: str, old: str, before: dict[str, Any]) -> str:
    item = json.loads(text)
    custom = before.get("custom") if isinstance(before.get("custom"), dict) else {}
    held = (custom or {}).get("aliases", [])
    aliases = [a for a in dict.fromkeys([old, *(held if isinstance(held, list) else [])]) if a != str(item["id"])]
    if not aliases:
        return text
    mine = item.get("custom") if isinstance(item.get("custom"), dict) else {}
    return json.dumps({**item, "custom": {**mine, "aliases": aliases}}, ensure_ascii=False, indent=1)


__all__ = [
    "ImportPlan",
    "NewEntry",
    "bib_words",
    "csl_words",
    "merged_bib",
    "merged_json",
    "plan_import",
    "read_export",
    "with_aliases",
]
