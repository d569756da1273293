"""CSL items in the one shape that pandoc reads: a misshapen field would cost the whole list.

Source: CSL-JSON schema (csl-data.json): names are lists of objects, dates are
objects with ``date-parts``, everything else is text or a number. YAML files
also write dates as pandoc's manual shows them (``issued: 2020-03``, ``issued:
{year: 2020, month: 3}``); these are brought into ``date-parts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NAMES = frozenset(
    {
        "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
        "director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host",
        "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient",
        "reviewed-author", "script-writer", "series-creator", "translator",
    }
)  # fmt: skip
_DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})
_OWN = frozenset({"custom", "categories"})
_NAME_TEXTS = frozenset(
    {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "name", "ORCID"}
)
_YMD = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")


def sound(item: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The item with only well-shaped fields, and the names of those left out. Nothing is raised."""
    kept: dict[str, Any] = {}
    left_out: list[str] = []
    for name, value in item.items():
        if value is None or name in _OWN:
            continue
        shaped = _shaped(name, value)
        if shaped is None:
            left_out.append(name)
        else:
            kept[name] = shaped
    kept["type"] = kept.get("type") or "document"
    return kept, left_out


def _shaped(name: str, value: Any) -> Any:
    if name in _NAMES:
        return _people(value)
    if name in _DATES:
        return _date(value)
    if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return str(value) if name == "type" else value
    return None


def _people(value: Any) -> list[Any] | None:
    listed = [{"literal": value}] if isinstance(value, str) else value
    if not isinstance(listed, list):
        return None
    people = [{"literal": p} if isinstance(p, str) else p for p in listed]
    if not all(isinstance(p, Mapping) for p in people):
        return None
    return [{k: str(v) if k in _NAME_TEXTS else v for k, v in p.items() if _scalar(v)} for p in people]


def _scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | str):
        return _written(str(value).strip())
    if isinstance(value, list):
        parts = [_year_month_day(v) for v in value if isinstance(v, Mapping)]
        return {"date-parts": parts} if parts and all(parts) else None
    if not isinstance(value, Mapping):
        return None
    kept = {k: str(value[k]) for k in ("literal", "raw") if k in value and _scalar(value[k])}
    extra = {k: value[k] for k in ("season", "circa") if k in value and _scalar(value[k])}
    listed = value.get("date-parts")
    parts = [_numbers(p) for p in listed if isinstance(p, list)] if isinstance(listed, list) else []
    if not parts and "year" in value:
        parts = [_year_month_day(value)]
    if parts and all(parts):
        return {"date-parts": parts[:2], **kept, **extra}
    return {**kept, **extra} if kept else None


def _written(text: str) -> dict[str, Any] | None:
    ends = [_YMD.match(part) for part in text.split("/")]
    found = [match for match in ends if match]
    if found and len(found) == len(ends) <= 2:
        return {"date-parts": [[int(n) for n in match.groups() if n] for match in found]}
    return {"literal": text} if text else None


def _year_month_day(value: Mapping[str, Any]) -> list[int]:
    return _numbers([value[name] for name in ("year", "month", "day") if name in value])


def _numbers(values: list[Any]) -> list[int]:
    texts = [str(v).strip() for v in values[:3]]
    return [int(t) for t in texts] if all(re.fullmatch(r"-?\d{1,4}", t) for t in texts) else []
