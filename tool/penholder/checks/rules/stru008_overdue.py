"""STRU008: a section past its due date that is not agreed."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU008", Severity.NOTE, "A section past its date",
    "The paper waits for it.",
    "Agree the section (`status: agreed`), or set another `due`.",
)  # fmt: skip


def look(section: SectionView) -> Iterator[Hit]:
    """``due`` is the last day that is in time."""
    due, status = section.front.due, section.front.status
    if due is None or status == "agreed" or section.paper.today <= due:
        return
    late = (section.paper.today - due).days
    days = "1 day" if late == 1 else f"{late:,} days"
    date = f"{due.day} {due:%B %Y}" if section.language.startswith("en") else due.isoformat()
    yield section.at(
        section.front_span("due"), f"The section was due on {date}, {days} ago, and is still “{status}”.",
        ask=f"Your section was due on {date}. When can we have it?",
    )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("---\ntitle: Costs\ndue: 2026-05-01\n---\n\nCare costs money."),
    good=Example("---\ntitle: Costs\ndue: 2026-05-01\nstatus: agreed\n---\n\nCare costs money."),
)  # fmt: skip
