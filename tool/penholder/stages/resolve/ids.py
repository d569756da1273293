"""Who has which id: every id is entered once in a paper, and a link follows an id that had to change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.findings import Findings
from penholder.patterns import later
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Part, Target

PREFIX = re.compile(r"(sec|para|tbl|fig|rec)-", re.I)
_ID = later(r"\{#([A-Za-z][\w.:-]*)\}")
_OF_THE_HOUSE = later(r"references|refs|ref-.*|contributors|penholder-part-\d+")  # the back matter's own
_NUMBERED = frozenset(("numbered", "labelled", "table-block", "figure", "recommendation"))


class Register:
    """The ids of a paper. ``targets`` fills up, in order."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.targets: dict[str, Target] = {}

    def begin(self, part: Part) -> None:
        """A new section begins."""
        self._finder = Finder(part.text)
        self._renamed: dict[str, str] = {}

    def claim(self, identifier: str, kind: str, number: str, title: str, *, level: int = 0) -> str:
        """Enter a target under its id, or under a new one where the id is taken."""
        known = identifier in self.targets or bool(_OF_THE_HOUSE.fullmatch(identifier))
        if PREFIX.match(identifier):  # looked for each time, so that the second one is found at its own place
            span = self._finder.pattern(rf"#{re.escape(identifier)}(?![\w:-])|(?m:^id:\s*{re.escape(identifier)}$)", "#" + identifier)
            if known:
                self._findings.add(codes.XREF_DUPLICATE.at(span, f"The id `{identifier}` is used more than once in this paper."))
        if known:
            taken, n = identifier, 2
            while f"{taken}-{n}" in self.targets:
                n += 1
            identifier = f"{taken}-{n}"
            self._renamed[taken] = identifier
        self.targets[identifier] = Target(identifier, kind, number, title, level)
        return identifier

    def finish(self, blocks: list[Node]) -> None:
        """Enter the ids of spans, code, links and pictures, too, and let the section's links follow changed ids."""
        own = set()
        for node in tree.visit(blocks):
            if node["t"] == "Str" and (stray := _ID.search(node["c"])):
                span = self._finder.pattern(re.escape(stray[0]), stray[0])
                self._findings.add(codes.ID_STRAY.at(span, f"{stray[0]} names nothing here and is printed as it stands."))
            attributes = attributes_of(node)
            if attributes is None or not attributes[0] or attributes[0] in own:
                continue
            if node["t"] == "Header" or _NUMBERED & set(attributes[1]):
                continue
            attributes[0] = self.claim(attributes[0], "", "", "")
            own.add(attributes[0])
        if self._renamed:
            tree.rewrite(blocks, self._follow)

    def _follow(self, node: Node) -> None:
        """Links inside a section follow its renamed ids."""
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            node["c"][2][0] = "#" + self._renamed.get(node["c"][2][0][1:], node["c"][2][0][1:])


def attributes_of(node: Node) -> Attr | None:
    """The attributes of a node of a kind that has them."""
    kind = node["t"]
    if kind in ("Div", "Span", "Code", "CodeBlock", "Link", "Image", "Figure", "Table"):
        found: Attr = node["c"][0]
        return found
    if kind == "Header":
        of_header: Attr = node["c"][1]
        return of_header
    return None


def classes_of(node: Node) -> Sequence[str]:
    """The classes of a node."""
    attributes = attributes_of(node)
    return attributes[1] if attributes else ()


def take_id(inlines: list[Node]) -> str | None:
    """Take the id off a paragraph: ``... text. {#para-x}`` at its end, or a span ``[words]{#para-x}`` in it."""
    if inlines and inlines[-1]["t"] == "Str" and (found := _ID.fullmatch(inlines[-1]["c"])):
        inlines.pop()
        while inlines and inlines[-1]["t"] in ("Space", "SoftBreak"):
            inlines.pop()
        return found[1]
    for i, node in enumerate(inlines):
        if node["t"] == "Span" and node["c"][0][0].startswith("para-") and not any(a["t"] == "Note" for a in inlines[:i]):
            identifier = str(node["c"][0][0])
            inlines[i : i + 1] = node["c"][1]
            while inlines and inlines[-1]["t"] in ("Space", "SoftBreak"):
                inlines.pop()
            return identifier
    return None
