"""LANG-PAIR, CONF-REASON, REG-ID, DEADLINE: what the submission's file says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from penholder.features.profile_rules import Rule
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.features.submission.naming import id_of, section_named
from penholder.features.submission.wording import left_in_words
from penholder.findings import Severity

_FEW_WORDS = 3  # fewer are no reason that anybody could weigh


def languages(subject: Subject, rule: Rule) -> Seen:
    """As many of the recipient's languages as it wants."""
    wanted = [v.split("-")[0] for v in rule.setting.values]
    least = int(rule.setting.min or len(wanted))
    handed_in = {language.split("-")[0] for language in subject.submission.languages}
    there = [w for w in dict.fromkeys(wanted) if w in handed_in]
    if not wanted or len(there) >= least:
        return ()
    said = f"It is handed in in {', '.join(sorted(handed_in))}; the recipient takes {' or '.join(wanted)}"
    more = f", {least} of them" if least > 1 else ""
    return [Hit(subject.place("languages" if subject.submission.file.languages else "language"), f"{said}{more}.", "Hand in the other version too, and name it at `languages`.")]


def confidentiality(subject: Subject, rule: Rule) -> Seen:
    """Each wish for confidentiality is for something that is there, is allowed, and has its reason."""
    return [*_parts(subject), *_consent(subject)]


def _parts(subject: Subject) -> Iterator[Hit]:
    said = subject.profile.file.confidentiality
    for index, each in enumerate(subject.submission.file.confidential):
        place = subject.place("confidential", index)
        if not said.allowed:
            yield Hit(place, f"The recipient keeps nothing confidential. {said.rule}".strip(), "Leave out what must not be published.")
        elif len(each.reason.split()) < _FEW_WORDS:
            yield Hit(place, f"Nothing says why {each.part} should be kept confidential.", "Add `reason:` in a sentence.")
        if not _is_there(subject, each.part):
            yield Hit(place, f"There is no section, passage or question {each.part!r} that could be kept confidential.", "Name one of them, or `all`.")


def _is_there(subject: Subject, part: str) -> bool:
    plain = part.removeprefix("@").removeprefix("#")
    if part == "all" or plain in subject.resolved.document.targets or part in {q.id for q in subject.submission.questions}:
        return True
    index = section_named(subject.submission.paper, part)
    if index is None:
        return any(part in (s.title, s.text.section.slug) for s in subject.sections)
    section = subject.submission.paper.sections[index]
    return any(s.text.section.path == section.path or (id_of(section) and s.identifier == id_of(section)) for s in subject.sections)


def _consent(subject: Subject) -> Iterator[Hit]:
    said, consent = subject.profile.file.confidentiality, subject.submission.file.consent
    if consent.publish not in ("response-only", "not"):
        return
    place = subject.place("consent", "publish")
    if not said.anonymous:
        yield Hit(place, f"`publish: {consent.publish}` asks to stay unnamed. {said.rule}".strip(), "Say `publish: with-name`, or ask the recipient's staff.")
    elif said.reasons and not subject.submission.file.confidential:
        yield Hit(place, f"`publish: {consent.publish}` asks for confidentiality, and nothing says why. {said.rule}".strip(), "Add what is confidential, and why, at `confidential`.")


def registration(subject: Subject, rule: Rule) -> Seen:
    """The docket's number stands at the inquiry, a register's among the registrations."""
    return list(_missing(subject, rule))


def _missing(subject: Subject, rule: Rule) -> Iterator[Hit]:
    file = subject.submission.file
    registers = [" ".join(r.register_name.replace("-", " ").casefold().split()) for r in file.cover.registrations]
    for wanted in rule.setting.values:
        name = wanted.replace("-", " ").casefold()
        if wanted == "docket":
            if not (file.inquiry and file.inquiry.id):
                yield Hit(subject.place("inquiry"), "The docket has no number.", "Write it at `inquiry:`, as `id:`.")
        elif not any(name in r or r in name for r in registers):
            yield Hit(subject.place("cover", "registrations"), f"No number of the {name} is given.", f"Add it at `cover.registrations`: register: {wanted}, number: \"...\".")


def deadline(subject: Subject, rule: Rule) -> Seen:
    """A deadline that is past or near, or none. It warns and never blocks: the recipient's staff decide."""
    submission = subject.submission
    staff = subject.profile.file.staff
    if submission.file.opens and submission.file.opens > subject.today:
        return [Hit(subject.place("opens"), f"The recipient takes nothing before {submission.file.opens.isoformat()}.", "Wait until then.")]
    if submission.deadline is None:
        if submission.file.deadline:
            return Silent("the deadline cannot be read", blind=True)
        return [Hit(subject.place("deadline"), "No deadline is written down.", "Write date, time and time zone at `deadline:`, or ask the recipient's staff.", Severity.NOTE)]
    left = submission.deadline.left(subject.now)
    place = subject.place("deadline")
    if left <= dt.timedelta(0):
        return [Hit(place, f"The deadline, {submission.deadline}, is past.", f"Contact {staff} before you send anything: many take late evidence if they are asked.")]
    if left < dt.timedelta(days=rule.setting.min or 0):
        return [Hit(place, f"The deadline, {submission.deadline}, is near: {left_in_words(submission.deadline, subject.now, staff)}.", "Send it now; portals are slow on the last day.", Severity.NOTE)]
    return ()


CHECKS = (
    Check("LANG-PAIR", languages, "The recipient works in its own languages.", "Hand it in in a language that the recipient takes."),
    Check("CONF-REASON", confidentiality, "Without a reason nothing is kept confidential.", "Say what must stay confidential, and why."),
    Check("REG-ID", registration, "Without it the recipient cannot file the submission.", "Write the number down."),
    Check("DEADLINE", deadline, "Late evidence may not be read.", "Send it in time."),
)
