"""PLAI011: a range with a hyphen or a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Safety, Scope
from penholder.checks.rules._plain import DIGITS, GOVUK, MONTH, swept
from penholder.checks.views import SectionView
from penholder.findings import Code, Severity

CODE = Code(
    "PLAI011", Severity.NOTE, "A range with a hyphen or a dash",
    "Screen readers read 2011-12 as a sum or as one number.",
    "Write “to”: 500 to 900, 2011 to 2012, 10 November to 21 December.",
    GOVUK,
)  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_FIGURES = re.compile(rf"(?<![\w.,/:+£€$\[–-])(?P<a>{_NUMBER})(?P<unit>%)?(?P<dash> ?[-–] ?)(?P<b>{_NUMBER})(?![\w/–-]|[.,:]\d)")
_NAMES = re.compile(rf"\b(?P<a>{MONTH}|{_DAY})(?P<dash> ?[-–] ?)(?P<b>{MONTH}|{_DAY})\b")
# What is numbered so: places in a source, laws, standards, telephone numbers, scores.
_NUMBERED = re.compile(
    r"\b(?:pp?|pages?|ss?|sections?|paras?|paragraphs?|chapters?|ch|arts?|articles?|regs?|regulations?|clauses?|schedules?|tables?|figures?|figs?|volumes?|vol|nos?|numbers?|"
    r"issues?|parts?|questions?|principles?|recommendations?|versions?|lines?|steps?|ISBN|ISSN|DOI|HC|HL|PPN|SI|CP|telephone|phone|tel|call|fax|covid|sars-cov|score|scored|won|vote|voted)"
    r"[.:]?[ \u00a0]*(?:\d[\d.,–-]*(?:,| and| to)[ \u00a0])*$",
    re.I,
)


def look(section: SectionView) -> Iterator[Hit]:
    """Between two figures of which the second is larger, two months or two days; not where parts of a source are meant."""
    for passage in section.prose:
        text = passage.plain
        if not any(sign in text for sign in DIGITS):
            continue
        for found in _FIGURES.finditer(text):
            alone = text.endswith("(", 0, found.start()) and text.startswith(")", found.end())
            if _is_range(found) and not alone and not _NUMBERED.search(text, max(0, found.start() - 40), found.start()):
                yield _hit(section, passage, found, _second(found))
    for passage, found in swept(section, _NAMES, "-", "–"):
        yield _hit(section, passage, found, found["b"])


def _is_range(found: re.Match[str]) -> bool:
    a, b = found["a"].replace(",", ""), found["b"].replace(",", "")
    if _year(a) and len(b) == 2:
        return int(b) == (int(a) + 1) % 100 or int(a[:2] + b) > int(a)
    if a.startswith("0") and len(a) > 1 and "." not in a:
        return False
    return float(a) < float(b)


def _second(found: re.Match[str]) -> str:
    """The second figure in full: 2011-12 ends in 2012, 1999-00 in 2000."""
    a, b = found["a"], found["b"]
    if not (_year(a) and len(b) == 2):
        return b
    return str(int(a) + 1) if int(b) == (int(a) + 1) % 100 else a[:2] + b


def _year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("18", "19", "20")


def _hit(section: SectionView, passage: Passage, found: re.Match[str], second: str) -> Hit:
    between = passage.text[max(0, found.start() - 8) : found.start()].lower().endswith("between ")
    unit = found.groupdict().get("unit") or ""
    mend = f"{found['a']}{unit} {'and' if between else 'to'} {second}"
    return section.hit(
        passage, found.start(), found.end(), f"“{found[0]}” is a range: write {mend}.",
        ask=f"May we write “{mend}” in place of “{found[0]}”?", mend=mend,
    )  # fmt: skip


RULE = Rule(
    CODE, Scope.SECTION, look, languages=("en",), house="govuk", fix=Safety.UNSAFE,
    bad=Example("In 2011-12 councils bought 500–900 places, mostly from April-June."),
    good=Example("In 2011 to 2012 councils bought 500 to 900 places. See pages 10–15. It scored 3-2, and COVID-19 came. The 2010/11 form."),
)  # fmt: skip
