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
from collections.abc import Sequence

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.findings import Findings
from penholder.stages.load import Paper
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Part, Target

PREFIX = re.compile(r"(sec|para|tbl|fig|rec)-", re.I)
_ID = re.compile(r"\{#([A-Za-z][\w.:-]*)\}")


class Numberer:
    """Numbers a paper's sections in order. ``targets`` fills up with what got an id."""

    def __init__(self, paper: Paper, findings: Findings) -> None:
        self._headings = paper.headings_numbered
        self._paragraphs = paper.paragraphs_numbered
        self._findings = findings
        self.targets: dict[str, Target] = {}
        self._counts = {"para": 0, "tbl": 0, "fig": 0, "rec": 0, "annex": 0}
        self._levels = [0] * 7

    def number(self, part: Part) -> None:
        """Number one section; its blocks are rewritten in place."""
        self._part = part
        self._finder = Finder(part.text)
        self._renamed: dict[str, str] = {}
        self._title(part)
        self._close_levels(part)
        tree.rewrite(part.blocks, self._floating)
        part.blocks[:] = self._merged_sources(part.blocks)
        part.blocks[:] = [self._top(block) for block in part.blocks]
        self._other_ids(part.blocks)
        if self._renamed:
            tree.rewrite(part.blocks, self._follow)

    # headings ---------------------------------------------------------------

    def _title(self, part: Part) -> None:
        """See to it that the section begins with its one heading of level 1."""
        front = part.text.section.front
        headings = [b for b in part.blocks if b["t"] == "Header"]
        first = part.blocks[0] if part.blocks and part.blocks[0]["t"] == "Header" else None
        opens = first is not None and first["c"][0] == 1
        if front.title and not (opens and _same(tree.text_of(first["c"][2]), front.title)):
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
        """A heading is at most one level below the one before it."""
        before = 0
        for heading in (b for b in part.blocks if b["t"] == "Header"):
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
        attributes[0] = self._claim(attributes[0] or f"heading-{len(self.targets)}", "sec", number, title, level, words=title)
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
        return block

    def _paragraph(self, block: Node) -> Node:
        inlines = block["c"]
        identifier = _take_id(inlines)
        front = self._part.text.section.front
        wanted = self._part.kind == "body" if front.numbered is None else front.numbered
        text = tree.text_of(inlines).strip()
        if not (self._paragraphs and wanted) or not text or _only_gap(inlines):
            if identifier is None:
                return block
            identifier = self._claim(identifier, "para", "", "", words=text)
            return tree.div(tree.attr(identifier, ["labelled"]), [block])
        self._counts["para"] += 1
        number = str(self._counts["para"])
        if identifier:
            identifier = self._claim(identifier, "para", number, "", words=text)
        return tree.div(tree.attr(identifier or "", ["numbered"], {"number": number}), [block])

    # tables, figures, recommendations, wherever they stand ------------------

    def _floating(self, node: Node) -> Node | list[Node] | None:
        if node["t"] == "Table":
            return self._table(node)
        if node["t"] != "Div":
            return None
        attributes, blocks = node["c"]
        if "figure" in attributes[1]:
            return self._figure(node)
        if attributes[0].startswith("tbl-") and len(blocks) >= 1 and "table-block" in _classes(blocks[0]):
            return self._captioned_div(attributes, blocks)
        if attributes[0].startswith("fig-") and _picture_in(blocks):
            return self._figure_div(node)
        if "recommendation" in attributes[1]:
            return self._recommendation(node)
        return None

    def _table(self, node: Node) -> Node:
        attributes, caption, *_ = node["c"]
        described = caption[1]
        identifier = attributes[0] or _take_caption_id(described)
        attributes[0] = ""
        node["c"][1] = [None, []]
        number = ""
        if described or identifier:
            number = self._next("tbl")
            identifier = self._claim(identifier, "tbl", number, tree.text_of(described).strip()) if identifier else ""
        return tree.div(
            tree.attr(identifier, ["table-block"], {"number": number}), [tree.div(tree.attr(classes=["caption"]), described), node]
        )

    def _captioned_div(self, attributes: Attr, blocks: list[Node]) -> Node:
        """Quarto's ``::: {#tbl-x}`` around a table, its last paragraph the caption."""
        inner = blocks[0]
        caption = [b for b in blocks[1:] if b["t"] in ("Para", "Plain")]
        number = tree.value_of(inner["c"][0], "number") or self._next("tbl")
        inner["c"][0][0] = self._claim(attributes[0], "tbl", number, tree.text_of(caption).strip())
        inner["c"][0][2] = [["number", number]]
        if caption:
            inner["c"][1][0] = tree.div(tree.attr(classes=["caption"]), caption)
        rest = [b for b in blocks[1:] if b not in caption]
        return tree.div(tree.attr(), [inner, *rest]) if rest else inner

    def _figure(self, node: Node) -> Node | None:
        attributes, blocks = node["c"]
        caption = next((b for b in blocks if "caption" in _classes(b)), None)
        described = caption["c"][1] if caption else []
        identifier = attributes[0]
        if not (tree.text_of(described).strip() or identifier):
            return tree.para(blocks[0]["c"])
        number = self._next("fig")
        attributes[0] = self._claim(identifier, "fig", number, tree.text_of(described).strip()) if identifier else ""
        attributes[2] = [["number", number]]
        return node

    def _figure_div(self, node: Node) -> Node | None:
        """Quarto's ``::: {#fig-x}`` around a picture, its last paragraph the caption."""
        attributes, blocks = node["c"]
        inner = blocks[0]
        if "figure" in _classes(inner):  # pandoc made a figure of it already, and it has its number
            number = tree.value_of(inner["c"][0], "number")
            shown = inner["c"][1]
        else:
            number, shown = "", [tree.plain(inner["c"]), tree.div(tree.attr(classes=["caption"]), [])]
        number = number or self._next("fig")
        caption = [b for b in blocks[1:] if b["t"] in ("Para", "Plain")]
        if caption:
            shown[1] = tree.div(tree.attr(classes=["caption"]), caption)
        identifier = self._claim(attributes[0], "fig", number, tree.text_of(shown[1:]).strip())
        return tree.div(tree.attr(identifier, ["figure"], {"number": number}), shown)

    def _recommendation(self, node: Node) -> Node:
        attributes, blocks = node["c"]
        number = self._next("rec")
        to = tree.value_of(attributes, "to")
        identifier = attributes[0]
        if identifier:
            identifier = self._claim(identifier, "rec", number, tree.text_of(blocks).strip()[:80])
        return tree.div(tree.attr(identifier, ["recommendation"], {"number": number, "to": to}), blocks)

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return str(self._counts[kind])

    @staticmethod
    def _merged_sources(blocks: Sequence[Node]) -> list[Node]:
        """A ``.table-source`` or ``.figure-source`` div joins the table or figure before it."""
        out: list[Node] = []
        for block in blocks:
            classes = _classes(block)
            if out and (("table-source" in classes and "table-block" in _classes(out[-1])) or ("figure-source" in classes and "figure" in _classes(out[-1]))):
                out[-1]["c"][1].append(block)
            else:
                out.append(block)
        return out

    # ids --------------------------------------------------------------------

    def _claim(self, identifier: str, kind: str, number: str, title: str, level: int = 0, words: str = "") -> str:
        """Enter a target under its id, or under a new one where the id is taken."""
        if identifier in self.targets:
            if PREFIX.match(identifier):
                span = self._finder.pattern(rf"#{re.escape(identifier)}\b|(?m:^id:\s*{re.escape(identifier)}$)", "#" + identifier)
                self._findings.add(codes.XREF_DUPLICATE.at(span, f"The id `{identifier}` is used more than once in this paper."))
            taken, n = identifier, 2
            while f"{taken}-{n}" in self.targets:
                n += 1
            identifier = f"{taken}-{n}"
            self._renamed[taken] = identifier
        self.targets[identifier] = Target(identifier, kind, number, title, level)
        return identifier

    def _other_ids(self, blocks: list[Node]) -> None:
        """Ids of spans, code, links and pictures: unique in the paper, too."""
        own = set()
        for node in tree.visit(blocks):
            attributes = _attributes(node)
            if attributes is None or not attributes[0] or attributes[0] in own:
                continue
            kind = node["t"]
            if kind == "Header" or set(attributes[1]) & {"numbered", "labelled", "table-block", "figure", "recommendation"}:
                continue
            attributes[0] = self._claim(attributes[0], "", "", "")
            own.add(attributes[0])

    def _follow(self, node: Node) -> None:
        """Links inside a section follow its renamed ids."""
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            node["c"][2][0] = "#" + self._renamed.get(node["c"][2][0][1:], node["c"][2][0][1:])


