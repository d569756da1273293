"""``paper.yaml``, section front matter, ``contributors.yaml`` and ``penholder.toml``."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from msgspec import Meta, field

from penholder.model.base import Authored
from penholder.model.check import CheckSettings
from penholder.model.shapes import spelt, worded

SCHEMA_VERSION = 1

# The 14 roles of CRediT (https://credit.niso.org); a theme's labels say how each is printed.
CREDIT_ROLES = (
    "conceptualization",
    "data-curation",
    "formal-analysis",
    "funding-acquisition",
    "investigation",
    "methodology",
    "project-administration",
    "resources",
    "software",
    "supervision",
    "validation",
    "visualization",
    "writing-original-draft",
    "writing-review-editing",
)


def _role(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    plain = re.sub(r"[^a-z]+", "-", value.lower().replace("&", " ")).strip("-")
    plain = {"writing-original-draft-preparation": "writing-original-draft"}.get(plain, plain)
    plain = plain.replace("conceptualisation", "conceptualization").replace("visualisation", "visualization")
    if plain not in CREDIT_ROLES:
        raise ValueError(f"a role is one of the 14 CRediT roles: {', '.join(CREDIT_ROLES)}")
    return plain


def _orcid(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    digits = value.removeprefix("https://orcid.org/").replace("-", "")
    if not re.fullmatch(r"\d{15}[\dX]", digits):
        raise ValueError("an ORCID has 16 digits, like 0000-0002-1825-0097")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise ValueError("the last character of this ORCID does not fit the others: one is mistyped")
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_day(value: Any) -> Any:
    """A midnight is a day, too, where a parser made a time of it."""
    return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


AS_TEXT = spelt(_as_text, also={"type": "number"})
ONE_OR_MORE = spelt(_as_list, also="items")

Text = Annotated[str, AS_TEXT]
Identifier = Annotated[str, worded("^[A-Za-z0-9][A-Za-z0-9._-]*$", "an id holds letters, digits, - . and _ only")]
Language = Annotated[
    str,
    worded(
        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        "a language is written like en-GB, cy or fr-CA (BCP 47)",
        ("en-GB", "cy", "fr-CA"),
    ),
]
Orcid = Annotated[
    str, spelt(_orcid, pattern="^(https://orcid\\.org/)?([0-9]{4}-?){3}[0-9]{3}[0-9X]$", examples=["0000-0002-1825-0097"])
]
Role = Annotated[str, spelt(_role, anyOf=[{"enum": list(CREDIT_ROLES)}, {"type": "string"}])]
"""A role of CRediT. Its spellings differ, so editors offer the 14 names and let others through."""
Identifiers = Annotated[tuple[Identifier, ...], ONE_OR_MORE]
Texts = Annotated[tuple[Text, ...], ONE_OR_MORE]
Day = Annotated[dt.date, spelt(_as_day)]
PaperSize = Literal["a4", "letter"]


class Organisation(Authored, frozen=True, kw_only=True):
    """A body that issues the paper."""

    name: str
    id: Identifier | None = None
    url: str | None = None


class Contributor(Authored, frozen=True, kw_only=True):
    """Someone who worked on papers. Contact details live in ``private/``, not here."""

    id: Identifier
    name: str
    affiliation: Texts = ()
    orcid: Orcid | None = None
    roles: tuple[Role, ...] = ()
    consent_to_be_named: bool = False


class ContributorsFile(Authored, frozen=True, kw_only=True):
    """``contributors.yaml``: everyone papers may name, by id."""

    schema_version: int = SCHEMA_VERSION
    contributors: tuple[Contributor, ...] = ()


class Numbering(Authored, frozen=True, kw_only=True):
    """What is numbered besides tables, figures and recommendations, which always are."""

    paragraphs: bool = True
    headings: bool = True


class PaperFile(Authored, frozen=True, kw_only=True):
    """``paper.yaml``: what a paper is. What it leaves out, the workspace's house defaults say."""

    schema_version: int = SCHEMA_VERSION
    title: Annotated[str, Meta(min_length=1)]
    subtitle: str = ""
    short_title: str = ""
    abstract: str = ""
    date: Day | None = None
    language: Language | None = None
    status: Literal["draft", "review", "final"] = "draft"
    version: Text = ""
    organisations: tuple[Organisation, ...] = ()
    addressee: str = ""
    contributors: Identifiers = ()
    sections: tuple[str, ...] | None = None
    citation_style: str | None = None
    theme: str | None = None
    numbering: Numbering | None = None
    cover: bool | None = None
    contents: bool | None = None
    contents_depth: Annotated[int, Meta(ge=1, le=4)] = 2
    paper_size: PaperSize | None = None
    keywords: Texts = ()
    references_title: str = ""
    check: CheckSettings | None = None
    variables: dict[str, Any] = field(default_factory=dict)


class SectionFront(Authored, frozen=True, kw_only=True):
    """The front matter of a section."""

    schema_version: int = SCHEMA_VERSION
    id: Identifier | None = None
    title: str = ""
    kind: Literal["summary", "body", "annex"] = "body"
    contributors: Identifiers = ()
    owner: Identifier | None = None
    status: Literal["draft", "review", "agreed"] = "draft"
    word_budget: Annotated[int, Meta(gt=0)] | None = None
    due: Day | None = None
    numbered: bool | None = None


class Limits(Authored, frozen=True, kw_only=True):
    """How long and how large the tools may run, for texts nobody here wrote."""

    template_seconds: Annotated[float, Meta(gt=0, le=300)] = 5
    template_megabytes: Annotated[int, Meta(ge=64, le=8192)] = 512
    pandoc_seconds: Annotated[float, Meta(gt=0, le=600)] = 20
    typst_seconds: Annotated[float, Meta(gt=0, le=900)] = 120


class WorkspaceFile(Authored, frozen=True, kw_only=True):
    """``penholder.toml``: marks a workspace and holds its house defaults."""

    schema_version: int = SCHEMA_VERSION
    name: str = ""
    penholder: str = ""
    visibility: Literal["private", "public"] = "private"
    country: Annotated[str, worded("^[A-Z]{2}$", "a country is two capital letters, like GB")] = "GB"
    language: Language = "en-GB"
    citation_style: str = "harvard-cite-them-right"
    theme: str = "default"
    paper_size: PaperSize = "a4"
    reference_docx: str = ""
    numbering: Numbering = Numbering()
    cover: bool = True
    contents: bool = True
    organisations: tuple[Organisation, ...] = ()
    allow_raw: tuple[Literal["typst", "openxml", "html"], ...] = ()
    check: CheckSettings = CheckSettings()
    limits: Limits = Limits()


# Keys that Quarto and MyST front matter carries and that Penholder leaves alone.
FOREIGN_KEYS = frozenset(
    ["author", "authors", "date", "date-modified", "description", "categories", "format", "execute", "toc", "bibliography", "csl", "lang", "image", "draft", "subtitle", "abstract", "keywords", "license", "citation", "editor", "jupyter", "engine", "number-sections", "listing", "aliases", "page-layout", "title-block-banner", "comments", "about", "resources"]
)
CONTACT_KEYS = frozenset(["email", "e-mail", "mail", "phone", "telephone", "tel", "mobile", "address", "postcode", "contact", "twitter"])
