"""Where a workspace's papers are at home, and what follows from it: paper size, labels, citation style."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from penholder.errors import UsageError
from penholder.packaged import DATA
from penholder.stages.look import label_languages

COUNTRY, LANGUAGE = "GB", "en"
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.I)
_USUAL_SLIPS = {"UK": "GB", "EL": "GR", "EN": "GB"}


@dataclass(frozen=True)
class Locale:
    """Where a workspace's papers are at home, and what follows from it."""

    country: str
    language: str
    paper_size: str
    citation_style: str

    @property
    def language_name(self) -> str:
        """The language in English, like ``Welsh``."""
        return str(_regions()["languages"][self.language.split("-")[0]])

    @property
    def has_labels(self) -> bool:
        """Whether the default theme has the house's words (Contents, Figure) in this language."""
        return self.language.split("-")[0] in label_languages()

    @property
    def has_letters(self) -> bool:
        """Whether the house's font has this language's letters."""
        return {"Latn", "Cyrl", "Grek"} & set(self.language.split("-")) != set() or (
            self.language.split("-")[0] not in _regions()["other_letters"]
        )


def locale_of(country: str | None = None, language: str | None = None) -> Locale:
    """The locale for a country code and a language (``cy``) or language tag (``cy-GB``).

    A tag's country counts where no country is given. Raises ``UsageError`` for
    a code that ISO 3166-1 or ISO 639 does not know.
    """
    subtags = _language(language or LANGUAGE)
    region = subtags[-1] if subtags[-1] in _regions()["countries"] else COUNTRY
    code = _country(country) if country is not None else region
    if subtags[-1] not in (*_regions()["countries"], *_regions()["areas"]):
        subtags = [*subtags, code]
    tag = "-".join(subtags)
    size = "letter" if code in _regions()["letter"] else "a4"
    # Cite Them Right's own words ("Available at") are British English; APA speaks every language.
    style = "harvard-cite-them-right" if tag == "en-GB" else "apa"
    return Locale(code, tag, size, style)


@cache
def _regions() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "workspace" / "regions.toml").read_text(encoding="utf-8"))


def _country(given: str) -> str:
    code = given.strip().upper()
    known: Mapping[str, str] = _regions()["countries"]
    if code in known:
        return code
    near = _USUAL_SLIPS.get(code) or _named(given, known)
    raise UsageError(
        f"there is no country with the code {given!r}" + (f"; did you mean {near} ({known[near]})?" if near else ""),
        "Give the two letters of ISO 3166-1, like GB, IE, CA or DE.",
    )


def _language(given: str) -> list[str]:
    """The subtags of a language tag, each checked, in their usual case."""
    known: Mapping[str, str] = _regions()["languages"]
    match = _TAG.fullmatch(given.strip().replace("_", "-"))
    language = match[1].lower() if match else ""
    if match is None or language not in known:
        near = _named(given, known)
        raise UsageError(
            f"there is no language with the tag {given!r}"
            + (f"; did you mean {near} ({known[near]})?" if near else ""),
            "Give a language like en, cy or fr, or a BCP 47 tag like fr-CA.",
        )
    script, region = (match[2] or "").title(), (match[3] or "").upper()
    if script and script not in _regions()["scripts"]:
        raise UsageError(
            f"the language tag {given!r} names no script we know", "Leave it out, or give one like zh-Hant."
        )
    if region and region not in (*_regions()["countries"], *_regions()["areas"]):
        raise UsageError(
            f"the language tag {given!r} names no country we know", "Give a BCP 47 tag like en-GB or fr-CA."
        )
    return [part for part in (language, script, region) if part]


def _named(given: str, known: Mapping[str, str]) -> str:
    """The code whose English name is, or is nearly, what was given."""
    names = {name.lower(): code for code, name in known.items()}
    near = get_close_matches(given.strip().lower(), names, 1, 0.8)
    return names[near[0]] if near else ""
