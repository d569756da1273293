"""The library: every entry of every file, by key or alias."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from penholder.codes import MARKS_REMOVED
from penholder.findings import Code, Finding
from penholder.library import codes
from penholder.library.convert import Item, Job, Outcome, ToCsl, convert, job_of
from penholder.library.cslfile import without_aliases
from penholder.library.index import FileIndex, content, index_file
from penholder.library.sound import sound
from penholder.printable import printable_copy
from penholder.source import SourceFile, Span

if TYPE_CHECKING:
    from penholder.library.search import Entry

LibraryFile = SourceFile | tuple[str, bytes] | tuple[str, bytes, str]
_CODES: dict[str, Code] = {code.id: code for code in (codes.BROKEN, codes.UNREADABLE)}


class Library:
    """The entries of the library files. ``findings`` is what is wrong with the files themselves."""

    def __init__(
        self, files: tuple[FileIndex, ...], cache_dir: Path | None, findings: tuple[Finding, ...],
        where: dict[str, tuple[int, int]], aliases: dict[str, str],
    ) -> None:  # fmt: skip
        """``where`` says of each key in which file it stands, and as which entry; ``aliases`` name keys."""
        self.files, self.cache_dir, self.findings = files, cache_dir, findings
        self._where, self._aliases = where, aliases

    def __contains__(self, key: str) -> bool:
        return key in self._where or key in self._aliases

    def keys(self) -> list[str]:
        """Every key (aliases not), file by file in the order written."""
        return list(self._where)

    def aliases(self) -> dict[str, str]:
        """Every alias with the key it stands for."""
        return dict(self._aliases)

    def resolve(self, key: str) -> str | None:
        """The key that ``key`` stands for (itself, or the entry it is an alias of); None if unknown."""
        return key if key in self._where else self._aliases.get(key)

    def text(self, key: str) -> str:
        """The entry as written. Raises ``KeyError`` for an unknown key."""
        file, n = self._find(key)
        return file.text(n)

    def place(self, key: str) -> Span:
        """Where the entry is. Raises ``KeyError`` for an unknown key."""
        file, n = self._find(key)
        return _span(file, n)

    def entry(self, key: str) -> Entry:
        """The entry as lists show it. Raises ``KeyError`` for an unknown key."""
        return self._entry(*self._where[self._known(key)])

    def fields(self, key: str) -> dict[str, str]:
        """The entry's own fields as plain words, names as its file has them. Raises ``KeyError``."""
        file, n = self._find(key)
        if file.kind != "bib":
            return {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(file.text(n)).items()}
        from penholder.adapters import bibtex

        text = file.text(n)
        found = bibtex.scan(text).entries[0]
        values = bibtex.parse_fields(text[found.body : found.end - 1]).values
        return {name: bibtex.plain_text(value) for name, value in values.items()}

    def find(self, words: str, limit: int = 20) -> list[Entry]:
        """Entries that hold all the words (key, author, title, year), best first."""
        from penholder.library import search

        places = list(self._where.values())
        rows = [self._rows[f][n] for f, n in places]
        table = [(self.files[f].keys[n], row[1], row[2], row[3]) for (f, n), row in zip(places, rows, strict=True)]
        return [self._entry(*places[i]) for i in search.rank(words, table)[:limit]]

    def nearest(self, key: str, n: int = 3) -> list[str]:
        """Keys (and aliases) that ``key`` may have been meant for."""
        from penholder.library import search

        return search.nearest(key, [*self._where, *self._aliases], n)

    def items(self, keys: Sequence[str], to_csl: ToCsl) -> tuple[list[Item], list[Finding]]:
        """CSL items for keys or aliases, each once, under their own key, in the order asked.

        Unknown keys are passed over (see ``missing``). An entry that cannot be
        converted is a finding, and the others are there all the same. Raises
        only what ``to_csl`` raises besides ``LibraryTextError``.
        """
        wanted = list(dict.fromkeys(k for key in keys if (k := self.resolve(key)) is not None))
        targets = {key: self._set_member(key) for key in wanted}
        bib = dict.fromkeys(t for t in targets.values() if self._find(t)[0].kind == "bib")
        texts = {key: self.text(key) for key in bib}
        outcomes = convert(texts, self._job, to_csl, self.cache_dir)
        items: list[Item] = []
        findings: list[Finding] = []
        for key, target in targets.items():
            outcome = outcomes[target] if target in bib else self._csl(target)
            if outcome.item is not None:
                items.append({**self._printable(outcome.item, target, findings), "id": key})
            if outcome.message:
                findings.append(codes.REJECTED.at(self.place(target), f'"{target}": {outcome.message}'))
            if target != key:
                message = f'"{key}" is a @set, which no CSL style can print; its first member "{target}" stands for it'
                findings.append(codes.REJECTED.at(self.place(key), message, help="Cite the members one by one."))
        return items, findings

    def _printable(self, item: Item, key: str, findings: list[Finding]) -> Item:
        taken: list[str] = []
        made: Item = printable_copy(item, taken)
        if taken:
            findings.append(MARKS_REMOVED.at(self.place(key), f'"{key}": the character U+{ord(taken[0]):04X} was taken out.'))
        return made

    def _find(self, key: str) -> tuple[FileIndex, int]:
        file, n = self._where[self._known(key)]
        return self.files[file], n

    def _known(self, key: str) -> str:
        resolved = self.resolve(key)
        if resolved is None:
            raise KeyError(key)
        return resolved

    def _entry(self, file: int, n: int) -> Entry:
        from penholder.library.search import Entry

        found = self.files[file]
        kind, author, title, year, doi, isbn, url = self._rows[file][n]
        return Entry(found.keys[n], kind, author, title, year, doi, isbn, url, _span(found, n))

    @cached_property
    def _rows(self) -> list[list[list[str]]]:
        return [file.words() for file in self.files]

    def _csl(self, key: str) -> Outcome:
        item, left_out = sound(without_aliases(json.loads(self.text(key))))
        shown = ", ".join(f'"{name}"' for name in left_out)
        return Outcome(item, f"misshapen, and left out: {shown}" if left_out else "")

    def _job(self, key: str) -> Job:
        own, _ = self._find(key)
        files = [own, *(f for f in self.files if f is not own)]

        def string_of(name: str) -> str | None:
            return next((text for f in files if (text := f.string(name))), None)

        return job_of(key, self._bib_text, string_of)

    def _bib_text(self, key: str) -> str | None:
        resolved = self.resolve(key)
        if resolved is None or self._find(resolved)[0].kind != "bib":
            return None
        return self.text(resolved)

    def _set_member(self, key: str) -> str:
        """The entry to print for ``key``: itself, or the first known member of a ``@set``."""
        file, n = self._find(key)
        if file.kind != "bib" or file.body[file.starts[n] : file.starts[n] + 4].lower() != b"@set":
            return key
        known = (self.resolve(m.strip()) for m in self.fields(key).get("entryset", "").split(","))
        return next((m for m in known if m is not None and m != key), key)


