"""The covering letter and the e-mail: the only places, besides a cover, where contact details stand.

Both are made of what the submission's file says, and carry its date, never the day on which they were built: the same
input gives the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.adapters import files
from penholder.features.submission.opening import Submission
from penholder.features.submission.wording import PUBLISH, day_in_words

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.features.submission.rendering import Resolved

_TYPES = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("application", "vnd.oasis.opendocument.text"),
    "pdf": ("application", "pdf"),
    "rtf": ("application", "rtf"),
    "html": ("text", "html"),
    "txt": ("text", "plain"),
}
AWAITED = "[name and contact details of the sender]"


class Letter(NamedTuple):
    """A covering letter: whose (lines of the head), when, to whom, about what, its paragraphs, and how it is signed."""

    head: tuple[str, ...]
    date: str
    to: str
    subject: str
    body: tuple[str, ...]
    signed: tuple[str, ...]


def letter_of(submission: Submission, attached: Sequence[str], words: str) -> Letter:
    """The letter that goes with the files ``attached``; ``words`` says how long the document is, with its rule."""
    file, contact = submission.file, submission.contact
    inquiry = file.inquiry
    about = f"{inquiry.name}{f' ({inquiry.id})' if inquiry.id else ''}" if inquiry else ""
    statement = submission.statement or submission.title
    head: tuple[str, ...] = (AWAITED,)
    signed: tuple[str, ...] = (AWAITED,)
    if contact:
        head = tuple(filter(None, (contact.organisation or submission.submitter, *contact.address, contact.email, contact.phone)))
        signed = tuple(filter(None, (contact.name, contact.role, contact.organisation or submission.submitter)))
    return Letter(
        head=head,
        date=day_in_words(submission.date) if submission.date else "",
        to=file.addressee or submission.profile.file.addressee,
        subject=": ".join(filter(None, (about, statement))),
        body=tuple(_paragraphs(submission, attached, words, about)),
        signed=signed,
    )


def _paragraphs(submission: Submission, attached: Sequence[str], words: str, about: str) -> list[str]:
    file = submission.file
    what = "It is attached as one file" if len(attached) == 1 else "It is attached as these files"
    submitter = f"{submission.submitter[:1].upper()}{submission.submitter[1:]}"
    opening = f"{submitter or 'We'} submit{'s' if submitter else ''} “{submission.title}”{f' to {about}' if about else ''}."
    out = [opening, f"{what}, {', '.join(attached)}{f' ({words})' if words else ''}."]
    if file.confidential:
        parts = "; ".join(f"{'all of it' if c.part == 'all' else c.part}: {c.reason or 'no reason is given'}" for c in file.confidential)
        out.append(f"We ask that this be kept confidential: {parts}.".replace("..", "."))
    if file.consent.publish:
        out.append(f"On publication: {PUBLISH[file.consent.publish][:1].lower()}{PUBLISH[file.consent.publish][1:]}.")
    if file.published_before:
        places = "; ".join(filter(None, (f"{p.where}{f', {p.url}' if p.url else ''}" for p in file.published_before)))
        out.append(f"Parts of it were published before: {places}.")
    cover = file.cover
    if cover.interests or cover.funding:
        out.append(" ".join(f"{name}: {value.rstrip('.')}." for name, value in (("Interests", cover.interests), ("Funding", cover.funding)) if value))
    if cover.oral_evidence:
        out.append("We would be glad to give oral evidence.")
    if file.authorised_by:
        when = f" on {day_in_words(file.authorised_on)}" if file.authorised_on else ""
        out.append(f"It was authorised by {file.authorised_by}{when}.")
    return out


def letter_text(letter: Letter) -> str:
    """The letter as plain text, without its head: what stands in the e-mail."""
    return "\n\n".join([letter.to, *letter.body, "Yours faithfully,", "\n".join(letter.signed)]) + "\n"


def letter_docx(letter: Letter, resolved: Resolved, worker: Worker) -> bytes:
    """The letter as a Word file, in the document's own type. Raises what pandoc's worker raises."""
    from penholder.adapters import word
    from penholder.adapters.pandoc import tree
    from penholder.stages.render.docx import reference_of

    front = resolved.front._replace(draft=False)
    settings = resolved.look.theme.furniture.changed(**dict.fromkeys(resolved.look.theme.furniture.key_names(), ""))
    look = resolved.look._replace(theme=resolved.look.theme.changed(furniture=settings))
    lines = [
        tree.para(_lines(letter.head)), *(tree.para(tree.words(t)) for t in (letter.date, letter.to) if t),
        tree.para([{"t": "Strong", "c": tree.words(letter.subject)}]), *(tree.para(tree.words(p)) for p in letter.body),
        tree.para(tree.words("Yours faithfully,")), tree.para(_lines(letter.signed)),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="penholder-") as folder:
        reference = Path(folder) / "reference.docx"
        shown = reference_of(resolved.document, front, look)
        reference.write_bytes(shown.docx)
        meta = {"lang": {"t": "MetaString", "c": "en-GB"}}
        options = {"epoch": str(front.epoch), "settings": {"reference_doc": str(reference)}}
        made = worker.ask("write", "docx", json.dumps(tree.document(lines, meta)).encode(), options).payload
    spec = word.FinishSpec(
        title=letter.subject, creator=front.body, epoch=front.epoch, language="en-GB", properties={},
        unnumbered=frozenset(), boxed=frozenset(), hanging={}, styles=shown.styles,
    )  # fmt: skip
    return word.finish(made, spec)


def _lines(texts: Sequence[str]) -> list[dict[str, object]]:
    from penholder.adapters.pandoc import tree

    out: list[dict[str, object]] = []
    for index, text in enumerate(texts):
        out += [{"t": "LineBreak"}] if index else []
        out += tree.words(text)
    return out


def email_of(submission: Submission, letter: Letter, attached: Sequence[tuple[str, bytes]], *, draft: bool) -> bytes:
    """The e-mail with the files in it, as an ``.eml`` that a mail program opens unsent (``X-Unsent``).

    It has no date, which is that of its sending, and names no recipient whose address nobody gave. Its Message-ID and
    boundary come from what is in it (RFC 5322, 3.6.4), so that building it twice gives the same bytes.
    """
    seal = files.digest(submission.id.encode(), letter_text(letter).encode(), *(data for _, data in attached))
    message = EmailMessage(policy=SMTP)
    contact = submission.contact
    if contact and contact.email:
        message["From"] = formataddr((_line(contact.name), _line(contact.email)))
    message["Subject"] = _line(f"{'DRAFT: ' if draft else ''}{letter.subject}")
    message["Message-ID"] = f"<{seal[:32]}@submission.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(letter_text(letter), cte="quoted-printable")
    for name, data in attached:
        main, sub = _TYPES.get(name.rpartition(".")[2], ("application", "octet-stream"))
        message.add_attachment(data, maintype=main, subtype=sub, filename=name, cte="base64")
    if message.is_multipart():
        message.set_boundary(f"penholder-{seal[:40]}")
    return message.as_bytes()


def _line(text: str) -> str:
    """A text that cannot begin another header."""
    return " ".join(text.split())