def _attributes(node: Node) -> Attr | None:
    kind = node["t"]
    if kind in ("Div", "Span", "Code", "CodeBlock", "Link", "Image", "Figure", "Table"):
        found: Attr = node["c"][0]
        return found
    if kind == "Header":
        of_header: Attr = node["c"][1]
        return of_header
    return None


def _classes(node: Node) -> Sequence[str]:
    attributes = _attributes(node)
    return attributes[1] if attributes else ()


def _take_id(inlines: list[Node]) -> str | None:
    """Take the id off a paragraph: ``... text. {#para-x}`` at its end, or an empty ``[]{#para-x}``."""
    if inlines and inlines[-1]["t"] == "Str" and (found := _ID.fullmatch(inlines[-1]["c"])):
        inlines.pop()
        while inlines and inlines[-1]["t"] in ("Space", "SoftBreak"):
            inlines.pop()
        return found[1]
    for i, node in enumerate(inlines):
        if node["t"] == "Span" and node["c"][0][0].startswith("para-") and (not node["c"][1] or len(inlines) == 1):
            identifier = str(node["c"][0][0])
            inlines[i : i + 1] = node["c"][1]
            while inlines and inlines[-1]["t"] in ("Space", "SoftBreak"):
                inlines.pop()
            return identifier
    return None


def _take_caption_id(blocks: list[Node]) -> str:
    return (_take_id(blocks[-1]["c"]) or "") if blocks and blocks[-1]["t"] in ("Plain", "Para") else ""


def _picture_in(blocks: Sequence[Node]) -> bool:
    if not blocks:
        return False
    first = blocks[0]
    return "figure" in _classes(first) or (first["t"] in ("Para", "Plain") and len(first["c"]) == 1 and first["c"][0]["t"] == "Image")


def _only_gap(inlines: Sequence[Node]) -> bool:
    return all(node["t"] in ("Space", "SoftBreak", "Image") or (node["t"] == "Span" and "gap" in node["c"][0][1]) for node in inlines)


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().casefold() == re.sub(r"\W+", " ", b).strip().casefold()


def _letter(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
