"""PLAI003: a section that only practised readers can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI003", Severity.NOTE, "A section that is hard to read",
    "Ministers, clerks and members read at speed, and many who are affected read little.",
    "Use shorter sentences and everyday words. The measure is a hint, not a verdict.",
    "https://apps.dtic.mil/sti/citations/AD0667273",
)  # fmt: skip

_FEW = 100  # words under which the measure says nothing
_HARD = 19  # years: what a school leaver can read
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_ENDED = re.compile(r"[.!?:;][”’\"')\]\s\ufffc]*$")


def look(section: SectionView) -> Iterator[Hit]:
    """The Automated Readability Index (Smith and Senter 1967) of a section's prose, as an age."""
    letters = words = sentences = 0
    for passage in section.prose:
        if not _ENDED.search(passage.text):  # a line of a list or an address: it has no sentences to measure
            continue
        if not RULE.reads(passage.marked_language(0, len(passage.text)) or section.language):
            continue
        found = _WORD.findall(passage.plain)
        letters += sum(map(len, found))
        words += len(found)
        sentences += len(passage.sentences)
    if words < _FEW:
        return
    age = round(4.71 * letters / words + 0.5 * words / sentences - 21.43) + 5  # the index is a grade; the first is for age 6
    if age > _HARD:
        heading = None if section.front.title else next(section.headings, None)
        yield section.at(
            heading.span() if heading else section.front_span("title"),
            f"The reading age of this section is {age} ({words / sentences:.0f} words a sentence, {letters / words:.1f} letters a word).",
            ask=f"Your section is hard to read: about {words / sentences:.0f} words a sentence. Could you use shorter sentences and plainer words?",
        )  # fmt: skip


_HEAVY = "Intergovernmental commissioning authorities administering multidisciplinary rehabilitation programmes systematically underestimate administrative responsibilities throughout implementation. "
RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",),
    bad=Example(_HEAVY * 10),
    good=Example("Councils buy care. They buy it for people who need it, and they pay what it costs. " * 10),
)  # fmt: skip
