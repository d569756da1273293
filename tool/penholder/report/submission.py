"""What came of checking a submission: a table of rules, what was measured, what no machine can check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from penholder.features.profile_words import value_text
from penholder.features.submission.checking.engine import Examined, Judged
from penholder.features.submission.lengths import falls_after
from penholder.features.submission.wording import left_in_words
from penholder.findings import Severity

DISCLAIMER = (
    "“Nothing found” means: not found by a machine. It does not mean that the recipient's rule is kept; somebody has to read the submission."
)
_COLOURS = {"found": "yellow", "nothing found": "green", "cannot be checked": "cyan", "does not apply": None}
_WIDE = 20


def submission_lines(examined: Examined) -> Iterator[str]:
    """The report below the findings, line by line, coloured."""
    yield from _measured(examined)
    yield from ("", click.style("Rules", bold=True))
    sources = list(dict.fromkeys(j.rule.said for j in examined.judged))
    yield from _table(examined.judged, sources)
    yield from ("", click.style("Who asks for it", bold=True))
    yield from (f"  [{number}] {said}" for number, said in enumerate(sources, 1))
    for title, lines in (("Set otherwise in this submission", _overruled(examined)), ("A machine cannot check", _advice(examined))):
        if lines:
            yield from ("", click.style(title, bold=True), *(f"  {line}" for line in lines))
    yield from ("", f"{_tally(examined)} {DISCLAIMER}")


def _table(judged: Sequence[Judged], sources: Sequence[str]) -> Iterator[str]:
    """A line for each rule: its id, what came of it, what it asks, and the number of its source."""
    verdicts = [_verdict(j) for j in judged]
    width = max((len(j.rule.id) for j in judged), default=0)
    wide = max((len(v) for v in verdicts if len(v) <= _WIDE), default=0)
    for each, verdict in zip(judged, verdicts, strict=True):
        value = value_text(each.rule)
        asked = each.rule.kind.title + ("" if value == "yes" else f": {value}")
        why = f"; {each.why}" if each.why else ""
        shown = click.style(f"{verdict:<{wide}}", fg=_COLOURS[each.verdict])
        yield f"  {each.rule.id:<{width}}  {shown}  {asked} [{sources.index(each.rule.said) + 1}]{why}"


def _verdict(judged: Judged) -> str:
    if judged.verdict == "found":
        worst = max(f.severity for f in judged.findings)
        many = f"{len(judged.findings)} found" if len(judged.findings) > 1 else "found"
        return f"{many} ({worst.label})"
    return judged.verdict


def _measured(examined: Examined) -> Iterator[str]:
    subject = examined.subject
    submission = subject.submission
    profile = submission.profile
    over = f", with {' and '.join(profile.overlays)}" if profile.overlays else ""
    yield click.style(f"{submission.paper.slug}/{submission.id}", bold=True) + f": {profile.file.title} ({profile.id}{over})"
    given = [s.name for s in subject.sent if s.given]
    if given:
        yield f"  Checked in place of what Penholder makes: {', '.join(given)}. Parts and answers are those of the agreed text."
    limit = profile.rule("LEN-WORDS")
    of = f" of {limit.setting.max:,.0f}" if limit and limit.setting.max else ""
    without = f", without {', '.join(examined.words.left_out)}" if examined.words.left_out else ""
    pages = f"; {examined.pages} page{'s' * (examined.pages != 1)} as PDF" if examined.pages else ""
    yield f"  {examined.words.counted:,}{of} words{without}{pages}"
    for pasted in subject.pasted:
        if not pasted.text:
            continue
        if pasted.limit is None:
            yield f"  {pasted.question.id}: {pasted.length.one:,} characters, no limit known"
        else:
            where = falls_after(pasted.text, pasted.limit)
            yield f"  {pasted.question.id}: {pasted.length.said(pasted.limit)} characters{f'; {where}' if where else ''}"
    if submission.deadline:
        yield f"  Deadline: {submission.deadline} ({left_in_words(submission.deadline, subject.now, profile.file.staff)})"


def _overruled(examined: Examined) -> list[str]:
    lines = []
    for each in examined.overruled:
        lines.append(f"{each.id}: {_asked(each.now)}; the profile: {_asked(each.before)}. Why: {each.reason}")
    return lines


def _asked(value: str) -> str:
    return "not asked" if not value else "asked" if value == "yes" else value


def _advice(examined: Examined) -> list[str]:
    advice = examined.subject.profile.file.advice
    return [f"- {a.text} ({'; '.join(filter(None, (a.source, a.mark)))})" for a in advice]


def _tally(examined: Examined) -> str:
    counts = {v: sum(j.verdict == v for j in examined.judged) for v in _COLOURS}
    parts = [f"{counts['nothing found']} with nothing found", f"{counts['found']} with something found"]
    parts += [f"{counts['cannot be checked']} a machine cannot check"] if counts["cannot be checked"] else []
    parts += [f"{counts['does not apply']} that do not apply"] if counts["does not apply"] else []
    return f"{len(examined.judged)} rules: {', '.join(parts)}."


def submission_data(examined: Examined) -> dict[str, Any]:
    """The same for machines: what joins the summary of the JSON report."""
    subject = examined.subject
    submission = subject.submission
    return {
        "paper": submission.paper.slug,
        "submission": submission.id,
        "profile": submission.profile.id,
        "overlays": list(submission.profile.overlays),
        "words": {"counted": examined.words.counted, "all": examined.words.all, "left_out": list(examined.words.left_out)},
        "pages": examined.pages,
        "files": [{"name": s.name, "size": len(s.data)} for s in subject.sent],
        "answers": [
            {
                "question": p.question.id, "limit": p.limit, "fits": p.fits, "characters": p.length.one,
                "characters_with_crlf": p.length.two, "changes": list(p.changes),
            }
            for p in subject.pasted
        ],
        "deadline": submission.deadline.at.isoformat() if submission.deadline else None,
        "rules": [_rule_data(judged) for judged in examined.judged],
        "overridden": [{"rule": o.id, "now": o.now or None, "before": o.before or None, "reason": o.reason} for o in examined.overruled],
        "advice": [{"text": a.text, "source": a.source, "status": list(a.status)} for a in submission.profile.file.advice],
        "note": DISCLAIMER,
    }  # fmt: skip


def _rule_data(judged: Judged) -> dict[str, Any]:
    rule = judged.rule
    return {
        "rule": rule.id,
        "title": rule.kind.title,
        "value": value_text(rule),
        "verdict": judged.verdict,
        "why": judged.why,
        "found": len(judged.findings),
        "severity": rule.severity.label,
        "profile": rule.profile,
        "source": rule.setting.source,
        "status": list(rule.setting.status),
        "mark": rule.setting.mark,
        "checked": rule.setting.checked.isoformat() if rule.setting.checked else None,
    }


def next_step(examined: Examined) -> str:
    """What to do now."""
    submission = examined.subject.submission
    name = f"{submission.paper.slug} {submission.id}"
    if examined.errors:
        return "Next: mend the errors; what an inquiry's own call says otherwise goes into `overrides`, with its reason."
    if any(f.severity > Severity.NOTE for f in examined.findings):
        return f"Next: look at the warnings, then: penholder submission build {name}"
    return f"Next: penholder submission build {name}"


__all__ = ["DISCLAIMER", "next_step", "submission_data", "submission_lines"]
