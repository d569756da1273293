"""ACCE017: a heading with capitals that a sentence would not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import HOLE, Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._names import WORD, Names, names_of
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE017", Severity.WARNING, "A heading in title case",
    "Capitals inside a line slow readers down, and names among ordinary words are lost.",
    "Write headings as you write sentences: a capital for the first word and for names.",
    "https://www.gov.uk/guidance/style-guide/a-to-z#capitalisation",
)  # fmt: skip

# Words that are never names, and words that begin or end those of bodies and laws.
_COMMON = """
    How What Why When Where Who Which Our Your Their Its My Is Are Do Does Can Should Will And Or But For With From About Into To Of In On At By As An The This That
    Introduction Conclusion Conclusions Recommendation Recommendations Background Summary Findings Methods Results Discussion Overview Context Next Steps Key
"""
_OFFICIAL = """
    Act Acts Bill Regulations Government Parliament Cabinet Office Committee Minister Ministers Ministry Department Council Commission Treasury Crown Court Convention
    Directive Order Schedule Assembly Senedd House State Secretary Union Party Service Agency Authority Board University Strategy Framework Charter Review
"""
_ALWAYS, _BODIES = frozenset(_COMMON.split()), frozenset(_OFFICIAL.split())
_PLAIN = re.compile(r"[A-Z][a-z]+(?:[’'-][A-Za-z]?[a-z]*)*")
_OPENS = re.compile(r"(?:[:.?!;/(\[“‘\"–—•|-]|\d[.)]?)\W*$")  # what a capital may follow
_LONGEST = 300  # characters: more are no heading
_ACRONYM = re.compile(r"\(([A-Z]{2,})s?\)")
_COUNTED = re.compile(r"\s+(?:\d|[A-Z]\b(?!’))")


def look(paper: PaperView) -> Iterator[Hit]:
    """Words that the running text writes small, and never as part of a name; the first word after a colon is free."""
    names = names_of(paper)
    for section, passage in paper.passages:
        if passage.kind == "heading" and not {"quote", "gap"} & set(passage.within):
            found = _capitals(names, _without_titles(passage))
            if found:
                yield _hit(section, passage, found)
    for section in paper.sections:
        title = section.front.title
        found = _capitals(names, title)
        if found:
            right = _mended(title, found)
            yield section.at(
                section.front_span("title"), f"The title “{title}” has capitals inside.", quote=title,
                ask=f"May we write the title as “{right}”?", help=f"As a sentence it is “{right}”.",
            )  # fmt: skip


def _hit(section: SectionView, passage: Passage, found: list[tuple[int, int]]) -> Hit:
    start, end = found[0][0], found[-1][1]
    right = _mended(passage.text, found)
    shown = passage.text.strip()
    return section.hit(
        passage, start, end, f"The heading “{shown}” has capitals inside.",
        ask=f"May we write the heading “{shown}” as “{right.strip()}”?", help=f"As a sentence it is “{right.strip()}”.",
        mend=right[start:end],
    )  # fmt: skip


def _mended(text: str, found: list[tuple[int, int]]) -> str:
    for start, end in found:
        text = text[:start] + text[start:end].lower() + text[end:]
    return text


def _without_titles(passage: Passage) -> str:
    """The heading's text; quotations and emphasis, which are titles of works, blanked."""
    text = passage.plain
    for mark in passage.marks:
        if mark.kind in ("emph", "code"):
            text = text[: mark.start] + HOLE * (mark.end - mark.start) + text[mark.end :]
    return text


def _capitals(names: Names, text: str) -> list[tuple[int, int]]:
    """The places of capitalised words that are ordinary ones; none unless it is plain that the heading is in title case."""
    words = list(WORD.finditer(text)) if len(text) <= _LONGEST else []
    spelt = _spelt_out(text, words)
    found = []
    sure, name = 0, False
    for n, word in enumerate(words):
        opens = n == 0 or _OPENS.search(text, max(0, word.start() - 8), word.start()) is not None
        capital = word[0][0].isupper()
        # What follows a name goes with it: "Mozilla Public Suffix List".
        name = capital and word[0] not in _ALWAYS and ((name and not opens) or names.may_be_name(word[0]))
        if opens or name or word.start() in spelt or not _PLAIN.fullmatch(word[0]) or _COUNTED.match(text, word.end()):
            continue
        before = words[n - 1][0] if n else ""
        after = words[n + 1][0] if n + 1 < len(words) else ""
        if word[0] in _ALWAYS or names.is_ordinary(word[0], before, after):
            found.append((word.start(), word.end()))
            near_acronym = any(len(w) > 1 and w.isupper() for w in (before, after))
            sure += word[0] not in _BODIES and not near_acronym and (word[0] in _ALWAYS or names.is_ordinary(word[0], before, after, surely=True))
    return found if len(found) >= 2 or sure else []


def _spelt_out(text: str, words: list[re.Match[str]]) -> set[int]:
    """Where the words begin that an acronym in brackets behind them stands for: "Common Locale Data Repository (CLDR)"."""
    places: set[int] = set()
    for acronym in _ACRONYM.finditer(text):
        before = [w.start() for w in words if w.end() < acronym.start()]
        places.update(before[-2 * len(acronym[1]) :])
    return places


RULE = Rule(
    CODE, Scope.PAPER, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("## What Councils Pay\n\nMost councils pay for care. Some councils pay late."),
    good=Example("## What the Welsh Government pays: an answer\n\nThe Welsh Government does pay for care."),
)  # fmt: skip
