"""The evidence ledger of a workspace with a paper's own over it, every fault in it found at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from penholder import codes
from penholder.adapters import files, yaml
from penholder.findings import Finding, Findings
from penholder.model.evidence import Decision, EvidenceFile, Fact
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored, nearest

NAME = "evidence.yaml"


@dataclass(frozen=True)
class Ledger:
    """Facts by id, where each stands, and what was decided about measures that have several values."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()

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


def said(value: str, unit: str) -> str:
    """A value with its unit as a sentence says it: ``58%``, ``£259bn``, ``14.4 million people``."""
    if not unit:
        return value
    if unit[0] in "£€$":
        scale = unit[1:].strip()
        gap = NO_BREAK if len(scale) > 2 else ""
        return f"{unit[0]}{value}{gap}{scale}"
    return f"{value}{'' if unit == '%' else NO_BREAK}{unit}"


NO_BREAK = "\u00a0"


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
    decisions: list[Decision] = []
    for path in ledger_paths(root, folder):
        source, found = files.read_text(root, path)
        findings.extend(found)
        made, found, where = _read(source)
        findings.extend(found)
        for fact, place in zip(made.facts, where, strict=True):
            if fact.id in facts and facts[fact.id] != fact:
                message = f"There are two facts `{fact.id}`, the other in {places[fact.id]}; the first one counts."
                findings.add(codes.FACT_TWICE.at(place, message))
            else:
                facts.setdefault(fact.id, fact)
                places.setdefault(fact.id, place)
        decisions += made.decisions
    findings.extend(_chains(facts, places))
    return Ledger(facts, places, tuple(decisions)), findings


def _read(source: SourceFile) -> tuple[EvidenceFile, list[Finding], list[Span]]:
    document, findings = yaml.load(source)
    if document.data is yaml.UNREADABLE:
        return EvidenceFile(), findings, []
    made, found = authored(EvidenceFile, document.data, document.place)
    findings = [*findings, *found]
    if made is None:
        return EvidenceFile(), findings, []
    return made, findings, _places(made.facts, document)


def _places(facts: Sequence[Fact], document: yaml.Document) -> list[Span]:
    """Where each fact stands; facts that could not be used have left a gap in the list."""
    written = document.data.get("facts") or []
    spans: list[Span] = []
    index = 0
    for fact in facts:
        while index < len(written) and not (isinstance(written[index], Mapping) and str(written[index].get("id")) == fact.id):
            index += 1
        spans.append(document.place(("facts", index, "id")))
        index += 1
    return spans


def _chains(facts: Mapping[str, Fact], places: Mapping[str, Span]) -> list[Finding]:
    """Supersession that leads nowhere or in a circle."""
    findings = []
    for fact in facts.values():
        seen, current = [fact.id], fact
        while current.superseded_by:
            after = facts.get(current.superseded_by)
            if after is None:
                if current is fact:
                    message = f"`{fact.id}` is superseded by `{fact.superseded_by}`, which is not in the ledger.{nearest(current.superseded_by, list(facts))}"
                    findings.append(codes.FACT_CHAIN.at(places[fact.id], message))
                break
            if after.id == fact.id:
                findings.append(codes.FACT_CHAIN.at(places[fact.id], f"`{fact.id}` is superseded in a circle: {' -> '.join([*seen, fact.id])}."))
                break
            if after.id in seen:
                break
            seen.append(after.id)
            current = after
    return findings
