"""The index of one library file: where each entry is, so that only cited ones are ever read.

An index is made once and kept by the hash of the file's bytes; afterwards a
library of ten thousand entries costs hashing the file and loading this index.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penholder.library import codes
from penholder.library.cslfile import CslItems, Trouble, aliases_of, read_json, read_yaml
from penholder.library.sound import sound
from penholder.library.store import load_json, save_json
from penholder.library.texts import byte_offsets, canonical
from penholder.source import SourceFile

if TYPE_CHECKING:
    from penholder.adapters import bibtex

_VERSION = 4
_WORDS = 7
_REFERENCE_PREFIXES = ("sec-", "para-", "tbl-", "fig-", "rec-")
_YEAR_FIELDS = ("date", "year", "eventdate")

Row = list[str]
"""Words of an entry: type, author, title, year, DOI, ISBN, URL."""


@dataclass(eq=False, repr=False)  # each method that is made takes a while
class FileIndex:
    """One library file: its bytes, and per entry (in order) key, byte offset, length and line."""

    path: str
    kind: str
    body: bytes
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    aliases: list[tuple[str, int]] = field(default_factory=list)
    strings: dict[str, tuple[int, int]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    lookalikes: list[tuple[str, int]] = field(default_factory=list)
    words: Callable[[], list[Row]] = list

    def text(self, n: int) -> str:
        """The text of entry ``n``."""
        start = self.starts[n]
        return self.body[start : start + self.lengths[n]].decode("utf-8")

    def string(self, name: str) -> str | None:
        """The text of a ``@string`` (its name in lower case)."""
        place = self.strings.get(name)
        return self.body[place[0] : place[0] + place[1]].decode("utf-8") if place else None


def content_hash(data: bytes) -> str:
    """The hash an index is kept by."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def kind_of(path: str) -> str:
    """``bib``, ``json`` or ``yaml``, by the file's name; anything else is taken for a `.bib`."""
    ending = path.lower().rsplit(".", 1)[-1]
    return {"json": "json", "yaml": "yaml", "yml": "yaml"}.get(ending, "bib")


def index_file(path: str, data: bytes, cache_dir: Path | None, known_hash: str = "") -> FileIndex:
    """The index of a library file, from the cache where it is there and sound. Nothing is raised.

    ``known_hash`` is the hash of ``data`` where it was made before: a library may have 10 MB.
    """
    kind = kind_of(path)
    name = f"{(known_hash or content_hash(data))[:40]}-{kind}{_VERSION}"
    cached, words = f"{name}.index.json", f"{name}.words.json"
    if cache_dir is not None and (known := _from_cache(path, kind, data, load_json(cache_dir, cached))) is not None:
        known.words = lambda: _load_words(load_json(cache_dir, words), path, data)
        return known
    built, rows = _build(path, kind, data)
    if cache_dir is not None:
        save_json(cache_dir, words, rows)
        save_json(cache_dir, cached, _to_cache(built, data))
    built.words = lambda: rows
    return built


def _load_words(known: Any, path: str, data: bytes) -> list[Row]:
    if isinstance(known, list) and all(isinstance(row, list) and len(row) == _WORDS for row in known):
        return known
    return _build(path, kind_of(path), data)[1]


def _to_cache(built: FileIndex, data: bytes) -> dict[str, Any]:
    return {
        "keys": built.keys,
        "starts": built.starts,
        "lengths": built.lengths,
        "lines": built.lines,
        "aliases": built.aliases,
        "strings": built.strings,
        "troubles": [t.row() for t in built.troubles],
        "lookalikes": built.lookalikes,
        "plain": built.body == data,
        "body": built.body.decode("utf-8") if built.kind == "yaml" else None,
    }


