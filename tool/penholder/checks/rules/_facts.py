"""What the rules on facts of the ledger share: their examples' ledger, and how they speak of a fact."""

from __future__ import annotations

from penholder.checks.ledgering import Use
from penholder.model.evidence import Fact


def ledger(**fields: str) -> dict[str, str]:
    """A workspace's ledger of one fact, `poverty`, for an example; ``fields`` add to it or replace."""
    fact = {
        "id": "poverty", "value": '"14.4"', "unit": "million people", "statement": "People in poverty after housing costs.",
        "measure": "people in poverty", "geography": "UK", "period": "2021/22", "source": "alpha2020", "status": "verified",
    } | fields  # fmt: skip
    lines = "\n".join(f"    {key}: {value}" for key, value in fact.items() if key != "id")
    return {"citations/evidence.yaml": f"schema_version: 1\nfacts:\n  - id: {fact['id']}\n{lines}\n"}


def words(use: Use) -> str:
    """The figure as the paper prints it."""
    return use.passage.text[use.start : use.end].strip()


def shown(fact: Fact) -> str:
    """A fact in a few words: its value, place and period."""
    from penholder.stages.ledger import said

    rest = ", ".join(part for part in (fact.geography, fact.period) if part)
    return f"{said(fact.value, fact.unit)}{f' ({rest})' if rest else ''}"
