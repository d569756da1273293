"""Run the rules over papers, and say what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from penholder.checks.configured import idle_settings
from penholder.checks.prose import Passage, without_holes
from penholder.checks.record import Checked, Report, safe
from penholder.checks.registry import all_rules
from penholder.checks.rule import Hit, Rule, Scope
from penholder.checks.settings import named
from penholder.checks.views import PaperView, SectionView, WorkspaceView
from penholder.checks.waivers import CODES as WAIVER_CODES
from penholder.checks.waivers import Waiver, apply, ask_of, waivers_in
from penholder.findings import Finding, Severity


@dataclass(frozen=True)
class Choice:
    """What the command line wants of the rules; ``network`` lets those look that ask the network."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    network: bool = False


def run(workspace: WorkspaceView, stages: Sequence[Iterable[Finding]], choice: Choice = Choice()) -> Report:
    """Run every rule that is on over all papers. ``stages`` are the findings of reading each paper, in order."""
    known = known_codes()
    shared = list(_of_workspace(workspace, choice))
    items: dict[Checked, None] = {}
    for paper, found in zip(workspace.papers, stages, strict=True):
        own = [*_of_paper(paper, choice), *((hit, rule) for hit, rule, holder in shared if holder is paper)]
        for checked in _checked(paper, found, own, choice, known):
            items[checked] = None
    return Report(sorted(items, key=lambda c: c.finding.order))


def known_codes() -> frozenset[str]:
    """The codes of every finding there can be."""
    return frozenset(_known())


def _known() -> Iterator[str]:
    from penholder import codes
    from penholder.library import codes as library_codes

    yield from codes.BY_ID
    yield from library_codes.BY_ID
    yield from (code.id for code in WAIVER_CODES)
    yield from (rule.id for rule in all_rules())


def runs(rule: Rule, paper: PaperView, choice: Choice) -> bool:
    """Whether a rule looks at a paper."""
    if (rule.network and not choice.network) or named(rule.id, choice.ignore):
        return False
    return paper.settings.runs(rule, paper.paper.language, choice.select)


def _of_paper(paper: PaperView, choice: Choice) -> Iterator[tuple[Hit, Rule]]:
    for rule in all_rules():
        if not runs(rule, paper, choice):
            continue
        if rule.scope is Scope.SECTION:
            for section in paper.sections:
                if section.text.section.source is not None:
                    yield from ((hit, rule) for hit in rule.look(section) if _reads(rule, hit))
        elif rule.scope is Scope.PAPER:
            yield from ((hit, rule) for hit in rule.look(paper) if _reads(rule, hit))


def _reads(rule: Rule, hit: Hit) -> bool:
    """Whether a rule can read the words it saw: a passage may be marked with another language than the paper's."""
    return not hit.language or rule.reads(hit.language)


def _of_workspace(workspace: WorkspaceView, choice: Choice) -> Iterator[tuple[Hit, Rule, PaperView]]:
    """What rules over several papers saw, each with the paper it is about (the first one where it is about none)."""
    for rule in all_rules():
        if rule.scope is not Scope.WORKSPACE or not any(runs(rule, p, choice) for p in workspace.papers):
            continue
        for hit in rule.look(workspace):
            holder = next((p for p in workspace.papers if hit.section is not None and hit.section.paper is p), workspace.papers[0])
            if runs(rule, holder, choice) and _reads(rule, hit):
                yield hit, rule, holder


def _checked(
    paper: PaperView, stages: Iterable[Finding], hits: Sequence[tuple[Hit, Rule]], choice: Choice, known: frozenset[str]
) -> Iterator[Checked]:
    """Findings with severities as set, waivers applied."""
    waivers: list[Waiver] = []
    faults: list[Finding] = []
    for section in paper.sections:
        found, wrong = waivers_in(section.text)
        waivers += found
        faults += wrong
    made: dict[Finding, Checked] = {}
    for finding in [*stages, *faults, *idle_settings(paper.paper, known)]:
        set_to = paper.settings.of(finding.code.id, finding.span.path, finding.severity)
        if set_to is not None:
            changed = Finding(finding.code, finding.span, finding.message, finding.help, set_to)
            made.setdefault(changed, _from_stage(paper, changed))
    for hit, rule in hits:
        checked = _from_hit(paper, hit, rule)
        if checked is not None:
            made.setdefault(checked.finding, checked)
    ran = frozenset(r.id for r in all_rules() if runs(r, paper, choice)) | frozenset(f.code.id for f in made)
    answered, idle = apply(made, waivers, known, frozenset(r.id for r in all_rules()), ran)
    wanted = [(f, w) for f, w in answered if not named(f.code.id, choice.ignore)]
    for finding, waiver in wanted:
        if choice.select and not named(finding.code.id, choice.select):
            continue
        item = made[finding]
        yield item if waiver is None else Checked(**{**item.__dict__, "waived": waiver.reason})
    if not choice.select:
        yield from (_from_stage(paper, f) for f in idle if not named(f.code.id, choice.ignore))


def _from_hit(paper: PaperView, hit: Hit, rule: Rule) -> Checked | None:
    severity = rule.code.severity if hit.severity is None else hit.severity
    set_to = paper.settings.of(rule.id, hit.span.path, Severity.ERROR if rule.final and paper.final else severity)
    if set_to is None:
        return None
    finding = rule.code.at(hit.span, hit.message, help=hit.help, severity=set_to)
    about = _about(hit.section, hit.passage) if hit.section else {}
    return Checked(finding, hit.ask, hit.quote, **about, fix=hit.fix, safety=rule.fix.value if rule.fix and hit.fix else "")


def _from_stage(paper: PaperView, finding: Finding) -> Checked:
    """A finding of reading the paper, with the section and the paragraph it is in (a waiver's: or the next one)."""
    section = next((s for s in paper.sections if s.path == finding.span.path), None)
    ask = ask_of(finding)
    if section is None:
        return Checked(finding, ask)
    passage = section.by_line.get((finding.span.path, finding.span.line))
    if passage is None and ask:
        passage = next((p for p in section.passages if p.nth and p.span().line >= finding.span.line), None)
    return Checked(finding, ask, **_about(section, passage))


def _about(section: SectionView, passage: Passage | None) -> dict[str, Any]:
    """What a letter says of the place: the section, whose it is, and the paragraph."""
    owner = section.paper.paper.workspace.contributors.get(section.front.owner or "")
    about = {"section": section.path, "title": section.title, "owner": owner.name if owner else ""}
    return {**about, "nth": passage.nth, "kind": passage.kind, "opening": _opening(passage.text)} if passage else about


def _opening(text: str, words: int = 8) -> str:
    """The first words of a paragraph, to find it by."""
    parts = without_holes(text[:600]).split()  # asked for each finding: of a paragraph of any length
    return " ".join(parts[:words]) + (" ..." if len(parts) > words or len(text) > 600 else "")


__all__ = ["Checked", "Choice", "Report", "known_codes", "run", "runs", "safe"]
