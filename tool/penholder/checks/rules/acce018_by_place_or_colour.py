"""ACCE018: something that can be found only by its colour or its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE018", Severity.WARNING, "Something found only by its place or colour",
    "Who listens, prints in grey or reads on a telephone has no right-hand side and no red.",
    "Name it: @fig-... or @tbl-... prints its number; give a colour a word or a mark besides.",
    "https://www.w3.org/TR/WCAG22/#sensory-characteristics",
)  # fmt: skip

_THING = r"(?:tables?|figures?|charts?|graphs?|diagrams?|maps?|pictures?|images?|photographs?|photos?|illustrations?|infographics?|plots?|box|boxes|panels?)"
_COLOUR = r"(?:dark |light |pale |bright )?(?:red|green|blue|yellow|orange|purple|pink|amber|gr[ae]y|brown|turquoise|teal|violet)"
_SIDE = r"(?:(?:on|to|at|in) the (?:far |top |bottom |upper |lower )?(?:left|right)(?:[- ]hand (?:side|column|panel|corner)| side| column| panel| corner)?\b|overleaf\b|opposite(?=[.,;)]|$)|on the (?:next|previous|facing|opposite|following) page\b)"
_SIDED = re.compile(
    rf"\b(?:the|this|these)(?: \w+){{0,2}}? {_THING} (?:shown )?{_SIDE}|\b(?:the )?(?:left|right)[- ]hand (?:{_THING}|column|panel|side of the (?:page|{_THING}))\b"
    rf"|\b(?:shown|listed|see|set out|given) (?:overleaf|on the (?:next|previous|facing|opposite) page)\b",
    re.I,
)
_COLOURED = re.compile(
    rf"\b(?:shown|marked|highlighted|shaded|coloured|colored|printed|picked out|outlined|drawn|plotted|written|displayed|represented|appears?|circled|those|items?|rows?|cells?|figures?) in {_COLOUR}\b(?! (?:and white|literature|paper|areas?|belt|book|papers?)\b)"
    rf"|\bthe {_COLOUR} (?:(?:bars?|dots?|arrows?|segments?|slices?|shading|circles|squares|triangles|curves?|dashed line|dotted line|wedges?)\b|(?:lines?|areas?|cells?|columns?|rows?|text|circle|square) (?:in|on|of) (?:the |this )?{_THING}\b)",
    re.I,
)
_NEAR = re.compile(rf"\b(?:the|this|these|following)(?: \w+)? {_THING} (?:shown |printed )?(?:above|below)\b|\b{_THING} (?:above|below) (?:shows?|lists?|gives?|sets? out|summarises|illustrates|presents?)\b", re.I)
_MAYBE = re.compile(r"\b(?:right|left|overleaf|opposite|page|above|below|red|green|blue|yellow|orange|purple|pink|amber|gr[ae]y|brown|turquoise|teal|violet)\b", re.I)


def look(section: SectionView) -> Iterator[Hit]:
    """Sides, pages and colours. “Above” and “below” keep their order when read aloud: a note, where nothing gives the number."""
    for passage in section.passages:
        if not _MAYBE.search(passage.text) or not (passage.is_prose or passage.kind == "caption"):
            continue
        text = passage.plain
        for pattern, severity in ((_SIDED, None), (_COLOURED, None), (_NEAR, Severity.NOTE)):
            for found in pattern.finditer(text):
                if severity is Severity.NOTE and _is_named(passage, found.start()):
                    continue
                how = "colour" if pattern is _COLOURED else "place"
                yield section.hit(
                    passage, found.start(), found.end(), f"“{found[0]}” can be found only by its {how}.", severity=severity,
                    ask=f"“{found[0]}”: how else could a reader who cannot see the page find it?",
                )  # fmt: skip


def _is_named(passage: Passage, at: int) -> bool:
    """Whether the sentence refers to something by its number, too."""
    sentence = passage.sentence_at(at)
    return any(m.kind in ("xref", "link") and sentence.start <= m.start < sentence.end for m in passage.marks) or re.search(
        r"\b(?:Table|Figure|Chart|Box|Map)\s+\w?\d", sentence.text
    ) is not None


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",),
    bad=Example("The chart on the right shows the costs; those shown in red rise."),
    good=Example("The costs that rise are marked with a star. The Green Paper says so, in black and white."),
)  # fmt: skip
