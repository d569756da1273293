"""The claims table as a file: CSV for a spreadsheet, an annex for a paper, JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence

from penholder.adapters.csvtext import csv_text
from penholder.checks.ledgering import CLAIMS
from penholder.features.claims import NEARBY, NO_FACT, NO_SOURCE, Claim
from penholder.stages.facts import escaped
from penholder.stages.tables import table_text

COLUMNS = ("paper", "section", "place", "claim", "figure", "source", "status", "fact", "waiver", "note", "owner")
_WORTH = {
    "verified": "read in its source", "secondary": "read where it is reported", "unverified": "not verified", "disputed": "disputed",
    NO_FACT: "as cited", NO_SOURCE: "no source", NEARBY: "as cited nearby",
}  # fmt: skip
_FRONT = f"""\
---
schema_version: 1
id: {CLAIMS}
title: The figures in this paper
kind: annex
---

Each figure that this paper states, with its source and what we know of it.
"""
_NONE = "The paper states no figures.\n"


def to_csv(claims: Sequence[Claim]) -> str:
    """The table as CSV for a spreadsheet, no-break spaces as plain ones."""
    return csv_text(COLUMNS, ([cell.replace("\u00a0", " ") for cell in _row(c)] for c in claims))


def _row(c: Claim) -> tuple[str, ...]:
    sources = "; ".join(s.words for s in c.sources)
    return c.paper, c.title, f"{c.section}:{c.line}", c.claim, c.figure, sources, c.status, c.fact, c.waived, c.note, c.owner


def to_annex(claims: Sequence[Claim]) -> str:
    """The table as a section of the paper (``kind: annex``), with citations of the library."""
    if not claims:
        return f"{_FRONT}\n{_NONE}"
    rows = [
        {"Claim": escaped(c.claim), "Figure": escaped(c.figure), "Source": _cites(c), "Worth": escaped(_worth(c))}
        for c in claims
    ]
    table = table_text(rows, caption="Figures and their sources", id="tbl-claims", align="llll")
    return f"{_FRONT}{table.rstrip()}\n"


def _cites(claim: Claim) -> str:
    known = [s.cite[1:-1] for s in claim.sources if s.cite]
    lost = [escaped(s.words) for s in claim.sources if not s.cite]
    return "; ".join([*([f"[{'; '.join(known)}]"] if known else []), *lost]) or "none"


def _worth(claim: Claim) -> str:
    said = _WORTH.get(claim.status, claim.status)
    reason = claim.waived.partition(" waived: ")[2]
    return f"{said}; {reason}" if reason else said
