"""The paper that a submission is: chosen sections in their order, texts of its own, and a look that clerks expect.

``derived`` gives an ordinary ``Paper``, so that every stage takes it as it takes any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from penholder.features.submission import codes
from penholder.features.submission.naming import HEADING, home_of, id_of, plain_id, section_named
from penholder.features.submission.opening import Submission
from penholder.features.submission.questions import Answer
from penholder.findings import Finding, Findings
from penholder.model.paper import Numbering, SectionFront
from penholder.model.submission import PartFile
from penholder.source import SourceFile, Span
from penholder.stages.load import Paper, Section
from penholder.stages.texts import printable

ANSWER = "answer-"
"""Begins the slug of a section that is the text of an answer: ``answer-Q1``."""

RECOMMENDATIONS = re.compile(r"recommendation|argymhell|empfehlung|recomendaci|recommandation", re.I)


class Derived(NamedTuple):
    """A submission's paper; ``left_out`` are the sections of the whole paper that it leaves out."""

    submission: Submission
    paper: Paper
    left_out: tuple[Section, ...]


def derived(submission: Submission) -> tuple[Derived, Findings]:
    """The paper a submission makes of its own. Never fails for an author's mistake."""
    findings = Findings()
    whole, settings = submission.paper, submission.profile.file.document
    sections, used, found = _chosen(submission)
    findings.extend(found)
    if not sections:
        findings.add(codes.EMPTY.at(Span(submission.source.path, 1, 1, 1, 1), "No section of the paper and no text is chosen."))
    meta = whole.meta.changed(
        title=submission.title,
        subtitle="" if submission.file.title else whole.meta.subtitle,
        short_title="" if submission.file.title else whole.meta.short_title,
        abstract=whole.meta.abstract if settings.cover else "",
        date=submission.date if settings.date else None,
        language=submission.language,
        addressee=submission.file.addressee or submission.profile.file.addressee or whole.meta.addressee,
        numbering=Numbering(paragraphs=settings.paragraph_numbers, headings=settings.heading_numbers),
        cover=settings.cover,
        contents=settings.contents,
        keywords=whole.meta.keywords if settings.cover else (),
    )
    known = whole.workspace.contributors
    people = whole.contributors if settings.contributors else tuple(known[i] for i in submission.file.contributors if i in known and known[i].consent_to_be_named)
    paper = whole._replace(meta=meta, sections=tuple(_ordered(sections, settings.summary, settings.recommendations)), contributors=people)
    left_out = tuple(s for i, s in enumerate(whole.sections) if i not in used)
    return Derived(submission, paper, left_out), findings


# which sections ------------------------------------------------------------------------------


def _chosen(submission: Submission) -> tuple[list[Section], set[int], list[Finding]]:
    """The sections in the order they are to stand in, the indexes of those of the paper, and what is wrong."""
    whole, file = submission.paper, submission.file
    sections: list[Section] = []
    used: set[int] = set()
    findings: list[Finding] = []
    parts = file.sections
    if parts is None and not submission.answers:
        return list(whole.sections), set(range(len(whole.sections))), []
    for number, part in enumerate(parts or ()):
        place = submission.place(("sections", number))
        index = section_named(whole, part.section) if part.section else None
        if index is not None and index in used:
            findings.append(codes.SECTION_GONE.at(place, f"{part.section} is chosen twice.", help="Take one of the two out."))
        elif index is not None:
            used.add(index)
            sections.append(_with(whole.sections[index], part))
        elif part.text:
            made, found = own_text(submission, ("sections", number, "text"), part.text, f"text-{number + 1}", _front(part))
            sections.append(made)
            findings += found
    for answer in submission.answers:
        made_, found = _of_answer(submission, answer, used, chosen=parts is not None)
        sections += made_
        findings += found
    return sections, used, findings


