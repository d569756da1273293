"""EVID002: one thing, two numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from penholder.checks.ledgering import Stated, Use, owner_of, uses, value_of
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._two_values import by_fact, by_words, place_of
from penholder.checks.views import WorkspaceView
from penholder.findings import Code, Severity
from penholder.model.evidence import Decision, Fact
from penholder.stages.ledger import said

CODE = Code(
    "EVID002", Severity.WARNING, "Two numbers for one thing",
    "A reader who finds two numbers for one thing believes neither.",
    "Ask both authors which one holds, record the answer with `penholder evidence decide`, and correct the other.",
)  # fmt: skip


def look(workspace: WorkspaceView) -> Iterator[Hit]:
    """The same measure with two values in the papers that are checked together."""
    yield from _by_ledger(workspace)
    told = set()
    for each, fact, use in by_fact(workspace):
        told.add((each.passage, each.quantity.start))
        yield _contradicted(each, fact, use)
    for each, earlier in by_words(workspace):
        if (each.passage, each.quantity.start) not in told:
            yield _worded(each, earlier)


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


def _contradicted(each: Stated, fact: Fact, use: Use | None) -> Hit:
    """A figure that a fact of the ledger, from another source, contradicts."""
    here, section, figure = each.words.strip(), each.section, said(fact.value, fact.unit)
    there = f"“{_words(use)}” in “{use.section.title}” ({owner_of(use.section)}, from {_source(fact)})" if use else f"the ledger holds {figure} (`{fact.id}`, from {_source(fact)})"
    where = f"“{use.section.title}” ({owner_of(use.section)}) has “{_words(use)}”" if use else f"our ledger has {figure}"
    return section.hit(
        each.passage, each.quantity.start, each.quantity.end,
        f"{fact.measure}: “{here}” in “{section.title}” ({owner_of(section)}, from {_keys(each)}), {there}.",
        ask=f"You write “{here}” for {fact.measure}, and {where}, for the same place and time from another source. Which of the two holds, and counted how?",
    )  # fmt: skip


def _worded(each: Stated, earlier: Stated) -> Hit:
    """Two figures without a fact: the same sentence, near enough, with another number."""
    here, there, place = each.words.strip(), earlier.words.strip(), place_of(earlier, each)
    if set(each.keys) & set(earlier.keys):
        message = f"“{here}” here ({owner_of(each.section)}), “{there}”{place}, both from {_keys(each)}."
        ask = f"You write “{here}”, and the same sentence{place or ' above'} has “{there}” from the same source. Which of the two does it say?"
    else:
        message = f"“{here}” in “{each.section.title}” ({owner_of(each.section)}), from {_keys(each)}; “{there}”{place or ' above'}, from {_keys(earlier)}."
        ask = f"You write “{here}”, and the same sentence{place or ' above'} has “{there}” from another source. Which of the two holds, and counted how?"
    return each.section.hit(each.passage, each.quantity.start, each.quantity.end, message, ask=ask)


def _keys(each: Stated) -> str:
    return ", ".join(f"`{key}`" for key in each.keys)


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
