"""A profile: what one kind of recipient asks of a submission, or (an overlay) what any submission can be held to.

One TOML file each: built in as package data (``data/profiles/``), a workspace's own in ``templates/profiles/``. Every
rule carries who says so (``source``), when that was read (``checked``) and how sure it is (``status``).
"""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, field

from penholder.model.base import Layered
from penholder.model.check import Level
from penholder.model.paper import ONE_OR_MORE, SCHEMA_VERSION, Day, Identifier, Text, Texts
from penholder.model.shapes import worded

Mark = Literal["V", "V2", "M", "house"]
MARKS: dict[str, str] = {
    "V": "read on an official page",
    "V2": "read on another body's page",
    "M": "from memory, not verified",
    "house": "a rule of the house",
}
Marks = Annotated[tuple[Mark, ...], ONE_OR_MORE]
Format = Literal["docx", "doc", "odt", "rtf", "txt", "pdf", "html", "form"]
Formats = Annotated[tuple[Format, ...], ONE_OR_MORE]
STATES = ("draft", "submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn")
State = Literal["draft", "submitted", "acknowledged", "accepted", "permission-granted", "published", "public", "withdrawn"]
States = Annotated[tuple[State, ...], ONE_OR_MORE]


class Said(Layered, frozen=True, kw_only=True):
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


class Counting(Layered, frozen=True, kw_only=True):
    """What a limit counts besides the text itself. Where the source does not say, all of it counts (``said`` is false)."""

    cover: bool = True
    headings: bool = True
    tables: bool = True
    captions: bool = True
    footnotes: bool = True
    references: bool = True
    annexes: bool = True
    said: bool = False


class RuleFile(Said, frozen=True, kw_only=True):
    """One rule of a profile: its values, and who says so. ``off`` takes it out of what the profile extends."""

    max: Annotated[float, Meta(gt=0)] | None = None
    min: Annotated[float, Meta(ge=0)] | None = None
    over: Annotated[float, Meta(gt=0)] | None = None
    values: Texts = ()
    severity: Level | None = None
    counting: Counting = Counting()
    off: bool = False


class Settings(Layered, frozen=True, kw_only=True):
    """How the document of a submission looks and what stands in it."""

    cover: bool = False
    contents: bool = False
    page_numbers: bool = True
    colour: bool = False
    logo: bool = False
    running_header: bool = False
    paragraph_numbers: bool = True
    heading_numbers: bool = False
    summary: Literal["first", "as-is"] = "first"
    recommendations: Literal["as-is", "last"] = "as-is"
    identity: bool = False
    contributors: bool = False
    submitter: str = "Written evidence submitted by {submitter}"
    date: bool = True
    font_size: Annotated[float, Meta(ge=9, le=24)] | None = None


class Publication(Said, frozen=True, kw_only=True):
    """In which states of a submission its text must not be published, and how the house of the recipient puts it."""

    forbidden: States = ()
    rule: str = ""


class Confidentiality(Said, frozen=True, kw_only=True):
    """How the recipient deals with a wish for confidentiality."""

    allowed: bool = True
    reasons: bool = False
    mark_on_front: bool = False
    anonymous: bool = True
    choices: Texts = ()
    rule: str = ""


class Advice(Said, frozen=True, kw_only=True):
    """Something to know on the day that no machine can check."""

    text: str


class ProfileFile(Layered, frozen=True, kw_only=True):
    """A profile as its file says it; what it ``extends`` lies below it."""

    schema_version: int = SCHEMA_VERSION
    id: Identifier
    title: Annotated[str, Meta(min_length=1)]
    kind: Literal["house", "overlay"] = "house"
    extends: Annotated[
        str, worded("^([A-Za-z0-9][A-Za-z0-9._-]*)?$", "an id holds letters, digits, - . and _ only")
    ] = ""
    country: Annotated[str, worded("^([A-Z]{2})?$", "a country is two capital letters, like GB")] = ""
    jurisdiction: str = ""
    version: Text = ""
    addressee: str = ""
    staff: str = "the recipient's staff"
    portal: str = ""
    makes: Formats = ()
    document: Settings = Settings()
    publication: Publication = Publication()
    confidentiality: Confidentiality = Confidentiality()
    rules: dict[str, RuleFile] = field(default_factory=dict)
    advice: tuple[Advice, ...] = ()
