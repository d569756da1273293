"""STR-SUBMITTER, STR-DATE, STR-INTRO, STR-SUMMARY, STR-RECS, STR-QUESTIONS: what stands in the document, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters.pandoc import tree
from penholder.features.profile_rules import Rule
from penholder.features.submission.checking import measure
from penholder.features.submission.checking.rule import Check, Hit, Seen, Silent
from penholder.features.submission.checking.subject import Subject
from penholder.features.submission.deriving import RECOMMENDATIONS
from penholder.model.submission import Question
from penholder.stages.render.expected import fold
from penholder.stages.resolve.parts import ResolvedSection

_INTRODUCTION = re.compile(
    r"introduc|about (us|the)|who (we are|is|are)|background|rhagarweiniad|cyflwyniad|amdan|einleitung|introducción|kupu whakataki", re.I
)
_FORM = Silent("nothing is sent but answers to a form")
_NO_FILE = Silent("there is no readable document", blind=True)
_OPENING_WORDS = 200  # of the first section: a body says there who it is, or nowhere


def _cover(subject: Subject) -> str:
    return fold("\n".join(p.text for p in subject.pieces if "cover" in p.parts))


def submitter(subject: Subject, rule: Rule) -> Seen:
    """The line that says who submits it stands before the text."""
    if subject.is_form:
        return _FORM
    if not subject.text:
        return _NO_FILE
    body = subject.submission.submitter
    if not body:
        return [Hit(subject.place("submitter"), "Nobody is named as the one who submits it.", "Name the body: submitter: in the submission, or organisations: in paper.yaml.")]
    if fold(body) not in _cover(subject):
        return [Hit(subject.place("submitter"), f"{body} does not stand before the text.")]
    return ()


def date(subject: Subject, rule: Rule) -> Seen:
    """The date stands before the text."""
    if subject.is_form:
        return _FORM
    if not subject.text:
        return _NO_FILE
    told = subject.resolved.front.date
    if not told:
        return [Hit(subject.place("date"), "The document has no date.", "Write date: 2030-01-31 in the submission or in paper.yaml.")]
    return () if fold(told) in _cover(subject) else [Hit(subject.place("date"), f"{told} does not stand before the text.")]


def introduction(subject: Subject, rule: Rule) -> Seen:
    """The first section after the summary introduces the body: by its title, or by naming the body at once."""
    if subject.is_form:
        return _FORM
    body = subject.of_kind("body")
    if not body:
        return [Hit(subject.place("sections"), "There is no introduction: there is only a summary.")]
    if any(_INTRODUCTION.search(s.title) for s in body[:1]):
        return ()
    opening = " ".join(tree.text_of(body[0].blocks[1:]).split()[:_OPENING_WORDS])
    if subject.submission.submitter and fold(subject.submission.submitter) in fold(opening):
        return ()
    later = next((s for s in body[1:] if _INTRODUCTION.search(s.title)), None)
    if later:
        return [Hit(subject.of_section(later), f"“{later.title}” does not stand first after the summary.", "Move it forward in `sections`.")]
    return [Hit(subject.of_section(body[0]), f"“{body[0].title}” follows at once: nothing says who the body is and why it writes.")]


# the summary -------------------------------------------------------------------------------------


def summary(subject: Subject, rule: Rule) -> Seen:
    """There is a summary; it stands first, is made of bullets, is short, as the rule wants it."""
    if subject.is_form:
        return _FORM
    setting = rule.setting
    if setting.over is not None:
        if not subject.pages:
            return Silent("the PDF that would be counted could not be made", blind=True)
        if len(subject.pages) <= setting.over:
            return Silent(f"it has {len(subject.pages)} page{'s' * (len(subject.pages) != 1)}, and a summary is asked for over {setting.over:g}")
    found = subject.of_kind("summary")
    if not found:
        return [Hit(subject.place("sections"), "There is no summary.", "Choose the paper's summary, or write one: a part with kind: summary.")]
    return list(_shape(subject, rule, found))


def _shape(subject: Subject, rule: Rule, found: list[ResolvedSection]) -> Iterator[Hit]:
    place = subject.of_section(found[0])
    headings = [p.text for p in subject.text.body if p.level == 1 and p.text.strip()] if subject.text else []
    if "first" in rule.setting.values and headings and fold(headings[0]) != fold(found[0].title):
        yield Hit(place, f"The summary does not stand first: “{headings[0].strip()}” does.", "Put it first.")
    if "bullets" in rule.setting.values and not _is_bullets(found):
        yield Hit(place, "The summary is not a list of bullets.", "Make each of its points an item of a list: a line that begins with a hyphen.")
    if rule.setting.max is not None:
        pages = measure.summary_pages(subject.pages, subject.resolved)
        if pages is not None and pages > rule.setting.max:
            yield Hit(place, f"The summary takes {pages} pages; {rule.setting.max:g} are allowed.", "Shorten it.")


def _is_bullets(sections: list[ResolvedSection]) -> bool:
    """Whether most words of the summary stand in lists."""
    nodes = [n for s in sections for n in tree.visit(s.blocks)]
    listed = sum(measure.words(tree.text_of([n])) for n in nodes if n["t"] == "BulletList")
    headings = sum(measure.words(tree.text_of([n])) for n in nodes if n["t"] == "Header")
    return listed * 2 > sum(measure.words(tree.text_of(s.blocks)) for s in sections) - headings > 0


# recommendations -----------------------------------------------------------------------------------


def recommendations(subject: Subject, rule: Rule) -> Seen:
    """There are recommendations; they stand last, and all of them do, as the rule wants it."""
    if subject.is_form:
        return _FORM
    body = subject.of_kind("body")
    named = [s for s in body if RECOMMENDATIONS.search(s.title) or RECOMMENDATIONS.search(s.text.section.slug)]
    holding = [s for s in body if _marked(s)]
    if not named and not holding:
        return [Hit(subject.place("sections"), "There are no recommendations.", "Mark them in the paper: ::: {.recommendation to=\"...\"} ... :::")]
    return list(_last(subject, rule, body, named))


def _last(subject: Subject, rule: Rule, body: list[ResolvedSection], named: list[ResolvedSection]) -> Iterator[Hit]:
    last = body[-1]
    at_end = last in named or _marked(last) > 0
    if "last" in rule.setting.values and not at_end:
        yield Hit(subject.of_section(last), f"“{last.title}” stands last, and holds no recommendations.", "Let the recommendations follow it.")
        return
    if "summarised" not in rule.setting.values:
        return
    before = sum(_marked(s) for s in body[:-1])
    listed = _marked(last) + sum(len(n["c"]) if n["t"] == "BulletList" else len(n["c"][1]) for n in last.blocks if n["t"] in ("BulletList", "OrderedList"))
    if before > listed:
        yield Hit(
            subject.of_section(last), f"{before} recommendation{'s' * (before > 1)} stand{'s' * (before == 1)} in the text, and the last section lists {listed}.",
            "Repeat each of them at the end, in a line.",
        )  # fmt: skip


def _marked(section: ResolvedSection) -> int:
    return sum(n["t"] == "Div" and "recommendation" in n["c"][0][1] for n in tree.visit(section.blocks))


# questions -----------------------------------------------------------------------------------------


def questions(subject: Subject, rule: Rule) -> Seen:
    """Every question that must be is answered; no text answers two; the order is the recipient's where it wants that."""
    submission = subject.submission
    if not submission.questions:
        return Silent("no questions are listed")
    return [*_unanswered(subject), *_twice(subject), *(_order(subject) if "order" in rule.setting.values else ())]


