"""Open a submission: its file, the profile it follows, the questions, the sections it takes, all of it checked and placed.

``submissions_of`` says which there are; ``open_submission`` gives one as a frozen value and says what is wrong with it.
Nothing is rendered here, and nothing is written.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from penholder.adapters import files, yaml
from penholder.errors import UsageError
from penholder.features.profile_rules import Profile, combined, overridden
from penholder.features.profiles import Profiles, fault_of, profiles_of
from penholder.features.submission import codes
from penholder.features.submission.contacts import contact_of
from penholder.features.submission.naming import gone, section_named
from penholder.features.submission.questions import Answer, answers_of, questions_of
from penholder.findings import Finding, Findings
from penholder.model.moments import Moment, moment
from penholder.model.profile import RuleFile
from penholder.model.submission import ContactFile, Override, Question, SubmissionFile
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored, nearest
from penholder.stages.load import Paper, load
from penholder.stages.where import SUBMISSIONS

if TYPE_CHECKING:
    from penholder.stages.discover import Workspace

ENDINGS = (".yaml", ".yml")


class Submission(NamedTuple):
    """One submission of one paper.

    ``profile`` has overlays and this submission's overrides in it; ``file`` is what the author wrote; ``questions`` and
    ``answers`` are those that can be used; ``contact`` is ``None`` where there is none here. ``place`` gives the span of
    any key: ``submission.place(("answers", 0, "choice"))``.
    """

    paper: Paper
    id: str
    file: SubmissionFile
    profile: Profile
    document: yaml.Document
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    deadline: Moment | None = None
    contact: ContactFile | None = None
    inputs: tuple[SourceFile, ...] = ()

    @property
    def source(self) -> SourceFile:
        return self.document.source

    @property
    def folder(self) -> Path:
        """Where what belongs to this submission alone is kept: its questions, and what ``record`` archives."""
        return self.paper.folder / SUBMISSIONS / self.id

    @property
    def dist(self) -> Path:
        """Where its files are built."""
        return self.paper.workspace.dist / self.paper.slug / SUBMISSIONS / self.id

    def place(self, where: Sequence[str | int] = ()) -> Span:
        """The span of a key of the file, or of the nearest thing around it."""
        return self.document.place(where)

    @property
    def title(self) -> str:
        return self.file.title or self.paper.meta.title

    @property
    def language(self) -> str:
        return self.file.language or self.paper.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is handed in in, its own first."""
        return tuple(dict.fromkeys((self.language, *self.file.languages)))

    @property
    def submitter(self) -> str:
        """Who submits it: named in the file, on its cover data, or the bodies that issue the paper."""
        return self.file.submitter or self.file.cover.organisation or " and ".join(o.name for o in self.paper.organisations)

    @property
    def statement(self) -> str:
        """The line that says who it is from, as the profile words it; ``""`` where nobody is named."""
        wording = self.profile.file.document.submitter
        return wording.replace("{submitter}", self.submitter) if self.submitter else ""

    @property
    def date(self) -> dt.date | None:
        return self.file.date or self.paper.meta.date

    def answer_to(self, question: str) -> Answer | None:
        """The answer to a question, by the question's id."""
        return next((a for a in self.answers if a.question.id == question), None)

    def limit_of(self, question: Question) -> int | None:
        """The most characters the text of an answer may have: the question's own limit, the form's, else the profile's."""
        rule = self.profile.rule("LEN-ANSWER")
        return question.limit or self.file.question_limit or (int(rule.setting.max) if rule and rule.setting.max else None)


# which there are ---------------------------------------------------------------------


def submissions_of(root: Path, slug: str) -> tuple[dict[str, Path], list[Finding]]:
    """The submissions of a paper: their files by id, sorted; and a finding where two have one id."""
    known: dict[str, Path] = {}
    findings = []
    folder = root / "papers" / slug / SUBMISSIONS
    for path in sorted(p for p in folder.glob("*") if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "_"))):
        name = _folded(path.stem)
        if name in map(_folded, known):
            other = next(p for i, p in known.items() if _folded(i) == name)
            place = Span(files.relative(root, path), 1, 1, 1, 1)
            findings.append(codes.SUBMISSION_TWICE.at(place, f"{path.name} and {other.name} are both the submission `{path.stem}`."))
            continue
        known[unicodedata.normalize("NFC", path.stem)] = path
    return known, findings


def _folded(name: str) -> str:
    """A name as file systems that ignore case and accents' spelling see it."""
    return unicodedata.normalize("NFC", name).casefold()


def open_submission(workspace: Workspace, slug: str, name: str) -> tuple[Submission, Findings]:
    """Read a submission and all it names.

    Raises ``UsageError`` where the paper has no such submission. An author's mistake is a finding, and what it concerns is
    left out: the value can always be used.
    """
    there, found = submissions_of(workspace.root, slug)
    wanted = unicodedata.normalize("NFC", Path(name).stem if name.endswith(ENDINGS) else name)
    if wanted not in there:
        known = ", ".join(there) or "none"
        raise UsageError(
            f"{slug} has no submission called {name!r} (submissions: {known})",
            f"Start one: penholder submission new {slug} {wanted} --profile uk-commons-select",
        )
    findings = Findings(found)
    paper, told = load(workspace, slug)
    findings.extend(told)
    head, said = read_head(workspace.root, there[wanted])
    findings.extend(said)
    submission = Submission(paper, wanted, head.file, head.profile, head.document, inputs=(head.document.source,))
    return _filled(submission, findings), findings


class Head(NamedTuple):
    """What a submission's file says by itself, its paper unread."""

    file: SubmissionFile
    profile: Profile
    document: yaml.Document


