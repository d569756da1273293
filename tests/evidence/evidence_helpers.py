"""A ledger to try things on, and what a command answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from workbench import Said

LEDGER = """\
# Every figure once.   (kept)
schema_version: 1

facts:
  - id: poverty                # the main one
    value: "14.4"
    unit: million people
    statement: People in poverty in the UK.
    measure: people in poverty
    geography: UK
    period: 2021/22
    source: {key: alpha2020, locator: p. 12}
    retrieved: 2026-01-02
    status: verified
    review_by: 2099-01-01
    wordings: [more than one in five people]

  - id: poverty-other
    value: "13.4"
    unit: million people
    statement: People in poverty in the UK.
    measure: people in poverty
    geography: UK
    period: 2021/22
    source: beta2021
    status: secondary

  - id: councils
    value: "58"
    unit: "%"
    statement: Councils with a policy.
    measure: councils with a policy
    source: beta2021
    status: disputed
    note: The report says 52%.

  - {id: spend, value: "259", unit: £bn, statement: What is spent., source: alpha2020}
# the end
"""


Command = Callable[..., Said]


def ledger_of(facts: Mapping[str, Mapping[str, object]] | str) -> str:
    """The text of a ledger: facts by id, or the lines of its list as they stand."""
    if isinstance(facts, str):
        return f"schema_version: 1\nfacts:\n{facts}"
    lines = []
    for name, fields in facts.items():
        given = {"value": "1", "statement": "S.", **fields}
        lines.append(f"  - id: {name}\n" + "".join(f"    {k}: {json.dumps(v)}\n" for k, v in given.items()))
    return ledger_of("".join(lines))
