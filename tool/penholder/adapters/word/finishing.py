"""The last hand on a DOCX: what pandoc cannot write, and what it should not.

In: pandoc's bytes. Out: the same text with tables, headings, pictures and properties as
the house wants them, as one deterministic ZIP.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from penholder.adapters.change import Change
from penholder.adapters.word.body import (
    finish_headings,
    finish_ids,
    finish_links,
    finish_page_breaks,
    finish_pictures,
    finish_summary,
)
from penholder.adapters.word.package import read_parts, write_parts
from penholder.adapters.word.parts import app_xml, core_xml, custom_xml, settings_xml
from penholder.adapters.word.tables import finish_tables
from penholder.adapters.word.xml import parse, serialise, w
from penholder.errors import PenholderError

if TYPE_CHECKING:
    from penholder.adapters.word.track import Changes

_DOCUMENT = "word/document.xml"
_FOOTNOTES = "word/footnotes.xml"
_COMMENTS = "word/comments.xml"
_STYLES = "word/styles.xml"
_STYLE, _STYLE_ID = w("style"), w("styleId")
_STEP = 340  # twips that one level of a list is indented
_BULLETS = "•–"


class FinishSpec(NamedTuple):
    """What the finished file says of itself.

    ``creator``: the body, never a person. ``epoch``: seconds since 1970, for both dates.
    ``properties``: custom properties by name (paper, commit, status, version).
    ``unnumbered``: bookmark names of headings that carry no number. ``boxed``: those of
    headings that stand in the summary's box. ``hanging``: those with a typed number, and
    how far (twips) it hangs in the margin. ``revisions``: the changes that the markers in
    the text tell of (``markers``). ``styles``: those that pandoc was not shown (``Reference``).
    """

    title: str
    creator: str
    epoch: int
    language: str = "en-GB"
    properties: Mapping[str, str] = MappingProxyType({})
    unnumbered: AbstractSet[str] = frozenset()
    boxed: AbstractSet[str] = frozenset()
    hanging: Mapping[str, int] = MappingProxyType({})
    revisions: Sequence[Change] = ()
    styles: bytes = b""


def finish(docx: bytes, spec: FinishSpec) -> bytes:
    """The finished DOCX. The same input gives the same bytes, anywhere.

    Raises ``PenholderError`` if ``docx`` is not a Word file that pandoc wrote.
    """
    parts = read_parts(docx)
    if _DOCUMENT not in parts:
        raise PenholderError("The Word file holds no document.", "Build the paper again.")
    root = parse(parts[_DOCUMENT])
    notes = parse(parts[_FOOTNOTES]) if _FOOTNOTES in parts else None
    changes = _changes(root, notes, spec.revisions) if spec.revisions else None
    _finish_document(root, spec)
    if changes:
        changes.track()
    drawing, annotation = finish_pictures(root, 1), finish_ids(root, 1)
    parts[_DOCUMENT] = serialise(root)
    if notes is not None:
        finish_pictures(notes, drawing)
        finish_links(notes, root)
        finish_ids(notes, annotation)
        parts[_FOOTNOTES] = serialise(notes)
    if "word/numbering.xml" in parts:
        numbering = parse(parts["word/numbering.xml"])
        _finish_lists(numbering)
        parts["word/numbering.xml"] = serialise(numbering)
    if spec.styles:
        parts[_STYLES] = _whole_styles(spec.styles, parts[_STYLES])
    if not re.search(rb"<w:comment\b", parts.get(_COMMENTS, b"")):
        _drop_comments(parts)
    parts["word/settings.xml"] = settings_xml(spec.language, keep_names=bool(spec.revisions)).encode()
    parts["docProps/core.xml"] = core_xml(
        title=spec.title, creator=spec.creator, language=spec.language, epoch=spec.epoch
    ).encode()
    parts["docProps/app.xml"] = app_xml(spec.creator).encode()
    parts["docProps/custom.xml"] = custom_xml(spec.properties).encode()
    return write_parts(parts)


def _changes(root: etree._Element, notes: etree._Element | None, revisions: Sequence[Change]) -> Changes:
    """The changes that markers tell of; what records them is imported for a redline alone."""
    from penholder.adapters.word.track import Changes

    return Changes(root, notes, revisions)


def _finish_document(root: etree._Element, spec: FinishSpec) -> None:
    body = root.find(w("body"))
    section = None if body is None else body.find(w("sectPr"))
    if body is None or section is None:
        raise PenholderError("The Word file has no page.", "Build the paper again.")
    finish_tables(body, _column(section))
    finish_headings(body, spec.unnumbered)
    finish_summary(body, spec.boxed, spec.hanging)
    finish_links(root)
    finish_page_breaks(body)
    body.append(section)  # the last section's page stands last (17.6.17)


def _column(section: etree._Element) -> int:
    """The width of the text in twips."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return 9000
    sides = int(margins.get(w("left"), "0")) + int(margins.get(w("right"), "0"))
    return int(size.get(w("w"), "9000")) - sides


def _finish_lists(numbering: etree._Element) -> None:
    """pandoc's own lists (``abstractNumId`` 990 and up): our indent, bullets as plain letters.

    Its bullets sit in the private area of the Symbol font, which no other reader has.
    """
    for definition in numbering.iterfind(w("abstractNum")):
        if int(definition.get(w("abstractNumId"), "0")) < 990:
            continue
        for level in definition.iterfind(w("lvl")):
            depth = int(level.get(w("ilvl"), "0"))
            for indent in level.iter(w("ind")):
                indent.set(w("left"), str(_STEP * (depth + 1)))
                indent.set(w("hanging"), str(_STEP))
            run = level.find(w("rPr"))
            text = level.find(w("lvlText"))
            form = level.find(w("numFmt"))
            if text is None or run is None or form is None or form.get(w("val")) != "bullet":
                continue
            if run.find(w("rFonts")) is not None and text.get(w("val"), "") in "\uf0b7\uf0a7o•":
                text.set(w("val"), _BULLETS[depth % 2])
                level.remove(run)


def _whole_styles(ours: bytes, made: bytes) -> bytes:
    """Our styles, and those that pandoc made for what we have no style for."""
    styles = parse(ours)
    known = {style.get(_STYLE_ID) for style in styles.iter(_STYLE)}
    styles.extend([style for style in parse(made).iter(_STYLE) if style.get(_STYLE_ID) not in known])
    return serialise(styles)


def _drop_comments(parts: dict[str, bytes]) -> None:
    """Leave out the empty comments part that pandoc always writes, and what points to it."""
    parts.pop(_COMMENTS, None)
    for name, attribute, value in (
        ("[Content_Types].xml", "PartName", "/word/comments.xml"),
        ("word/_rels/document.xml.rels", "Target", "comments.xml"),
    ):
        if name in parts:
            root = parse(parts[name])
            for element in [e for e in root if e.get(attribute) == value]:
                root.remove(element)
            parts[name] = serialise(root)
