"""The kinds of finding the evidence ledger can make. The text here is what a person reads."""

from __future__ import annotations

from penholder.findings import Code, Severity

W, E = Severity.WARNING, Severity.ERROR

FACT_TWICE = Code(
    "FACT001", E, "Two facts with one id",
    "Nobody can tell which of the two a paper states.",
    "Give one of them another id, or remove it.",
)  # fmt: skip
FACT_CHAIN = Code(
    "FACT002", E, "A fact that is superseded by nothing, or in a circle",
    "The figure that holds now cannot be found.",
    "Name in `superseded_by` the id of the fact that took its place.",
)  # fmt: skip
FACT_UNKNOWN = Code(
    "FACT003", E, "A fact that is not in the ledger",
    "The figure is missing from the paper.",
    "Correct the id, or add the fact with `penholder evidence add`.",
)  # fmt: skip
FACT_SOURCE = Code(
    "FACT004", W, "A fact whose source the library does not hold",
    "A paper that states it cannot cite it, and a reader cannot check it.",
    "Correct the key, or add the source to a file in `citations/`.",
)  # fmt: skip
FACT_SAID = Code(
    "FACT005", E, "A fact that cannot be said so",
    "The paper would say something else than the source.",
    "Use one of the fact's `wordings`, or round it in a way that keeps it true.",
)  # fmt: skip
FACT_DECIDED = Code(
    "FACT006", W, "A decision that cannot be followed",
    "The fact that was decided on is not there, so papers go on contradicting each other.",
    "Name in `use` the id of a fact of this measure, or decide again with `penholder evidence decide`.",
)  # fmt: skip
