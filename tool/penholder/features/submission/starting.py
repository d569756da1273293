"""``00-START-HERE.html``: all that somebody needs on the day, in the order in which they need it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from penholder.adapters import files
from penholder.features.profile_words import value_text
from penholder.features.submission import page as html
from penholder.features.submission.opening import Submission
from penholder.features.submission.states import NAMES
from penholder.features.submission.wording import consents, day_in_words, deadline_in_words, facts, verdict

if TYPE_CHECKING:
    from penholder.features.submission.package import Package
    from penholder.features.submission.standing import Standing


def start_page(package: Package, standing: Standing) -> bytes:
    """The page. It is made of the package's other files, which must be there already."""
    submission = package.submission
    inquiry = submission.file.inquiry
    to = submission.file.addressee or submission.profile.file.addressee
    steps = [
        ("Look once more", _look(package)),
        ("Open the recipient's page", _where(submission)),
        ("Paste the answers" if package.answers else "Fill in what is asked", _fields(package)),
        *([("Upload", _upload(package))] if package.sent else []),
        ("Tick the boxes", _boxes(submission)),
        ("When it is sent", _afterwards(package)),
    ]
    body = [*_state(package, standing), *_deadline(submission)]
    for number, (title, pieces) in enumerate(steps, 1):
        body += html.section(f"{number}. {title}", pieces)
    body += html.section("To know", _advice(package))
    return html.page(
        f"{'DRAFT: ' if package.draft else ''}Start here: {submission.title}", body,
        heading=f"To send: {submission.title}", lead=" · ".join(filter(None, (to, inquiry.name if inquiry else ""))),
        footer=f"Made from {_commit(package)}. This page works without a network and shows no contact details.",
    )  # fmt: skip


def _commit(package: Package) -> str:
    identity = package.resolved.identity
    if not identity.commit:
        return "files that are in no commit"
    return f"commit {identity.commit[:10]}{', with changes that are in no commit yet' if identity.modified else ''}"


def _state(package: Package, standing: Standing) -> Iterator[str]:
    authorised = bool(package.submission.file.authorised_by)
    kind = "long" if package.draft else "fits" if authorised or standing.state != "draft" else "open"
    yield f'<div class="state {kind}" id="state">'
    if package.draft:
        yield f"<p><strong>Draft: do not send it yet.</strong> {len(package.faults)} error{'' if len(package.faults) == 1 else 's'} must be mended first; the files say DRAFT in their names.</p>"
        yield f"<ul>\n{''.join(f'<li><strong>{escape(f.code.id)}</strong>: {escape(f.message)} <span class={chr(34)}note{chr(34)}>{escape(str(f.span))}</span></li>{chr(10)}' for f in package.faults)}</ul>"
    elif standing.state == "draft" and authorised:
        yield "<p><strong>Ready to send</strong>, as far as a machine can see.</p>"
    elif standing.state == "draft":
        yield "<p><strong>Complete, as far as a machine can see, and not yet authorised.</strong> Write who agreed to it into the submission (authorised_by), then build again.</p>"
    if standing.state != "draft" and standing.since:
        yield f"<p><strong>It is {escape(NAMES[standing.state])}</strong> since {escape(day_in_words(standing.since))}{escape(f', reference {standing.reference}') if standing.reference else ''}.</p>"
    for entry in package.despite:
        yield html.paragraph(f"{entry.code} was set aside by {entry.by}: {entry.reason}")
    yield "</div>"


def _deadline(submission: Submission) -> Iterator[str]:
    yield '<section aria-labelledby="deadline">\n<h2 id="deadline">Deadline</h2>'
    if submission.deadline:
        yield html.paragraph(deadline_in_words(submission.deadline), "when")
        yield html.paragraph(f"If it is past, it can still be worth asking: contact {submission.profile.file.staff} before you send anything.", "note")
    else:
        yield html.paragraph("No deadline is written down. Look it up before you rely on having time.", "when")
    yield "</section>"


def _look(package: Package) -> Iterator[str]:
    submission = package.submission
    file = submission.file
    rows = []
    if file.authorised_by:
        rows.append(f"Authorised by {file.authorised_by}{f' on {day_in_words(file.authorised_on)}' if file.authorised_on else ''}.")
    else:
        rows.append("Nobody has authorised it, as far as the submission says. Do not send it before somebody has.")
    if package.resolved.identity.modified or not package.resolved.identity.commit:
        rows.append("It has changes that are in no commit yet. Commit and build again, so that what is sent can be found later.")
    rows.append(f"Check it once more today, for rules and deadlines grow old: penholder submission check {submission.paper.slug} {submission.id}")
    if package.sent:
        rows.append("Open the file once and read its first page. Do not save it: saving changes it.")
    yield html.items(rows)
    over = [r for r in submission.profile.rules.values() if r.reason]
    if over:
        yield html.paragraph("The terms of reference outrank the house's rules here:")
        yield html.items(f"{r.id}: {value_text(r)}. {r.reason}" for r in over)


