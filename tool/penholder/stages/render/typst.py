"""The Typst text of a document: pandoc's, with the house's functions around what is the house's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.adapters.typst.compiler import quoted
from penholder.patterns import later
from penholder.stages.render.emit import Emitter, Versioned, versioned
from penholder.stages.render.front import Front
from penholder.stages.render.typst_links import entry, waiting
from penholder.stages.render.typst_text import text_of_all, written
from penholder.stages.resolve.changes import WAS_NUMBER
from penholder.stages.resolve.parts import Document

RULES = "#show: setup.with(meta, theme)\n#attempt\n"
_LINK = later(r"#link\(<[^>]*>\)")
_BEGINS = re.compile(r"(?:[-+/]|=+|\d+\.)(?:\s|$)")  # a heading, an item
WRITER = "typst-citations-smart"  # not Typst's own references, nor its own quotation marks


def typst_body(document: Document, front: Front) -> tuple[bytes, bool]:
    """The paper's Typst text, or the tree that pandoc's ``WRITER`` is to make it of; and whether it is the text."""
    blocks = written(_paper(document, front))
    text = text_of_all(blocks)
    if text is not None:
        return text.encode(), True
    return json.dumps(tree.document(blocks)).encode(), False


def _paper(document: Document, front: Front) -> list[Node]:
    """All blocks of the paper in order, the house's pages around them."""
    emitter = TypstEmitter(front)
    opening = "#cover-page(meta, theme)" if front.cover else ""
    if front.legend:
        from penholder.stages.render.levels import stepped
        from penholder.stages.render.marks import moves, spread
        from penholder.stages.render.typst_marks import RedlineEmitter

        document, emitter = stepped(spread(document)), RedlineEmitter(front, moves(document))
        opening = "#cover-page(meta, theme, behind: redline-page)" if front.cover else "#redline-page"
    blocks = [raw(opening)] if opening else []
    for index, section in enumerate(document.sections):
        if section.kind == "summary":
            made = emitter.blocks(section.blocks)
            boxed = made if front.evidence else [raw("#summary-page(meta, theme)["), *made, raw("]")]
            blocks += [_mark(index), *boxed]
    blocks.append(_mark())
    if front.contents:
        blocks.append(raw("#contents-page(meta, theme)"))
    for index, section in enumerate(document.sections):
        if section.kind != "summary":
            blocks.append(_mark(index))
            for node in section.blocks:
                blocks += waiting(node, emitter.blocks([node]))
    blocks.append(_mark())
    if document.references:
        title = tree.header(1, tree.attr("references"), tree.words(document.references_title))
        blocks += [raw("#references-section["), title, *emitter.blocks(document.references), raw("]")]
    if front.evidence is None:
        blocks.append(raw("#back-matter(meta, theme)"))
    return blocks


_MARK = "// \ue000"  # no text of an author's holds this character


def _mark(section: int | None = None) -> Node:
    """A comment before the text of a section, or before what is the house's."""
    return raw(f"{_MARK}{'' if section is None else section}")


def section_at(main: str, line: int) -> int | None:
    """Whose text stands in a line (from 1) of ``main.typ``: the index of a section, ``None`` for the house's."""
    marks = [each.removeprefix(_MARK) for each in main.split("\n")[:line] if each.startswith(_MARK)]
    return int(marks[-1]) if marks and marks[-1] else None


def sections_alone(main: str) -> Iterator[tuple[int, str]]:
    """Each section's index, and a ``main.typ`` of it alone, its links taken out."""
    head, *pieces = main.split(f"\n{_MARK}")
    for piece in pieces:
        index, _, text = piece.partition("\n")
        if index:
            yield int(index), f"{head.split(RULES)[0]}{RULES}{_LINK.sub('#', text)}"


def raw(text: str) -> Node:
    return tree.raw_block("typst", text)


def inline(text: str) -> Node:
    return tree.raw_inline("typst", text)


def around(opening: str, blocks: Sequence[Node]) -> list[Node]:
    return [raw(opening + "["), *blocks, raw("]")]


