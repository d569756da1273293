"""ACCE005: a paragraph in bold that stands where a heading should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from penholder.checks.prose import HOLE, Passage
from penholder.checks.rule import Example, Fix, Hit, Rule, Safety, Scope
from penholder.checks.rules._marks import covers
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE005", Severity.WARNING, "Bold text in place of a heading",
    "It is no heading to a screen reader or the table of contents: nobody can jump to it.",
    "Make it a heading: ### in front of it, and the bold marks out.",
    "https://www.w3.org/WAI/WCAG22/Techniques/failures/F2",
)  # fmt: skip

_WORDS = 12  # more of them are a sentence
_LETTERS = 90
_STOPS = (".", "!", ";", ",", "…", "。", "؟", "،")


def look(section: SectionView) -> Iterator[Hit]:
    """A short paragraph, all of it bold, without a full stop, with running text under it."""
    found = list(section.passages)
    level = 1
    for n, passage in enumerate(found):
        level = passage.level if passage.kind == "heading" else level
        text = passage.text.strip()
        if passage.kind != "paragraph" or passage.within or not 0 < len(text) <= _LETTERS or not passage.marks:
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after is None or after.kind not in ("paragraph", "item", "term") or covers(after, "strong"):
            continue
        if not covers(passage, "strong") or not _could_be(text) or (text.endswith(":") and after.kind == "item"):
            continue
        start = passage.text.index(text)
        hit = section.hit(
            passage, start, start + len(text), f"“{text}” is bold and no heading.",
            ask=f"“{text}” looks like a heading. May we make it one?",
        )  # fmt: skip
        yield replace(hit, fix=_heading(section, passage, start, start + len(text), min(level + 1, 6)))


def _could_be(text: str) -> bool:
    return HOLE not in text and len(text.split()) <= _WORDS and not text.endswith(_STOPS) and not text[0].islower() and any(c.isalpha() for c in text)


def _heading(section: SectionView, passage: Passage, start: int, end: int, level: int) -> Fix | None:
    """The paragraph as a heading one level below the last, where nothing but its bold marks stands around it."""
    fix = section.fix(passage, start, end, "")
    source = next((f for f in section.text.files if fix is not None and f.path == fix.path), None)
    if fix is None or source is None:
        return None
    words = source.text[fix.start : fix.end]
    for mark in ("**", "__"):
        low, high = fix.start - len(mark), fix.end + len(mark)
        alone = source.text[low - 1 : low] in ("\n", "") and source.text[high : high + 1] in ("\n", "")
        if alone and "\n" not in words and source.text[low:high] == f"{mark}{words}{mark}":
            return fix.over(source.text, low, high, f"{'#' * level} {words.rstrip(':')}")
    return None


RULE = Rule(
    CODE, Scope.SECTION, look, fix=Safety.UNSAFE,
    bad=Example("Care costs money.\n\n**Who pays**\n\nCouncils pay, and so do families."),
    good=Example("Care costs money.\n\n## Who pays\n\n**Councils** pay, and so do families."),
)  # fmt: skip
