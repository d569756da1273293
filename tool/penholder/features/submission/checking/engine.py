"""All rules of a submission's profile over one subject: findings, and a verdict for each rule.

A verdict is never that a rule is kept: only that a machine found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from penholder.features.profile_rules import Rule
from penholder.features.profile_words import value_text
from penholder.features.profiles import stale
from penholder.features.submission.checking import measure
from penholder.features.submission.checking.delegated import delegated_codes
from penholder.features.submission.checking.registry import CHECKS
from penholder.features.submission.checking.rule import Hit, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.features.submission.codes import CONSENT_NAMED
from penholder.findings import Code, Finding
from penholder.model.profile import Counting
from penholder.model.rulebook import RULEBOOK
from penholder.stages.render.expected import fold

Verdict = Literal["found", "nothing found", "cannot be checked", "does not apply"]
_ADDRESS = re.compile(r"https?://[^\s)]+")
_NETWORK = "LINK-DEAD"


class Judged(NamedTuple):
    """One rule and what came of it; ``why`` says why nothing could be looked at."""

    rule: Rule
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    why: str = ""


class Overruled(NamedTuple):
    """A rule that this submission sets otherwise: what holds now (``""``: nothing), what the profile says, and why."""

    id: str
    now: str
    before: str
    reason: str


class Examined(NamedTuple):
    """A submission that was checked. ``findings`` are all there are, by place; ``advice`` is what no machine can check.

    ``words`` is the count of the rule that limits words, or of everything; ``pages`` those of the PDF (``None``: none).
    """

    subject: Subject
    findings: tuple[Finding, ...]
    judged: tuple[Judged, ...]
    overruled: tuple[Overruled, ...]
    words: measure.Words
    pages: int | None

    @property
    def errors(self) -> int:
        return sum(f.severity.label == "error" for f in self.findings)


def examine(subject: Subject, stages: Sequence[Finding], by_rules: Mapping[str, Sequence[Hit]], *, network: bool = False) -> Examined:
    """Look at every rule of the profile.

    ``stages`` are the findings of opening and reading the submission, ``by_rules`` what ``penholder check`` saw.
    """
    profile = subject.profile
    judged = tuple(_judged(subject, rule, by_rules.get(rule.id, ()), network=network) for rule in profile.rules.values())
    own = set(delegated_codes(profile))
    findings = [f for f in stages if f.code.id not in own]
    findings += stale(profile, subject.today, subject.submission.place(("profile",)))
    findings += [f for j in judged for f in j.findings]
    findings += _named(subject)
    limit = profile.rule("LEN-WORDS")
    counted = measure.count(subject.pieces, limit.setting.counting if limit else Counting())
    ordered = tuple(sorted(dict.fromkeys(findings), key=lambda f: f.order))
    return Examined(subject, ordered, judged, tuple(_overruled(subject)), counted, len(subject.pages) or None)


def _judged(subject: Subject, rule: Rule, delegated: Sequence[Hit], *, network: bool) -> Judged:
    check = CHECKS.get(rule.id)
    seen = check.look(subject, rule) if check else ()
    silent = seen if isinstance(seen, Silent) else None
    hits = [*(() if isinstance(seen, Silent) else seen), *delegated]
    if hits:
        code = code_of(rule)
        return Judged(rule, "found", tuple(_finding(code, rule, hit) for hit in hits))
    if rule.id == _NETWORK and not network:
        silent = Silent("links are asked only with --links", blind=True)
    if silent:
        return Judged(rule, "cannot be checked" if silent.blind else "does not apply", why=silent.why)
    return Judged(rule, "nothing found")


def _finding(code: Code, rule: Rule, hit: Hit) -> Finding:
    severity = rule.severity if hit.severity is None else min(hit.severity, rule.severity)
    return code.at(hit.span, hit.message, help=hit.help, severity=severity)


def code_of(rule: Rule) -> Code:
    """A rule as a kind of finding: why it matters, who says so, whether that was verified, and what to do."""
    check = CHECKS.get(rule.id)
    why = check.why if check else rule.kind.title + "."
    address = _ADDRESS.search(rule.setting.source)
    note = f" {rule.setting.note}" if rule.setting.note and not rule.reason else ""
    help = check.help if check else "Mend it as the finding says."
    return Code(rule.id, rule.severity, rule.kind.title, f"{why} Who asks for it: {rule.said.rstrip('.')}.{note}", help, address[0] if address else "")


def _named(subject: Subject) -> Iterable[Finding]:
    """Contributors who stand in the text by name though they, or the consent, forbid it.

    Not the authors of sources, and not the body that submits it, which may be a contributor, too.
    """
    submission = subject.submission
    consent = submission.file.consent
    said = "names: false" if consent.names is False else f"publish: {consent.publish}" if consent.publish in ("response-only", "not") else ""
    texts = [fold(p.text) for p in subject.pieces if "references" not in p.parts]
    bodies = fold(" ".join((submission.submitter, submission.file.cover.organisation, *(o.name for o in submission.paper.organisations))))
    for identifier, person in submission.paper.workspace.contributors.items():
        if identifier in submission.file.contributors or not (said or not person.consent_to_be_named):
            continue  # whom the file names was found when it was opened
        if fold(person.name) not in bodies and any(fold(person.name) in text for text in texts):
            why = f"the consent says `{said}`" if said else "has not agreed to be named"
            yield CONSENT_NAMED.at(subject.of_words(person.name), f"`{identifier}` is named in the text, and {why}.", help="Take the name out of the text, or record the consent.")


def _overruled(subject: Subject) -> Iterable[Overruled]:
    """The rules that the submission overrides with a reason, whether they still hold otherwise or not at all."""
    from penholder.features.profile_rules import combined
    from penholder.features.profiles import profiles_of

    file = subject.submission.file
    profiles = profiles_of(subject.root)
    base = profiles.get(file.profile) if file.profile in profiles else None
    if base is not None:
        base = combined(base, [profiles.get(o) for o in file.overlays if o in profiles and profiles.get(o).file.kind == "overlay"])
    for name, override in file.overrides.items():
        if not override.reason or name not in RULEBOOK:
            continue
        now, before = subject.profile.rule(name), base.rule(name) if base else None
        yield Overruled(name, value_text(now) if now else "", value_text(before) if before else "", override.reason)

