"""The Word file of a document: pandoc's, with native numbering, captions, fields and properties."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from penholder.adapters import word
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.model.theme import Logo
from penholder.stages.look import Look
from penholder.stages.render.docx_changes import WordChanges
from penholder.stages.render.docx_front import (
    back,
    contents,
    cover,
    cover_text,
    entries_of,
    inline,
    opening,
    raw,
    styled,
)
from penholder.stages.render.emit import Emitter, Versioned, has_front_pages, versioned
from penholder.stages.render.front import Front
from penholder.stages.render.older import Older
from penholder.stages.resolve import changes
from penholder.stages.resolve.changes import Change
from penholder.stages.resolve.number import headings_in
from penholder.stages.resolve.parts import Document

_REFERENCES = ("references", "references-was")  # what the heading of the list is called, in either version
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}


def docx_request(
    document: Document, front: Front, look: Look, pictures: Mapping[str, Path], reference: Path, older: Older | None = None
) -> tuple[bytes, dict[str, object], list[word.Revision]]:
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


def reference_of(document: Document, front: Front, look: Look) -> bytes:
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
    return word.adapted(look.reference, spec) if look.reference else word.reference_docx(spec)


def finished(
    docx: bytes, document: Document, front: Front, revisions: Sequence[word.Revision] = (), older: Older | None = None
) -> bytes:
    """Pandoc's file with the last touches pandoc has no words for."""
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
            hanging={word.bookmark_name(name): hang for name, number in typed.items() if number and _hangs(number)},
            revisions=revisions,
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
    return {
        "Paper": front.paper_id,
        "Edition": front.identity,
        "Status": front.words["draft"] if front.draft else front.status,
        "Version": front.version,
    }


def _paper(document: Document, front: Front, logo: Logo | None, older: Older | None) -> tuple[list[Node], list[word.Revision]]:
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


def _hangs(number: str) -> bool:
    """Whether a typed number has room in the margin: ``A.1`` has, ``Annex A`` has not."""
    return not number.startswith("annex") and len(number) <= 6


def _references_heading(document: Document) -> list[Node]:
    if not document.references:
        return []
    return [tree.header(1, tree.attr(word.bookmark_name(_REFERENCES[0])), tree.words(document.references_title))]


def _own(values: Sequence[list[str]]) -> list[list[str]]:
    """An author's attributes without the one that would pick a style of the house."""
    return [v for v in values if v[0] != "custom-style"]


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



