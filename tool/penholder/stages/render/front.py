"""What a paper says about itself, in the words that are printed: the same in every output."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from penholder.adapters.dates import long_date
from penholder.model.paper import Contributor
from penholder.model.theme import Theme
from penholder.stages.load import Paper
from penholder.stages.render.identity import Identity
from penholder.stages.render.legend import Legend

_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ug", "ur", "uz-Arab", "yi"])


class Person(NamedTuple):
    """A contributor as printed: ``affiliation`` and ``roles`` are joined with commas, ``orcid`` may be empty."""

    name: str
    affiliation: str
    roles: str
    orcid: str


class Evidence(NamedTuple):
    """The opening of a document that is a clerk's, not a body's: who it is from, labelled facts, a mark (``""``: none).

    A document that opens so has no cover, no back matter, and nothing of the paper it comes from.
    """

    statement: str
    facts: tuple[tuple[str, str], ...]
    mark: str = ""


class Front(NamedTuple):
    """Cover, running header, back matter and properties of one edition. All texts may be empty but ``title``."""

    title: str
    subtitle: str
    short_title: str
    organisations: tuple[str, ...]
    addressee: str
    date: str
    date_iso: str
    version: str
    status: str
    draft: bool
    identity: str
    paper_id: str
    language: str
    direction: str
    abstract: str
    contributors: tuple[Person, ...]
    cite_as: str
    words: Mapping[str, str]
    cover: bool
    contents: bool
    contents_depth: int
    keywords: tuple[str, ...]
    paper: str
    epoch: int
    evidence: Evidence | None = None
    legend: Legend | None = None  # of a redline

    @property
    def body(self) -> str:
        """The bodies that issue the paper, in one line."""
        return ", ".join(self.organisations)

    def furniture(self, text: str) -> str:
        """A running header or footer with all but the page counts filled in."""
        for key, value in {
            "short_title": self.short_title,
            "title": self.title,
            "body": self.body,
            "date": self.date,
            "version": self.version,
            "identity": self.identity,
        }.items():
            text = text.replace("{" + key + "}", value)
        return text


def front_of(paper: Paper, identity: Identity, theme: Theme, *, faulty: bool) -> Front:
    """The front of an edition. ``faulty`` editions (with errors) are drafts, and those that no commit holds."""
    meta = paper.meta
    words = theme.words(paper.language)
    draft = meta.status != "final" or faulty or identity.modified or not identity.commit
    return Front(
        title=meta.title,
        subtitle=meta.subtitle,
        short_title=meta.short_title or meta.title,
        organisations=tuple(o.name for o in paper.organisations),
        addressee=meta.addressee,
        date=long_date(meta.date, paper.language) if meta.date else "",
        date_iso=meta.date.isoformat() if meta.date else "",
        version=meta.version,
        status=words.get(f"status_{meta.status}", meta.status.capitalize()),
        draft=draft,
        identity=identity_text(identity, words),
        paper_id=paper.slug,
        language=paper.language,
        direction=_direction(paper.language),
        abstract=meta.abstract.strip(),
        contributors=tuple(_person(c, words) for c in paper.contributors),
        cite_as=cite_as(paper, words),
        words=words,
        cover=paper.has_cover,
        contents=paper.has_contents,
        contents_depth=meta.contents_depth,
        keywords=tuple(meta.keywords),
        paper=paper.paper_size,
        epoch=identity.epoch,
    )


def _direction(language: str) -> str:
    """``rtl`` or ``ltr``: by the script where the tag names one, else by the language's usual script."""
    language, *subtags = language.split("-")
    script = next((s for s in subtags if len(s) == 4), "")
    right = script in ("Arab", "Hebr", "Thaa", "Syrc", "Nkoo") if script else language in _RIGHT_TO_LEFT
    return "rtl" if right else "ltr"


def identity_text(identity: Identity, words: Mapping[str, str]) -> str:
    """``commit 1a2b3c4d, modified`` in the paper's language."""
    if not identity.commit:
        return words["unknown_commit"]
    commit = f"{words['commit'][:1].lower()}{words['commit'][1:]} {identity.commit[:10]}"
    return f"{commit}, {words['modified']}" if identity.modified else commit


def cite_as(paper: Paper, words: Mapping[str, str]) -> str:
    """How to cite the paper: bodies (year) title, version."""
    meta = paper.meta
    bodies = f" {words['and']} ".join(o.name for o in paper.organisations)
    year = meta.date.year if isinstance(meta.date, dt.date) else ""
    lead = f"{bodies} ({year}) " if bodies and year else f"{bodies}. " if bodies else ""
    title = f"{meta.title}: {meta.subtitle}" if meta.subtitle else meta.title
    title = title.rstrip(".")
    version = f" {words['version']} {meta.version}." if meta.version else ""
    return f"{lead}{title}.{version}"


def _person(contributor: Contributor, words: Mapping[str, str]) -> Person:
    roles = "; ".join(words[f"credit_{r.replace('-', '_')}"] for r in contributor.roles)
    return Person(contributor.name, ", ".join(contributor.affiliation), roles[:1].upper() + roles[1:], contributor.orcid or "")
