"""ACCE016: a whole paragraph in italics or in bold."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._marks import covers
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE016", Severity.NOTE, "A whole paragraph in italics or bold",
    "Long stretches of italics are hard to read for many, and where everything is emphasised nothing is.",
    "Keep emphasis for a few words; set a paragraph apart by a block quotation or a recommendation.",
    "https://www.bdadyslexia.org.uk/advice/employers/creating-a-dyslexia-friendly-workplace/dyslexia-friendly-style-guide",
)  # fmt: skip

_WORDS = 15  # fewer may be a title, a label or a note below a table


def look(section: SectionView) -> Iterator[Hit]:
    """A paragraph or an item of a list of more than a line; what a quotation emphasises is not the author's."""
    for passage in section.passages:
        if not passage.marks or not passage.is_prose or passage.words < _WORDS:
            continue
        kind = next((name for mark, name in (("emph", "italics"), ("strong", "bold")) if covers(passage, mark)), "")
        if kind:
            opening = " ".join(passage.text.split()[:6])
            yield section.hit(
                passage, 0, len(passage.text), f"The whole paragraph is in {kind}.",
                ask=f"All of the paragraph that begins “{opening} ...” is in {kind}. Which words of it matter most?",
            )  # fmt: skip


_TEXT = "Councils buy for good, they say so in their plans, and they hold to it from year to year."
RULE = Rule(
    CODE, Scope.SECTION, look,
    bad=Example(f"*{_TEXT}*"),
    good=Example(_TEXT.replace("for good", "*for good*")),
)  # fmt: skip