class WordEmitter(Emitter):
    """Writes sections for pandoc's DOCX writer. ``changes`` has those that were met on the way."""

    def __init__(self, front: Front) -> None:
        self._words = front.words
        self._bookmarks = 100_000
        self.changes = WordChanges(front.body)

    def changed(self, change: Change, inlines: list[Node]) -> list[Node]:
        return self.changes.inlines(change, inlines)

    def changed_blocks(self, change: Change, blocks: list[Node]) -> list[Node]:
        return self.changes.blocks(change, blocks)

    def changed_row(self, change: Change, row: list[Any]) -> list[Any]:
        return [self.changes.row(change, row)]

    def _node(self, node: Node) -> Node | list[Node]:
        if node["t"] == "CodeBlock":  # its language would colour it, in this output alone
            return {"t": "CodeBlock", "c": [tree.attr(), node["c"][1]]}
        if node["t"] == "HorizontalRule":
            return raw(word.separator())
        return super()._node(node)

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node:
        number = versioned(attributes, "number", changes.WAS_NUMBER)
        if number and not number[0].isdigit():  # Word numbers the others itself
            inlines = [inline(self.changes.versions(number, self._typed_number)), *inlines]
        return tree.header(level, tree.attr(word.bookmark_name(attributes[0])), inlines)

    def _typed_number(self, number: str) -> str:
        shown = word.run(number.replace("annex", self._words["annex"], 1), "Section Number")
        return shown + (word.tab() if _hangs(number) else word.run("\u2003"))

    def numbered(self, number: str, identifier: str, blocks: list[Node]) -> Node:
        first = next((b for b in blocks if b["t"] in ("Para", "Plain")), None)
        if identifier and first:
            first["c"].insert(0, inline(self._bookmark(identifier)))
        return styled("Numbered Paragraph", blocks)

    def table(self, number: Versioned, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]:
        if not number:
            return table
        out = [styled("Table Caption", [self._caption("table", "Table", number, identifier, caption)]), *table]
        return [*out, styled("Table Source", source)] if source else out

    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]:
        out = [styled("Captioned Figure", self.blocks(shown))]
        out.append(styled("Image Caption", [self._caption("figure", "Figure", number, identifier, caption)]))
        return [*out, styled("Figure Source", source)] if source else out

    def recommendation(self, number: Versioned, identifier: str, to: Versioned, blocks: list[Node]) -> list[Node]:
        label = self._label("recommendation", "Recommendation", number, identifier)
        out = [styled("Recommendation Label", [tree.para([inline(label)])])]
        out += self.changes.lines(to, self._addressee)
        return [*out, styled("Recommendation Text", blocks)]

    def _addressee(self, to: str) -> Node:
        return styled("Recommendation Addressee", [tree.para(tree.words(f"{self._words['to']}: {to}"))])

    def reference(self, attributes: Attr, inlines: list[Node], target: str) -> Node | list[Node]:
        kind, number = tree.value_of(attributes, "kind"), tree.value_of(attributes, "number")
        text = tree.text_of(inlines)
        name = word.bookmark_name(target)
        if kind in ("sec", "para") and number[:1].isdigit() and text.endswith(number):
            label = text.removesuffix(number)
            before = [inline(word.run(label, "Cross Reference"))] if label else []
            return [*before, inline(word.ref_field(name, number, number=True))]
        if kind in ("tbl", "fig", "rec") and text != number:
            return inline(word.ref_field(name, text))
        return tree.link(inlines, "#" + name)

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node:
        address = target[0]
        if address.startswith("#"):
            address = "#" + word.bookmark_name(address[1:])
        return {"t": "Link", "c": [attributes, inlines, [address, target[1]]]}

    def gap(self, inlines: list[Node]) -> Node:
        return tree.span(tree.attr(values={"custom-style": "Gap"}), inlines)

    def gap_block(self, blocks: list[Node]) -> list[Node]:
        return [tree.para([self.gap(b["c"])]) if b["t"] in ("Para", "Plain") else b for b in blocks]

    def picture(self, attributes: Attr, name: str) -> Node:
        decorative = tree.has_class(attributes, "decorative")
        alt = [] if decorative else tree.words(tree.value_of(attributes, "alt"))
        stem, _, ending = name.rpartition(".")
        sizes = {k: v for k, v in attributes[2] if k in ("width", "height")} or {"width": "100%"}
        shown = f"{stem}.png" if ending == "svg" else name
        return {"t": "Image", "c": [tree.attr(values={**sizes, "alt": tree.text_of(alt)}), alt, [shown, ""]]}

    def math(self, display: bool, source: str, words: str) -> Node:
        return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, source]}

    def cite(self, inlines: list[Node]) -> Node | list[Node]:
        """Words in the style of citations; a note has its number in a style of its own."""
        out: list[Node] = []
        for is_note, stretch in groupby(inlines, lambda node: node["t"] == "Note"):
            nodes = list(stretch)
            out += nodes if is_note else [tree.span(tree.attr(values={"custom-style": "Citation"}), nodes)]
        return out

    def span(self, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        identifier = word.bookmark_name(attributes[0]) if attributes[0] else ""
        return tree.span([identifier, attributes[1], _own(attributes[2])], inlines)

    def div(self, attributes: Attr, blocks: list[Node]) -> Node:
        identifier = attributes[0]
        if identifier and identifier != "refs":
            identifier = word.bookmark_name(identifier)
        return tree.div([identifier, attributes[1], _own(attributes[2])], blocks)

    def _bookmark(self, identifier: str, inner: str = "") -> str:
        self._bookmarks += 1
        return word.bookmark(word.bookmark_name(identifier), self._bookmarks, inner)

    def _label(self, kind: str, series: str, number: Versioned, identifier: str) -> str:
        """``Table 1``: the house's word and Word's own sequence number, bookmarked where referred to."""
        shown = self.changes.versions(number, lambda text: word.seq_field(series, text, "Label"))
        inner = word.run(self._words[kind] + "\u00a0", "Label") + shown
        return self._bookmark(identifier, inner) if identifier else inner

    def _caption(self, kind: str, series: str, number: Versioned, identifier: str, caption: list[Node]) -> Node:
        inlines: list[Node] = []
        for block in caption:
            if block["t"] in ("Para", "Plain"):
                inlines += [tree.SPACE, *block["c"]] if inlines else block["c"]
        label = inline(self._label(kind, series, number, identifier))
        return tree.para([label, tree.SPACE, tree.SPACE, *inlines])


