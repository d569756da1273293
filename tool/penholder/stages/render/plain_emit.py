"""Plain constructs, for formats that have none of the house's own: captions, labels and gaps are strong words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.render.emit import Emitter, Versioned
from penholder.stages.render.front import Front


def opening(front: Front) -> list[Node]:
    """Statement, title and facts; without a statement, the bodies."""
    evidence = front.evidence
    lead = [evidence.mark, evidence.statement] if evidence else [front.words["draft"].upper() if front.draft else "", *front.organisations]
    out = [tree.para([strong(tree.words(text))]) for text in lead if text]
    out.append(tree.header(1, tree.attr(), tree.words(front.title)))
    if front.subtitle:
        out.append(tree.para(tree.words(front.subtitle)))
    facts = evidence.facts if evidence else ((front.words["date"], front.date), (front.words["version"], front.version))
    if evidence and front.draft:
        out.insert(0, tree.para([strong(tree.words(front.words["draft"].upper()))]))
    lines = [tree.words(f"{name}: {value}") for name, value in facts if value]
    return [*out, {"t": "LineBlock", "c": lines}] if lines else out


def strong(inlines: Sequence[Node]) -> Node:
    return {"t": "Strong", "c": list(inlines)}


class PlainEmitter(Emitter):
    """What plain formats write alike; ``words`` are the labels of the paper's language."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def table(self, number: Versioned, identifier: str, caption: list[Node], table: list[Node], source: list[Node]) -> list[Node]:
        return [*(self._captioned("table", number, caption) if number else []), *table, *source]

    def figure(self, number: Versioned, identifier: str, shown: Sequence[Node], caption: list[Node], source: list[Node]) -> list[Node]:
        return [*self.blocks(shown), *self._captioned("figure", number, caption), *source]

    def _captioned(self, kind: str, number: Versioned, caption: list[Node]) -> list[Node]:
        label = self._words[kind]
        lead = strong([*tree.words(f"{label[:1].upper()}{label[1:]}"), tree.SPACE, *self._versions(number)])
        first, *rest = [b for b in caption if b["t"] in ("Para", "Plain")] or [tree.para([])]
        return [tree.para([lead, tree.SPACE, *first["c"]]), *rest]

    def _versions(self, number: Versioned) -> list[Node]:
        """A number as it is written."""
        return tree.words(number)

    def reference(self, attributes: Attr, inlines: list[Node], target: str) -> list[Node]:
        return inlines

    def gap(self, inlines: list[Node]) -> Node:
        return strong(inlines)

    def gap_block(self, blocks: list[Node]) -> list[Node]:
        return [tree.para([strong(b["c"])]) if b["t"] in ("Para", "Plain") else b for b in blocks]

    def span(self, attributes: Attr, inlines: list[Node]) -> list[Node]:
        return inlines

    def div(self, attributes: Attr, blocks: list[Node]) -> list[Node]:
        return blocks
