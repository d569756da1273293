"""The evidence ledger of a workspace with a paper's own over it, every fault in it found at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from penholder import codes
from penholder.adapters import files, longyaml, yaml
from penholder.findings import Finding, Findings
from penholder.library import Library
from penholder.library.search import nearest
from penholder.model.evidence import Decision, EvidenceFile, Fact
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored

NAME = "evidence.yaml"
NO_BREAK = "\u00a0"
_HINTS = 20  # findings of one kind that name what may have been meant
_SHOWN = 6  # members of a circle that are named


@dataclass(frozen=True)
class Ledger:
    """Facts by id, where each stands, and what was decided about measures that have several values.

    ``files`` are the paths of the ledgers it was read from.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    files: tuple[str, ...] = ()

    def current(self, fact: Fact) -> Fact:
        """The fact that stands in its place now, at the end of the chain of ``superseded_by``."""
        seen = {fact.id}
        while fact.superseded_by and fact.superseded_by in self.facts and fact.superseded_by not in seen:
            fact = self.facts[fact.superseded_by]
            seen.add(fact.id)
        return fact

    def by_source(self, key: str) -> list[Fact]:
        """The facts that rest on an entry of the library."""
        return [f for f in self.facts.values() if f.source is not None and f.source.key == key]

    def by_measure(self, measure: str) -> list[Fact]:
        """The facts of one measure."""
        wanted = measure.casefold()
        return [f for f in self.facts.values() if f.measure.casefold() == wanted]

    def decided(self, measure: str) -> Decision | None:
        """The last decision about a measure."""
        return next((d for d in reversed(self.decisions) if d.measure.casefold() == measure.casefold()), None)


    def hint(self, word: str) -> str:
        """`` Did you mean ...?`` for an id that is not in the ledger, or nothing."""
        near = nearest(word, list(self.facts), 3)
        return f" Did you mean {' or '.join(near)}?" if near else ""


def said(value: str, unit: str) -> str:
    """A value with its unit as a sentence says it: ``58%``, ``£259bn``, ``14.4 million people``."""
    if not unit:
        return value
    if unit[0] in "£€$":
        scale = unit[1:].strip()
        gap = NO_BREAK if len(scale) > 2 else ""
        return f"{unit[0]}{value}{gap}{scale}"
    return f"{value}{'' if unit == '%' else NO_BREAK}{unit}"


def cited(key: str, locator: str = "") -> str:
    """A source as pandoc's Markdown cites it: ``[@key, p. 3]``."""
    from penholder.library.search import pasted

    plain = re.sub(r"([\[\]\\;@{}])", r"\\\1", " ".join(locator.split()))
    return f"[{pasted(key)}{f', {plain}' if plain else ''}]"


def ledger_paths(root: Path, folder: Path | None = None) -> list[Path]:
    """The ledgers that are there: the workspace's, then the paper's own."""
    paths = [root / "citations" / NAME]
    if folder is not None:
        paths += [folder / NAME, folder / "citations" / NAME]
    return [p for p in paths if p.is_file() or p.is_symlink()]


def open_ledger(root: Path, folder: Path | None = None) -> tuple[Ledger, Findings]:
    """Read the ledgers of a workspace, or of one paper in it. Never fails for an author's mistake."""
    findings = Findings()
    facts: dict[str, Fact] = {}
    places: dict[str, Span] = {}
    decisions: list[tuple[Decision, Span]] = []
    paths = ledger_paths(root, folder)
    for path in paths:
        source, found = files.read_text(root, path)
        findings.extend(found)
        made, faults, where, decided_at = _read(source)
        findings.extend(faults)
        for fact, place in zip(made.facts, where, strict=True):
            if fact.id not in facts:
                facts[fact.id], places[fact.id] = fact, place
            elif facts[fact.id] != fact or places[fact.id].path == place.path:
                message = f"There are two facts `{fact.id}`, the other in {places[fact.id]}; the first one counts."
                findings.add(codes.FACT_TWICE.at(place, message))
        decisions += zip(made.decisions, decided_at, strict=True)
    ledger = Ledger(facts, places, tuple(d for d, _ in decisions), tuple(files.relative(root, p) for p in paths))
    findings.extend(_chains(ledger))
    findings.extend(_undecided(ledger, decisions))
    return ledger, findings


