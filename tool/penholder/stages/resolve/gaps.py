"""Visible gaps: what a draft prints, in the paper's language, where something could not be printed."""

from __future__ import annotations

from collections.abc import Mapping

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.patterns import later

_OF_TEMPLATES = {"missing value": "gap_value", "left out": "gap_left_out"}
_TEMPLATE_GAP = later(rf"\[({'|'.join(_OF_TEMPLATES)}): (.*)\]")


def gap(words: Mapping[str, str], kind: str, name: str = "") -> Node:
    """The mark of a gap in a line. ``words`` are the house's labels, ``kind`` the one that says what is missing."""
    return tree.gap(said(words, kind, name))


def gap_block(words: Mapping[str, str], kind: str, name: str = "") -> Node:
    """The mark of a gap on a line of its own."""
    return tree.gap_block(said(words, kind, name))


def said(words: Mapping[str, str], kind: str, name: str) -> str:
    """The words of a gap."""
    return words[kind].replace("{name}", name)


def template_gap(node: Node, words: Mapping[str, str]) -> Node | None:
    """The gap that a template left, in the paper's words; ``None`` for any other span.

    Templates are filled in before anything is known of the theme, so their gaps come in English.
    """
    found = _TEMPLATE_GAP.fullmatch(tree.text_of(node["c"][1]))
    return gap(words, _OF_TEMPLATES[found[1]], found[2]) if found else None