def _of_answer(submission: Submission, answer: Answer, used: set[int], *, chosen: bool) -> tuple[list[Section], list[Finding]]:
    """What an answer brings along: its sections (where none were chosen one by one, or for a form), and its own text."""
    sections: list[Section] = []
    findings: list[Finding] = []
    form = "form" in submission.profile.file.makes
    passages = [home_of(plain_id(name), submission.paper.sections) for name in answer.file.passages]
    homes = [submission.paper.sections.index(home) for home in passages if home is not None]
    for index in dict.fromkeys((*answer.sections, *homes)):
        if index in used:
            continue
        if chosen and not form:
            name = submission.paper.sections[index].slug
            findings.append(codes.SECTION_GONE.at(answer.span, f"{name} answers `{answer.question.id}`, and is not among the chosen `sections`."))
            continue
        used.add(index)
        sections.append(submission.paper.sections[index])
    if answer.file.text:
        front = SectionFront(title=f"{answer.question.id}: {answer.question.text}")
        made, found = own_text(submission, ("answers", answer.number, "text"), answer.file.text, ANSWER + answer.question.id, front)
        sections.append(made)
        findings += found
    return sections, findings


def _front(part: PartFile) -> SectionFront:
    return SectionFront(title=part.title, kind=part.kind or "body", numbered=part.numbered)


def _with(section: Section, part: PartFile) -> Section:
    """A section of the paper with another title, kind or numbering; its first heading makes way for the title."""
    update = {key: value for key in ("kind", "numbered") if (value := getattr(part, key)) is not None}
    start = section.body_start
    if part.title:
        update["title"] = part.title
        found = HEADING.match(section.source.text, start) if section.source else None
        if found:
            start = found.end()
            update |= {"id": named} if (named := id_of(section)) else {}
    return section._replace(front=section.front.changed(**update), body_start=start)


def _ordered(sections: Iterable[Section], summary: str, recommendations: str) -> list[Section]:
    """Summaries first and annexes last; recommendations just before the annexes where the recipient wants it so."""

    def place(section: Section) -> int:
        if section.front.kind == "annex":
            return 3
        if section.front.kind == "summary":
            return 0 if summary == "first" else 1
        if recommendations == "last" and _is_recommendations(section):
            return 2
        return 1

    return sorted(sections, key=place)


def _is_recommendations(section: Section) -> bool:
    first = HEADING.match(section.source.text, section.body_start) if section.source else None
    return any(RECOMMENDATIONS.search(text) for text in (section.slug, section.front.title, first[1] if first else ""))


# texts of the submission's own ---------------------------------------------------------------------


def own_text(submission: Submission, where: Sequence[str | int], text: str, slug: str, front: SectionFront) -> tuple[Section, list[Finding]]:
    """A section made of a text that stands in the submission's file, with the way back to its lines and columns there."""
    source, start = _placed(submission, where, text)
    source, findings = printable(source)
    return Section(slug, submission.source.path, front, source, start), findings


def _placed(submission: Submission, where: Sequence[str | int], text: str) -> tuple[SourceFile, int]:
    """The text as a file of its own in which each line has the number, and each column the place, it has in the YAML."""
    written = submission.source
    line = submission.place(where).line
    lines = text.split("\n")
    shown = written.line_text(line + 1)
    indent = len(shown) - len(shown.lstrip(" "))
    block = re.search(r"[:-][ \t]+\|[-+0-9]*[ \t]*(#.*)?$", written.line_text(line)) is not None
    if block and all(written.line_text(line + 1 + i)[indent:].rstrip() == each.rstrip() for i, each in enumerate(lines[:-1] or lines)):
        removed: list[int] = []
        at = line  # as many line ends stand before the text
        for each in lines:
            removed += [at] * (indent if each else 0)
            at += len(each) + 1
        return SourceFile(written.path, "\n" * line + text, tuple(removed)), line
    return SourceFile(written.path, "\n" * (line - 1) + text), line - 1  # folded, or on one line: the right line, no more
