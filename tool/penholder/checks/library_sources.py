"""The sources a paper cites, as the rules of citations read them: one shape for BibLaTeX and CSL entries."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from penholder.checks.prose import Citation, Passage
from penholder.checks.views import PaperView, SectionView
from penholder.library import Library
from penholder.library.search import Entry

# BibLaTeX (manual 2.1) and CSL types that mean the same; others stand for themselves.
_KINDS = {
    "online": "web", "electronic": "web", "www": "web", "webpage": "web", "post": "web", "post-weblog": "web",
    "report": "report", "techreport": "report",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "incollection": "part", "inbook": "part", "suppbook": "part", "suppcollection": "part", "chapter": "part",
    "inproceedings": "part", "conference": "part", "inreference": "part", "paper-conference": "part", "entry-encyclopedia": "part",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "legislation": "law", "regulation": "law", "legal": "law",
}  # fmt: skip
# CSL's names for what BibLaTeX calls otherwise.
_FIELDS = {
    "accessed": "urldate", "container-title": "container", "journaltitle": "container", "journal": "container",
    "booktitle": "container", "maintitle": "container", "publisher": "publisher", "institution": "publisher",
    "school": "publisher", "organization": "publisher", "issued": "date", "year": "date", "keyword": "keywords",
    "chapter-number": "number", "archiveprefix": "eprint",
}  # fmt: skip
_LAW_AT = re.compile(r"legislation\.gov\.uk/(?:id/)?([a-z]+)/\d{4}/\d+", re.I)
_AFTER = re.compile(r"superseded[-_ ]by[-_: ]+([^\s,;]+)", re.I)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Source:
    """An entry of the library: its kind (``web report book article part thesis law`` or its own type) and what it says.

    ``says`` are its fields by one name each (``container`` for journal and book titles,
    ``publisher`` for institutions too, ``urldate`` for a date of access), empty ones left out.
    """

    entry: Entry
    kind: str
    says: Mapping[str, str]

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def name(self) -> str:
        """What to call it to a person: its title in quotation marks, else who wrote it and when, else where it is."""
        title = " ".join(re.sub(r"<[^>]+>", "", self.entry.title).split())
        if title:
            return f"“{title[:90]}{'...' if len(title) > 90 else ''}”"
        return " ".join(p for p in (self.entry.author, self.entry.year) if p) or self.entry.url or f"the source {self.key}"

    @cached_property
    def keywords(self) -> frozenset[str]:
        return frozenset(w.strip().casefold() for w in re.split(r"[,;]", self.says.get("keywords", "")) if w.strip())

    @property
    def superseded_by(self) -> str:
        """The key of the entry that took its place, by field or keyword; empty where none did."""
        for name in ("superseded-by", "superseded_by", "supersededby"):
            if self.says.get(name):
                return self.says[name].strip()
        found = _AFTER.search(self.says.get("keywords", "")) or _AFTER.search(self.says.get("note", ""))
        return found[1] if found else ""

    @property
    def law_number(self) -> str:
        """The chapter or the number of a law, as it says or as its address at legislation.gov.uk does."""
        return self.says.get("number") or (found[0] if (found := _LAW_AT.search(self.entry.url)) else "")


def source_of(library: Library, key: str) -> Source:
    """The entry behind a key or alias, with what it inherits. Raises ``KeyError`` for an unknown key."""
    entry = library.entry(key)
    kind = entry.type.casefold()
    return Source(entry, _KINDS.get(kind, kind), _said(library, key, 3))


def _said(library: Library, key: str, deep: int) -> dict[str, str]:
    """Fields of an entry and of those it points to (``crossref``, ``xdata``), its own first."""
    fields: dict[str, str] = {}
    for name, value in library.fields(key).items():
        if value.strip() not in ("", "[]", "{}", "null", '""'):
            fields.setdefault(_FIELDS.get(name.casefold(), name.casefold()), _text(value))
    for parent in re.split(r"[\s,]+", f"{fields.get('crossref', '')},{fields.get('xdata', '')}"):
        if parent and deep and parent != key and parent in library:
            above = _said(library, parent, deep - 1)
            if "title" in above:
                above.setdefault("container", above["title"])
            for name, value in above.items():
                fields.setdefault(name, value)
    return fields


def _text(value: str) -> str:
    """A value as words; keywords of a CSL entry may be a list."""
    if value.startswith('["'):
        try:
            return ", ".join(str(v) for v in json.loads(value))
        except ValueError:
            return value
    return value


_SOURCES: WeakKeyDictionary[PaperView, dict[str, Source]] = WeakKeyDictionary()
_FIRST: WeakKeyDictionary[PaperView, dict[str, tuple[SectionView, Passage, Citation]]] = WeakKeyDictionary()


def sources(paper: PaperView) -> Mapping[str, Source]:
    """The sources a paper cites, by key, in order; read once for all rules."""
    if paper not in _SOURCES:
        _SOURCES[paper] = {key: source_of(paper.library, key) for key in paper.cited}
    return _SOURCES[paper]


def first_citations(paper: PaperView) -> Mapping[str, tuple[SectionView, Passage, Citation]]:
    """Where each source is cited first."""
    if paper not in _FIRST:
        found: dict[str, tuple[SectionView, Passage, Citation]] = {}
        for section, passage, citation in paper.citations:
            for key in citation.keys:
                known = paper.library.resolve(key)
                if known is not None:
                    found.setdefault(known, (section, passage, citation))
        _FIRST[paper] = found
    return _FIRST[paper]


def folded(text: str) -> str:
    """A title as it is compared: no accents, no marks, small letters, one space between words."""
    plain = re.sub(r"<[^>]+>", "", text)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.casefold()))


def address(url: str) -> str:
    """An address as it is compared: without scheme, ``www.``, fragment and last slash."""
    plain = re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip(), flags=re.I).split("#")[0].rstrip("/")
    host, _, path = plain.partition("/")
    return f"{host.casefold()}/{path}" if path else host.casefold()


def doi(text: str) -> str:
    """A DOI as it is compared: bare, in small letters."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", text.strip(), flags=re.I).casefold()
