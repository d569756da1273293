"""CREF002: a cited entry lacks what a reference of its kind needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.library_sources import Source, first_citations, sources
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF002", Severity.WARNING, "A source without what its kind needs",
    "A reader cannot find the source by the reference that is printed.",
    "Add what is missing to the entry in the library.",
    "https://ctan.org/pkg/biblatex",
)  # fmt: skip

_DATED = frozenset({"report", "book", "article", "part", "thesis", "law"})
_ACT = re.compile(r"\bAct\b")
_INSTRUMENT = re.compile(r"\b(?:Regulations?|Order|Rules)\b")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20\d\d\b")
_REPOSITORY = re.compile(r"arxiv|biorxiv|medrxiv|osf\.io|ssrn|zenodo|preprint", re.I)
_OLD = 1900  # books of the hand press are cited by place (Chicago Manual 14.128)
_UNTITLED = frozenset({"set", "xdata", "personal_communication", "letter", "interview", "review"})


def look(paper: PaperView) -> Iterator[Hit]:
    """One finding for each entry the paper cites, naming all that it lacks."""
    for key, source in sources(paper).items():
        lacks = list(_lacks(source))
        if not lacks or source.kind in ("set", "xdata"):
            continue
        section, passage, _ = first_citations(paper)[key]
        said = _and([what for what, _ in lacks])
        yield Hit(
            source.entry.place, f"`{key}`, {_kind(source)}, has {said}.",
            ask=" ".join(question.format(source.name) for _, question in lacks[:2]),
            section=section, passage=passage,
        )  # fmt: skip


def _lacks(source: Source) -> Iterator[tuple[str, str]]:
    """What an entry lacks, and the question to ask about it."""
    says, entry = source.says, source.entry
    if not (entry.title or says.get("title")) and source.kind not in _UNTITLED and not says.get("shorttitle"):
        yield "no title", "What is the title of {}?"
    match source.kind:
        case "web":
            yield from _web(source)
        case "report" if not (entry.author or says.get("author") or says.get("editor") or says.get("publisher")):
            yield "neither author nor institution", "Who published {}?"
        case "book" if not (says.get("publisher") or _early(source)):
            yield "no publisher", "Who published {}?"
        case "article" if not (says.get("container") or says.get("eprint") or _REPOSITORY.search(entry.url)):
            yield "no journal", "Which journal is {} in?"
        case "part" if not (says.get("container") or says.get("eventtitle") or says.get("event-title") or says.get("event")):
            yield "no title of the book it is in", "Which book is {} in?"
        case "thesis" if not says.get("publisher"):
            yield "no university", "Which university was {} written for?"
        case "law":
            yield from _law(source)
    if source.kind in _DATED and not (entry.year or says.get("date") or says.get("pubstate") or _YEAR.search(entry.title)):
        yield "no year", "Which year is {} from?"


def _web(source: Source) -> Iterator[tuple[str, str]]:
    says = source.says
    lasting = says.get("doi") or says.get("eprint")
    if not (source.entry.url or lasting or says.get("howpublished")):
        yield "no address", "What is the address of {}?"
    elif not (lasting or says.get("urldate") or says.get("lastchecked")):
        yield "no date on which it was read", "When did you read {}?"


def _law(source: Source) -> Iterator[tuple[str, str]]:
    """An Act has a chapter, an instrument its number (OSCOLA 4th ed. 2.4.1, 2.5.1)."""
    if source.law_number:
        return
    if _INSTRUMENT.search(source.entry.title):
        yield "no number (SI 2024/716)", "What is the number of {}?"
    elif _ACT.search(source.entry.title):
        yield "no chapter number (c. 54)", "What is the chapter number of {}?"


def _early(source: Source) -> bool:
    year = source.entry.year
    return year.isdigit() and int(year) < _OLD


def _kind(source: Source) -> str:
    return {
        "web": "a web page", "report": "a report", "book": "a book", "article": "an article", "part": "a part of a book",
        "thesis": "a thesis", "law": "a law",
    }.get(source.kind, f"of the type {source.entry.type}")  # fmt: skip


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


_BIB = """\
@online{page, author = {{Shelter}}, title = {Homeless today}, date = {2023}, url = {https://example.org/a}}
@online{whole, author = {{Shelter}}, title = {Homeless now}, date = {2023}, url = {https://example.org/b}, urldate = {2026-01-02}}
"""
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Many have no home [@page].", {"citations/more.bib": _BIB}),
    good=Example("Many have no home [@whole].", {"citations/more.bib": _BIB}),
)  # fmt: skip
