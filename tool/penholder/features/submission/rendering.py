"""A submission's document and its files, by the stages that build any paper.

``document_of`` resolves it (for measuring, and for answers), ``render_submission`` also writes it. The files are returned,
not written: what is done with them is ``build``'s.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from penholder.features.submission import codes
from penholder.features.submission.deriving import Derived, derived
from penholder.features.submission.leaving import InWords, told
from penholder.features.submission.naming import plain_id
from penholder.features.submission.opening import Submission
from penholder.findings import Finding, Findings
from penholder.stages.render.front import Evidence, Front

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.model.profile import Settings
    from penholder.model.theme import Theme
    from penholder.stages.look import Look
    from penholder.stages.render.identity import Identity
    from penholder.stages.resolve.parts import Document, Part

MADE = ("docx", "odt", "rtf", "txt", "pdf", "html")
"""The formats ``render_submission`` can write. ``form`` is no file: its answers are taken from the document."""


class Resolved(NamedTuple):
    """A submission's document with what it is printed with. ``identity`` is for the record beside the files, never in them."""

    derived: Derived
    document: Document
    front: Front
    look: Look
    identity: Identity

    @property
    def submission(self) -> Submission:
        return self.derived.submission


class Rendered(NamedTuple):
    """A submission's files as bytes, by format, and what they were made from. A format with lost text is not among them."""

    resolved: Resolved
    files: dict[str, bytes]


def document_of(submission: Submission, worker: Worker, seen: Callable[[Part], None] | None = None) -> tuple[Resolved, Findings]:
    """Derive and resolve: the very document that is rendered. ``seen`` is shown each section as it was read.

    Raises what ``resolve`` raises (``LimitError``, ``PandocFailure``); never for an author's mistake.
    """
    from penholder.stages.assemble import assemble
    from penholder.stages.look import look_of
    from penholder.stages.render.edition import shown
    from penholder.stages.render.front import front_of
    from penholder.stages.render.identity import identify
    from penholder.stages.resolve import resolve

    made, findings = derived(submission)
    manuscript, found = assemble(made.paper)
    findings.extend(found)
    look, found = look_of(made.paper)
    findings.extend(found)
    settings = submission.profile.file.document
    look = plain_look(look, settings)
    words = InWords(made.paper.sections, made.left_out, submission.paper.meta.title, look.theme.words(made.paper.language))

    def read(part: Part) -> None:
        if submission.file.left_out == "words":
            words.seen(part)
        if seen:
            seen(part)

    document, found = resolve(manuscript, look.theme, worker, read)
    findings.extend(words.findings)
    findings.extend(told(found, made.left_out))
    findings.extend(_passages(submission, document))
    shared = [*document.library, *manuscript.ledgers, *shown(made.paper.workspace, document.pictures)]
    identity = latest(identify(manuscript, shared), submission)
    front = front_of(made.paper, identity, look.theme, faulty=findings.errors > 0)
    if not settings.cover:
        front = evidence_front(front, submission, settings, faulty=findings.errors > 0)
    return Resolved(made, document, front, look, identity), findings


def render_submission(
    submission: Submission,
    formats: Sequence[str],
    worker: Worker,
    compiler: Compiler,
    *,
    step: Callable[[str], None] = lambda _: None,
    seen: Callable[[Part], None] | None = None,
) -> tuple[Rendered, Findings]:
    """The files of a submission in ``formats`` (of ``MADE``), each read back and compared with the document.

    ``step`` is told what is being done. Raises what ``document_of`` raises.
    """
    from penholder.stages.render.outputs import Tools, write

    step("read")
    resolved, findings = document_of(submission, worker, seen)
    outputs = write(resolved.document, resolved.front, resolved.look, formats, Tools(worker, compiler), step)
    findings.extend(outputs.findings)
    return Rendered(resolved, outputs.files), findings


def latest(identity: Identity, submission: Submission) -> Identity:
    """The identity of the paper, or that of the submission's own files where they were committed later."""
    from penholder.adapters import git

    own = git.last_change(submission.paper.workspace.root, [s.path for s in submission.inputs])
    identity = identity._replace(modified=identity.modified or own.modified, problem=identity.problem or own.problem)
    return identity._replace(commit=own.commit, epoch=own.epoch) if own.epoch > identity.epoch and not _given() else identity


def _given() -> bool:
    """Whether the time is set from outside (https://reproducible-builds.org/specs/source-date-epoch/)."""
    return os.environ.get("SOURCE_DATE_EPOCH", "").isdigit()


# how it looks ---------------------------------------------------------------------------------


def plain_look(look: Look, settings: Settings) -> Look:
    """The theme as a recipient wants it: sober sizes, black where colour is unwelcome, no logo, no house file of Word."""
    theme = look.theme
    changed: dict[str, object] = {}
    if not settings.logo:
        changed["logo"] = None
    if not settings.colour:
        changed["colours"] = theme.colours.changed(
            text="#000000", accent="#000000", muted="#404040", rule="#808080", tint="#f2f2f2", draft="#000000"
        )
    if not settings.cover:
        body = max(theme.sizes.body, settings.font_size or 0)
        changed["sizes"] = theme.sizes.changed(body=body, heading3=body, heading2=body + 1, heading1=body + 3, title=body + 6)
        changed["furniture"] = _furniture(theme, settings)
    elif settings.font_size and theme.sizes.body < settings.font_size:
        changed["sizes"] = theme.sizes.changed(body=settings.font_size)
    plain = look._replace(theme=theme.changed(**changed))
    if not settings.logo:
        plain = plain._replace(logo=b"")
    return plain if settings.cover else plain._replace(reference=b"")


def _furniture(theme: Theme, settings: Settings) -> object:
    return theme.furniture.changed(
        header="{short_title}" if settings.running_header else "",
        footer_left="",
        footer_centre="",
        footer_right="{page_of}" if settings.page_numbers else "",
    )


def evidence_front(front: Front, submission: Submission, settings: Settings, *, faulty: bool) -> Front:
    """The front of a document that is the clerk's: who it is from, what it answers, the date; no commit, no paper's id."""
    words = front.words
    inquiry = submission.file.inquiry
    named = f"{inquiry.name} ({inquiry.id})" if inquiry and inquiry.id else inquiry.name if inquiry else ""
    facts = [(words["to"], front.addressee), (words["in_response_to"], named), (words["date"], front.date if settings.date else "")]
    facts += [(words["contributors"], ", ".join(p.name for p in front.contributors))]
    confidential = submission.profile.file.confidentiality.mark_on_front and submission.file.confidential
    evidence = Evidence(
        submission.statement,
        tuple((name, value) for name, value in facts if value),
        words["confidential"] if confidential else "",
    )
    return front._replace(
        evidence=evidence, identity=front.identity if settings.identity else "", paper_id="", version="", draft=faulty,
        status=words["status_final"], cite_as="", contributors=(), organisations=(submission.submitter,) if submission.submitter else (),
    )  # fmt: skip


# what it names -------------------------------------------------------------------------------


def _passages(submission: Submission, document: Document) -> Iterable[Finding]:
    """Answers that name a passage which is not in the document."""
    from penholder.stages.authored import nearest

    for answer in submission.answers:
        for number, name in enumerate(answer.file.passages):
            if plain_id(name) not in document.targets:
                place = submission.place(("answers", answer.number, "passages", number))
                yield codes.SECTION_GONE.at(place, f"Nothing that was chosen has the id `{name}`.{nearest(name, list(document.targets))}")
