"""A redline as one Markdown file for a review of code: the whole paper, its changes in CriticMarkup.

CriticMarkup (https://fletcher.github.io/MultiMarkdown-6/syntax/critic.html) writes ``{++inserted++}``, ``{--deleted--}``
and ``{>>a comment<<}``. Pandoc writes the Markdown; the marks are put in as raw text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.adapters.pandoc.worker import Worker
from penholder.stages.render import markdown_text as text
from penholder.stages.render.emit import Versioned, versioned
from penholder.stages.render.front import Front
from penholder.stages.render.legend import Legend
from penholder.stages.render.marking import MarkingEmitter
from penholder.stages.render.marks import Move, moved_words, moves, spread
from penholder.stages.render.plain_emit import PlainEmitter, opening, strong
from penholder.stages.render.readback import Written, written
from penholder.stages.resolve.changes import WAS_NUMBER
from penholder.stages.resolve.parts import Document, as_printed

_WITHOUT = (
    "simple_tables", "multiline_tables", "grid_tables", "header_attributes", "fenced_divs", "native_divs", "bracketed_spans",
    "native_spans", "link_attributes", "fenced_code_attributes", "raw_attribute", "smart", "implicit_figures", "citations",
    "table_captions", "example_lists", "line_blocks", "definition_lists",
)  # fmt: skip
WRITER = "markdown-" + "-".join(_WITHOUT)

def markdown_file(document: Document, front: Front, worker: Worker) -> tuple[bytes, Written]:
    """The redline, and its text read back."""
    payload = json.dumps(tree.document(_paper(document, front))).encode()
    made = worker.ask("write", WRITER, payload, {"settings": {"wrap_text": "wrap-none"}}, seconds=300).payload
    veiled = text.veiled(made.decode()).encode()
    back = json.loads(worker.ask("read", WRITER, veiled, seconds=300).payload)["blocks"]
    read = text.unveiled(tree.text_of(tree.rewrite(back, text.code_read), notes=True))
    return made, written([read], [read], [read])


def _paper(document: Document, front: Front) -> list[Node]:
    emitter = _Critic(front.words, moves(document), document)
    shown = spread(document)
    out = [*opening(front), *(_legend(front.legend, front.words) if front.legend else [])]
    for section in as_printed(shown.sections):
        out += emitter.blocks(section.blocks)
    if shown.references:
        out += [tree.header(1, tree.attr(), tree.words(document.references_title)), *emitter.blocks(shown.references)]
    return out


class _Critic(MarkingEmitter, PlainEmitter):
    def __init__(self, words: Mapping[str, str], moves: Mapping[str, Move], document: Document) -> None:
        super().__init__(words)
        self._moves = moves
        self._pictures = document.pictures

    def changed(self, change: Change, inlines: list[Node]) -> list[Node]:
        before, behind = _signs(change)
        return [text.raw(before), *inlines, text.raw(behind)]

    def changed_blocks(self, change: Change, blocks: list[Node]) -> list[Node]:
        """Each paragraph has its own marks already; what was moved says so at its end."""
        move = self._moves.get(change.move)
        if move is None:
            return blocks
        said = text.comment("".join(moved_words(change, move, self._words)))
        if not blocks or blocks[-1]["t"] not in ("Para", "Plain"):
            return [*blocks, tree.para([said])]
        return [*blocks[:-1], {"t": blocks[-1]["t"], "c": [*blocks[-1]["c"], said]}]

    def _enclosed(self, block: Node) -> Node | list[Node]:
        if not self._change:
            return block
        before, behind = _signs(self._change)
        return [tree.para([text.raw(before)]), block, tree.para([text.raw(behind)])]

    def _inline(self, made: Node) -> Node | list[Node]:
        return self.changed(self._change, [made]) if self._change and not self._in_mark else made

    # what is written in a way of its own

    def _node(self, node: Node) -> Node | list[Node]:
        made = super()._node(node)
        if node["t"] in ("Para", "Plain") and isinstance(made, dict):
            return {"t": node["t"], "c": text.begun(made["c"])}
        return self._enclosed(made) if node["t"] in ("CodeBlock", "HorizontalRule") and isinstance(made, dict) else made

    def string(self, node: Node) -> Node | list[Node]:  # type: ignore[override]
        return text.string(node["c"])

    def code(self, node: Node) -> Node:
        return text.code(node["c"][1], block=node["t"] == "CodeBlock")

    def _whole_table(self, content: Any) -> Node | list[Node]:
        return text.table(self._table(content))

    def header(self, level: int, attributes: Attr, inlines: list[Node]) -> Node:
        number = versioned(attributes, "number", WAS_NUMBER).of_annex(self._words["annex"])
        return tree.header(level, tree.attr(), [*self._versions(number), tree.SPACE, *inlines] if number else inlines)

    def numbered(self, number: Versioned, identifier: str, blocks: list[Node]) -> list[Node]:
        lead = [strong(self._versions(number)), tree.SPACE]
        if not blocks or blocks[0]["t"] not in ("Para", "Plain"):
            return [tree.para(lead), *blocks]
        return [tree.para([*lead, *blocks[0]["c"]]), *blocks[1:]]

    def recommendation(self, number: Versioned, identifier: str, to: Versioned, blocks: list[Node]) -> list[Node]:
        title = tree.para([strong([*tree.words(self._words["recommendation"]), tree.SPACE, *self._versions(number)])])
        versions = self._versions(to) if self._gone else _both(to.was, to) if to.was is not None else tree.words(to)
        return [title, *([tree.para([*tree.words(f"{self._words['to']}: "), *versions])] if versions else []), *blocks]

    def _versions(self, number: Versioned) -> list[Node]:
        """What a number was, where it was something else, and what it is."""
        if self._gone:
            return _both(number, "")
        return [*_both(number.was, ""), tree.SPACE, *tree.words(number)] if number.was else tree.words(number)

    def link(self, attributes: Attr, inlines: list[Node], target: list[str]) -> Node | list[Node]:
        return inlines if target[0].startswith("#") else tree.link(inlines, text.address(target[0]))

    def picture(self, attributes: Attr, name: str) -> Node | list[Node]:
        """The picture as the author's folder has it; beside a Markdown file there are none."""
        alt = "" if tree.has_class(attributes, "decorative") else tree.value_of(attributes, "alt")
        shown = self._pictures[name].path.name if name in self._pictures else name
        return self._inline({"t": "Image", "c": [tree.attr(), tree.words(alt), [shown, ""]]})

    def math(self, display: bool, source: str, words: str) -> Node | list[Node]:
        made: Node = {"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, text.formula(source)]}
        return self._inline(made) if display else made


def _both(was: str, now: str) -> list[Node]:
    """A short text as it was, and as it is; ``""`` for nothing."""
    out: list[Node] = []
    for (before, behind), version in ((text.DELETED, was), (text.INSERTED, now)):
        if version:
            out += [*([tree.SPACE] if out else []), text.raw(before), *tree.words(version), text.raw(behind)]
    return out


def _legend(legend: Legend, words: Mapping[str, str]) -> list[Node]:
    """The versions, and what has changed where; who reads Markdown can read the marks."""
    out = [tree.header(2, tree.attr(), tree.words(legend.title)), *(tree.para(tree.words(fact)) for fact in legend.facts)]
    if legend.rows:
        heads = [words[f"redline_{key}"] for key in ("section", "words_inserted", "words_deleted")]
        lines = [[tree.words(cell) for cell in line] for line in [heads, *([r.title, str(r.inserted), str(r.deleted)] for r in legend.rows)]]
        out.append(text.table_of(lines[:1], lines[1:], [{"t": f"Align{side}"} for side in ("Default", "Right", "Right")]))
    if legend.cover:
        items = [[tree.plain([*tree.words(f"{c.label}: "), *_both(c.was, c.now)])] for c in legend.cover]
        out += [tree.para([strong(tree.words(words["redline_cover"]))]), {"t": "BulletList", "c": items}]
    return out


def _signs(change: Change) -> tuple[str, str]:
    return text.INSERTED if change.is_new else text.DELETED
