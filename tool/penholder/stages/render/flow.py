"""ODT, RTF and plain text: pandoc's writers with plain constructs, for those who accept nothing else.

Paragraph numbers are numbers of lists that go on where the last one stopped; a table of plain text is a line for each row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from penholder.adapters import odt, rtf
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.adapters.pandoc.worker import Worker
from penholder.stages.look import Look
from penholder.stages.render.front import Front
from penholder.stages.render.plain_emit import PlainEmitter, opening, strong
from penholder.stages.render.readback import Written, written
from penholder.stages.resolve.parts import Document, as_printed

Format = Literal["odt", "rtf", "txt"]

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
_PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
_TWIPS = 1440 / 25.4


def flow_file(document: Document, front: Front, look: Look, fmt: Format, worker: Worker, pictures: Path) -> tuple[bytes, Written]:
    """The document in one of the formats, and its text read back. ``pictures`` is a folder with those to embed."""
    blocks = _paper(document, front, fmt)
    meta = {"lang": {"t": "MetaString", "c": front.language}}
    media = {p.name: {"path": str(p), "type": _TYPES[p.suffix[1:]]} for p in pictures.iterdir() if p.suffix[1:] in _TYPES}
    options: dict[str, object] = {"media": media, "epoch": str(front.epoch), "settings": {"wrap_text": "wrap-none"}}
    if fmt == "odt":
        options["standalone"] = True
    if fmt == "rtf":
        options["template"] = _rtf_template(front, look)
    writer = {"txt": "plain"}.get(fmt, fmt)
    made = worker.ask("write", writer, json.dumps(tree.document(blocks, meta)).encode(), options, seconds=300).payload
    if fmt == "odt":
        made = odt.finish(made, _odt_spec(front, look))
    if fmt == "txt":
        return made, _read(made.decode())
    if fmt == "rtf":
        return made, _read(rtf.read_text(made))
    back = json.loads(worker.ask("read", fmt, made, seconds=300).payload)["blocks"]
    return made, _read(tree.text_of(back, notes=True))


def _read(text: str) -> Written:
    """Notes stand where they are referred to, or at the end: they are looked for everywhere."""
    return written([text], [text], [text])


def _paper(document: Document, front: Front, fmt: Format) -> list[Node]:
    emitter = _Flow(front, fmt)
    out = opening(front)
    for section in as_printed(document.sections):
        out += emitter.blocks(section.blocks)
    if document.references:
        out.append(tree.header(1, tree.attr(), tree.words(document.references_title)))
        out += emitter.blocks(document.references)
    return out


_BARE = frozenset(("Superscript", "Subscript", "Strikeout", "SmallCaps", "Underline"))  # pandoc would put signs around them


class _Flow(PlainEmitter):
    def __init__(self, front: Front, fmt: Format) -> None:
        super().__init__(front.words)
        self._plain = fmt == "txt"

    def _node(self, node: Node) -> Node | list[Node]:
        if self._plain and node["t"] in _BARE:
            return self._list(node["c"])
        return super()._node(node)

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node:
        number = tree.value_of(attributes, "number").replace("annex", self._words["annex"], 1)
        return tree.header(level, tree.attr(), [*tree.words(number), tree.SPACE, *inlines] if number else inlines)

    def numbered(self, number: str, identifier: str, blocks: list[Node]) -> Node:
        return {"t": "OrderedList", "c": [[int(number), {"t": "Decimal"}, {"t": "Period"}], [blocks]]}

    def recommendation(self, number: str, identifier: str, to: str, blocks: list[Node]) -> list[Node]:
        out = [tree.para([strong(tree.words(f"{self._words['recommendation']} {number}"))])]
        return [*out, *([tree.para(tree.words(f"{self._words['to']}: {to}"))] if to else []), *blocks]

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node | list[Node]:
        return inlines if target[0].startswith("#") else {"t": "Link", "c": [tree.attr(), inlines, target]}

    def picture(self, attributes: Attr, name: str) -> Node | list[Node]:
        alt = "" if tree.has_class(attributes, "decorative") else tree.value_of(attributes, "alt")
        if self._plain:
            return tree.words(f"[{alt}]") if alt else []
        stem, _, ending = name.rpartition(".")
        sizes = {k: v for k, v in attributes[2] if k in ("width", "height")} or {"width": "100%"}
        return {"t": "Image", "c": [tree.attr(values=sizes), tree.words(alt), [f"{stem}.png" if ending == "svg" else name, ""]]}

    def math(self, display: bool, source: str, words: str) -> Node:
        return {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, source]}

    def _whole_table(self, content: Any) -> Node | list[Node]:
        made = {"t": "Table", "c": self._table(content)}
        return _rows(made) if self._plain else made


def _rows(table: Node) -> list[Node]:
    """A table as lines, a row each, its cells apart by bars: all of it, in reading order."""
    lines = []
    for row in tree.table_rows(table):
        line: list[Node] = []
        for cell in row[1]:
            line += [tree.SPACE, tree.string("|"), tree.SPACE] if line else []
            line += _inlines(cell[4]) or [tree.SPACE]
        lines.append(line)
    return [{"t": "LineBlock", "c": lines}] if lines else []


def _inlines(blocks: Sequence[Node]) -> list[Node]:
    """The words of a cell in one line, its notes kept."""
    out: list[Node] = []
    for block in blocks:
        out += [tree.SPACE] if out else []
        out += block["c"] if block["t"] in ("Para", "Plain") else tree.words(" ".join(tree.text_of([block], notes=True).split()))
    return [tree.SPACE if node["t"] in ("LineBreak", "SoftBreak") else node for node in out]


# the files around the text -----------------------------------------------------------------------


def _odt_spec(front: Front, look: Look) -> odt.OdtSpec:
    sizes, page = look.theme.sizes, look.theme.page
    return odt.OdtSpec(
        front.title, front.body, front.epoch, look.theme.fonts.word_fallback, sizes.body,
        (sizes.heading1, sizes.heading2, sizes.heading3), _page_of(front, look), _PAPERS[front.paper],
        (page.margin_top, page.margin_right, page.margin_bottom, page.margin_left),
    )  # fmt: skip


def _page_of(front: Front, look: Look) -> str:
    """The line with page numbers, where the look has one."""
    furniture = look.theme.furniture
    numbered = any("{page" in text for text in (furniture.header, furniture.footer_left, furniture.footer_centre, furniture.footer_right))
    return front.words["page_of"] if numbered else ""


def _rtf_template(front: Front, look: Look) -> str:
    """The RTF around the text, as a template of pandoc's (Rich Text Format Specification 1.9.1, Microsoft)."""
    width, height = (round(mm * _TWIPS) for mm in _PAPERS[front.paper])
    page = look.theme.page
    top, right, bottom, left = (round(m * _TWIPS) for m in (page.margin_top, page.margin_right, page.margin_bottom, page.margin_left))
    said = _page_of(front, look).replace("{pages}", "\0").replace("{page}", "\1")
    fields = {"\0": "{\\field{\\*\\fldinst NUMPAGES}{\\fldrslt 1}}", "\1": "{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}"}
    footer = "".join(fields.get(piece) or _escaped(piece) for piece in said)
    size = round(look.theme.sizes.body * 2)
    return (
        f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 \\fswiss {_escaped(look.theme.fonts.word_fallback)};}}{{\\f1 \\fmodern Courier New;}}}}\n"
        "{\\colortbl;\\red255\\green0\\blue0;\\red0\\green0\\blue0;}\n"
        f"{{\\info{{\\title {_escaped(front.title)}}}{{\\author {_escaped(front.body)}}}}}\n"
        f"\\paperw{width}\\paperh{height}\\margl{left}\\margr{right}\\margt{top}\\margb{bottom}\\widowctrl\n"
        + (f"{{\\footer\\pard\\qr\\f0\\fs20 {footer}\\par}}\n" if footer else "")
        + f"\\f0\\fs{size}\n$body$\n}}\n"
    )


def _escaped(text: str) -> str:
    """Text in RTF, in a template: 7-bit, with the template's own sign doubled."""
    out = []
    for letter in text:
        if letter in "\\{}":
            out.append("\\" + letter)
        elif ord(letter) < 128:
            out.append(letter)
        else:
            units = letter.encode("utf-16-le")
            out += [f"\\u{int.from_bytes(units[i : i + 2], 'little', signed=True)}?" for i in range(0, len(units), 2)]
    return "".join(out).replace("$", "$$")
