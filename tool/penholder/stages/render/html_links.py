"""Ids, targets and words of links, as a page may have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node

_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_INVISIBLE = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_PANDOCS_IDS = re.compile(r"fn(?:ref)?\d+|footnotes")


def anchor(identifier: str) -> str:
    """An author's id, out of the way of those that pandoc gives to footnotes."""
    identifier = re.sub(r"\s+", "-", identifier)
    return f"x-{identifier}" if _PANDOCS_IDS.fullmatch(identifier) else identifier


def unlinked(inlines: Sequence[Node], notes: list[Node], *, entry: bool = False) -> list[Node]:
    """Inlines without links in them; their footnotes go to ``notes``. An ``entry`` has no ids and pictures either."""
    out: list[Node] = []
    for node in inlines:
        kind, content = node["t"], node.get("c", [])
        if kind == "Note":
            notes.append(node)
        elif kind == "Link":
            out += unlinked(content[1], notes, entry=entry)
        elif kind == "Span":
            own = ["", *content[0][1:]] if entry else content[0]
            out.append(tree.span(own, unlinked(content[1], notes, entry=entry)))
        elif kind == "Quoted":
            out.append({"t": kind, "c": [content[0], unlinked(content[1], notes, entry=entry)]})
        elif kind in tree.LOOKS:
            out.append({"t": kind, "c": unlinked(content, notes, entry=entry)})
        elif kind == "Code" and entry:
            out.append({"t": kind, "c": [tree.attr(), content[1]]})
        elif not (entry and kind in ("RawInline", "LineBreak")):
            out.append(node)
        elif kind == "LineBreak":
            out.append(tree.SPACE)
    return out


def address_of(target: str) -> str:
    """The target of a link, or "" for one that could run something or read a file."""
    if target.startswith("#"):
        return "#" + anchor(target[1:])
    target = target.strip()
    scheme = _SCHEME.match(_INVISIBLE.sub("", target))
    return target if not scheme or scheme[1].lower() in _SCHEMES else ""
