"""An answer as it is pasted into a web form: plain text, and what became of all that a form cannot take.

``pasted`` is what is measured, what is written to ``answers/`` and what a person copies: one text for all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from penholder.adapters.pandoc.tree import Node
from penholder.features.submission.deriving import ANSWER
from penholder.features.submission.lengths import Length, length_of, normal
from penholder.features.submission.passages import pieces_of
from penholder.features.submission.plaintext import PlainText
from penholder.features.submission.questions import Answer
from penholder.features.submission.rendering import Resolved
from penholder.model.submission import Question


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
    """One answer: its pieces in their order, then the notes and the sources they refer to."""
    submission = resolved.submission
    paste = PlainText(resolved.document, resolved.front.words)
    paragraphs = [p for p in paste.blocks(_blocks_of(resolved, answer)) if p]
    text = normal("\n\n".join([*paragraphs, *paste.end()]))
    return Pasted(answer.question, text, answer.file.choice, paste.changes, submission.limit_of(answer.question), length_of(text))


def _blocks_of(resolved: Resolved, answer: Answer) -> Iterator[Node]:
    """The blocks of an answer: its pieces, and the titles of whole sections where there is more than one."""
    pieces = pieces_of(answer, resolved.document)
    own = ANSWER + answer.question.id
    for piece in pieces:
        first = piece.section.blocks[0] if piece.section.blocks else None
        whole = not piece.id and piece.section.text.section.slug != own
        if len(pieces) > 1 and whole and first and first["t"] == "Header":
            yield first
        yield from piece.blocks