def open_library(files: Sequence[LibraryFile], cache_dir: Path | None = None) -> Library:
    """Open library files: `.bib`, `.json` (CSL-JSON), `.yaml` (CSL-YAML); by content hash from the cache.

    ``files`` are texts or (workspace path, bytes, and their hash if it is known). Nothing is raised: what is
    wrong in a file is in ``Library.findings``. Of a key that two entries claim,
    the first one counts.
    """
    opened = tuple(_opened(file, cache_dir) for file in files)
    findings = [finding for file in opened for finding in _file_findings(file)]
    where: dict[str, tuple[int, int]] = {}
    for number, file in enumerate(opened):
        own = dict(zip(file.keys, zip(repeat(number), range(len(file.keys)), strict=False), strict=True))
        if len(own) == len(file.keys) and where.keys().isdisjoint(own):
            where |= own
            continue
        for n, key in enumerate(file.keys):
            first = where.setdefault(key, (number, n))
            if first != (number, n):
                findings += _conflict(opened[first[0]], first[1], file, n)
    aliases = _aliases(opened, where, findings)
    return Library(opened, cache_dir, tuple(findings), where, aliases)


def missing(key: str, span: Span, library: Library) -> Finding:
    """The finding for a citation of a key that is not in the library, naming the nearest ones."""
    near = library.nearest(key)
    advice = f"Did you mean {' or '.join(f'@{k}' for k in near)}?" if near else ""
    return codes.MISSING.at(span, f"no source has the key @{key}", help=advice)


def _opened(file: LibraryFile, cache_dir: Path | None) -> FileIndex:
    if isinstance(file, SourceFile):
        return index_file(file.path, file.text.encode("utf-8", "replace"), cache_dir)
    path, data, known_hash = (*file, "")[:3]
    return index_file(path, data, cache_dir, known_hash)


def _file_findings(file: FileIndex) -> Iterator[Finding]:
    for trouble in file.troubles:
        span = codes.at_line(file.path, trouble.line, trouble.column)
        yield _CODES[trouble.code].at(span, trouble.message)
    for key, n in file.lookalikes:
        yield codes.LOOKALIKE.at(_span(file, n), f'the key "{key}" looks like a cross-reference')


def _conflict(one: FileIndex, n: int, other: FileIndex, m: int) -> list[Finding]:
    if one.kind == other.kind and content(one.kind, one.text(n)) == content(other.kind, other.text(m)):
        return []
    message = f'the key "{one.keys[n]}" has another content in {_span(one, n)}'
    return [codes.CONFLICT.at(_span(other, m), message)]


def _aliases(
    files: Sequence[FileIndex], where: dict[str, tuple[int, int]], findings: list[Finding]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        for alias, n in file.aliases:
            key = file.keys[n]
            if alias == key:
                continue
            if alias in where or found.get(alias, key) != key:
                taken = alias if alias in where else found[alias]
                message = f'"{key}" gives itself the other key "{alias}", which belongs to "{taken}"'
                findings.append(codes.CONFLICT.at(_span(file, n), message))
            else:
                found[alias] = key
    return found


def _span(file: FileIndex, n: int) -> Span:
    text, line = file.text(n), file.lines[n]
    before = file.body.rfind(b"\n", 0, file.starts[n]) + 1
    column = len(file.body[before : file.starts[n]].decode("utf-8")) + 1 if file.kind != "yaml" else 1
    newlines = text.count("\n") if file.kind != "yaml" else 0
    last = len(text) - text.rfind("\n") if newlines else column + len(text)
    return Span(file.path, line, column, line + newlines, last if file.kind != "yaml" else 1)

