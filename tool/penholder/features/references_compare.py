"""An export of a reference manager held against the library: what is new, the same, changed, renamed, or left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from penholder.adapters import bibtex
from penholder.findings import Finding
from penholder.library import Entry, Library, open_library
from penholder.library.importing import NewEntry, plan_import, read_export
from penholder.library.index import kind_of
from penholder.library.search import folded

BOOKKEEPING = frozenset({"id", "ids", "custom", "citation-key", "file", "timestamp", "date-added", "date-modified"})
MODERN = {"year": "date", "journal": "journaltitle", "address": "location", "school": "institution"}
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)")


@dataclass(frozen=True)
class Difference:
    """A field that the export gives another value than the library does (empty: not there)."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Taken:
    """What becomes of one entry of the export. ``held`` is its key in the library, ``path`` the file it is in."""

    entry: NewEntry
    held: str = ""
    path: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Import:
    """What an export would do to the library. ``left`` are entries held in another format."""

    target: str
    added: tuple[Taken, ...] = ()
    changed: tuple[Taken, ...] = ()
    renamed: tuple[Taken, ...] = ()
    same: tuple[Taken, ...] = ()
    left: tuple[Taken, ...] = ()
    findings: tuple[Finding, ...] = ()
    writes: dict[str, bytes] = field(default_factory=dict)


def compared(new: Sequence[NewEntry], library: Library, target: str, findings: Sequence[Finding]) -> Import:
    """What each entry of an export is to the library; ``target`` is the file that what is new goes into."""
    plan = plan_import(new, library)
    theirs = _fields_of(new)
    # entries with the @string names of their file written out, as the export's are
    spelt = {f.path: read_export(f.path, f.body)[0] for f in library.files if f.strings}
    exported = {held for e in new if (held := library.resolve(e.key)) is not None}
    old_keys = {entry.key: old for entry, old in plan.renamed if _same_source(entry, library.entry(old))}
    for entry in plan.adds:
        old = next((held for a in aliases(entry) if (held := library.resolve(a)) is not None), None)
        if old is not None:
            old_keys[entry.key] = old
    groups: dict[str, list[Taken]] = {"added": [], "changed": [], "renamed": [], "same": [], "left": []}
    claimed: set[str] = set(exported)
    exact = set(library.keys()) & {e.key for e in new}
    for entry in new:
        held, group = library.resolve(entry.key), "same"
        if held is None:
            old = old_keys.get(entry.key)
            held, group = (old, "renamed") if old is not None and old not in claimed else (None, "added")
            claimed.update([held] if held else [])
        elif held != entry.key and held in exact:
            continue  # the export holds it twice, under its key and under an alias
        if held is None:
            groups["added"].append(Taken(entry, path=target))
            continue
        path = library.place(held).path
        if kind_of(path) != entry.kind:
            alike = group == "same" and tuple(folded(w) for w in entry.words[2:4]) == _words(library.entry(held))
            groups["same" if alike else "left"].append(Taken(entry, held, path))
            continue
        differences = _differences(entry, theirs.get(entry.key, {}), library.fields(held), library.entry(held).type)
        if differences and path in spelt:
            known = _fields_of([e for e in spelt[path] if e.key == held])
            differences = _differences(entry, theirs.get(entry.key, {}), known[held], library.entry(held).type)
        groups["changed" if differences and group == "same" else group].append(Taken(entry, held, path, differences))
    added, changed, renamed, same, left = (tuple(groups[name]) for name in groups)
    return Import(target, added, changed, renamed, same, left, tuple(findings))


def _words(entry: Entry) -> tuple[str, str]:
    return folded(entry.title), folded(entry.year)


def _fields_of(entries: Sequence[NewEntry]) -> dict[str, dict[str, str]]:
    """The fields of each entry as plain words, as ``Library.fields`` gives them."""
    texts = [(f"{n}.{entry.kind}", (entry.text if entry.kind == "bib" else f"[{entry.text}]").encode()) for n, entry in enumerate(entries)]
    opened = open_library(texts)
    return {entry.key: opened.fields(entry.key) for entry in entries if entry.key in opened}


def _differences(entry: NewEntry, theirs: dict[str, str], ours: dict[str, str], kind: str) -> tuple[Difference, ...]:
    """What the export says otherwise. A field that only the library has is no difference."""
    ours, theirs = _modern(ours), _modern(theirs)
    found = [Difference("type", kind, entry.words[0])] if kind != entry.words[0] and entry.kind == "bib" else []
    for name, value in theirs.items():
        if name not in BOOKKEEPING and " ".join(ours.get(name, "").split()) != " ".join(value.split()):
            found.append(Difference(name, ours.get(name, ""), value))
    return tuple(found)


def _modern(values: dict[str, str]) -> dict[str, str]:
    """BibTeX's names of fields as BibLaTeX has them."""
    if "date" in values or "month" in values:
        return {MODERN.get(k, k) if k != "year" else k: v for k, v in values.items()}
    return {MODERN.get(k, k): v for k, v in values.items()}


def _same_source(entry: NewEntry, held: Entry) -> bool:
    """Whether a resemblance is more than a common title ("Annual report") or a DOI that chapters share."""
    _, author, title, _, doi, isbn, _ = entry.words
    pairs = ((_DOI.sub("", doi.lower()), _DOI.sub("", held.doi.lower())), (_digits(isbn), _digits(held.isbn)))
    if any(one and one == other for one, other in pairs):
        mine, known = (set(re.findall(r"\w+", folded(t))) for t in (title, held.title))
        return not mine or not known or len(mine & known) >= 0.6 * min(len(mine), len(known))
    if any(one and other for one, other in pairs):
        return False
    one, other = _first_author(author), _first_author(held.author)
    return not one or not other or one <= other or other <= one


def _digits(isbn: str) -> str:
    return re.sub(r"[^0-9X]", "", isbn.upper())


def _first_author(author: str) -> frozenset[str]:
    first = re.split(r"\s+and\s+", folded(author), maxsplit=1)[0]
    return frozenset(w for w in re.findall(r"\w+", first.split(",")[0]) if len(w) > 1)


def raw(text: str) -> dict[str, str]:
    """The fields of a `.bib` entry as they are written."""
    found = bibtex.scan(text).entries[0]
    return bibtex.parse_fields(text[found.body : found.end - 1]).values


def aliases(entry: NewEntry) -> list[str]:
    """The other keys that the export itself gives an entry."""
    if entry.kind != "bib":
        return []
    return [a.strip() for a in bibtex.plain_text(raw(entry.text).get("ids", "")).split(",") if a.strip()]
