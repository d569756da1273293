"""A paper as its files say it: metadata and sections, in order, still unread Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from penholder import codes
from penholder.adapters import files, yaml
from penholder.findings import Finding, Findings, Severity
from penholder.model.paper import Contributor, Organisation, PaperFile, SectionFront
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored, nearest
from penholder.stages.discover import Workspace
from penholder.stages.texts import ENDINGS, FRONT, read_printable
from penholder.stages.where import PAPER

_NOT_SECTIONS = (".docx", ".doc", ".odt", ".rtf", ".txt", ".tex", ".html", ".pages")


class Section(NamedTuple):
    """One contributor's file. ``source`` is ``None`` where the file is listed but not there.

    ``slug`` is the file's name without its ending, unique in the paper;
    ``body_start`` the offset at which the text begins, after the front matter.
    """

    slug: str
    path: str
    front: SectionFront
    source: SourceFile | None
    body_start: int = 0

    @property
    def label(self) -> str:
        """What to call the section to a person: its title, else its file's name in words."""
        return self.front.title or re.sub(r"^\d+[-_ ]*", "", self.slug).replace("-", " ").replace("_", " ").capitalize()


class Paper(NamedTuple):
    """A paper's metadata, house defaults filled in, and its sections."""

    workspace: Workspace
    slug: str
    meta: PaperFile
    source: SourceFile
    sections: tuple[Section, ...]
    contributors: tuple[Contributor, ...]
    organisations: tuple[Organisation, ...]
    inputs: tuple[SourceFile, ...] = ()

    @property
    def folder(self) -> Path:
        return self.workspace.paper_folder(self.slug)

    @property
    def language(self) -> str:
        return self.meta.language or self.workspace.settings.language

    @property
    def citation_style(self) -> str:
        return self.meta.citation_style or self.workspace.settings.citation_style

    @property
    def paragraphs_numbered(self) -> bool:
        return (self.meta.numbering or self.workspace.settings.numbering).paragraphs

    @property
    def headings_numbered(self) -> bool:
        return (self.meta.numbering or self.workspace.settings.numbering).headings

    @property
    def has_cover(self) -> bool:
        return self.workspace.settings.cover if self.meta.cover is None else self.meta.cover

    @property
    def has_contents(self) -> bool:
        return self.workspace.settings.contents if self.meta.contents is None else self.meta.contents

    @property
    def paper_size(self) -> str:
        return self.meta.paper_size or self.workspace.settings.paper_size


def load(workspace: Workspace, slug: str) -> tuple[Paper, Findings]:
    """Read a paper's own files. Never fails for an author's mistake."""
    findings = Findings()
    folder = workspace.paper_folder(slug)
    source, found = read_printable(workspace.root, folder / PAPER)
    findings.extend(found)
    unread = any(f.code in (codes.FILE_OUTSIDE, codes.FILE_UNREADABLE) for f in found)
    document, found = yaml.load(source)
    findings.extend(found)
    meta, more = authored(PaperFile, document.data, document.place)
    if document.data is not yaml.UNREADABLE and not unread:
        findings.extend(more)
    if meta is None:
        meta = PaperFile(title=slug.replace("-", " ").capitalize())
    sections, found = _sections(workspace, folder, meta, document)
    findings.extend(found)
    contributors, found = _contributors(workspace, meta, document, sections)
    findings.extend(found)
    organisations = meta.organisations or workspace.settings.organisations
    return Paper(workspace, slug, meta, source, sections, contributors, organisations), findings


def _sections(
    workspace: Workspace, folder: Path, meta: PaperFile, document: yaml.Document
) -> tuple[tuple[Section, ...], list[Finding]]:
    findings: list[Finding] = []
    holder = folder / "sections"
    there = sorted(p.name for p in holder.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "_"))) if holder.is_dir() else []
    hidden = sorted(p.name for p in holder.iterdir() if p.suffix.lower() in ENDINGS and p.name.startswith("_")) if holder.is_dir() else []
    if meta.sections is None:
        names = there
    else:
        names, found = _listed(meta.sections, [*there, *hidden], document)
        findings += found
        for name in there:
            if name not in names:
                path = files.relative(workspace.root, holder / name)
                findings.append(codes.SECTION_UNLISTED.at(Span(path, 1, 1, 1, 1), f"{name} is in the folder but not in `sections` of {PAPER}."))
    for name in sorted(p.name for p in holder.iterdir() if p.suffix.lower() in _NOT_SECTIONS) if holder.is_dir() else []:
        path = files.relative(workspace.root, holder / name)
        message = f"{name} cannot be a section (sections end in {', '.join(ENDINGS)})."
        findings.append(codes.SECTION_UNLISTED.at(Span(path, 1, 1, 1, 1), message, help="Save its text as Markdown, or move the file away."))
    if not names and document.data is not yaml.UNREADABLE:
        findings.append(codes.SECTION_EMPTY.at(Span(document.source.path, 1, 1, 1, 1), "The paper has no sections.", severity=Severity.ERROR))
    sections = []
    slugs: set[str] = set()
    for name in names:
        slug = re.sub(r"[^\w-]+", "-", Path(name).stem) or "section"
        plain, n = slug, 1
        while slug in slugs:
            n += 1
            slug = f"{plain}-{n}"
        slugs.add(slug)
        section, found = read_section(workspace.root, holder / name, slug)
        sections.append(section)
        findings += found if name in there or name in hidden else []
    return tuple(sections), findings


