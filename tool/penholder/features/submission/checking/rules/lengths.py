"""LEN-WORDS, LEN-PAGES, LEN-ANSWER."""

from __future__ import annotations

from collections.abc import Iterator

from penholder.features.profile_rules import Rule
from penholder.features.submission.checking import measure
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.features.submission.lengths import falls_after


def words(subject: Subject, rule: Rule) -> Seen:
    """Words by the profile's counting rule, in the file that is sent."""
    if not subject.pieces:
        return Silent("there is no document to count", blind=True)
    found = measure.count(subject.pieces, rule.setting.counting)
    most = int(rule.setting.max or 0)
    if found.counted <= most:
        return ()
    without = f" without {_listed(found.left_out)}" if found.left_out else " with everything counted"
    longest = ", ".join(f"{name} {n:,}" for name, n in found.sections[:3])
    over = found.counted - most
    return [Hit(subject.place("sections"), f"{found.counted:,} words of {most:,}{without}: {over:,} too many. The longest parts: {longest}.")]


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]


def pages(subject: Subject, rule: Rule) -> Seen:
    """Pages of the real PDF."""
    if subject.is_form:
        return Silent("nothing is sent that has pages")
    if not subject.pages:
        return Silent("the PDF that would be counted could not be made", blind=True)
    most = rule.setting.max or 0
    found = len(subject.pages)
    if found > most:
        return [Hit(subject.place("sections"), f"{found} pages of {most:g}: {found - most:g} too many.")]
    if any(s.given and s.kind != "pdf" for s in subject.sent):
        return Silent(f"nobody can count the pages of a file made by hand here; the agreed text has {found}", blind=True)
    return ()


def answers(subject: Subject, rule: Rule) -> Seen:
    """Characters of each answer as it is pasted, line ends counted as one and as two."""
    if not subject.submission.questions:
        return Silent("no questions are listed", blind=True)
    return list(_too_long(subject))


def _too_long(subject: Subject) -> Iterator[Hit]:
    spans = {a.question.id: a.span for a in subject.submission.answers}
    for pasted in subject.pasted:
        if pasted.fits or pasted.limit is None:
            continue
        said = f"{pasted.question.id}: {pasted.length.said(pasted.limit)} characters; {falls_after(pasted.text, pasted.limit)}."
        changed = f" As it is pasted, {', '.join(pasted.changes)}." if pasted.changes else ""
        yield Hit(spans[pasted.question.id], said, f"Shorten the answer.{changed}")


CHECKS = (
    Check("LEN-WORDS", words, "What is too long may be sent back unread.", "Shorten the longest parts, or leave a section out."),
    Check("LEN-PAGES", pages, "What is too long may be sent back unread.", "Shorten it, or leave a section out."),
    Check("LEN-ANSWER", answers, "A form cuts off what is too long, or refuses it all.", "Shorten the answer."),
)
