"""Dates in words, in the paper's language (Babel, for all but English)."""

from __future__ import annotations

import datetime as dt

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def long_date(date: dt.date, language: str) -> str:
    """``22 November 2026`` for English as Britain writes it; other languages by CLDR's long form."""
    month = MONTHS[date.month - 1]
    if language in ("en-US", "en-CA", "en-PH"):
        return f"{month} {date.day}, {date.year}"
    if language.split("-", maxsplit=1)[0] == "en":
        return f"{date.day} {month} {date.year}"
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(date, "long", Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return date.isoformat()
