"""What the house has constructs for, for pandoc's DOCX writer: native numbering, captions, fields, styles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from penholder.adapters import word
from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.render.docx_changes import WordChanges
from penholder.stages.render.docx_front import inline, raw, styled
from penholder.stages.render.emit import Emitter, Versioned, versioned
from penholder.stages.render.front import Front
from penholder.stages.resolve import changes


def hangs(number: str) -> bool:
    """Whether a typed number has room in the margin: ``A.1`` has, ``Annex A`` has not."""
    return not number.startswith("annex") and len(number) <= 6


def _own(values: Sequence[list[str]]) -> list[list[str]]:
    """An author's attributes without the one that would pick a style of the house."""
    return [v for v in values if v[0] != "custom-style"]


class WordEmitter(Emitter):
    """Writes sections for pandoc's DOCX writer. ``changes`` has those that were met on the way."""

    def __init__(self, front: Front) -> None:
        self._words = front.words
        self._bookmarks = 100_000
        self.changes = WordChanges(front.body, f"{datetime.fromtimestamp(front.epoch, UTC):%Y-%m-%dT%H:%M:%SZ}")

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
        return shown + (word.tab() if hangs(number) else word.run("\u2003"))

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
