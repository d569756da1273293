"""Cross-references as Quarto writes them: ``@sec-x`` ``@para-x`` ``@tbl-x`` ``@fig-x`` ``@rec-x``.

``@fig-x`` prints "Figure 1", ``[-@fig-x]`` the bare "1", ``[Fig. @fig-x]`` the
author's own word, ``@Sec-x`` a capital at the start of a sentence. Beside a source,
as in ``[@smith2020, p. 3; @fig-x]``, it stands in the source's brackets.
Source: https://quarto.org/docs/authoring/cross-references.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.findings import Findings
from penholder.stages.resolve.gaps import gap
from penholder.stages.resolve.ids import PREFIX
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import BESIDE, Part, Target

_LABELS = {"sec": "section", "para": "paragraph", "tbl": "table", "fig": "figure", "rec": "recommendation"}


class CrossReferences:
    """Puts the labels and numbers of their targets in the place of references."""

    def __init__(self, targets: Mapping[str, Target], words: Mapping[str, str], findings: Findings) -> None:
        self._targets = targets
        self._words = words
        self._findings = findings

    def resolve(self, part: Part) -> None:
        """Rewrite the references and the links of one section in place."""
        self._finder = Finder(part.text)
        tree.rewrite(part.blocks, self._change)

    def _change(self, node: Node) -> Node | list[Node] | None:
        if node["t"] == "Link" and node["c"][2][0].startswith("#"):
            return self._link(node)
        if node["t"] != "Cite":
            return None
        citations = node["c"][0]
        references = [c for c in citations if PREFIX.match(c["citationId"])]
        if not references:
            return None
        if len(references) < len(citations):
            return {"t": "Cite", "c": [self._beside(citations), []]}
        out: list[Node] = []
        for i, citation in enumerate(references):
            if i:
                out += [tree.string(","), tree.SPACE] if i < len(references) - 1 else [tree.SPACE, tree.string(self._words["and"]), tree.SPACE]
            out += self._reference(citation)
        return out

    def _beside(self, citations: Sequence[Node]) -> list[Node]:
        """The sources of a bracket that also holds references: each reference joins its neighbour."""
        sources: list[Node] = []
        before: list[Node] = []
        for citation in citations:
            if not PREFIX.match(citation["citationId"]):
                if before:
                    citation["citationPrefix"] = [tree.span(tree.attr(classes=[BESIDE]), before), *citation["citationPrefix"]]
                before = []
                sources.append(citation)
            elif sources:
                reference = tree.span(tree.attr(classes=[BESIDE]), self._reference(citation))
                sources[-1]["citationSuffix"] = [*sources[-1]["citationSuffix"], reference]
            else:
                before += [*([tree.SPACE] if before else []), *self._reference(citation), tree.string(";")]
        return sources

    def _reference(self, citation: Node) -> list[Node]:
        given = citation["citationId"]
        key = given[:1].lower() + given[1:]
        target = self._targets.get(key)
        if target is None or not target.kind:
            span = self._finder.citation(given)
            near = get_close_matches(key, [t for t in self._targets if PREFIX.match(t)], 2, 0.5)
            hint = f" Did you mean {' or '.join('@' + n for n in near)}?" if near else ""
            self._findings.add(codes.XREF_UNRESOLVED.at(span, f"Nothing in this paper has the id `{key}`.{hint}"))
            return [gap(self._words, "gap_reference", given)]
        span = self._finder.citation(given)
        if target.kind == "para" and not target.number:
            self._findings.add(codes.XREF_UNNUMBERED.at(span, f"The paragraph `{key}` has no number to refer to."))
        inlines: list[Node] = []
        text = self._text(target, citation, capital=given[0].isupper())
        if citation["citationPrefix"]:
            inlines += [*citation["citationPrefix"], tree.string("\u00a0")]
        values = {"kind": target.kind, "number": target.number}
        inlines.append(tree.link(tree.words(text), "#" + target.id, tree.attr(classes=["xref"], values=values)))
        return inlines + list(citation["citationSuffix"])

    def _text(self, target: Target, citation: Node, *, capital: bool) -> str:
        number = target.number
        bare = citation["citationMode"]["t"] == "SuppressAuthor" or bool(citation["citationPrefix"])
        if number.startswith("annex "):
            letter = number.removeprefix("annex ")
            return letter if bare else f"{self._words['annex']}\u00a0{letter}"
        if not number:
            return f"‘{target.title}’" if target.title else self._words[_LABELS[target.kind]]
        if bare:
            return number
        label = self._words[_LABELS[target.kind]]
        return f"{label[:1].upper() + label[1:] if capital else label}\u00a0{number}"

    def _link(self, node: Node) -> list[Node] | None:
        """A link to an id that nothing has keeps its words and loses its target."""
        target = node["c"][2][0]
        if target[1:] in self._targets:
            return None
        self._findings.add(codes.XREF_LINK.at(self._finder.find(target), f"Nothing in this paper has the id `{target[1:]}`."))
        inlines: Sequence[Node] = node["c"][1]
        return list(inlines)
