"""Which rule of the rulebook is looked at by what."""

from __future__ import annotations

from collections.abc import Mapping

from penholder.features.submission.checking.rule import Check
from penholder.features.submission.checking.rules import (
    accessible,
    files,
    lengths,
    numbering,
    particulars,
    private,
    publication,
    structure,
    style,
)

_FAMILIES = (lengths, structure, numbering, files, private, publication, particulars, accessible, style)

CHECKS: Mapping[str, Check] = {check.id: check for family in _FAMILIES for check in family.CHECKS}
"""The checks of a submission's own, by the rule's id."""

DELEGATED: Mapping[str, tuple[str, ...]] = {
    "A11Y-TITLE": ("ACCE020",),
    "A11Y-LANG": ("ACCE021", "ACCE022"),
    "A11Y-HEAD": ("ACCE005", "HEAD001", "STRU003", "STRU009"),
    "A11Y-ALT": ("ACCE001", "ACCE002", "ACCE003", "ACCE004", "IMG002", "MATH001"),
    "A11Y-TABLE": ("ACCE006", "ACCE007", "ACCE008", "ACCE009"),
    "A11Y-LINK": ("ACCE010", "ACCE011", "ACCE012", "ACCE013"),
    "A11Y-CAPS": ("ACCE014", "ACCE015", "ACCE016", "ACCE017"),
    "A11Y-CONTRAST": ("ACCE019",),
    "EVID-UNSOURCED": ("EVID001",),
    "EVID-FIELDS": ("EVID004", "EVID005", "EVID012"),
    "EVID-STALE": ("EVID006",),
    "EVID-SUPERSEDED": ("EVID011", "CREF004"),
    "EVID-CONFLICT": ("EVID002", "EVID007", "EVID009", "EVID010"),
    "EVID-PERCENT": ("EVID003",),
    "CITE-MISSING": ("CITE001", "CITE004"),
    "CITE-DUPLICATE": ("CREF001", "CITE002"),
    "CITE-FIELDS": ("CREF002", "CITE003"),
    "CITE-UNUSED": ("CREF003",),
    "CITE-LEGAL": ("CREF005", "CREF006", "CREF007"),
    "LINK-DEAD": ("LINK010",),
    "STYLE-LATIN": ("PLAI006", "PLAI007"),
    "STYLE-SENTENCE": ("PLAI001",),
    "STYLE-ACRONYM": ("PLAI002",),
    "STYLE-NUMBER": ("PLAI011", "PLAI012", "PLAI013", "PLAI014", "PLAI015", "PLAI016"),
    "STYLE-DATE": ("PLAI009", "PLAI010"),
    "STYLE-WORDS": ("PLAI008", "PLAI017", "PLAI018", "PLAI019", "PLAI020", "PLAI021"),
}
"""The codes of ``penholder check`` (and of the stages) that answer for a rule, by the rule's id."""
