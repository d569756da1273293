"""STRU001: a summary is there, and short enough."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "STRU001", Severity.WARNING, "No summary, or a summary that is too long",
    "Most readers of a position paper read its summary and nothing else.",
    "Write a section with `kind: summary` within the length the workspace allows (`summary_words`, 500 unless set). "
    "A paper of 500 words or more needs one, and every final paper.",
)  # fmt: skip

_LONG = 500  # words from which a draft needs one; a final paper needs one at any length
_NAMES = re.compile(
    r"\W*(?:the |an? )?(?:executive |short |brief )?(?:summary|overview|abstract|synopsis|in brief|at a glance|key (?:points|messages|findings)|main points)\b"
    r"|\W*(?:crynodeb|résumé|synthèse|zusammenfassung|kurzfassung|resumen|riassunto|sommario|samenvatting|streszczenie|sammanfattning|rezumat|ملخص|الملخص)\b",
    re.I,
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """One finding where a paper that is final or not quite short has none; one for each that is too long."""
    summaries = [s for s in paper.sections if _is_summary(s)]
    most = paper.settings.summary_words
    for section in summaries:
        over = section.words - most
        if over > 0:
            yield section.at(
                section.front_span("kind" if section.front.kind == "summary" else "title"),
                f"The summary has {section.words:,} words, {over:,} more than the {most:,} it may have.",
                ask=f"The summary has {section.words:,} words. Could you cut it to {most:,}?",
            )  # fmt: skip
    total = sum(section.words for section in paper.sections)
    if not summaries and not paper.paper.meta.abstract.strip() and total and (paper.final or total >= _LONG):
        yield Hit(
            paper.key_span("title"), f"The paper has {total:,} words and no summary.",
            ask="Could you write a summary of the paper?",
            help="Write a section with `kind: summary` in its front matter, or mark the one that is there.",
        )  # fmt: skip


def _is_summary(section: SectionView) -> bool:
    return section.front.kind == "summary" or (section.front.kind == "body" and _NAMES.match(section.title) is not None)


_TEXT = "Councils buy for good. They say so in their plans, and they hold to it. "
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("---\ntitle: In short\nkind: summary\n---\n\n" + _TEXT * 40),
    good=Example("---\ntitle: In short\nkind: summary\n---\n\n" + _TEXT * 20),
)  # fmt: skip
