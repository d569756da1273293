"""An answer as it is pasted into a web form: plain text, and what became of all that a form cannot take.

``pasted`` is what is measured, what is written to ``answers/`` and what a person copies: one text for all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.submission.deriving import ANSWER
from penholder.features.submission.lengths import Length, length_of, normal
from penholder.features.submission.plaintext import PlainText
from penholder.features.submission.questions import Answer
from penholder.features.submission.rendering import Resolved
from penholder.model.submission import Question
from penholder.stages.resolve.parts import ResolvedSection


class Pasted(NamedTuple):
    """The answer to a question as plain text with LF line ends, NFC. ``changes`` says in words what was turned into what.

    ``choice`` is what is ticked, ``limit`` the most characters the box takes (``None``: no limit is known), ``length`` how
    long the text is.
    """

    question: Question
    text: str
    choice: str
    changes: tuple[str, ...]
    limit: int | None
    length: Length

    @property
    def fits(self) -> bool:
        """Whether it fits with line ends counted as one and as two characters."""
        return self.limit is None or self.length.fits(self.limit)

    @property
    def empty(self) -> bool:
        return not self.text and not self.choice


def pasted_all(resolved: Resolved) -> tuple[Pasted, ...]:
    """All answers of a submission, in the order of its questions."""
    return tuple(pasted(resolved, answer) for answer in resolved.submission.answers)


def pasted(resolved: Resolved, answer: Answer) -> Pasted:
    """One answer: its sections, its passages, then its own text; notes and sources at the end."""
    submission = resolved.submission
    paste = PlainText(resolved.document, resolved.front.words)
    paragraphs = [p for p in paste.blocks(_blocks_of(resolved, answer)) if p]
    text = normal("\n\n".join([*paragraphs, *paste.end()]))
    return Pasted(answer.question, text, answer.file.choice, paste.changes, submission.limit_of(answer.question), length_of(text))


# what answers a question -------------------------------------------------------------------------


def _blocks_of(resolved: Resolved, answer: Answer) -> list[Node]:
    """The blocks of an answer. A section alone goes without its title: the question is its heading."""
    paths = {resolved.submission.paper.sections[i].path: i for i in answer.sections}
    sections = resolved.document.sections
    chosen = [s for s in sections if s.text.section.path in paths and not s.text.section.slug.startswith(ANSWER)]
    chosen.sort(key=lambda s: answer.sections.index(paths[s.text.section.path]))
    own = [s for s in sections if s.text.section.slug == ANSWER + answer.question.id]
    alone = len(chosen) == 1 and not answer.file.passages and not own
    blocks = [b for s in chosen for b in (_without_title(s) if alone else s.blocks)]
    names = [name.removeprefix("@").removeprefix("#") for name in answer.file.passages]
    blocks += [b for s in sections if s not in chosen for b in _passages(s.blocks, names)]
    return blocks + [b for s in own for b in _without_title(s)]


def _without_title(section: ResolvedSection) -> Sequence[Node]:
    first = section.blocks[0] if section.blocks else None
    return section.blocks[1:] if first and first["t"] == "Header" and first["c"][0] == 1 else section.blocks


def _passages(blocks: Sequence[Node], names: Sequence[str]) -> Iterator[Node]:
    """The blocks with these ids, in their order; a heading brings along all that stands below it."""
    level = 0
    for block in blocks:
        identifier = _id_of(block)
        if block["t"] == "Header":
            if level and block["c"][0] > level:
                yield block
                continue
            level = block["c"][0] if identifier in names else 0
            if level:
                yield block
        elif level or identifier in names or any(_id_of(n) in names for n in _inlines_of(block)):
            yield block
        elif block["t"] == "Div":
            yield from _passages(block["c"][1], names)


def _id_of(node: Node) -> str:
    """The id of a block or a span; ``""`` for none."""
    content = node.get("c")
    if node["t"] in ("Div", "Span"):
        return str(content[0][0])  # type: ignore[index]
    return str(content[1][0]) if node["t"] == "Header" else ""  # type: ignore[index]


def _inlines_of(block: Node) -> Iterator[Node]:
    return (n for n in tree.visit([block]) if n["t"] == "Span") if block["t"] in ("Para", "Plain") else iter(())
