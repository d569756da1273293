"""``papers/<slug>/submissions/<id>.yaml``: what of a paper goes to whom, by when, and what must be known of it.

Contact details are not among it: ``contact`` names a file in the ignored ``private/`` (``ContactFile``).
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from penholder.model.base import Authored
from penholder.model.moments import moment
from penholder.model.paper import (
    AS_TEXT,
    ONE_OR_MORE,
    SCHEMA_VERSION,
    Day,
    Identifier,
    Identifiers,
    Language,
    Text,
    Texts,
)
from penholder.model.profile import RuleFile
from penholder.model.shapes import spelt

Kind = Literal["free", "choice", "scale"]
Publish = Literal["with-name", "response-only", "not"]


def _deadline(value: Any) -> Any:
    if isinstance(value, str):
        moment(value)
    return value


def _quoted(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError("put the number in quotation marks, else its zeros are lost")
    return value


Digits = Annotated[str, spelt(_quoted)]
"""A number that is none: of a telephone, of a register."""
Deadline = Annotated[Text, spelt(_deadline)]


class Inquiry(Authored, frozen=True, kw_only=True):
    """The inquiry or consultation a submission answers."""

    name: Annotated[str, Meta(min_length=1)]
    id: Text = ""
    url: str = ""
    portal: str = ""


class Question(Authored, frozen=True, kw_only=True):
    """A question of a consultation. ``limit`` is in characters; ``choices`` are those of a choice or a scale."""

    id: Annotated[Identifier, AS_TEXT]
    text: Annotated[str, Meta(min_length=1)]
    limit: Annotated[int, Meta(gt=0)] | None = None
    kind: Kind = "free"
    choices: Texts = ()
    required: bool = True


class AnswerFile(Authored, frozen=True, kw_only=True):
    """What answers one question: sections, passages (by id) of chosen sections, a text of its own, a choice."""

    question: Text
    sections: Texts = ()
    passages: Texts = ()
    text: str = ""
    choice: Text = ""


class PartFile(Authored, frozen=True, kw_only=True):
    """One part of the document: a ``section`` of the paper, or a ``text`` (Markdown) of the submission's own.

    A ``title`` replaces the section's, a ``kind`` says where it belongs.
    """

    section: str = ""
    text: str = ""
    title: str = ""
    kind: Literal["summary", "body", "annex"] | None = None
    numbered: bool | None = None

    def __post_init__(self) -> None:
        if bool(self.section) == bool(self.text):
            raise ValueError("a part is either a `section` or a `text`")
        if self.text and not self.title:
            raise ValueError("a `text` needs a `title`")


def _as_part(value: Any) -> Any:
    return {"section": value} if isinstance(value, str) else value


Part = Annotated[PartFile, spelt(_as_part, also={"type": "string"})]


class Registration(Authored, frozen=True, kw_only=True, rename={"register_name": "register"}):
    """A number under which the recipient, or a public register, knows the body."""

    register_name: Annotated[str, Meta(min_length=1)]
    number: Annotated[Digits, Meta(min_length=1)]


class Cover(Authored, frozen=True, kw_only=True):
    """What forms and covering letters ask of the body. No contact details."""

    capacity: str = ""
    organisation: str = ""
    type: str = ""
    size: Text = ""
    country: str = ""
    registrations: tuple[Registration, ...] = ()
    description: str = ""
    interests: str = ""
    funding: str = ""
    oral_evidence: bool | None = None


class Confidential(Authored, frozen=True, kw_only=True):
    """A part that is to be kept confidential, and why. ``part``: a section, a passage, a question, or ``all``."""

    part: Text
    reason: str = ""


class Consent(Authored, frozen=True, kw_only=True):
    """What the body agrees to. ``names`` says whether contributors may be named in what is published."""

    publish: Publish | None = None
    names: bool | None = None
    contact_again: bool | None = None


class Published(Authored, frozen=True, kw_only=True):
    """Where something of this was published before."""

    where: Annotated[str, Meta(min_length=1)]
    url: str = ""
    date: Day | None = None


class Override(RuleFile, frozen=True, kw_only=True):
    """A rule set otherwise for this submission alone, because of the terms of reference of this inquiry."""

    reason: str = ""


class SubmissionFile(Authored, frozen=True, kw_only=True):
    """A submission as its file says it. What it leaves out, the paper and the profile say."""

    schema_version: int = SCHEMA_VERSION
    profile: Identifier
    overlays: Identifiers = ()
    title: str = ""
    addressee: str = ""
    inquiry: Inquiry | None = None
    opens: Day | None = None
    deadline: Deadline | None = None
    date: Day | None = None
    language: Language | None = None
    languages: Annotated[tuple[Language, ...], ONE_OR_MORE] = ()
    questions: tuple[Question, ...] = ()
    questions_from: str = ""
    question_limit: int | None = None
    answers: tuple[AnswerFile, ...] = ()
    sections: tuple[Part, ...] | None = None
    left_out: Literal["error", "words"] = "error"
    submitter: str = ""
    contributors: Identifiers = ()
    cover: Cover = Cover()
    confidential: tuple[Confidential, ...] = ()
    consent: Consent = Consent()
    authorised_by: str = ""
    authorised_on: Day | None = None
    published_before: tuple[Published, ...] = ()
    contact: str = ""
    overrides: dict[str, Override] = field(default_factory=dict)


class ContactFile(Authored, frozen=True, kw_only=True):
    """``private/...yaml``: whom the recipient can reach. Never tracked by Git, never in the body of a submission."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    email: str = ""
    phone: Digits = ""
    address: Texts = ()


__all__ = [
    "AnswerFile",
    "Confidential",
    "Consent",
    "ContactFile",
    "Cover",
    "Inquiry",
    "Override",
    "PartFile",
    "Published",
    "Question",
    "Registration",
    "SubmissionFile",
]
