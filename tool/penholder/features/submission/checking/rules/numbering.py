"""STR-PARANUM, STR-NOPAGENUM: numbers, read from the Word file itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from penholder.adapters.word import Numbered
from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.stages.render.expected import fold

_TEXT_STYLES = frozenset(("", "Normal", "BodyText", "FirstParagraph", "NumberedParagraph"))
_BY_HAND = re.compile(r"\s*\d{1,3}(?:[.)]|\s{2,}|\t)\s*\S")
_FORM = Silent("nothing is sent but answers to a form")
_NO_FILE = Silent("there is no readable Word file", blind=True)


def paragraph_numbers(subject: Subject, rule: Rule) -> Seen:
    """Each paragraph of the body has a number of Word's own; they run from 1 without gap or repeat."""
    if subject.is_form:
        return _FORM
    if subject.paragraphs is None:
        return _NO_FILE
    body = list(_body(subject, subject.paragraphs))
    name = _the_list(body)
    numbered = [p for p in body if name and p.list == name and p.value is not None]
    return [*_gaps(subject, numbered), *_unnumbered(subject, body)]


def _body(subject: Subject, paragraphs: Sequence[Numbered]) -> Iterator[Numbered]:
    """The paragraphs from the first heading on, without those of summary, annexes and references."""
    document = subject.resolved.document
    others = {fold(s.title) for s in document.sections if s.kind != "body"} | {fold(document.references_title)}
    annex = fold(subject.resolved.front.words["annex"])
    inside = False
    for paragraph in paragraphs:
        if paragraph.style == "Heading1":
            title = fold(paragraph.text)
            inside = title not in others and not title.startswith(annex)
        elif inside and paragraph.text.strip():
            yield paragraph


def _the_list(body: Sequence[Numbered]) -> str:
    """The list that numbers the paragraphs: one that comes with a style, else the one most of them belong to."""
    counts = Counter((p.styled, p.list) for p in body if p.value is not None)
    styled = [(n, name) for (by_style, name), n in counts.items() if by_style]
    return max(styled)[1] if styled else max(((n, name) for (_, name), n in counts.items()), default=(0, ""))[1]


def _gaps(subject: Subject, numbered: Sequence[Numbered]) -> Iterator[Hit]:
    wanted = 1
    for paragraph in numbered:
        value = paragraph.value or 0
        if value != wanted:
            what = "again" if value < wanted else f"and no {wanted}" if value == wanted + 1 else f"and no {wanted} to {value - 1}"
            yield Hit(subject.of_words(paragraph.text), f"Paragraph number {value} stands there {what}: “{_opening(paragraph.text)}”.")
        wanted = value + 1


def _unnumbered(subject: Subject, body: Sequence[Numbered]) -> Iterator[Hit]:
    without = [p for p in body if p.value is None and not p.bulleted and p.style in _TEXT_STYLES]
    if not without:
        return
    first = without[0]
    more = f" So have {len(without) - 1} more." if len(without) > 1 else ""
    hand = " The number that was typed is none of Word's own." if _BY_HAND.match(first.text) else ""
    yield Hit(subject.of_words(first.text), f"This paragraph has no number: “{_opening(first.text)}”.{hand}{more}")


def _opening(text: str, words: int = 6) -> str:
    parts = text.split()
    return " ".join(parts[:words]) + (" ..." if len(parts) > words else "")


def no_page_numbers(subject: Subject, rule: Rule) -> Seen:
    """No running header or footer of the Word file counts pages."""
    if subject.is_form:
        return _FORM
    if subject.inside is None:
        return _NO_FILE
    if subject.inside.page_numbers:
        return [Hit(subject.place("profile"), "The pages are numbered.", "Set page_numbers = false in the profile's [document], or take the number out of the footer.")]
    return ()


CHECKS = (
    Check(
        "STR-PARANUM", paragraph_numbers, "Committees cite paragraphs by number; a number that was typed shifts when anybody edits the text.",
        "Let Penholder number the paragraphs: take `numbered: false` away, and type no numbers.",
    ),
    Check("STR-NOPAGENUM", no_page_numbers, "The recipient numbers the pages of the whole volume.", "Take the page numbers out."),
)  # fmt: skip