def _nfc(name: str) -> str:
    """A file name with its accents composed: a Mac may give them apart."""
    return unicodedata.normalize("NFC", name)


def _listed(listed: Sequence[str], there: Sequence[str], document: yaml.Document) -> tuple[list[str], list[Finding]]:
    """The names of the explicit list, endings added where they were left out."""
    names: list[str] = []
    findings: list[Finding] = []
    for index, written in enumerate(listed):
        given = written.removeprefix("sections/")
        name = next((n for n in there if _nfc(given) in (_nfc(n), _nfc(Path(n).stem))), given)
        place = document.place(("sections", index))
        place = Span(place.path, place.line, place.column, place.line, place.column + len(given))
        if "/" in name or "\\" in name or name in ("..", "."):
            findings.append(codes.FILE_OUTSIDE.at(place, f"`{given}` is not a file of the paper's sections/ folder."))
        elif name in names:
            findings.append(codes.SECTION_DUPLICATE.at(place, f"`{given}` is listed twice."))
        else:
            if name not in there:
                findings.append(codes.SECTION_MISSING.at(place, f"There is no file sections/{given}.{nearest(given, [n for n in there if n not in listed and Path(n).stem not in listed])}"))
            names.append(name)
    return names, findings


def read_section(root: Path, path: Path, slug: str) -> tuple[Section, list[Finding]]:
    """One section file: its front matter, and where its text begins."""
    name = files.relative(root, path)
    if not path.exists() and not path.is_symlink():
        return Section(slug, name, SectionFront(), None), []
    source, findings = read_printable(root, path)
    if any(f.code in (codes.FILE_OUTSIDE, codes.FILE_UNREADABLE) for f in findings):
        return Section(slug, name, SectionFront(), None), findings
    match = FRONT.match(source.text)
    if match is None:
        if source.text.startswith("---\n") and ":" in source.text.split("\n")[1]:
            findings.append(codes.YAML_BROKEN.at(Span(name, 1, 1, 1, 4), "The front matter is opened with --- and never closed."))
        return Section(slug, name, SectionFront(), source), findings
    document, found = yaml.load(source, match[1], 1)
    findings += found
    front, more = authored(SectionFront, document.data, document.place, foreign=True)
    return Section(slug, name, front or SectionFront(), source, match.end()), findings + more


def _contributors(
    workspace: Workspace, meta: PaperFile, document: yaml.Document, sections: Sequence[Section]
) -> tuple[tuple[Contributor, ...], list[Finding]]:
    """The paper's contributors in order, then those its sections name."""
    findings: list[Finding] = []
    named: dict[str, Span] = {}
    for index, person in enumerate(meta.contributors):
        named.setdefault(person, document.place(("contributors", index)))
    for section in sections:
        for person in (*section.front.contributors, *([section.front.owner] if section.front.owner else [])):
            named.setdefault(person, _front_place(section, person))
    people = []
    for person, place in named.items():
        known = workspace.contributors.get(person)
        if known is None:
            message = f"`{person}` is not in contributors.yaml.{nearest(person, list(workspace.contributors))}"
            findings.append(codes.CONTRIBUTOR_UNKNOWN.at(place, message))
        elif not known.consent_to_be_named:
            findings.append(codes.CONTRIBUTOR_CONSENT.at(place, f"`{person}` has not agreed to be named."))
        else:
            people.append(known)
    return tuple(people), findings


def _front_place(section: Section, word: str) -> Span:
    """Where ``word`` stands in a section's front matter."""
    if section.source is None:
        return Span(section.path)
    found = re.search(rf"\b{re.escape(word)}\b", section.source.text[: section.body_start])
    return section.source.span(found.start(), found.end()) if found else Span(section.path, 1, 1, 1, 1)
