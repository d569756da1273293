"""``paper.yaml``, section front matter, ``contributors.yaml`` and ``penholder.toml``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from penholder.model.base import Authored
from penholder.model.check import CheckSettings

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


def _role(value: str) -> str:
    plain = re.sub(r"[^a-z]+", "-", value.lower().replace("&", " ")).strip("-")
    plain = {"writing-original-draft-preparation": "writing-original-draft"}.get(plain, plain)
    plain = plain.replace("conceptualisation", "conceptualization").replace("visualisation", "visualization")
    if plain not in CREDIT_ROLES:
        raise ValueError(f"a role is one of the 14 CRediT roles: {', '.join(CREDIT_ROLES)}")
    return plain


def _orcid(value: str) -> str:
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


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?", value):
        raise ValueError("a language is written like en-GB, cy or fr-CA (BCP 47)")
    return value


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _no_number(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError("a day is written like 2030-01-31")
    return value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", value):
        raise ValueError("an id holds letters, digits, - . and _ only")
    return value


Text = Annotated[str, BeforeValidator(_as_text)]
Identifier = Annotated[str, AfterValidator(_identifier)]
Language = Annotated[str, AfterValidator(_language)]
Identifiers = Annotated[tuple[Identifier, ...], BeforeValidator(_as_list)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list)]
Day = Annotated[dt.date, BeforeValidator(_no_number)]
"""A day. A bare number is none, though it could be taken for seconds."""
PaperSize = Literal["a4", "letter"]


class Organisation(Authored):
    """A body that issues the paper."""

    name: str
    id: Identifier | None = None
    url: str | None = None


class Contributor(Authored):
    """Someone who worked on papers. Contact details live in ``private/``, not here."""

    id: Identifier
    name: str
    affiliation: Texts = ()
    orcid: Annotated[str, AfterValidator(_orcid)] | None = None
    roles: tuple[Annotated[str, AfterValidator(_role)], ...] = ()
    consent_to_be_named: StrictBool = False


class ContributorsFile(Authored):
    """``contributors.yaml``: everyone papers may name, by id."""

    schema_version: int = SCHEMA_VERSION
    contributors: tuple[Contributor, ...] = ()


class Numbering(Authored):
    """What is numbered besides tables, figures and recommendations, which always are."""

    paragraphs: StrictBool = True
    headings: StrictBool = True


class PaperFile(Authored):
    """``paper.yaml``: what a paper is. What it leaves out, the workspace's house defaults say."""

    schema_version: int = SCHEMA_VERSION
    title: Annotated[str, Field(min_length=1)]
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
    cover: StrictBool | None = None
    contents: StrictBool | None = None
    contents_depth: Annotated[int, Field(ge=1, le=4, strict=True)] = 2
    paper_size: PaperSize | None = None
    keywords: Texts = ()
    references_title: str = ""
    check: CheckSettings | None = None
    variables: dict[str, Any] = Field(default_factory=dict)


class SectionFront(Authored):
    """The front matter of a section."""

    schema_version: int = SCHEMA_VERSION
    id: Identifier | None = None
    title: str = ""
    kind: Literal["summary", "body", "annex"] = "body"
    contributors: Identifiers = ()
    owner: Identifier | None = None
    status: Literal["draft", "review", "agreed"] = "draft"
    word_budget: Annotated[int, Field(gt=0, strict=True)] | None = None
    due: Day | None = None
    numbered: StrictBool | None = None


class Limits(Authored):
    """How long and how large the tools may run, for texts nobody here wrote."""

    template_seconds: Annotated[float, Field(gt=0, le=300)] = 5
    template_megabytes: Annotated[int, Field(ge=64, le=8192)] = 512
    pandoc_seconds: Annotated[float, Field(gt=0, le=600)] = 20
    typst_seconds: Annotated[float, Field(gt=0, le=900)] = 120


class WorkspaceFile(Authored):
    """``penholder.toml``: marks a workspace and holds its house defaults."""

    schema_version: int = SCHEMA_VERSION
    name: str = ""
    penholder: str = ""
    visibility: Literal["private", "public"] = "private"
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "GB"
    language: Language = "en-GB"
    citation_style: str = "harvard-cite-them-right"
    theme: str = "default"
    paper_size: PaperSize = "a4"
    reference_docx: str = ""
    numbering: Numbering = Numbering()
    cover: StrictBool = True
    contents: StrictBool = True
    organisations: tuple[Organisation, ...] = ()
    allow_raw: tuple[Literal["typst", "openxml", "html"], ...] = ()
    check: CheckSettings = CheckSettings()
    limits: Limits = Limits()


# Keys that Quarto and MyST front matter carries and that Penholder leaves alone.
FOREIGN_KEYS = frozenset(
    ["author", "authors", "date", "date-modified", "description", "categories", "format", "execute", "toc", "bibliography", "csl", "lang", "image", "draft", "subtitle", "abstract", "keywords", "license", "citation", "editor", "jupyter", "engine", "number-sections", "listing", "aliases", "page-layout", "title-block-banner", "comments", "about", "resources"]
)
CONTACT_KEYS = frozenset(["email", "e-mail", "mail", "phone", "telephone", "tel", "mobile", "address", "postcode", "contact", "twitter"])