def with_library(ledger: Ledger, library: Library) -> tuple[Ledger, list[Finding]]:
    """The ledger with each source under its own key, where it named an alias; a finding for each source that is not there."""
    facts: dict[str, Fact] = {}
    findings: list[Finding] = []
    for fact in ledger.facts.values():
        facts[fact.id] = fact
        if fact.source is None:
            continue
        key = library.resolve(fact.source.key)
        if key is None:
            near = library.nearest(fact.source.key) if len(findings) < _HINTS else []
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            message = f"`{fact.id}` is from `{fact.source.key}`, which the library does not hold.{meant}"
            findings.append(codes.FACT_SOURCE.at(ledger.places[fact.id], message))
        elif key != fact.source.key:
            facts[fact.id] = fact.changed(source=fact.source.changed(key=key))
    return replace(ledger, facts=facts), findings


@lru_cache(maxsize=8)  # the templates of a paper and the rules ask for the same text
def _read(source: SourceFile) -> tuple[EvidenceFile, Sequence[Finding], Sequence[Span], Sequence[Span]]:
    """A ledger's file, what is wrong with it, and where its facts and decisions stand."""
    document, findings = longyaml.load(source)
    if document.data is yaml.UNREADABLE:
        return EvidenceFile(), findings, (), ()
    made, found = authored(EvidenceFile, document.data, document.place)
    findings = [*findings, *found]
    if made is None:
        return EvidenceFile(), findings, (), ()
    facts = _places("facts", "id", [f.id for f in made.facts], document)
    decisions = _places("decisions", "use", [d.use for d in made.decisions], document)
    return made, findings, facts, decisions


def _places(name: str, key: str, wanted: Sequence[str], document: yaml.Document | longyaml.Document) -> list[Span]:
    """Where each item of a list stands; items that could not be used have left a gap in it."""
    written = (document.data or {}).get(name) or []
    spans: list[Span] = []
    index = 0
    for value in wanted:
        while index < len(written) and not (isinstance(written[index], Mapping) and str(written[index].get(key)).strip() == value):
            index += 1
        spans.append(document.place((name, index, key)))
        index += 1
    return spans


def _chains(ledger: Ledger) -> Iterator[Finding]:
    """Supersession that leads nowhere or in a circle; each circle once."""
    done: set[str] = set()
    hints = 0
    for first in ledger.facts.values():
        path: dict[str, None] = {}
        current: Fact | None = first
        while current is not None and current.id not in done and current.id not in path:
            path[current.id] = None
            after = ledger.facts.get(current.superseded_by or "")
            if current.superseded_by and after is None:
                hints += 1
                hint = ledger.hint(current.superseded_by) if hints <= _HINTS else ""
                message = f"`{current.id}` is superseded by `{current.superseded_by}`, which is not in the ledger.{hint}"
                yield codes.FACT_CHAIN.at(ledger.places[current.id], message)
            current = after
        if current is not None and current.id in path:
            ring = list(path)[list(path).index(current.id) :]
            shown = [*ring[:_SHOWN], *(["..."] if len(ring) > _SHOWN else []), ring[0]]
            yield codes.FACT_CHAIN.at(ledger.places[ring[0]], f"`{ring[0]}` is superseded in a circle: {' -> '.join(shown)}.")
        done.update(path)


def _undecided(ledger: Ledger, decisions: Sequence[tuple[Decision, Span]]) -> Iterator[Finding]:
    """Decisions for a fact that is not there, or not of their measure."""
    for decision, place in decisions:
        fact = ledger.facts.get(decision.use)
        if fact is None:
            yield codes.FACT_DECIDED.at(place, f"`{decision.use}` is not in the ledger.{ledger.hint(decision.use)}")
        elif fact.measure.casefold() != decision.measure.casefold():
            yield codes.FACT_DECIDED.at(place, f"`{decision.use}` is no fact of “{decision.measure}” but of “{fact.measure or 'no measure'}”.")
