"""EVID002: one thing, two numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from penholder.checks.ledgering import Stated, Use, stated, uses, value_of
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView, WorkspaceView
from penholder.findings import Code, Severity
from penholder.library.search import alike
from penholder.model.evidence import Fact

CODE = Code(
    "EVID002", Severity.WARNING, "Two numbers for one thing",
    "A reader who finds two numbers for one thing believes neither.",
    "Ask both authors which one holds, record the answer with `penholder evidence decide`, and correct the other.",
)  # fmt: skip
_ALIKE = 88  # of 100: how much two sentences must have in common, numbers left out


def look(workspace: WorkspaceView) -> Iterator[Hit]:
    """The same measure with two values in the papers that are checked together."""
    yield from _by_ledger(workspace)
    for paper in workspace.papers:
        yield from _by_words(paper)


def _by_ledger(workspace: WorkspaceView) -> Iterator[Hit]:
    groups: dict[tuple[str, ...], list[Use]] = defaultdict(list)
    for paper in workspace.papers:
        for use in uses(paper):
            if use.fact.measure:
                groups[_same_thing(use.fact)].append(use)
    for group in groups.values():
        decided = group[0].section.paper.ledger.decided(group[0].fact.measure)
        first = next((u for u in group if decided and u.fact.id == decided.use), group[0])
        said: set[str] = set()
        for use in group:
            if use.fact.id in said or _value(use.fact) == _value(first.fact):
                continue
            said.add(use.fact.id)
            settled = f" `{decided.use}` was decided on by {decided.by}: {decided.because}." if decided else ""
            yield _hit(use.section, use, first, use.fact.measure, settled)


def _same_thing(fact: Fact) -> tuple[str, ...]:
    return tuple(part.casefold() for part in (fact.measure, fact.basis, fact.geography, fact.period, fact.population))


def _value(fact: Fact) -> object:
    own = value_of(fact)
    return (own.kind, own.value) if own else fact.value


def _hit(section: SectionView, use: Use, first: Use, measure: str, settled: str) -> Hit:
    here, there = use.passage.text[use.start : use.end], first.passage.text[first.start : first.end]
    message = f"{measure}: “{here}” here ({_who(use.section)}, {_source(use.fact)}), “{there}” in “{first.section.title}” ({_who(first.section)}, {_source(first.fact)}).{settled}"
    ask = f"You write “{here}” for {measure} ({_source(use.fact)}), and “{first.section.title}” has “{there}” ({_source(first.fact)}). Which of the two holds, and for which period?"
    return section.hit(use.passage, use.start, use.end, message, ask=ask)


def _source(fact: Fact) -> str:
    return fact.source.key if fact.source else "no source"


def _who(section: SectionView) -> str:
    """Whose section it is."""
    names = {id: c.name for id, c in section.paper.paper.workspace.contributors.items()}
    owners = [section.front.owner] if section.front.owner else list(section.front.contributors)
    return ", ".join(names.get(o, o) for o in owners) or "no owner named"


def _by_words(paper: PaperView) -> Iterator[Hit]:
    """Figures without a fact: the same sentence, near enough, from the same source, with another number."""
    groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    known = {(u.passage, u.start) for u in uses(paper)}
    for each in stated(paper):
        if each.quantity.kind in ("percent", "money", "count") and (each.passage, each.quantity.start) not in known and each.passage.kind != "cell":
            for key in each.keys:
                groups[(key, each.quantity.kind)].append(each)
    for (key, _), group in groups.items():
        for i, each in enumerate(group):
            earlier = next((o for o in group[:i] if _differ(o, each)), None)
            if earlier:
                here, there = each.words.strip(), earlier.words.strip()
                place = "" if earlier.section is each.section else f" in “{earlier.section.title}” ({_who(earlier.section)})"
                yield each.section.hit(
                    each.passage, each.quantity.start, each.quantity.end,
                    f"“{here}” here ({_who(each.section)}), “{there}”{place}, both from `{key}`.",
                    ask=f"You write “{here}”, and the same sentence{place or ' above'} has “{there}” from the same source. Which of the two does it say?",
                )  # fmt: skip


def _differ(one: Stated, other: Stated) -> bool:
    if one.sentence == other.sentence or one.quantity.value == other.quantity.value:
        return False
    return alike(_bare(one.sentence.text), _bare(other.sentence.text)) >= _ALIKE and _years(one) == _years(other)


def _bare(text: str) -> str:
    return re.sub(r"[\d.,%£€$\ufffc]+", " ", text)


def _years(each: Stated) -> set[str]:
    return set(re.findall(r"\b(?:19|20)\d\d\b", each.sentence.text))


_LEDGER = """\
schema_version: 1
facts:
  - {id: poverty-a, value: "14.4", unit: million people, statement: People in poverty., measure: people in poverty, geography: UK, period: 2021/22, source: alpha2020, status: verified}
  - {id: poverty-b, value: "13.4", unit: million people, statement: People in poverty., measure: people in poverty, geography: UK, period: 2021/22, source: beta2021, status: verified}
"""
RULE = Rule(
    CODE, Scope.WORKSPACE, look, languages=("en",), final=True,
    bad=Example(
        "In poverty were 14.4 million people [@alpha2020]. Elsewhere: 13.4 million people [@beta2021].",
        {"citations/evidence.yaml": _LEDGER},
    ),
    good=Example("In poverty were 14.4 million people [@alpha2020], or 14.4 million [@alpha2020].", {"citations/evidence.yaml": _LEDGER}),
)  # fmt: skip
