"""CREF001: one source under two keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from penholder.checks.library_sources import Source, address, doi, folded, source_of, sources
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity
from penholder.library import Library

CODE = Code(
    "CREF001", Severity.WARNING, "One source under two keys",
    "The reference list shows the source twice, and a correction reaches only one of the two.",
    "Keep one entry, and give it the other key as an alias (`ids = {other}`).",
    "https://ctan.org/pkg/biblatex",
)  # fmt: skip

_TELLING = 25  # letters from which a title alone says which source it is
_APART = re.compile(r"<[^>]+>|[\W_]+")
_PARTS = frozenset({"part"})
_DIFFER = ("volume", "issue", "edition", "part", "pages", "page", "chapter")


def look(paper: PaperView) -> Iterator[Hit]:
    """Pairs of entries of which the paper cites at least one."""
    cited = sources(paper)
    if not cited:
        return
    rows = _alike(paper.library, cited)
    for group in rows:
        for n, key in enumerate(group):
            for other in group[n + 1 :]:
                if key in cited or other in cited:
                    yield from _pair(paper.library, key, other)


def _alike(library: Library, cited: Mapping[str, Source]) -> list[list[str]]:
    """Groups of keys whose entries share a DOI, an ISBN, an address, or title and year, a cited one among them."""
    years = {source.entry.year for source in cited.values()}
    heads = {source.entry.title[:1].casefold() for source in cited.values()}
    groups: dict[str, dict[str, None]] = {}
    for file in library.files:
        for key, (_, _, title, year, number, isbn, url) in zip(file.keys, file.words(), strict=True):
            if number or isbn or url or (year in years and title[:1].casefold() in heads):
                for mark in _marks(title, year, number, isbn, url):
                    groups.setdefault(mark, {})[key] = None
    found = {tuple(group): None for group in groups.values() if len(group) > 1 and not cited.keys().isdisjoint(group)}
    return [list(group) for group in found]


def _marks(title: str, year: str, number: str, isbn: str, url: str) -> Iterator[str]:
    if number:
        yield "doi " + doi(number)
    if isbn:
        yield "isbn " + re.sub(r"[^0-9X]", "", isbn.upper())
    if url:
        yield "url " + address(url)
    if title and year:
        yield _APART.sub("", title.casefold()) + year


def _pair(library: Library, key: str, other: str) -> Iterator[Hit]:
    one, two = source_of(library, key), source_of(library, other)
    reason = _same(one, two)
    if not reason:
        return
    place = two.entry.place
    first = one.entry.place
    where = f"line {first.line}" if first.path == place.path else f"{first.path}, line {first.line}"
    yield Hit(
        place, f"`{other}` and `{key}` ({where}) are one source, {two.name}: they have the same {reason}.",
        ask=f"{two.name} is in the library twice. Which of the two entries shall we keep?",
        help=f"Keep one of the two, and give it the other key as an alias: `ids = {{{other}}}` in `{key}`.",
    )  # fmt: skip


def _same(one: Source, two: Source) -> str:
    """What shows that two entries are one source; empty where they may be two."""
    a, b = one.entry, two.entry
    if _related(one, two) or _related(two, one):
        return ""
    titled = folded(a.title) == folded(b.title) or not (a.title and b.title)
    parts = one.kind in _PARTS or two.kind in _PARTS
    if any(one.says[f] != two.says[f] for f in _DIFFER if f in one.says and f in two.says):
        return ""
    if a.doi and b.doi:
        return "DOI" if doi(a.doi) == doi(b.doi) and (titled or not parts) else ""
    if not titled:
        return ""
    if a.isbn and _APART.sub("", a.isbn.upper()) == _APART.sub("", b.isbn.upper()) and a.title and not parts:
        return "ISBN"
    if a.url and b.url and address(a.url) == address(b.url):
        return "address"
    if one.kind != two.kind and a.url and b.url:
        return ""  # a book and its page on the web, both of which may be meant
    if a.author and b.author:
        telling = folded(a.author)[:4] == folded(b.author)[:4] and " " in a.title.strip()
    else:
        telling = len(a.title) >= _TELLING
    if a.title and a.year == b.year and a.year and telling:
        return "title and year"
    return ""


def _related(one: Source, two: Source) -> bool:
    """Whether one entry names the other as its parent, its reprint or its translation."""
    return any(two.key in re.split(r"[\s,]+", one.says.get(name, "")) for name in ("crossref", "related", "xref", "entryset"))


_TWICE = """\
@report{one2021, author = {{Cabinet Office}}, title = {Buying for good}, date = {2021}, institution = {Cabinet Office}}
@report{two2021, author = {{Cabinet Office}}, title = {Buying for Good}, date = {2021}, institution = {HMSO}}
@report{three2021, author = {{Cabinet Office}}, title = {Buying for better}, date = {2021}, institution = {HMSO}}
"""
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils buy for good [@one2021], and say so [@two2021].", {"citations/more.bib": _TWICE}),
    good=Example("Councils buy for better [@three2021].", {"citations/more.bib": _TWICE}),
)  # fmt: skip
