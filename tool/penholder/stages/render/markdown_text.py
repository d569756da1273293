"""Words, code, formulas and tables in Markdown beside CriticMarkup: nothing of an author's is taken for a mark, no mark is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import takewhile
from typing import Any

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

INSERTED, DELETED, COMMENT = ("{++", "++}"), ("{--", "--}"), ("{>>", "<<}")
_OPENING = re.compile(r"\{(?=\+\+|--|>>|~~|==)")
_CLOSING = re.compile(r"(?:(?<=\+\+)|(?<=--)|(?<=<<)|(?<=~~)|(?<===))\}")
_SIGN = re.compile(f"{_OPENING.pattern}|{_CLOSING.pattern}")
_MARK = re.compile(r"(?<!\\)\{(?:\+\+|--)|(?:\+\+|--)\}|\{>>.*?<<\}", re.S)
_NUMBER = re.compile(r"(\(?\w+[.)]|[-+*])(?= |$)")
_VEIL = "\ue000"  # no text of an author's holds this character
_MEANT = re.compile(r"[&<>{}*_`~$\[\]\\^|+=-]")  # what means something in Markdown or HTML


def raw(text: str) -> Node:
    return tree.raw_inline("markdown", text)


def comment(text: str) -> Node:
    return raw(COMMENT[0] + text + COMMENT[1])


def veiled(text: str) -> str:
    """A Markdown text to be read as its marks let it be: a sign stands for each, so that no ``(1)`` behind one begins a list."""
    return _MARK.sub(_VEIL, text)


def unveiled(text: str) -> str:
    """What was read, without those signs."""
    return text.replace(_VEIL, "")


# an author's own signs ------------------------------------------------------------------------------


def string(text: str) -> list[Node]:
    """Words in which nothing is read as a mark."""
    out: list[Node] = []
    at = 0
    for sign in _SIGN.finditer(text):
        out += [*([tree.string(text[at : sign.start()])] if sign.start() > at else []), raw("\\" + sign[0])]
        at = sign.end()
    return [*out, tree.string(text[at:])] if at < len(text) else out


def begun(line: Sequence[Node]) -> list[Node]:
    """A paragraph's line, a ``(1)`` at its beginning in a string of its own: only there does pandoc see that it is no list's."""
    strings = list(takewhile(lambda node: node["t"] == "Str", line))
    number = _NUMBER.match("".join(node["c"] for node in strings))
    if number is None:
        return list(line)
    rest = number.string[number.end() :]
    return [tree.string(number[0]), *_spaced(rest), *line[len(strings) :]]


def _spaced(text: str) -> list[Node]:
    """What follows on a word: a space at its beginning is a node."""
    words = text.removeprefix(" ")
    return [*([tree.SPACE] if words != text else []), *([tree.string(words)] if words else [])]


def code(text: str, *, block: bool) -> Node:
    """Code, which has no escapes in Markdown: where it holds signs it is written as HTML."""
    if not _SIGN.search(text):
        return {"t": "CodeBlock" if block else "Code", "c": [tree.attr(), text]}
    html = _MEANT.sub(lambda sign: f"&#{ord(sign[0])};", text)
    return tree.raw_block("html", f"<pre><code>{html}</code></pre>") if block else raw(f"<code>{html}</code>")


def code_read(node: Node) -> Node | None:
    """Such a block of code as it was, for ``tree.rewrite``."""
    if node["t"] != "RawBlock" or not node["c"][1].startswith("<pre>"):
        return None
    return {"t": "CodeBlock", "c": [tree.attr(), unescape(re.sub(r"</?(?:pre|code)>", "", node["c"][1]))]}


def formula(source: str) -> str:
    """TeX in which nothing is read as a mark: a space beside a brace says nothing there."""
    return _CLOSING.sub(" }", _OPENING.sub("{ ", source))


def address(target: str) -> str:
    return target.replace("{", "%7B").replace("}", "%7D")


# tables ---------------------------------------------------------------------------------------------


def table(content: Any) -> Node | list[Node]:
    """A table as Markdown has it; one that it cannot have (pandoc would write HTML, without the marks) as lines, a row each."""
    _, _, columns, head, bodies, foot = content
    plain = len(head[1]) <= 1 and len(bodies) == 1 and not bodies[0][2] and not foot[1]
    rows = list(tree.table_rows({"t": "Table", "c": content}))
    lines = [[_flat(cell[4]) for cell in row[1]] for row in rows]
    if plain and all(cell[2] == 1 and cell[3] == 1 for row in rows for cell in row[1]):
        heads, body = (lines[:1], lines[1:]) if head[1] else ([], lines)
        return table_of(heads, body, [alignment for alignment, _ in columns])
    return [tree.para(_barred(line)) for line in lines]


def table_of(heads: Sequence[Sequence[list[Node]]], body: Sequence[Sequence[list[Node]]], alignments: Sequence[Node]) -> Node:
    """A table of cells in one line each."""
    bare = tree.attr()

    def rows(lines: Sequence[Sequence[list[Node]]]) -> list[Any]:
        return [[bare, [[bare, {"t": "AlignDefault"}, 1, 1, [tree.plain(cell)]] for cell in line]] for line in lines]

    columns = [[alignment, {"t": "ColWidthDefault"}] for alignment in alignments]
    return {"t": "Table", "c": [bare, [None, []], columns, [bare, rows(heads)], [[bare, 0, [], rows(body)]], [bare, []]]}


def _flat(blocks: Sequence[Node]) -> list[Node]:
    """All inlines of a cell in one line."""
    out: list[Node] = []
    for line in _lines(blocks):
        out += [*([tree.SPACE] if out else []), *(tree.SPACE if n["t"] == "LineBreak" else n for n in line)]
    return out


def _lines(blocks: Sequence[Node]) -> Iterator[list[Node]]:
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield block["c"]
        elif block["t"] == "LineBlock":
            yield from block["c"]
        elif block["t"] == "CodeBlock":
            yield [code(block["c"][1].replace("\n", " "), block=False)]
        else:
            for inner in tree.children(block):
                yield from _lines(inner)


def _barred(line: Sequence[list[Node]]) -> list[Node]:
    out: list[Node] = []
    for cell in line:
        out += [*([tree.SPACE, tree.string("|"), tree.SPACE] if out else []), *cell]
    return out
