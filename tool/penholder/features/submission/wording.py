"""What the pages, letters and lists of a submission say in words: its deadline, its consent, its limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from penholder.adapters.dates import long_date
from penholder.features.submission.lengths import falls_after
from penholder.features.submission.opening import Submission
from penholder.features.submission.pasting import Pasted
from penholder.model.moments import Moment
from penholder.model.submission import SubmissionFile

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PUBLISH = {
    "with-name": "Publish the response with the name of the body",
    "response-only": "Publish the response without the name",
    "not": "Do not publish the response",
}


def day_in_words(day: dt.date) -> str:
    """``Friday 30 October 2026``."""
    return f"{_DAYS[day.weekday()]} {long_date(day, 'en-GB')}"


def deadline_in_words(deadline: Moment) -> str:
    """Day, time and zone so that nobody reads them otherwise: midnight says which night, and a zone its distance from UTC."""
    local, zone = deadline.local, deadline.zone
    if (local.hour, local.minute) == (0, 0):
        before = local.date() - dt.timedelta(days=1)
        if " 24:00" in deadline.text or "T24:00" in deadline.text:
            when = f"{day_in_words(before)}, midnight at the end of the day (24:00)"
        else:
            when = f"{day_in_words(local.date())}, 00:00: midnight at the beginning of that day, the night after {day_in_words(before)}"
    else:
        when = f"{day_in_words(local.date())}, {local:%H:%M} ({_clock(local)})"
    offset = local - deadline.at.replace(tzinfo=None)
    minutes = int(offset.total_seconds() // 60)
    sign = "−" if minutes < 0 else "+"
    utc = f"UTC{sign}{abs(minutes) // 60}{f':{abs(minutes) % 60:02}' if minutes % 60 else ''}"
    if "/" not in zone:
        return f"{when}, {utc}"
    return f"{when}, the time in {zone.rpartition('/')[2].replace('_', ' ')} ({zone}, then {utc})"


def _clock(time: dt.datetime) -> str:
    if (time.hour, time.minute) == (12, 0):
        return "midday"
    hour = time.hour % 12 or 12
    return f"{hour}{f':{time.minute:02}' if time.minute else ''}{'am' if time.hour < 12 else 'pm'}"


def left_in_words(deadline: Moment, now: dt.datetime, staff: str) -> str:
    """How long there is, for a terminal: days, or hours on the day. A deadline that is past says whom to ask."""
    left = deadline.left(now)
    if left < dt.timedelta(0):
        return f"past: contact {staff} before you send anything"
    if left.days:
        return f"{left.days} day{'' if left.days == 1 else 's'} left"
    hours, minutes = left.seconds // 3600, left.seconds // 60 % 60
    return f"{hours} h {minutes:02} min left"


def verdict(pasted: Pasted) -> tuple[str, str]:
    """Whether an answer fits: ``fits``, ``long``, ``missing`` or ``open`` (no limit is known), and the same in words."""
    length, limit = pasted.length, pasted.limit
    if pasted.empty:
        return "missing", "No answer yet."
    if not pasted.text:
        return "fits", "Nothing to paste: choose the answer."
    if limit is None:
        return "open", f"{length.one:,} characters. No limit is known."
    if pasted.fits:
        both = f" ({length.two:,} if a line end counts as two)" if length.two != length.one else ""
        return "fits", f"Fits: {length.one:,} of {limit:,} characters{both}."
    return "long", f"Too long: {length.said(limit)}; {falls_after(pasted.text, limit)}."


def consents(file: SubmissionFile) -> Iterator[tuple[str, str]]:
    """What the form will ask to be ticked, and what the body agreed to; ``Nobody has decided`` where nothing is said."""
    consent, cover = file.consent, file.cover
    open_ = "Nobody has decided: ask before you tick anything."
    yield "Publication", PUBLISH[consent.publish] if consent.publish else open_
    yield "Naming people in what is published", open_ if consent.names is None else "Agreed" if consent.names else "Not agreed"
    yield "Being contacted again", open_ if consent.contact_again is None else "Agreed" if consent.contact_again else "Not agreed"
    if cover.oral_evidence is not None:
        yield "Oral evidence", "Offered" if cover.oral_evidence else "Not offered"


def facts(submission: Submission) -> Iterator[tuple[str, str]]:
    """What a form or a covering letter asks of the body, each with its name. No contact details are among it."""
    cover, inquiry = submission.file.cover, submission.file.inquiry
    numbers = "; ".join(f"{r.register_name}: {r.number}" for r in cover.registrations)
    published = "; ".join(" ".join(filter(None, (p.where, p.url, f"({day_in_words(p.date)})" if p.date else ""))) for p in submission.file.published_before)
    for name, value in (
        ("Title", submission.title),
        ("Submitted by", submission.submitter),
        ("Inquiry or consultation", f"{inquiry.name}{f' ({inquiry.id})' if inquiry.id else ''}" if inquiry else ""),
        ("Capacity", cover.capacity),
        ("Organisation", cover.organisation),
        ("Type of organisation", cover.type),
        ("Size", cover.size),
        ("Country", cover.country),
        ("Registered as", numbers),
        ("About the body", " ".join(cover.description.split())),
        ("Interests to declare", cover.interests),
        ("Funding", cover.funding),
        ("Published before", published),
        ("Languages", ", ".join(submission.languages) if len(submission.languages) > 1 else ""),
    ):
        if value:
            yield name, value