def read_head(root: Path, path: Path) -> tuple[Head, Findings]:
    """A submission's file and the profile it follows. What cannot be used is found and left out."""
    source, said = files.read_text(root, path)
    findings = Findings(said)
    document, said = yaml.load(source)
    findings.extend(said)
    file, said = authored(SubmissionFile, _with_times(document), document.place)
    if document.data is not yaml.UNREADABLE:
        findings.extend(_told(f, document) for f in said)
    profiles = profiles_of(root)
    findings.extend(profiles.findings)
    file = file or SubmissionFile(profile="submission")
    return Head(file, _profile(profiles, file, document, findings), document), findings


def _filled(submission: Submission, findings: Findings) -> Submission:
    """The submission with what its file only names: questions, answers, deadline, contact."""
    questions, inputs, found = questions_of(submission.file, submission.document, submission.paper, submission.folder)
    findings.extend(found)
    answers, found = answers_of(submission.file, submission.document, submission.paper, questions)
    findings.extend(found)
    findings.extend(_sections(submission))
    findings.extend(_people(submission))
    contact, found = contact_of(submission.paper.workspace.root, submission.file.contact, submission.place(("contact",)))
    findings.extend(found)
    deadline = moment(submission.file.deadline) if submission.file.deadline else None
    if deadline and deadline.twice:
        message = f"{deadline.local:%H:%M} comes twice on {deadline.local:%Y-%m-%d} in {deadline.zone}; the first is taken."
        findings.add(codes.DEADLINE_TWICE.at(submission.place(("deadline",)), message))
    return submission._replace(
        questions=questions, answers=answers, deadline=deadline, contact=contact, inputs=(*submission.inputs, *inputs)
    )


def _with_times(document: yaml.Document) -> object:
    """The data with the deadline as it was written: YAML makes times of some texts, and loses their zone."""
    data = document.data
    if not isinstance(data, Mapping) or not isinstance(data.get("deadline"), dt.date):
        return data
    line = document.source.line_text(document.place(("deadline",)).line)
    written = re.sub(r"\s+#.*$", "", line.split(":", 1)[1]).strip().strip("\"'")
    return {**data, "deadline": written}


def _told(finding: Finding, document: yaml.Document) -> Finding:
    """What is wrong with the deadline, under its own code."""
    if finding.span != document.place(("deadline",)) or finding.code.id != "YAML003":
        return finding
    message = re.sub(r"^`deadline`: ", "", finding.message)
    return codes.DEADLINE_WRONG.at(finding.span, message[:1].upper() + message[1:])


# the profile -------------------------------------------------------------------------------


def _profile(profiles: Profiles, file: SubmissionFile, document: yaml.Document, findings: Findings) -> Profile:
    name, place = file.profile, document.place(("profile",))
    if name not in profiles:
        findings.add(codes.PROFILE_UNKNOWN.at(place, f"There is no profile {name!r}.{nearest(name, profiles.ids)}"))
        name = "submission"
    elif profiles.get(name).file.kind == "overlay":
        findings.add(codes.PROFILE_KIND.at(place, f"{name} is an overlay: it goes over a recipient's profile."))
        name = "submission"
    overlays = []
    for index, overlay in enumerate(file.overlays):
        place = document.place(("overlays", index))
        if overlay not in profiles:
            findings.add(codes.PROFILE_UNKNOWN.at(place, f"There is no overlay {overlay!r}.{nearest(overlay, profiles.ids)}"))
        elif profiles.get(overlay).file.kind != "overlay":
            findings.add(codes.PROFILE_KIND.at(place, f"{overlay} is a recipient's profile, not an overlay."))
        else:
            overlays.append(profiles.get(overlay))
    return overridden(combined(profiles.get(name), overlays), _overrides(file.overrides, document, findings))


def _overrides(overrides: Mapping[str, Override], document: yaml.Document, findings: Findings) -> dict[str, tuple[RuleFile, str]]:
    usable: dict[str, tuple[RuleFile, str]] = {}
    for name, override in overrides.items():
        place = document.place(("overrides", name))
        fault = fault_of(name, override, extending=True)
        if fault:
            findings.add(fault[0].at(place, fault[1]))
            continue
        if not override.reason:
            findings.add(codes.OVERRIDE_REASON.at(place, f"{name} is overridden, and nothing says why."))
            continue
        said = override.data("given", without={"reason"})
        usable[name] = RuleFile.of(said), override.reason
    return usable


# what it names -------------------------------------------------------------------------------------


def _sections(submission: Submission) -> list[Finding]:
    """The sections that were chosen and are not there."""
    findings = []
    for index, part in enumerate(submission.file.sections or ()):
        if part.section and section_named(submission.paper, part.section) is None:
            findings.append(gone(submission.paper, part.section, submission.place(("sections", index))))
    return findings


def _people(submission: Submission) -> list[Finding]:
    """Contributors to be named who are unknown, or who, or for whom the body, did not agree to it."""
    findings = []
    known = submission.paper.workspace.contributors
    for index, name in enumerate(submission.file.contributors):
        place = submission.place(("contributors", index))
        person = known.get(name)
        if person is None:
            findings.append(codes.CONSENT_NAMED.at(place, f"`{name}` is not in contributors.yaml.{nearest(name, list(known))}"))
        elif not person.consent_to_be_named:
            findings.append(codes.CONSENT_NAMED.at(place, f"`{name}` has not agreed to be named."))
        elif submission.file.consent.names is False or submission.file.consent.publish in ("response-only", "not"):
            said = "names: false" if submission.file.consent.names is False else f"publish: {submission.file.consent.publish}"
            findings.append(codes.CONSENT_NAMED.at(place, f"`{name}` is named, and the consent says `{said}`."))
    return findings
