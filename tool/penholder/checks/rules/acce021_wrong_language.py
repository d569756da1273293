"""ACCE021: a paper whose language is not the one it is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from penholder.adapters.languages import fault_of, name_of
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._languages import is_plainly, other_language, other_script, words_of
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE021", Severity.ERROR, "The wrong language",
    "A screen reader reads the paper with the voice of that language, and nobody understands a word.",
    "Set `language` in paper.yaml to the language of the text: en-GB, cy, fr-CA.",
    "https://www.w3.org/TR/WCAG22/#language-of-page",
)  # fmt: skip


def look(paper: PaperView) -> Iterator[Hit]:
    """A tag that no program knows; text in another script or, by its small words, another language."""
    language = paper.paper.language
    place = paper.key_span("language")
    fault = fault_of(language)
    if fault:
        yield Hit(place, f"The language {language!r} is one no program knows: {fault}.", ask="Which language is the paper in?", quote=language)
        return
    written = written_in(paper)
    if written:
        yield Hit(
            place, f"The paper says it is in {name_of(language)} ({language}), and it is written in {written}.", quote=language,
            ask=f"The paper is marked as {name_of(language)}. Is it in {written}?",
        )  # fmt: skip


def written_in(paper: PaperView) -> str:
    """The script or language most of a paper is in, where it is not the paper's own; else empty."""
    language = paper.paper.language
    total = sum(len(p.text) for _, p in paper.passages)
    if 2 * sum(len(p.text) for _, p in paper.passages if is_plainly(p.text, language)) > total:
        return ""
    words: Counter[str] = Counter()
    letters, other = 0, Counter[str]()
    for _, passage in paper.passages:
        if {"quote", "gap"} & set(passage.within):
            continue
        words += words_of(passage.text)
        letters += len(passage.text)
        other[other_script(passage.text, language)] += len(passage.text)
    other.pop("", None)
    script, count = max(other.items(), key=lambda item: item[1], default=("", 0))
    if 2 * count > letters:
        return f"{script} letters"
    found = other_language(words, language)
    return name_of(found) if found else ""


_PAPER = "schema_version: 1\ntitle: Beth sy’n bod\ndate: 2026-05-01\nlanguage: {}\n"
_TEXT = "Mae’r cynghorau yn prynu gwasanaethau ar ran y bobl, ac mae hynny yn rhan o’u gwaith. Rydym yn gofyn am gynllun sydd yn dangos hyn."
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example(_TEXT, {"papers/paper/paper.yaml": _PAPER.format("en-GB")}),
    good=Example(_TEXT, {"papers/paper/paper.yaml": _PAPER.format("cy")}),
)  # fmt: skip
