"""EVID002: one thing, two numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from penholder.checks.ledgering import Stated, Use, owner_of, stated, uses, value_of
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, WorkspaceView
from penholder.findings import Code, Severity
from penholder.library.search import alike
from penholder.model.evidence import Decision, Fact
from penholder.stages.ledger import said

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
        ledger = group[0].section.paper.ledger
        decision = ledger.decided(group[0].fact.measure)
        chosen = ledger.facts.get(decision.use) if decision else None
        if chosen is not None and _same_thing(chosen) != _same_thing(group[0].fact):
            decision = chosen = None  # it was decided for another period or basis
        first = next((u for u in group if chosen and _value(u.fact) == _value(chosen)), group[0])
        holds = chosen or first.fact
        said_already: set[str] = set()
        for use in group:
            if use.fact.id not in said_already and _value(use.fact) != _value(holds):
                said_already.add(use.fact.id)
                yield _decided(use, decision, chosen) if decision and chosen else _open(use, first)


def _same_thing(fact: Fact) -> tuple[str, ...]:
    return tuple(part.casefold() for part in (fact.measure, fact.basis, fact.geography, fact.period, fact.population))


def _value(fact: Fact) -> object:
    own = value_of(fact)
    return (own.kind, own.value) if own else fact.value


def _open(use: Use, first: Use) -> Hit:
    """Two values, and nobody has decided: both owners, sections and sources, and the question to ask."""
    here, there = _words(use), _words(first)
    measure = use.fact.measure
    message = (
        f"{measure}: “{here}” in “{use.section.title}” ({owner_of(use.section)}, from {_source(use.fact)}), "
        f"“{there}” in “{first.section.title}” ({owner_of(first.section)}, from {_source(first.fact)})."
    )
    ask = (
        f"You write “{here}” for {measure} ({_title(use)}), and “{first.section.title}” ({owner_of(first.section)}) has “{there}” ({_title(first)}). "
        f"Which of the two holds, for which period, and counted how?"
    )
    return use.section.hit(use.passage, use.start, use.end, message, ask=ask)


def _decided(use: Use, decision: Decision, chosen: Fact) -> Hit:
    """Another value than the one that was decided on."""
    person = use.section.paper.workspace.workspace.contributors.get(decision.by)
    who = person.name if person else decision.by
    figure = said(chosen.value, chosen.unit)
    day = f"{decision.date.day} {decision.date:%B %Y}"
    because = decision.because.rstrip(".")
    message = (
        f"{use.fact.measure}: “{_words(use)}” in “{use.section.title}” ({owner_of(use.section)}, from {_source(use.fact)}); "
        f"{who} decided on {day} to use {figure} (`{chosen.id}`, from {_source(chosen)}): {because}."
    )
    ask = f"You write “{_words(use)}” for {use.fact.measure}. {who} decided on {day} that our papers say {figure}: {because}. Can you change it, or say why not?"
    return use.section.hit(use.passage, use.start, use.end, message, ask=ask, help=f"Write {figure}, with its source; or decide again with `penholder evidence decide`.")


def _words(use: Use) -> str:
    return use.passage.text[use.start : use.end].strip()


def _source(fact: Fact) -> str:
    return f"`{fact.source.key}`" if fact.source else "no source"


def _title(use: Use) -> str:
    """The source by its title, for a letter."""
    if use.fact.source is None:
        return "without a source"
    try:
        return use.section.paper.library.entry(use.fact.source.key).title or use.fact.source.key
    except KeyError:
        return use.fact.source.key


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
                place = "" if earlier.section is each.section else f" in “{earlier.section.title}” ({owner_of(earlier.section)})"
                yield each.section.hit(
                    each.passage, each.quantity.start, each.quantity.end,
                    f"“{here}” here ({owner_of(each.section)}), “{there}”{place}, both from `{key}`.",
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
