"""Give every heading, paragraph, table, figure and recommendation its number and its id.

After this pass a section's blocks hold, besides ordinary ones:

- ``Header`` with ``number`` among its values where it is numbered;
- ``Div.numbered`` (id, ``number``) around a numbered paragraph;
- ``Div.table-block`` (id, ``number``): ``Div.caption``, the table, ``Div.table-source``;
- ``Div.figure`` (id, ``number``): the picture, ``Div.caption``, ``Div.figure-source``;
- ``Div.recommendation`` (id, ``number``, ``to``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.findings import Findings
from penholder.stages.load import Paper
from penholder.stages.resolve.floats import Floats, lower_headings
from penholder.stages.resolve.ids import Register, classes_of, take_id
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Part, Target

SPECIAL = frozenset(("table-block", "figure", "recommendation", "gap", "numbered", "labelled"))


class Numberer:
    """Numbers a paper's sections in order. ``targets`` fills up with what got an id."""

    def __init__(self, paper: Paper, findings: Findings) -> None:
        self._headings = paper.headings_numbered
        self._paragraphs = paper.paragraphs_numbered
        self._findings = findings
        self._register = Register(findings)
        self._floats = Floats(self._register)
        self._counts = {"para": 0, "annex": 0}
        self._levels = [0] * 7

    @property
    def targets(self) -> Mapping[str, Target]:
        """Everything that has an id, in order."""
        return self._register.targets

    def number(self, part: Part) -> None:
        """Number one section; its blocks are rewritten in place."""
        self._part = part
        self._finder = Finder(part.text)
        self._register.begin(part)
        self._title(part)
        self._close_levels(part)
        self._floats.number(part.blocks)
        part.blocks[:] = [self._top(block) for block in part.blocks]
        self._register.finish(part.blocks)

    # headings ---------------------------------------------------------------

    def _title(self, part: Part) -> None:
        """See to it that the section begins with its one heading of level 1."""
        front = part.text.section.front
        headings = [b for b in part.blocks if b["t"] == "Header"]
        first = part.blocks[0] if part.blocks and part.blocks[0]["t"] == "Header" else None
        opens = first is not None and first["c"][0] == 1
        if front.title and not (opens and first is not None and _same(tree.text_of(first["c"][2]), front.title)):
            if any(h["c"][0] == 1 for h in headings):
                for heading in headings:
                    heading["c"][0] += 1
            inlines = tree.words(front.title)
            part.blocks.insert(0, tree.header(1, tree.attr(front.id or f"section-{part.text.section.slug}"), inlines))
        elif opens and first is not None and front.id:
            first["c"][1][0] = front.id
        elif not headings or headings[0]["c"][0] > 1:
            label = part.text.section.label
            part.blocks.insert(0, tree.header(1, tree.attr(front.id or f"section-{part.text.section.slug}"), tree.words(label)))
        heading = next(b for b in part.blocks if b["t"] == "Header")
        part.title = tree.text_of(heading["c"][2]).strip()

    def _close_levels(self, part: Part) -> None:
        """A heading is at most one level below the one before it, whatever the two stand in."""
        before = 0
        for heading in tree.visit(part.blocks):
            if heading["t"] == "Div":
                lower_headings(heading)
            if heading["t"] != "Header":
                continue
            level = heading["c"][0]
            if level > before + 1:
                title = tree.text_of(heading["c"][2]).strip()
                message = f"“{title}” is a heading of level {level} under one of level {before}."
                self._findings.add(codes.HEADING_SKIP.at(self._finder.words(title), message))
                heading["c"][0] = level = before + 1
            before = level

    def _heading(self, node: Node) -> Node:
        level, attributes, inlines = node["c"]
        part = self._part
        level = min(level, 6)
        node["c"][0] = level
        number = "" if "unnumbered" in attributes[1] else self._heading_number(level, part.kind)
        if number:
            attributes[2] = [[k, v] for k, v in attributes[2] if k != "number"] + [["number", number]]
        title = tree.text_of(inlines).strip()
        attributes[0] = self._register.claim(attributes[0] or f"heading-{len(self.targets)}", "sec", number, title, level=level)
        if level == 1 and not part.identifier:
            part.identifier = attributes[0]
        return node

    def _heading_number(self, level: int, kind: str) -> str:
        if kind == "summary":
            return ""
        if kind == "annex":
            if level == 1:
                self._counts["annex"] += 1
                self._levels = [0] * 7
                self._levels[1] = -1
                return f"annex {_letter(self._counts['annex'])}"
            if not self._headings:
                return ""
        elif not self._headings:
            return ""
        self._levels[level] += 1
        self._levels[level + 1 :] = [0] * (6 - level)
        numbers = [str(n) for n in self._levels[1 : level + 1]]
        if kind == "annex":
            numbers[0] = _letter(self._counts["annex"])
        return ".".join(numbers)

    # blocks of the section --------------------------------------------------

    def _top(self, block: Node) -> Node:
        kind = block["t"]
        if kind == "Header":
            return self._heading(block)
        if kind == "Para":
            return self._paragraph(block)
        if kind == "Div" and not SPECIAL & set(classes_of(block)):
            block["c"][1] = [self._inside(inner) for inner in block["c"][1]]
        return block

    def _inside(self, block: Node) -> Node:
        """In an author's own div, headings count as they do outside; paragraphs do not."""
        if block["t"] in ("Header", "Div"):
            return self._top(block)
        return block

    def _paragraph(self, block: Node) -> Node:
        inlines = block["c"]
        identifier = take_id(inlines)
        front = self._part.text.section.front
        wanted = self._part.kind == "body" if front.numbered is None else front.numbered
        text = tree.text_of(inlines).strip()
        if not (self._paragraphs and wanted) or not text or _only_gap(inlines):
            if identifier is None:
                return block
            identifier = self._register.claim(identifier, "para", "", "")
            return tree.div(tree.attr(identifier, ["labelled"]), [block])
        self._counts["para"] += 1
        number = str(self._counts["para"])
        if identifier:
            identifier = self._register.claim(identifier, "para", number, "")
        return tree.div(tree.attr(identifier or "", ["numbered"], {"number": number}), [block])


def _only_gap(inlines: Sequence[Node]) -> bool:
    """Whether a paragraph has no sentence: a picture, an equation on a line of its own, or the mark of a gap."""
    return all(_wordless(node) for node in inlines)


def headings_in(blocks: Sequence[Node]) -> Iterator[Node]:
    """The headings that count: not those in a recommendation, a source, a list."""
    for block in blocks:
        if block["t"] == "Header":
            yield block
        elif block["t"] == "Div" and not SPECIAL & set(classes_of(block)):
            yield from headings_in(block["c"][1])


def _wordless(node: Node) -> bool:
    if node["t"] == "Span":
        return "gap" in node["c"][0][1] or all(_wordless(inner) for inner in node["c"][1])
    return node["t"] in ("Space", "SoftBreak", "Image") or (node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath")


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().casefold() == re.sub(r"\W+", " ", b).strip().casefold()


def _letter(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
