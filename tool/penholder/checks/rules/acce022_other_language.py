"""ACCE022: a passage in another language that is not marked."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.adapters.languages import name_of
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._languages import is_plainly, other_language, other_script, words_of
from penholder.checks.rules.acce021_wrong_language import written_in
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE022", Severity.WARNING, "Another language that is not marked",
    "A screen reader reads it with the wrong voice, and nobody understands a word.",
    "Put the passage between `::: {lang=cy}` and `:::`, or a few words into [...]{lang=cy}, with the code of their language.",
    "https://www.w3.org/TR/WCAG22/#language-of-parts",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """Passages in another script, or of twenty words and more that are plainly in another language; the first of a run."""
    language = paper.paper.language
    whole: str | None = None
    last = ("", "")
    for section, passage in paper.passages:
        found = "" if is_plainly(passage.text, language) or _is_marked(passage) else _found(passage, language)
        if found and (section.path, found) != last:
            whole = written_in(paper) if whole is None else whole
            if whole:
                return
            opening = " ".join(passage.text.split()[:6])
            yield section.hit(
                passage, 0, len(passage.text), f"This is in {found}, and not marked so.",
                ask=f"The passage that begins “{opening}” is in {found}. Which language is it, so that we can mark it?",
            )  # fmt: skip
        last = (section.path, found)


def _found(passage: Passage, language: str) -> str:
    script = other_script(passage.text, language)
    if script:
        return f"{script} letters"
    found = other_language(words_of(passage.text), language) if len(passage.text) > 80 else ""
    return name_of(found) if found else ""


def _is_marked(passage: Passage) -> bool:
    """Whether a div around it, or a span over most of it, says its language."""
    div = passage.div
    while div is not None:
        if div.values.get("lang"):
            return True
        div = div.outer
    said = sum(m.end - m.start for m in passage.marks if m.kind == "lang")
    return 2 * said > len(passage.text) or (passage.parent is not None and _is_marked(passage.parent))


_TEXT = "Mae’r cynghorau yn prynu gwasanaethau ar ran y bobl, ac mae hynny yn rhan o’u gwaith. Rydym yn gofyn am gynllun sydd yn dangos hyn."
_MORE = "Councils buy for good, and they say so in their plans. The plans have to show what it is that they want from the money of the people, and what it was that they had for it.\n\n" * 2
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example(_MORE + _TEXT),
    good=Example(_MORE + f"::: {{lang=cy}}\n{_TEXT}\n:::"),
)  # fmt: skip
