"""Deadlines as people write them, and the one instant each of them means.

``2026-10-30 17:00 Europe/London``, ``2026-10-30T17:00+01:00`` or ``2026-10-30 24:00 Europe/Brussels``: a date, a time
and a time zone, by its IANA name (https://www.iana.org/time-zones) or its offset from UTC.
"""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

EXAMPLE = "2026-10-30 17:00 Europe/London"
_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:(?:[T ]\s*)(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(\S.*)?", re.I)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?", re.I)


class Moment(NamedTuple):
    """An instant and how it was written: ``local`` is the time on the wall in ``zone``, ``at`` the same in UTC.

    ``twice`` says that the clocks go back over it, so that the time comes twice; ``at`` is then the first of the two.
    """

    text: str
    local: dt.datetime
    zone: str
    at: dt.datetime
    twice: bool = False

    def __str__(self) -> str:
        return self.text

    def left(self, now: dt.datetime) -> dt.timedelta:
        """The time left at ``now`` (which must know its zone); negative where the moment is past."""
        return self.at - now


def moment(text: str) -> Moment:
    """The moment a text names. Raises ``ValueError`` where it has no time or zone, or no clock ever shows it."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"a deadline is a date, a time and a time zone, like {EXAMPLE}")
    date, hour, minute, zone = found.groups()
    if hour is None:
        raise ValueError(f"the deadline has no time of day: write it like {EXAMPLE}")
    if not zone:
        raise ValueError(f"the deadline has no time zone: write it like {EXAMPLE}")
    local = _local(date, int(hour), int(minute))
    info = _zone(zone.strip())
    aware = local.replace(tzinfo=info)
    at = aware.astimezone(dt.UTC)
    if at.astimezone(info).replace(tzinfo=None) != local:
        raise ValueError(f"{local:%H:%M} does not exist on {local.day} {local:%B %Y} in {zone}: the clocks go forward over it")
    again = local.replace(tzinfo=info, fold=1).astimezone(dt.UTC)
    return Moment(" ".join(text.split()), local, zone.strip(), min(at, again), at != again)


def _local(date: str, hour: int, minute: int) -> dt.datetime:
    try:
        day = dt.date.fromisoformat(date)
        if (hour, minute) == (24, 0):  # the end of the day, as offices write it (ISO 8601-1, 5.3.1.2)
            return dt.datetime.combine(day, dt.time()) + dt.timedelta(days=1)
        return dt.datetime.combine(day, dt.time(hour, minute))
    except (ValueError, OverflowError):
        raise ValueError(f"there is no {date} {hour:02}:{minute:02}") from None


def _zone(name: str) -> dt.tzinfo:
    if name.upper() in ("Z", "UTC"):
        return dt.UTC
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        if minutes >= 24 * 60:
            raise ValueError(f"{name} is not an offset from UTC")
        return dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        if "/" not in name and name.upper() != "GMT":  # EST, CET and the like mean different times to different people
            raise ValueError
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(name, available_timezones(), 1, 0.6)
        hint = f"; did you mean {near[0]}?" if near else "; use a name like Europe/London, or an offset like +01:00"
        raise ValueError(f"there is no time zone {name!r}{hint}") from None
