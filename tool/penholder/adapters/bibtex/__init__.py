"""BibTeX and BibLaTeX files, read as their authors wrote them: our own tolerant reader.

No library is used: a `.bib` of ten thousand entries is only split, never
parsed whole, one broken entry must not take its neighbours along, and every
entry must be found again at its exact place. See ``scan`` for the rules.
"""

from __future__ import annotations

from penholder.adapters.bibtex.fields import Fields, parse_fields, plain_text
from penholder.adapters.bibtex.refs import closure, references
from penholder.adapters.bibtex.scan import BibEntry, BibScan, BibTrouble, scan

__all__ = [
    "BibEntry",
    "BibScan",
    "BibTrouble",
    "Fields",
    "closure",
    "parse_fields",
    "plain_text",
    "references",
    "scan",
]
