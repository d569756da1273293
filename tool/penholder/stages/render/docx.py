"""The Word file of a document: pandoc's, with native numbering, captions, fields and properties."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from penholder.adapters import word
from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.model.theme import Logo
from penholder.stages.look import Look
from penholder.stages.render.docx_emit import WordEmitter, hangs
from penholder.stages.render.docx_front import (
    back,
    contents,
    cover,
    cover_text,
    entries_of,
    opening,
    raw,
    styled,
)
from penholder.stages.render.emit import has_front_pages
from penholder.stages.render.front import Front
from penholder.stages.render.older import Older
from penholder.stages.resolve.number import headings_in
from penholder.stages.resolve.parts import Document

_REFERENCES = ("references", "references-was")  # what the heading of the list is called, in either version
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}


def docx_request(
    document: Document, front: Front, look: Look, pictures: Mapping[str, Path], reference: Path, older: Older | None = None
) -> tuple[bytes, dict[str, object], list[Change]]:
    """What to ask of pandoc's DOCX writer, the tree and its options; and the changes marked in the tree, for ``finished``.

    ``pictures`` are the files to embed, by the name the document knows them by; ``older`` is the other version
    of a document with marks, whose cover, contents and last pages are then compared, too.
    """
    blocks, revisions = _paper(document, front, look.theme.logo, older)
    meta = {"lang": {"t": "MetaString", "c": front.language}, "dir": {"t": "MetaString", "c": front.direction}}
    options: dict[str, object] = {
        "media": {name: {"path": str(path), "type": _TYPES.get(path.suffix[1:], "image/png")} for name, path in pictures.items()},
        "epoch": str(front.epoch),
        "settings": {"reference_doc": str(reference)},
    }
    return json.dumps(tree.document(blocks, meta)).encode(), options, revisions


def reference_of(document: Document, front: Front, look: Look) -> word.Reference:
    """The reference document: the body's own, or one made from the theme."""
    theme = look.theme
    if front.evidence:  # a clerk's Word has the font that stands in for the house's
        named = {"body": theme.fonts.word_fallback, "heading": theme.fonts.word_fallback}
        theme = theme.changed(fonts=theme.fonts.changed(**named))
    furniture = theme.furniture.changed(**{key: front.furniture(text) for key, text in theme.furniture.data().items()})
    paper: word.PageSize = "letter" if front.paper == "letter" else "a4"
    spec = word.ReferenceSpec(
        theme=theme,
        furniture=furniture,
        language=front.language,
        paper=paper,
        cover=front.cover,
        draft=" · ".join(filter(None, (front.words["draft"].upper(), front.identity))) if front.draft else "",
        heading_numbers=document.manuscript.paper.headings_numbered,
        cover_text=cover_text(front, theme, word.page_layout(theme, paper).column),
    )
    return word.Reference(word.adapted(look.reference, spec)) if look.reference else word.bare_reference(spec)


def finished(
    docx: bytes, styles: bytes, document: Document, front: Front, revisions: Sequence[Change] = (), older: Older | None = None
) -> bytes:
    """Pandoc's file with the styles of the reference document and the last touches pandoc has no words for."""
    typed = {name: number for name, number in _headings(document, older) if not number[:1].isdigit()}
    unnumbered = {word.bookmark_name(name) for name in (*typed, *_REFERENCES)}
    hang = word.twips(word.HANG_MM)
    return word.finish(
        docx,
        word.FinishSpec(
            title=front.title,
            creator=front.body,
            epoch=front.epoch,
            language=front.language,
            properties=_properties(front),
            unnumbered=frozenset(unnumbered),
            boxed=frozenset(word.bookmark_name(s.identifier) for s in document.sections if s.kind == "summary" and not front.evidence),
            hanging={word.bookmark_name(name): hang for name, number in typed.items() if number and hangs(number)},
            revisions=revisions,
            styles=styles,
        ),
    )


def _headings(document: Document, older: Older | None) -> Iterator[tuple[str, str]]:
    """The id and number of every heading, those of the older version, too."""
    if older is None:
        yield from ((t.id, t.number) for t in document.targets.values() if t.kind == "sec")
        return
    for section in document.sections:
        for heading in headings_in(section.blocks):
            yield heading["c"][1][0], tree.value_of(heading["c"][1], "number")


def _properties(front: Front) -> dict[str, str]:
    """What the file says of itself; a clerk's document says nothing of the paper it comes from."""
    if front.evidence:
        return {"Status": front.words["draft"]} if front.draft else {}
    told = {
        "Paper": front.paper_id,
        "Edition": front.identity,
        "Status": front.words["draft"] if front.draft else front.status,
        "Version": front.version,
    }
    return told | ({"Redline": front.legend.in_a_line} if front.legend else {})


def _paper(document: Document, front: Front, logo: Logo | None, older: Older | None) -> tuple[list[Node], list[Change]]:
    """The whole Word document, cover to identity, and the changes marked in it."""
    emitter = WordEmitter(front)

    def shown(now: list[Node], was: Callable[[Older], list[Node]]) -> list[Node]:
        return emitter.changes.marked(older.merge(was(older), now)) if older else now

    out = opening(front) if front.evidence else shown(cover(front, logo), lambda o: cover(o.front, logo))
    for section in document.sections:
        if section.kind == "summary":
            heading, *rest = emitter.blocks(section.blocks)
            out += [heading, *(rest if front.evidence else _boxed(rest))]
    newer = older.newer if older else document
    if front.contents:
        entries = entries_of(newer, front)
        if older:
            entries = emitter.changes.entries(entries_of(older.document, older.front), entries)
        out += contents(newer, front, entries)
    if front.cover and has_front_pages(newer, front):
        out.append(raw(word.page_break()))
    for section in document.sections:
        if section.kind != "summary":
            out += emitter.blocks(section.blocks)
    out += shown(_references_heading(newer), lambda o: _references_heading(o.document))
    out += emitter.blocks(document.references)
    return out + shown(back(front), lambda o: back(o.front)), emitter.changes.revisions


def _references_heading(document: Document) -> list[Node]:
    if not document.references:
        return []
    return [tree.header(1, tree.attr(word.bookmark_name(_REFERENCES[0])), tree.words(document.references_title))]


def _is_plain(block: Node) -> bool:
    """Whether a paragraph is of text only, none of it taller than a line."""
    return not any(node["t"] in ("Image", "Math") for node in tree.visit([block]))


def _boxed(blocks: Sequence[Node]) -> list[Node]:
    """The blocks of the summary in its box; the items of a list a paragraph each."""
    out: list[Node] = []
    for block in blocks:
        if block["t"] == "BulletList":
            for item in block["c"]:
                out += [styled("Summary Bullet", [b]) if b["t"] in ("Plain", "Para") and _is_plain(b) else b for b in item]
        elif block["t"] in ("Para", "Plain"):
            out.append(styled("Summary Text" if _is_plain(block) else "Summary Display", [block]))
        else:
            out.append(block)
    return out
