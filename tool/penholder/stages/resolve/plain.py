"""Take out of pandoc's tree what its writers would obey: attributes, classes and characters.

Pandoc's Typst writer sets the values of ``typst:*`` attributes as code, its DOCX
writer makes tracked changes and comments of certain spans, and no XML file can hold
a control character (https://www.w3.org/TR/xml/#charsets). Here they end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.findings import Findings
from penholder.printable import UNPRINTABLE, printable
from penholder.stages.resolve.ids import attributes_of
from penholder.stages.resolve.locate import Finder

_KEPT = frozenset(("width", "height", "alt", "to", "lang", "dir", "startFrom"))
_TRACKED = frozenset(("insertion", "deletion", "comment-start", "comment-end", "paragraph-insertion", "paragraph-deletion"))


def make_plain(blocks: list[Node], finder: Finder, findings: Findings) -> None:
    """Rewrite a section's blocks in place."""
    for node in tree.visit(blocks):
        for attributes in _all_attributes(node):
            _attributes(node, attributes, finder, findings)
        _characters(node, finder, findings)


def _all_attributes(node: Node) -> Iterator[Attr]:
    own = attributes_of(node)
    if own is not None:
        yield own
    if node["t"] == "Table":
        _, _, _, head, bodies, foot = node["c"]
        for part in (head, *bodies, foot):
            yield part[0]
        for row in tree.table_rows(node):
            yield row[0]
            for cell in row[1]:
                yield cell[0]


def _attributes(node: Node, attributes: Attr, finder: Finder, findings: Findings) -> None:
    attributes[2] = [[k, v] for k, v in attributes[2] if k in _KEPT]
    tracked = _TRACKED & set(attributes[1])
    if not tracked:
        return
    attributes[1] = [c for c in attributes[1] if c not in _TRACKED]
    name = sorted(tracked)[0]
    message = f"The mark .{name} was taken off; its words are printed."
    findings.add(codes.TRACKED_MARK.at(finder.pattern(rf"\.{name}\b", name), message))


def _characters(node: Node, finder: Finder, findings: Findings) -> None:
    kind = node["t"]
    if kind == "Str" and UNPRINTABLE.search(node["c"]):
        node["c"] = _clean(node["c"], finder, findings)
    elif kind in ("Code", "CodeBlock", "Math") and UNPRINTABLE.search(node["c"][1]):
        node["c"][1] = _clean(node["c"][1], finder, findings)
    elif kind in ("Link", "Image"):
        target: list[Any] = node["c"][2]
        target[:] = [_clean(t, finder, findings) if UNPRINTABLE.search(t) else t for t in target]
    for attributes in _all_attributes(node):
        if any(UNPRINTABLE.search(text) for text in (attributes[0], *attributes[1], *(v for _, v in attributes[2]))):
            attributes[0] = printable(attributes[0])
            attributes[1] = [printable(c) for c in attributes[1]]
            attributes[2] = [[k, _clean(v, finder, findings)] for k, v in attributes[2]]


def _clean(text: str, finder: Finder, findings: Findings) -> str:
    found = UNPRINTABLE.search(text)
    if found:
        span = finder.pattern(r"&#[xX]?[0-9a-fA-F]+;?", "&#")
        findings.add(codes.MARKS_REMOVED.at(span, f"The character U+{ord(found[0]):04X} was taken out."))
    return printable(text)