class TypstEmitter(Emitter):
    def __init__(self, front: Front) -> None:
        self._words = front.words
        self._in_term = False

    def string(self, node: Node) -> Node:
        text = node["c"]
        if len(text) > _LONG:  # a word, or several that were joined
            text = re.sub(r"\S{41,}", lambda m: breakable(m[0]), text)
        # Typst would make dashes and ellipses of these, or behind a bracket of ours a list or a heading, and pandoc lets it
        if "--" in text or "..." in text or "-?" in text or _BEGINS.match(text):
            return inline(f"#{quoted(text)};")
        return node if text is node["c"] else tree.string(text)

    def code(self, node: Node) -> Node:
        attributes, text = node["c"]
        return {"t": node["t"], "c": [attributes, re.sub(r"\S{41,}", lambda m: breakable(m[0]), text)]}

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        number = versioned(attributes, "number", WAS_NUMBER)
        if number:
            inlines = [inline(f"#sec-number({self._number(number.of_annex(self._words['annex']))});"), *inlines]
        return tree.header(level, tree.attr(attributes[0]), inlines)

    def numbered(self, number: Versioned, identifier: str, blocks: list[Node]) -> list[Node]:
        return around(f"#numbered({self._number(number)}{_id(identifier)})", blocks)

    def table(self, number: Versioned, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]:
        if not number:
            return table
        name = self._name("table", number)
        if source:
            out = [raw(f"#paper-table({name}{_id(identifier)}, source: ["), *source, raw("])[")]
        else:
            out = [raw(f"#paper-table({name}{_id(identifier)})[")]
        return [*out, *caption, raw("]["), *table, raw("]")]

    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]:
        image = next(n for n in tree.visit(shown) if n["t"] == "Image")
        attributes, _, (name, _) = image["c"]
        call = f"#paper-figure({self._name('figure', number)}{_id(identifier)}, {picture_of(attributes, name)}"
        if source:
            return [raw(call + ", source: ["), *source, raw("])["), *caption, raw("]")]
        return [raw(call + ")["), *caption, raw("]")]

    def recommendation(self, number: Versioned, identifier: str, to: Versioned, blocks: list[Node]) -> list[Node]:
        return around(f"#recommendation({self._number(number)}, to: {self._addressee(to)}{_id(identifier)})", blocks)

    def reference(self, attributes: Attr, inlines: list[Node], target: str) -> list[Node]:
        return self.link(tree.attr(), inlines, ["#" + target, ""])

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> list[Node]:
        made: Node = {"t": "Link", "c": [attributes, inlines, target]}
        if target[0].startswith("#ref-"):  # of a citation
            return [made]
        return [inline("#within[" if target[0].startswith("#") else "#outward["), made, inline("];")]

    def gap(self, inlines: list[Node]) -> list[Node]:
        return [inline("#gap["), *inlines, inline("];")]

    def gap_block(self, blocks: list[Node]) -> list[Node]:
        return around("#gap-block", blocks)

    def picture(self, attributes: Attr, name: str) -> Node:
        if tree.has_class(attributes, "decorative"):
            return inline(f"#box(pdf.artifact(image({quoted(name)}{_size(attributes)})));")
        return inline(f"#box(image({quoted(name)}, alt: {quoted(tree.value_of(attributes, 'alt'))}{_size(attributes)}));")

    def term(self, inlines: list[Node]) -> list[Node]:
        """A term is one line, and one element to a voice: what would take a line of its own in it cuts it in two."""
        self._in_term = True
        made = super().term(inlines)
        self._in_term = False
        return made

    def math(self, display: bool, source: str, words: str) -> list[Node]:
        kind = "DisplayMath" if display and not self._in_term else "InlineMath"
        return [inline(f"#spoken({quoted(words or source)})["), {"t": "Math", "c": [{"t": kind}, source]}, inline("];")]

    def span(self, attributes: Attr, inlines: list[Node]) -> Node | list[Node]:
        if language := _language(attributes):
            inlines = [inline(f"#text({language})["), *inlines, inline("];")]
        if not attributes[0]:
            return inlines
        return tree.span(tree.attr(attributes[0]), inlines)

    def div(self, attributes: Attr, blocks: list[Node]) -> Node | list[Node]:
        if tree.has_class(attributes, "csl-entry"):
            return entry(attributes[0], blocks)
        if language := _language(attributes):
            blocks = around(f"#text({language})", blocks)
        return tree.div(tree.attr(attributes[0], attributes[1]), blocks) if attributes[0] else blocks

    # numbers and addressees as Typst expressions

    def _number(self, number: Versioned) -> str:
        return quoted(number)

    def _addressee(self, to: Versioned) -> str:
        return quoted(to)

    def _name(self, kind: str, number: Versioned) -> str:
        return quoted(self._label(kind) + number)

    def _label(self, kind: str) -> str:
        label = self._words[kind]
        return f"{label[:1].upper()}{label[1:]} "


_LONG = 40
_BREAKS = later(r"(?<=[/?&=_.,;:@-])(?=\w)|(?<=\w{24})(?=\w)")


def breakable(word: str) -> str:
    """A word too long for a line, with places at which it may be broken (U+200B, which no reader sees)."""
    return _BREAKS.sub("\u200b", word) if len(word) > _LONG else word


def _language(attributes: Attr) -> str:
    """``lang: "fr", region: "CA"`` for words that are marked as in another language; a voice and hyphens go by it."""
    found = re.fullmatch(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}))?", tree.value_of(attributes, "lang"))
    if found is None:
        return ""
    return f'lang: "{found[1]}", region: ' + (f'"{found[2]}"' if found[2] else "none")


def _id(identifier: str) -> str:
    return f", id: {quoted(identifier)}" if identifier else ""


def picture_of(attributes: Attr, name: str) -> str:
    decorative = tree.has_class(attributes, "decorative")
    alt = "none" if decorative else quoted(tree.value_of(attributes, "alt"))
    return f"alt: {alt}, path: {quoted(name)}{_size(attributes)}"


def _size(attributes: Attr) -> str:
    """``, width: ...`` where the author gave one that Typst knows."""
    width = tree.value_of(attributes, "width")
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%|cm|mm|in|pt|em)", width):
        return f", width: {found[1]}{found[2]}"
    if found := re.fullmatch(r"(\d+)(?:px)?", width):
        return f", width: {int(found[1]) * 0.75:g}pt"
    return ""
