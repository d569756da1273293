"""A profile: what one kind of recipient asks of a submission, or (an overlay) what any submission can be held to.

One TOML file each: built in as package data (``data/profiles/``), a workspace's own in ``templates/profiles/``. Every
rule carries who says so (``source``), when that was read (``checked``) and how sure it is (``status``).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from penholder.model.base import Authored
from penholder.model.check import Level
from penholder.model.paper import SCHEMA_VERSION, Day, Identifier, Text, Texts, _as_list

Mark = Literal["V", "V2", "M", "house"]
MARKS: dict[str, str] = {
    "V": "read on an official page",
    "V2": "read on another body's page",
    "M": "from memory, not verified",
    "house": "a rule of the house",
}
Marks = Annotated[tuple[Mark, ...], BeforeValidator(_as_list)]
Format = Literal["docx", "doc", "odt", "rtf", "txt", "pdf", "html", "form"]
Formats = Annotated[tuple[Format, ...], BeforeValidator(_as_list)]
STATES = ("draft", "submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn")
State = Literal["draft", "submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn"]
States = Annotated[tuple[State, ...], BeforeValidator(_as_list)]


class Said(Authored):
    """Who says a thing, when it was read there, and how sure that is. The weakest of several marks counts."""

    source: str = ""
    checked: Day | None = None
    status: Marks = ("house",)
    note: str = ""

    @property
    def from_memory(self) -> bool:
        """Whether it rests, or may rest, on memory alone: it is then never an error."""
        return "M" in self.status

    @property
    def mark(self) -> str:
        """The marks in words, like ``read on an official page``."""
        return "; ".join(MARKS[m] for m in self.status)

    def stale(self, today: dt.date) -> bool:
        """Whether it was not checked for twelve months. What the house says of itself does not grow old."""
        if set(self.status) == {"house"}:
            return False
        return self.checked is None or _a_year_after(self.checked) <= today


def _a_year_after(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


class Counting(Authored):
    """What a limit counts besides the text itself. Where the source does not say, all of it counts (``said`` is false)."""

    cover: StrictBool = True
    headings: StrictBool = True
    tables: StrictBool = True
    captions: StrictBool = True
    footnotes: StrictBool = True
    references: StrictBool = True
    annexes: StrictBool = True
    said: StrictBool = False


class RuleFile(Said):
    """One rule of a profile: its values, and who says so. ``off`` takes it out of what the profile extends."""

    max: Annotated[float, Field(gt=0)] | None = None
    min: Annotated[float, Field(ge=0)] | None = None
    over: Annotated[float, Field(gt=0)] | None = None
    values: Texts = ()
    severity: Level | None = None
    counting: Counting = Counting()
    off: StrictBool = False


class Settings(Authored):
    """How the document of a submission looks and what stands in it."""

    cover: StrictBool = False
    contents: StrictBool = False
    page_numbers: StrictBool = True
    colour: StrictBool = False
    logo: StrictBool = False
    running_header: StrictBool = False
    paragraph_numbers: StrictBool = True
    heading_numbers: StrictBool = False
    summary: Literal["first", "as-is"] = "first"
    recommendations: Literal["as-is", "last"] = "as-is"
    identity: StrictBool = False
    contributors: StrictBool = False
    submitter: str = "Written evidence submitted by {submitter}"
    date: StrictBool = True
    font_size: Annotated[float, Field(ge=9, le=24)] | None = None


class Publication(Said):
    """In which states of a submission its text must not be published, and how the house of the recipient puts it."""

    forbidden: States = ()
    rule: str = ""


class Confidentiality(Said):
    """How the recipient deals with a wish for confidentiality."""

    allowed: StrictBool = True
    reasons: StrictBool = False
    mark_on_front: StrictBool = False
    anonymous: StrictBool = True
    choices: Texts = ()
    rule: str = ""


class Advice(Said):
    """Something to know on the day that no machine can check."""

    text: str


class ProfileFile(Authored):
    """A profile as its file says it; what it ``extends`` lies below it."""

    schema_version: int = SCHEMA_VERSION
    id: Identifier
    title: Annotated[str, Field(min_length=1)]
    kind: Literal["house", "overlay"] = "house"
    extends: Identifier | Literal[""] = ""
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    jurisdiction: str = ""
    version: Text = ""
    addressee: str = ""
    staff: str = "the recipient's staff"
    portal: str = ""
    makes: Formats = ()
    document: Settings = Settings()
    publication: Publication = Publication()
    confidentiality: Confidentiality = Confidentiality()
    rules: dict[str, RuleFile] = Field(default_factory=dict)
    advice: tuple[Advice, ...] = ()
