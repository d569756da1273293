"""Everything that goes into ``dist/<slug>/submissions/<id>/``, made as bytes first; ``place`` then writes it.

What is sent is exactly what the profile accepts; what helps to send it stands beside it. A submission with errors is a
draft: its files say so in their names and on the pages beside them, and the document itself stays the clerk's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from penholder.adapters import files
from penholder.features.profile_words import value_text
from penholder.features.submission import codes
from penholder.features.submission.filing import answer_names, document_name
from penholder.features.submission.pasting import Pasted, pasted_all
from penholder.features.submission.rendering import MADE, Rendered, Resolved, render_submission
from penholder.findings import Finding, Findings, Severity
from penholder.model.record import Despite

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.features.profile_rules import Rule
    from penholder.features.submission.opening import Submission
    from penholder.features.submission.standing import Standing

START = "00-START-HERE.html"
ANSWERS = "answers.html"
MANIFEST = "manifest.json"


class Measured(NamedTuple):
    """What a check of the rendered files found, and how long the text is by the rule that counts (``words`` 0: not counted)."""

    findings: tuple[Finding, ...] = ()
    words: int = 0
    rule: str = ""


Check = Callable[[Rendered], Measured]


class Package(NamedTuple):
    """A submission as files by name. ``sent`` are those that go to the recipient; ``answers`` those of a form."""

    submission: Submission
    resolved: Resolved
    files: dict[str, bytes]
    sent: tuple[str, ...]
    answers: tuple[Pasted, ...]
    findings: tuple[Finding, ...]
    despite: tuple[Despite, ...]
    measured: Measured

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The errors that nobody set aside."""
        return faults_of(self.findings, self.despite)

    @property
    def draft(self) -> bool:
        return bool(self.faults)


def faults_of(findings: Sequence[Finding], despite: Sequence[Despite]) -> tuple[Finding, ...]:
    """The errors among findings, but for those whose code was set aside."""
    aside = {d.code for d in despite}
    return tuple(f for f in findings if f.severity == Severity.ERROR and f.code.id not in aside)


def make_package(
    submission: Submission,
    findings: Sequence[Finding],
    standing: Standing,
    worker: Worker,
    compiler: Compiler,
    *,
    check: Check | None = None,
    despite: Sequence[Despite] = (),
    step: Callable[[str], None] = lambda _: None,
) -> Package:
    """Render, check and pack. ``findings`` are those of opening it. Raises what ``render_submission`` raises."""
    from penholder.features.submission.answering import answer_files, answers_page
    from penholder.features.submission.letter import email_of, letter_docx, letter_of
    from penholder.features.submission.starting import start_page

    rendered, found = render_submission(submission, formats_of(submission), worker, compiler, step=step)
    all_ = Findings([*findings, *found])
    step("check")
    measured = check(rendered) if check else Measured()
    all_.extend(measured.findings)
    all_.extend(codes.SET_ASIDE.at(submission.place(("profile",)), f"{d.code} was set aside by {d.by}: {d.reason}") for d in despite)
    told = tuple(all_.sorted())
    faults = faults_of(told, despite)
    draft = bool(faults)
    answers = pasted_all(rendered.resolved) if is_form(submission) else ()
    sent = {document_name(submission, fmt, draft=draft): data for fmt, data in rendered.files.items()}
    made = dict(sent)
    package = Package(submission, rendered.resolved, made, tuple(sent), answers, told, tuple(despite), measured)
    step("pack")
    if sent:
        words = f"{measured.words:,} words, {measured.rule}" if measured.words else ""
        letter = letter_of(submission, list(sent), words)
        prefix = "DRAFT-" if draft else ""
        made[f"{prefix}covering-letter.docx"] = letter_docx(letter, rendered.resolved, worker)
        made[f"{prefix}e-mail.eml"] = email_of(submission, letter, list(sent.items()), draft=draft)
    if answers:
        made |= answer_files(answers)
        made[ANSWERS] = answers_page(submission, answers, [f.message for f in faults])
    made[START] = start_page(package, standing)
    made[MANIFEST] = manifest_json(package, standing).encode()
    return package


def is_form(submission: Submission) -> bool:
    """Whether the recipient takes answers in a form."""
    return "form" in submission.profile.file.makes


def formats_of(submission: Submission) -> list[str]:
    """The formats of the document that is sent; none where nothing but answers was chosen, for a form takes those."""
    if is_form(submission) and submission.file.sections is None:
        return []
    return [f for f in submission.profile.file.makes if f in MADE]


# the record of a build ---------------------------------------------------------------------------


def manifest_json(package: Package, standing: Standing) -> str:
    """What was built, by whose rules, from which commit, and what was set aside.

    No contact details, and nothing that changes with the day: warnings about deadlines and the age of sources would.
    """
    submission, resolved = package.submission, package.resolved
    profile, identity = submission.profile, resolved.identity
    inquiry = submission.file.inquiry
    data: dict[str, Any] = {
        "submission": submission.id,
        "paper": submission.paper.slug,
        "title": submission.title,
        "state": standing.state,
        "draft": package.draft,
        "profile": {
            "id": profile.id,
            "title": profile.file.title,
            "version": profile_version(submission),
            "made_of": list(profile.chain[1:]),
            "overlays": list(profile.overlays),
        },
        "addressee": submission.file.addressee or profile.file.addressee,
        "inquiry": inquiry.data() if inquiry else None,
        "deadline": str(submission.deadline) if submission.deadline else None,
        "submitter": submission.submitter,
        "date": submission.date.isoformat() if submission.date else None,
        "commit": identity.commit or None,
        "modified": identity.modified,
        "words": {"count": package.measured.words, "rule": package.measured.rule} if package.measured.words else None,
        "answers": [_answer(a, name) for a, name in zip(package.answers, answer_names([a.question.id for a in package.answers]), strict=True)],
        "overridden": [_overridden(rule) for rule in profile.rules.values() if rule.reason]
        + [{"rule": n, "now": "off", "reason": o.reason} for n, o in submission.file.overrides.items() if o.off and o.reason],
        "despite": [d.json(without={"date"}) for d in package.despite],
        "contributors": [c.name for c in resolved.derived.paper.contributors],
        "faults": [{"code": f.code.id, "place": str(f.span), "message": f.message} for f in package.faults],
        "files": [
            {"name": name, "bytes": len(content), "sha256": files.sha256(content), "sent": name in package.sent or name.startswith("answers/")}
            for name, content in sorted(package.files.items())
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def profile_version(submission: Submission) -> str:
    """The profile's own version; where it has none, the day on which the newest of its rules was read."""
    profile = submission.profile
    read = [r.setting.checked for r in profile.rules.values() if r.setting.checked]
    return profile.file.version or (f"as read on {max(read).isoformat()}" if read else "of the house")


def _answer(answer: Pasted, name: str) -> dict[str, Any]:
    return {
        "question": answer.question.id,
        "file": f"answers/{name}" if answer.text else None,
        "choice": answer.choice or None,
        "characters": {"line_end_as_one": answer.length.one, "line_end_as_two": answer.length.two},
        "limit": answer.limit,
        "fits": answer.fits,
        "changed": list(answer.changes),
    }


def _overridden(rule: Rule) -> dict[str, Any]:
    before = value_text(rule._replace(setting=rule.before)) if rule.before else "no such rule"
    return {"rule": rule.id, "was": before, "now": value_text(rule), "reason": rule.reason}
