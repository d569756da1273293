"""The register: all submissions of a workspace, what became of them, and what changed in policy afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from penholder.adapters.csvtext import csv_text
from penholder.features.submission import page as html
from penholder.features.submission.standing import Standing, block_of, standings
from penholder.features.submission.states import NAMES
from penholder.features.submission.wording import day_in_words, deadline_in_words
from penholder.findings import Findings
from penholder.model.moments import Moment, moment
from penholder.model.record import Came

COLUMNS = ("paper", "submission", "title", "to", "inquiry", "profile", "deadline", "state", "since", "sent", "reference", "sent_as_agreed", "outcome", "impact", "publication")


class Entry(NamedTuple):
    """A submission as the register lists it."""

    paper: str
    id: str
    title: str
    to: str
    inquiry: str
    profile: str
    deadline: Moment | None
    state: str
    since: dt.date | None
    sent: dt.date | None
    reference: str
    differences: tuple[str, ...]
    outcome: tuple[Came, ...]
    impact: tuple[Came, ...]
    forbidden: str

    @property
    def as_agreed(self) -> str:
        """``yes``, ``no``, or nothing where it was not sent."""
        from penholder.features.submission.sending import problems_of

        if self.sent is None:
            return ""
        return "no" if problems_of(self.differences) else "yes"


def register_of(root: Path, slugs: Sequence[str]) -> tuple[list[Entry], Findings]:
    """The submissions of some papers: what was sent last comes first, then drafts by their deadline."""
    found, findings = standings(root, slugs)
    entries = [_entry(root, s) for s in found]
    sent = sorted((e for e in entries if e.sent), key=lambda e: (e.sent or dt.date.min, e.paper, e.id), reverse=True)
    drafts = sorted((e for e in entries if not e.sent), key=lambda e: (e.deadline.at if e.deadline else dt.datetime.max.replace(tzinfo=dt.UTC), e.paper, e.id))
    return [*sent, *drafts], findings


def _entry(root: Path, standing: Standing) -> Entry:
    file, sent, block = standing.head.file, standing.sent, block_of(standing)
    inquiry = file.inquiry
    return Entry(
        standing.slug, standing.id, file.title or _title_of(root, standing.slug), file.addressee or standing.head.profile.file.addressee,
        f"{inquiry.name}{f' ({inquiry.id})' if inquiry.id else ''}" if inquiry else "", standing.head.profile.id,
        moment(file.deadline) if file.deadline else None, NAMES[standing.state], standing.since, sent.date if sent else None,
        standing.reference, sent.differences if sent else (), standing.outcome, standing.impact,
        "not to be published yet" if block else "",
    )  # fmt: skip


def _title_of(root: Path, slug: str) -> str:
    """A paper's title, its file read and nothing else."""
    from penholder.adapters import files, yaml
    from penholder.stages.where import PAPER

    source, _ = files.read_text(root, root / "papers" / slug / PAPER)
    data = yaml.load(source)[0].data
    return str(data.get("title", slug)) if isinstance(data, dict) else slug


# as a table --------------------------------------------------------------------------------


def register_csv(entries: Sequence[Entry]) -> str:
    """The register as CSV for a spreadsheet."""
    return csv_text(COLUMNS, (_cells(e) for e in entries))


def _cells(e: Entry) -> tuple[str, ...]:
    return (
        e.paper, e.id, e.title, e.to, e.inquiry, e.profile, str(e.deadline or ""), e.state, _iso(e.since), _iso(e.sent), e.reference,
        e.as_agreed, " | ".join(_came(c) for c in e.outcome), " | ".join(_came(c) for c in e.impact), e.forbidden,
    )  # fmt: skip


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _came(came: Came) -> str:
    return " ".join(filter(None, (f"{came.date.isoformat()}:", came.text, came.url)))


def register_text(entries: Sequence[Entry]) -> Iterator[str]:
    """The register for a terminal, a few lines a submission."""
    for e in entries:
        yield f"{e.paper} {e.id}: {e.state}{f' since {e.since.isoformat()}' if e.since else ''}{f', reference {e.reference}' if e.reference else ''}"
        yield f"  {e.title}"
        if e.to or e.inquiry:
            yield f"  To: {'; '.join(filter(None, (e.to, e.inquiry)))}"
        if e.deadline and not e.sent:
            yield f"  Deadline: {deadline_in_words(e.deadline)}"
        if e.sent:
            yield f"  Sent: {e.sent.isoformat()}{', not as agreed: ' + e.differences[0] if e.as_agreed == 'no' else ', as agreed'}"
        for name, list_ in (("Outcome", e.outcome), ("Impact", e.impact)):
            for came in list_:
                yield f"  {name}: {_came(came)}"
        if e.forbidden:
            yield f"  {e.forbidden[:1].upper()}{e.forbidden[1:]}."


def register_html(entries: Sequence[Entry], body: str) -> bytes:
    """The register as one page that needs no network. ``body`` is whose register it is."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Submission", "To", "State", "Sent", "Outcome", "Impact on policy"))
    rows = [
        f'<div class="scroll" role="region" aria-label="All submissions" tabindex="0">\n<table>\n<caption class="skip">All submissions</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>',
        *(_row(e) for e in entries),
        "</tbody>\n</table>\n</div>",
    ]
    pieces = rows if entries else [html.paragraph("This workspace has no submissions yet.")]
    count = f"{len(entries)} submission{'' if len(entries) == 1 else 's'}"
    return html.page(f"Register of submissions: {body}" if body else "Register of submissions", pieces, heading="Register of submissions", lead=" · ".join(filter(None, (body, count))), script=False, wide=True)


def _row(e: Entry) -> str:
    what = f'<th scope="row">{escape(e.title)}<br><span class="note">{escape(e.paper)} {escape(e.id)}</span></th>'
    to = "<br>".join(escape(t) for t in (e.to, e.inquiry) if t)
    state = [escape(f"{e.state[:1].upper()}{e.state[1:]}")]
    if e.since:
        state.append(escape(f"since {day_in_words(e.since)}"))
    elif e.deadline:
        state.append(f"Deadline: {escape(deadline_in_words(e.deadline))}")
    if e.forbidden:
        state.append(f"<strong>{escape(e.forbidden[:1].upper() + e.forbidden[1:])}</strong>")
    sent = [escape(day_in_words(e.sent))] if e.sent else []
    sent += [f"Reference {escape(e.reference)}"] if e.reference else []
    sent += [escape("As agreed" if e.as_agreed == "yes" else f"Not as agreed. {e.differences[0]}")] if e.sent and e.differences else []
    cells = [to, "<br>".join(state), "<br>".join(sent), _notes(e.outcome), _notes(e.impact)]
    return f"<tr>{what}{''.join(f'<td>{c}</td>' for c in cells)}</tr>"


def _notes(list_: Sequence[Came]) -> str:
    """Notes with their days; the words are a link where one says where to read it."""
    return "".join(f'<p>{html.link(c.url, c.text) if c.url else escape(c.text)} <span class="note">({escape(day_in_words(c.date))})</span></p>' for c in list_)
