"""How authors name a section of a paper in a submission: by its file, with or without ending, or by its id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from penholder.features.submission import codes
from penholder.findings import Finding
from penholder.source import Span
from penholder.stages.authored import nearest
from penholder.stages.load import Paper, Section

HEADING = re.compile(r"\s*#[ \t]+([^\n]*)(?:\n|$)")
"""The heading of level 1 that a section may begin with."""
HEADING_ID = re.compile(r"\{#([A-Za-z][\w.:-]*)[^}]*\}[ \t]*#*[ \t]*$")


def section_named(paper: Paper, name: str) -> int | None:
    """The index of a section of the paper that is there; ``None`` where none has the name."""
    plain = unicodedata.normalize("NFC", name).removeprefix("sections/").removeprefix("@")
    for index, section in enumerate(paper.sections):
        file = unicodedata.normalize("NFC", Path(section.path).name)
        if section.source is not None and plain in (file, Path(file).stem, id_of(section)):
            return index
    return None


def id_of(section: Section) -> str:
    """What cross-references call a section: the id in its front matter or of its first heading; ``""`` for none."""
    first = HEADING.match(section.source.text, section.body_start) if section.source else None
    named = HEADING_ID.search(first[1]) if first else None
    return section.front.id or (named[1] if named else "")


def home_of(identifier: str, sections: Iterable[Section]) -> Section | None:
    """The section that gives something this id, as far as its unread text can tell."""
    if not identifier:
        return None
    mark = re.compile(rf"(?<!\()#{re.escape(identifier)}(?![\w:-])|\bid\s*=\s*[\"']{re.escape(identifier)}[\"']")
    return next((s for s in sections if s.front.id == identifier or (s.source and mark.search(s.source.text))), None)


def plain_id(name: str) -> str:
    """The id of a passage, however it is written: ``para-x``, ``@para-x`` or ``#para-x``."""
    return name.removeprefix("@").removeprefix("#")


def title_of(section: Section) -> str:
    """What a section is called: its title, its first heading, or its file's name in words."""
    first = HEADING.match(section.source.text, section.body_start) if section.source and not section.front.title else None
    return re.sub(r"\s*\{[^{}]*\}[ \t]*$", "", first[1]).strip() if first else section.label


def gone(paper: Paper, name: str, place: Span) -> Finding:
    """The finding for a section that the paper does not have."""
    known = [Path(s.path).name for s in paper.sections if s.source is not None]
    return codes.SECTION_GONE.at(place, f"The paper has no section {name}.{nearest(name, known)}")
