"""Typst's text of plain paragraphs and headings, which are most of a paper.

Pandoc's Typst writer takes as long for a long paper as its Word writer. What a paper is
mostly made of needs little of it: words are Typst strings (in which nothing but ``\\`` and
``"`` means anything), the rest a handful of functions. Lists, tables, code, formulas and
whatever else is not known here stay as they are, for pandoc to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.typst.compiler import quoted

_CALLS = {
    "Emph": "emph", "Strong": "strong", "Underline": "underline", "Strikeout": "strike",
    "Superscript": "super", "Subscript": "sub", "SmallCaps": "smallcaps",
}  # fmt: skip
_LABEL = re.compile(r"[\w][\w.:-]*")  # what may stand between < and >


class Unknown(Exception):
    """Something that pandoc is to write."""


def written(blocks: Iterable[Node]) -> list[Node]:
    """The blocks, those that can be written here as raw Typst; such in a row are one."""
    out: list[Node] = []
    texts: list[str] = []
    for block in blocks:
        try:
            texts.append(_block(block))
        except Unknown:
            _add(out, texts)
            out.append(block)
    _add(out, texts)
    return out


def text_of_all(blocks: Sequence[Node]) -> str | None:
    """The text of blocks that are written already, all of them."""
    return blocks[0]["c"][1] + "\n" if len(blocks) == 1 and blocks[0]["t"] == "RawBlock" else None


def _add(out: list[Node], texts: list[str]) -> None:
    if texts:
        out.append(tree.raw_block("typst", "\n".join(texts)))
        texts.clear()


def _block(node: Node) -> str:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Para":
        return _Line(content).text + "\n"
    if kind == "Plain":
        return _Line(content).text
    if kind == "RawBlock" and content[0] == "typst":
        return str(content[1])
    if kind == "Header":
        level, (identifier, _, _), inlines = content
        return f"#heading(level: {level})[{_Line(inlines).text}]{_anchored(identifier)}\n"
    if kind == "Div" and content[0][0]:
        return f"#block[\n{_joined(content[1])}\n] {label(content[0][0])}\n"
    raise Unknown


def _joined(blocks: Iterable[Node]) -> str:
    return "\n".join([_block(block) for block in blocks])


def _anchored(identifier: str) -> str:
    return f" {label(identifier)}" if identifier else ""


def label(identifier: str) -> str:
    """A label as markup. Raises ``Unknown`` where pandoc had to change it."""
    if not _LABEL.fullmatch(identifier):
        raise Unknown
    return f"<{identifier}>"


class _Line:
    """The text of inlines: words are gathered, and put down as one string where something else comes."""

    def __init__(self, inlines: Iterable[Node]) -> None:
        self._out: list[str] = []
        self._words = ""
        self._all(inlines)
        self._flush()
        self.text = "".join(self._out)

    def _all(self, inlines: Iterable[Node]) -> None:
        for node in inlines:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                self._words += content
            elif kind in ("Space", "SoftBreak"):
                self._words += "" if self._words.endswith(" ") else " "
            elif kind == "Quoted":
                opening, closing = tree.QUOTES[content[0]["t"]]
                self._words += opening
                self._all(content[1])
                self._words += closing
            else:
                self._flush()
                self._out.append(self._other(kind, content))

    def _flush(self) -> None:
        """Spaces at either end are Typst's own: it leaves them out at the end of a line."""
        words, self._words = self._words, ""
        inner = words.strip(" ")
        if not inner:
            self._out.append(words[:1])
            return
        before, after = " " * words.startswith(" "), " " * words.endswith(" ")
        self._out.append(f"{before}#{quoted(inner)};{after}")

    def _other(self, kind: str, content: Any) -> str:
        if kind == "RawInline" and content[0] == "typst":
            return str(content[1])
        if kind in _CALLS:
            return f"#{_CALLS[kind]}[{_Line(content).text}];"
        if kind == "LineBreak":
            return "#linebreak();"
        if kind == "Span":
            return _Line(content[1]).text + (label(content[0][0]) if content[0][0] else "")
        if kind == "Link":
            return _link(content[1], content[2][0])
        if kind == "Note":
            return f"#footnote[{_joined(content).strip()}];"
        raise Unknown


def _link(inlines: Sequence[Node], target: str) -> str:
    to = label(target[1:]) if target.startswith("#") else quoted(target)
    if not target.startswith("#") and tree.text_of(inlines) == target:
        return f"#link({to});"
    return f"#link({to})[{_Line(inlines).text}];"
