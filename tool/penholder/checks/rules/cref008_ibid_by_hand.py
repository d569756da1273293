"""CREF008: "ibid." and its like, typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "CREF008", Severity.WARNING, "“Ibid.” typed by hand",
    "It points at whatever citation stands before it, and that changes with every edit.",
    "Cite the source by its key again; the citation style writes “ibid.” where it is due.",
    "https://pandoc.org/MANUAL.html#citation-syntax",
)  # fmt: skip

_WORD = re.compile(r"(?<![\w-])(?:ibid(?:em)?\b\.?|op\.?\s+cit\b\.?|loc\.?\s+cit\b\.?)", re.I)
_PARTS = ("bid", "BID", " cit", "\u00a0cit", " CIT", " Cit")
_MAYBE = re.compile(r"ibid|cit\b", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """In all text but quotations, the words behind a citation's key included."""
    for passage in section.passages:
        for citation in passage.cites:
            for suffix in (*citation.suffixes, *citation.prefixes):
                if _MAYBE.search(suffix) and (found := _WORD.search(suffix)):
                    yield section.hit(
                        passage, citation.start, citation.end, f"“{found[0]}” was typed by hand in this citation.",
                        ask=f"“{found[0]}” will point at the wrong source once the text moves. Which source is it?",
                    )  # fmt: skip
        if not any(part in passage.text for part in _PARTS):
            continue
        for found in _WORD.finditer(passage.plain):
            yield section.hit(
                passage, found.start(), found.end(), f"“{found[0]}” was typed by hand.",
                ask=f"It says “{found[0]}”. Which source do you mean?",
            )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example("Councils buy for good [@alpha2020]. They say so, too.[^n]\n\n[^n]: Ibid., p. 4."),
    good=Example("Councils buy for good [@alpha2020]. They say so, too [@alpha2020, p. 4]."),
)  # fmt: skip