def _from_cache(path: str, kind: str, data: bytes, known: Any) -> FileIndex | None:
    try:
        if known["body"] is not None:
            body = known["body"].encode("utf-8")
        else:
            body = data if known["plain"] else canonical(data).body
        if len({len(known[name]) for name in ("keys", "starts", "lengths", "lines")}) != 1:
            return None
        return FileIndex(
            path,
            kind,
            body,
            keys=known["keys"],
            starts=known["starts"],
            lengths=known["lengths"],
            lines=known["lines"],
            aliases=[(a, n) for a, n in known["aliases"]],
            strings={name: (s, n) for name, (s, n) in known["strings"].items()},
            troubles=[Trouble(*row) for row in known["troubles"]],
            lookalikes=[(key, n) for key, n in known["lookalikes"]],
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _build(path: str, kind: str, data: bytes) -> tuple[FileIndex, list[Row]]:
    sound = canonical(data)
    text = sound.body.decode("utf-8")
    if kind == "bib":
        built, rows = _build_bib(path, sound.body, text)
    elif kind == "json":
        built, rows = _build_csl(path, kind, read_json(text), text)
    else:
        items, text = read_yaml(SourceFile(path, text))
        built, rows = _build_csl(path, kind, items, text)
    named = [*((key, n) for n, key in enumerate(built.keys)), *built.aliases]
    built.lookalikes = [(key, n) for key, n in named if key.startswith(_REFERENCE_PREFIXES)]
    if sound.bad_line:
        message = "not UTF-8 from this line on; read as Windows-1252"
        built.troubles.insert(0, Trouble(codes.UNREADABLE.id, sound.bad_line, 1, message))
    return built, rows


def _build_bib(path: str, body: bytes, text: str) -> tuple[FileIndex, list[Row]]:
    from penholder.adapters import bibtex

    found = bibtex.scan(text)
    built = FileIndex(path, "bib", body)
    rows: list[Row] = []
    edges = byte_offsets(text, [edge for e in found.entries for edge in (e.start, e.end)])
    built.starts = edges[::2]
    built.lengths = [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]
    built.keys = [e.key for e in found.entries]
    built.lines = [e.line for e in found.entries]
    for n, entry in enumerate(found.entries):
        fields = bibtex.parse_fields(text[entry.body : entry.end - 1])
        rows.append(bib_words(entry.type, fields))
        built.aliases += [(a.strip(), n) for a in fields.plain("ids").split(",") if a.strip()]
        built.troubles += _field_troubles(entry, fields)
    edges = byte_offsets(text, [edge for e in found.strings for edge in (e.start, e.end)])
    for i, entry in enumerate(found.strings):
        built.strings[entry.key] = (edges[2 * i], edges[2 * i + 1] - edges[2 * i])
    built.troubles += [Trouble(codes.BROKEN.id, t.line, 1, t.message) for t in found.troubles]
    return built, rows


def _field_troubles(entry: bibtex.BibEntry, fields: bibtex.Fields) -> list[Trouble]:
    found = [f'no comma after the field "{name}" of "{entry.key}"' for name in fields.missing_comma]
    if fields.rest:
        found.append(f'"{entry.key}" cannot be read from "{fields.rest.split(chr(10))[0][:40]}" on')
    return [Trouble(codes.BROKEN.id, entry.line, entry.column, message) for message in found]


def bib_words(kind: str, fields: bibtex.Fields) -> Row:
    """The words of a BibLaTeX entry."""
    year = next((y for y in map(fields.plain, _YEAR_FIELDS) if y), "")[:4]
    author = fields.plain("author") or fields.plain("editor") or fields.plain("institution")
    title = ": ".join(t for t in (fields.plain("title"), fields.plain("subtitle")) if t)
    return [kind, author, title, year, *(fields.plain(name) for name in ("doi", "isbn", "url"))]


def _build_csl(path: str, kind: str, items: CslItems, text: str) -> tuple[FileIndex, list[Row]]:
    built = FileIndex(path, kind, text.encode("utf-8"))
    edges = byte_offsets(text, [e for pair in zip(items.starts, items.ends, strict=True) for e in pair])
    built.starts = edges[::2]
    built.lengths = [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]
    built.keys = [item["id"] for item in items.items]
    built.lines = items.lines
    built.aliases = [(a, n) for n, item in enumerate(items.items) for a in aliases_of(item)]
    built.troubles = items.troubles
    return built, [csl_words(item) for item in items.items]


def csl_words(item: dict[str, Any]) -> Row:
    """The words of a CSL item."""
    names = item.get("author") or item.get("editor") or []
    author = " and ".join(
        str(n.get("literal") or f"{n.get('family', '')}, {n.get('given', '')}").strip(", ")
        for n in (names if isinstance(names, list) else [])
        if isinstance(n, dict)
    )
    issued = sound(item)[0].get("issued", {})
    year = next((str(n) for part in issued.get("date-parts", []) for n in part), "")
    kept = [str(item.get(name, "")) for name in ("DOI", "ISBN", "URL")]
    return [str(item.get("type", "")), author or str(item.get("publisher", "")), str(item.get("title", "")), year, *kept]


def content(kind: str, text: str) -> object:
    """What an entry says, apart from layout and field order: equal for equal entries."""
    if kind != "bib":
        return json.loads(text)
    from penholder.adapters import bibtex

    found = bibtex.scan(text).entries
    if not found:
        return text
    values = bibtex.parse_fields(text[found[0].body : found[0].end - 1]).values
    return found[0].type, {name: " ".join(value.strip('{}"').split()) for name, value in values.items()}
