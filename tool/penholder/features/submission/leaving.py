"""References to what a submission leaves out: found, or turned into words; never the number of another document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from penholder import codes as stage_codes
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.submission import codes
from penholder.features.submission.naming import home_of, title_of
from penholder.findings import Finding, Severity
from penholder.stages.load import Section
from penholder.stages.resolve.ids import PREFIX
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Part

_NOTHING = re.compile(r"^Nothing in this paper has the id `([^`]+)`\.")


def told(findings: Iterable[Finding], left_out: Sequence[Section]) -> Iterable[Finding]:
    """Findings of references that lead nowhere: those that lead to what was left out say so, all others are as they were."""
    for finding in findings:
        found = _NOTHING.match(finding.message) if finding.code in (stage_codes.XREF_UNRESOLVED, stage_codes.XREF_LINK) else None
        home = home_of(found[1], left_out) if found else None
        if found and home:
            yield codes.LEFT_OUT.at(finding.span, f"`{found[1]}` stands in “{title_of(home)}”, which this submission leaves out.", severity=finding.severity)
        else:
            yield finding


class InWords:
    """Puts the titles of section and paper in the place of references to what was left out. Notes what it did."""

    def __init__(self, chosen: Sequence[Section], left_out: Sequence[Section], paper: str, words: Mapping[str, str]) -> None:
        self._chosen = chosen  # a text of the submission may take over an id from the paper
        self._left_out = left_out
        self._paper = paper
        self._words = words
        self.findings: list[Finding] = []

    def seen(self, part: Part) -> None:
        """Rewrite a section that was read and is not numbered yet."""
        self._finder = Finder(part.text)
        tree.rewrite(part.blocks, self._change)

    def _change(self, node: Node) -> list[Node] | None:
        if node["t"] != "Cite":
            return None
        homes = {i: home for i, c in enumerate(node["c"][0]) if (home := self._home(c["citationId"]))}
        if not homes:
            return None
        said = dict.fromkeys(self._text(home, node["c"][0][i]["citationId"]) for i, home in homes.items())
        rest = [c for i, c in enumerate(node["c"][0]) if i not in homes]
        out: list[Node] = [{"t": "Cite", "c": [rest, []]}] if rest else []
        for text in said:
            out += [tree.string(","), tree.SPACE] if out else []
            out += tree.words(text)
        return out

    def _home(self, key: str) -> Section | None:
        key = key[:1].lower() + key[1:]
        return home_of(key, self._left_out) if PREFIX.match(key) and home_of(key, self._chosen) is None else None

    def _text(self, home: Section, key: str) -> str:
        text = self._words["in_the_paper"].format(section=title_of(home), paper=self._paper)
        span = self._finder.citation(key)
        self.findings.append(codes.LEFT_OUT.at(span, f"`{key}` is left out: printed as {text}.", severity=Severity.NOTE, help="Read the sentence once more."))
        return text