def _where(submission: Submission) -> Iterator[str]:
    inquiry = submission.file.inquiry
    portal = (inquiry.portal if inquiry else "") or submission.profile.file.portal
    page = inquiry.url if inquiry else ""
    if portal:
        yield f"<p>Send it here: {html.link(portal)}</p>"
    if page and page != portal:
        yield f"<p>About it: {html.link(page, inquiry.name if inquiry else '')} <span class=\"note\">({escape(page)})</span></p>"
    if not portal:
        yield html.paragraph("No portal is written down" + (": its page says where to send it." if page else ". Ask the recipient where to send it, and write it into the submission (inquiry, portal)."))


def _fields(package: Package) -> Iterator[str]:
    if package.answers:
        good = sum(verdict(a)[0] in ("fits", "open") for a in package.answers)
        yield f'<p><a href="answers.html">Open the answers</a>: {good} of {len(package.answers)} are ready. Each has a button that copies it; the same texts lie in <code>answers/</code>.</p>'
    yield html.facts((name, html.copied(f"fact-{i}", name, value)) for i, (name, value) in enumerate(facts(package.submission)))
    yield html.paragraph("Name, e-mail address and telephone number: take them from the covering letter, or from the file in private/. They are not on this page.", "note")


def _upload(package: Package) -> Iterator[str]:
    measured = package.measured
    for name in package.sent:
        data = package.files[name]
        size = f"{len(data) / 1_000_000:.2f} MB" if len(data) >= 100_000 else f"{len(data):,} bytes"
        rows = [
            ("File", f'<a href="{escape(name)}">{escape(name)}</a>'),
            ("Size", escape(size)),
            ("Length", escape(f"{measured.words:,} words, {measured.rule}") if measured.words else ""),
            ("SHA-256", f'<span class="mono">{files.sha256(data)}</span>'),
        ]
        yield html.facts((n, v) for n, v in rows if v)
    accepted = ", ".join(a.upper() for a in package.submission.profile.accepts if a != "form")
    yield html.paragraph(f"Upload {'this file' if len(package.sent) == 1 else 'these files'} and no other{f' (accepted: {accepted})' if accepted else ''}. If it goes by e-mail: the .eml beside this page holds the text and the file.")


def _boxes(submission: Submission) -> Iterator[str]:
    rows = [(name, escape(value)) for name, value in consents(submission.file)]
    for part in submission.file.confidential:
        what = "all of it" if part.part == "all" else part.part
        rows.append((f"Confidential: {what}", escape(part.reason or "No reason is given. Most recipients want one.")))
    yield html.facts(rows)
    said = submission.profile.file.confidentiality
    if said.rule:
        yield f'<p class="note">{escape(said.rule)} {_said(said.source, said.mark)}</p>'


def _said(source: str, mark: str) -> str:
    return f"({html.link(source)}, {escape(mark)})" if source else f"({escape(mark)})"


def _afterwards(package: Package) -> Iterator[str]:
    submission = package.submission
    folder = submission.dist.relative_to(submission.paper.workspace.root).as_posix()
    file = "".join(f" --file {_quoted(f'{folder}/{name}')}" for name in package.sent)
    command = f"penholder submission record {submission.paper.slug} {submission.id} submitted{file} --reference NUMBER"
    yield html.paragraph("Save the recipient's confirmation, then record what was sent. Give the very file that was uploaded: if somebody mended it at the last minute, that one.")
    yield html.copied("record", "the command", command, code=True)
    said = submission.profile.file.publication
    if said.forbidden:
        names = ", ".join(NAMES[s] for s in said.forbidden if s != "draft")
        yield f"<p><strong>Do not publish it</strong> while it is {escape(names)}. {escape(said.rule)} {_said(said.source, said.mark)}</p>"
    yield html.paragraph("When an acknowledgement or a decision comes, record that too: acknowledged, accepted, permission-granted, published.")


def _quoted(name: str) -> str:
    return name if all(c.isalnum() or c in "-._/" for c in name) else f"'{name}'"


def _advice(package: Package) -> Iterator[str]:
    advice = package.submission.profile.file.advice
    if advice:
        inner = "\n".join(f"<li>{escape(a.text)} <span class=\"note\">{_said(a.source, a.mark)}</span></li>" for a in advice)
        yield f"<ul>\n{inner}\n</ul>"
