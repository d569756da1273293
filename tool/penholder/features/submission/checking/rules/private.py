"""PRIV-CONTACT: contact details, which belong on the cover data and in the covering letter, are not in what is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.source import Span
from penholder.stages.render.expected import fold

_EMAIL = re.compile(r"(?<![\w/@.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
# A number that is dialled begins with 0, or with + and a country's (ITU-T E.164: at most 15 digits).
_PHONE = re.compile(r"(?<![\w./,-])(?:\+\d{1,3}[ ()-]*|\(?0)(?:[\d][ ()-]{0,2}){8,13}(?![\w/])")
# A postcode of the United Kingdom (Royal Mail's form): only of a place where somebody lives or works is one written out.
_POSTCODE = re.compile(r"\b(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})\b")
_PATTERNS = (("an e-mail address", _EMAIL), ("a telephone number", _PHONE), ("a postcode", _POSTCODE))
_DIGITS = 9  # of a telephone number, to know it again however it is written
_ADDRESS = 8  # letters of a line of an address: shorter ones are words of their own


def contact(subject: Subject, rule: Rule) -> Seen:
    """Neither the contact details of this submission, nor anything of their form, stands in what goes out."""
    if not subject.pieces:
        return Silent("there is no text to look through", blind=True)
    return list(_hits(subject))


def _hits(subject: Subject) -> Iterator[Hit]:
    said: set[str] = set()
    for what, words in _known(subject):
        if words not in said:
            said.add(words)
            yield Hit(_place(subject, words), f"{what} of the contact is in the text: {_hidden(words)}.")
    texts = [p.text for p in subject.pieces if "references" not in p.parts]
    for what, pattern in _PATTERNS:
        for text in texts:
            for found in pattern.finditer(text):
                words = found[0].strip(" (-")
                if not any(_same(words, w) for w in said):
                    said.add(words)
                    yield Hit(_place(subject, words), f"What looks like {what} is in the text: {words}.")


def _known(subject: Subject) -> Iterator[tuple[str, str]]:
    """The contact's own details that are found in the texts, as they stand there."""
    details = subject.submission.contact
    if details is None:
        return
    texts = [p.text for p in subject.pieces]
    if details.email:
        yield from (("The e-mail address", m[0]) for t in texts for m in re.finditer(re.escape(details.email), t, re.I))
    wanted = re.sub(r"\D", "", details.phone)[-_DIGITS:]
    if len(wanted) == _DIGITS:
        pattern = re.compile(r"[+(]?(?:\d[ ()-]*){0,5}" + r"[ ()./-]*".join(wanted))
        yield from (("The telephone number", m[0]) for t in texts for m in pattern.finditer(t))
    for line in details.address:
        if len(fold(line)) >= _ADDRESS and any(fold(line).casefold() in fold(t).casefold() for t in texts):
            yield "A line of the address", line


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same detail, in whatever spacing."""
    plain, against = (re.sub(r"[\W_]+", "", t).casefold() for t in (one, other))
    return plain in against or against in plain


def _hidden(words: str) -> str:
    """Enough of a detail to know it, not to use it: reports are passed on."""
    return f"{words[:3]}...{words[-2:]}" if len(words) > 6 else "..."


def _place(subject: Subject, words: str) -> Span:
    pattern = re.compile(re.escape(words), re.I)
    found = next((span for _, span in subject.typed(pattern)), None)
    return found or subject.of_words(words)


CHECKS = (
    Check(
        "PRIV-CONTACT", contact, "What stands in the text is published with it, and cannot be called back.",
        "Take it out: contact details go into private/ and from there into the covering letter. What is none can be overridden, with a reason.",
    ),
)  # fmt: skip
