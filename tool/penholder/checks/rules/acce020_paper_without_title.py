"""ACCE020: a paper whose title says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE020", Severity.WARNING, "A title that says nothing",
    "It is the first thing a screen reader says of the file, and the only thing a list of files shows.",
    "Say in `title` of paper.yaml what the paper is about.",
    "https://www.w3.org/TR/WCAG22/#page-titled",
)  # fmt: skip

_KIND = r"(?:position |policy |discussion |briefing |white |green |working )?(?:paper|document|report|statement|response|briefing|submission|note)"
_NOTHING = re.compile(
    rf"(?:(?:our|my|your|new|this|title of|title of the|name of the|insert|test|draft|final) )*(?:{_KIND}(?: (?:title|name))?|title|name|heading|untitled|todo|tb[acd]|x+|test|lorem ipsum.*|place ?holder)"
    r"(?: (?:here|title|draft|final|version|v?\d+(?: \d+)*|document))*",
    re.I,
)


def look(paper: PaperView) -> Iterator[Hit]:
    """The title of ``paper.yaml``: a placeholder, the kind of paper and no more, or no letters at all."""
    title = paper.paper.meta.title.strip()
    plain = re.sub(r"[\W_]+", " ", title).strip()
    if len(plain) < 60 and (_NOTHING.fullmatch(plain) or not any(c.isalpha() for c in plain)) and title:
        yield Hit(
            paper.key_span("title"), f"“{title}” does not say what the paper is about.", quote=title,
            ask=f"The paper is called “{title}”. What is it about?",
        )  # fmt: skip


_PAPER = "schema_version: 1\ntitle: {}\ndate: 2026-05-01\nlanguage: en-GB\n"
RULE = Rule(
    CODE, Scope.PAPER, look, final=True,
    bad=Example("Care costs money.", {"papers/paper/paper.yaml": _PAPER.format("Position paper")}),
    good=Example("Care costs money.", {"papers/paper/paper.yaml": _PAPER.format("What care costs")}),
)  # fmt: skip