def _unanswered(subject: Subject) -> Iterator[Hit]:
    submission = subject.submission
    pasted = {p.question.id: p for p in subject.pasted}
    for index, question in enumerate(submission.questions):
        told = pasted.get(question.id)
        place = subject.place("questions", index) if index < len(submission.file.questions) and not submission.file.questions_from else subject.place("questions_from")
        fault = _fault(question, bool(told and told.text), bool(told and told.choice))
        if fault:
            answer = submission.answer_to(question.id)
            yield Hit(answer.span if answer else place, f"{question.id} ({_short(question.text)}) {fault}.")


def _fault(question: Question, text: bool, choice: bool) -> str:
    if not question.required:
        return ""
    if question.kind == "free":
        return "" if text else "is not answered"
    return "" if choice else "has no choice made" if text else "is not answered"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " ..."


def _twice(subject: Subject) -> Iterator[Hit]:
    """A section that answers two questions would be sent twice."""
    first: dict[int, str] = {}
    for answer in subject.submission.answers:
        for index in answer.sections:
            if index in first:
                name = subject.submission.paper.sections[index].slug
                yield Hit(answer.span, f"{name} answers {first[index]} and {answer.question.id}: its text would be sent twice.", "Let passages of it answer each, or refer to the other answer.")
            first.setdefault(index, answer.question.id)


def _order(subject: Subject) -> Iterator[Hit]:
    """The sections that answer questions stand in the order of the questions."""
    paths = {s.text.section.path: i for i, s in enumerate(subject.sections)}
    before, name = -1, ""
    for answer in subject.submission.answers:
        sections = subject.submission.paper.sections
        places = [paths[sections[i].path] for i in answer.sections if sections[i].path in paths]
        if places and min(places) < before:
            yield Hit(answer.span, f"What answers {answer.question.id} stands before what answers {name}; the recipient wants the order of the questions.", "Change the order of `sections`.")
        if places:
            before, name = max(places), answer.question.id


CHECKS = (
    Check("STR-SUBMITTER", submitter, "Evidence from nobody is not taken.", "Say who submits it."),
    Check("STR-DATE", date, "The recipient files it by its date.", "Date it."),
    Check("STR-INTRO", introduction, "A clerk must see at once who speaks and why.", "Begin the text with a short introduction of the body and its reason to write."),
    Check("STR-SUMMARY", summary, "Members read the summary, and often nothing else.", "Give it the summary that the recipient asks for."),
    Check("STR-RECS", recommendations, "The recipient looks for what it is asked to do.", "Put the recommendations where the recipient wants them."),
    Check("STR-QUESTIONS", questions, "A question without an answer is taken for no opinion.", "Answer it in `answers`, or mark the question as not required."),
)
