"""Where a submission stands, and whether its recipient lets anything be published.

``publication_block`` is what everything public asks before it runs. It reads the submissions' files and records, and
renders nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from penholder.adapters import files, yaml
from penholder.errors import UsageError
from penholder.features.submission import codes
from penholder.features.submission.opening import Head, read_head, submissions_of
from penholder.features.submission.states import NAMES, fault_of_step
from penholder.findings import Code, Finding, Findings, Severity
from penholder.model.profile import State
from penholder.model.record import Came, Despite, RecordFile, Step
from penholder.model.rulebook import RULEBOOK
from penholder.source import SourceFile, Span
from penholder.stages.authored import authored
from penholder.stages.tomlplace import toml_place
from penholder.stages.where import MARKER, SUBMISSIONS, visibility_is_public

RECORD = "record.yaml"
EMBARGO = "PUB-EMBARGO"


class Standing(NamedTuple):
    """A submission and what became of it. ``record`` holds only what can be believed; ``document`` is its file, if there is one."""

    slug: str
    id: str
    head: Head
    record: RecordFile
    document: yaml.Document

    @property
    def state(self) -> State:
        return self.record.steps[-1].state if self.record.steps else "draft"

    @property
    def since(self) -> dt.date | None:
        return self.record.steps[-1].date if self.record.steps else None

    @property
    def sent(self) -> Step | None:
        """The last time it was sent."""
        return next((s for s in reversed(self.record.steps) if s.state == "submitted"), None)

    @property
    def reference(self) -> str:
        """The recipient's own number for it, the last one that was given."""
        return next((s.reference for s in reversed(self.record.steps) if s.reference), "")

    @property
    def outcome(self) -> tuple[Came, ...]:
        return self.record.outcome

    @property
    def impact(self) -> tuple[Came, ...]:
        return self.record.impact

    @property
    def embargoed(self) -> bool:
        """Whether the recipient forbids publication in the state it is in."""
        return forbids(self.head, self.state)


def forbids(head: Head, state: State) -> bool:
    """Whether a submission's profile forbids publication in a state. An override of the rule with its reason can lift that."""
    override = head.file.overrides.get(EMBARGO)
    lifted = override is not None and override.off and bool(override.reason)
    return state in head.profile.file.publication.forbidden and not lifted


def record_path(root: Path, slug: str, name: str) -> Path:
    """Where the record of a submission lies, whether there is one yet or not."""
    return root / "papers" / slug / SUBMISSIONS / name / RECORD


def standing_of(root: Path, slug: str, name: str) -> tuple[Standing, Findings]:
    """Where a submission stands. Raises ``UsageError`` where there is none of that name."""
    there, found = submissions_of(root, slug)
    findings = Findings(found)
    if name not in there:
        known = ", ".join(there) or "none"
        raise UsageError(f"{slug} has no submission called {name!r} (submissions: {known})", f"Start one: penholder submission new {slug} {name} --profile uk-commons-select")
    head, said = read_head(root, there[name])
    findings.extend(said)
    record, document, said_ = _record(root, record_path(root, slug, name))
    findings.extend(said_)
    standing = Standing(slug, name, head, record, document)
    findings.extend(_kept(root, standing))
    return standing, findings


def standings(root: Path, slugs: Sequence[str]) -> tuple[list[Standing], Findings]:
    """All submissions of some papers, by paper and id."""
    all_, findings = [], Findings()
    for slug in slugs:
        for name in submissions_of(root, slug)[0]:
            standing, found = standing_of(root, slug, name)
            all_.append(standing)
            findings.extend(found)
    return all_, findings


def _record(root: Path, path: Path) -> tuple[RecordFile, yaml.Document, list[Finding]]:
    """A record as far as it can be believed: steps that cannot follow one another are left out."""
    if not path.exists():
        return RecordFile(), yaml.Document(SourceFile(files.relative(root, path), ""), yaml.UNREADABLE), []
    source, findings = files.read_text(root, path)
    document, found = yaml.load(source)
    findings += found
    made, more = authored(RecordFile, document.data, document.place)
    findings += more if document.data is not yaml.UNREADABLE else []
    made = made or RecordFile()
    state: State = "draft"
    steps = []
    for index, step in enumerate(made.steps):
        fault = fault_of_step(state, step.state)
        if fault:
            findings.append(codes.STEP_WRONG.at(document.place(("steps", index, "state")), fault))
            continue
        state = step.state
        steps.append(step)
    return made.changed(steps=tuple(steps)), document, findings


def _kept(root: Path, standing: Standing) -> list[Finding]:
    """Files of the record whose bytes are not there any more, or are others. What lies in private/ may be elsewhere."""
    findings = []
    for index, step in enumerate(standing.record.steps):
        for number, file in enumerate(step.files):
            if not file.kept:
                continue
            data, found = files.read_bytes(root, root / file.kept)
            away = bool(found) and file.kept.startswith("private/")
            if not away and (found or files.sha256(data) != file.sha256):
                what = "is not there" if found else "has other bytes than those that were sent"
                findings.append(codes.SENT_FILE.at(standing.document.place(("steps", index, "files", number)), f"{file.kept} {what}."))
    return findings


# what may be published -----------------------------------------------------------------------------


class Block(NamedTuple):
    """A submission whose recipient forbids publication now. ``binding`` is false where the rule rests on memory alone."""

    standing: Standing
    rule: str
    source: str
    mark: str
    binding: bool

    @property
    def message(self) -> str:
        said = self.rule or "The recipient does not let it be published yet."
        where = f" ({'; '.join(filter(None, (self.source, self.mark)))})"
        return f"`{self.standing.id}` is {NAMES[self.standing.state]}. {said}{where}"

    def finding(self, place: Span | None = None) -> Finding:
        """What is found at ``place``: the workspace's ``visibility`` if none is given."""
        place = place or Span(MARKER, 1, 1, 1, 1)
        if not self.binding:
            return codes.FROM_MEMORY.at(place, self.message)
        url = self.source if self.source.startswith("http") else ""
        return _EMBARGO._replace(url=url).at(place, self.message)


_EMBARGO = Code(
    EMBARGO, Severity.ERROR, RULEBOOK[EMBARGO].title,
    "A recipient may turn away what was published elsewhere, and what is public cannot be called back.",
    "Wait for its permission and record it: penholder submission record PAPER ID permission-granted. Or set the rule aside: "
    f"--despite {EMBARGO} --reason WHY --by ID.",
)  # fmt: skip


def block_of(standing: Standing) -> Block | None:
    """Why nothing of a submission may be published now; ``None`` where it may."""
    if not standing.embargoed:
        return None
    said = standing.head.profile.file.publication
    return Block(standing, said.rule, said.source, said.mark, not said.from_memory)


def publication_block(root: Path, slug: str) -> tuple[Block, ...]:
    """What forbids that a paper's text is made public now: a block for each submission that does. Ask before anything public runs.

    The paper's other editions are meant as well: a recipient does not ask in which skin its evidence was published.
    """
    found, _ = standings(root, [slug])
    return tuple(block for s in found if (block := block_of(s)))


def visibility_place(root: Path) -> Span | None:
    """The line of penholder.toml that makes the workspace public; ``None`` where none does."""
    if not visibility_is_public(root):
        return None
    return toml_place(files.read_text(root, root / MARKER)[0], ("visibility",))


def public_findings(root: Path, slugs: Sequence[str]) -> list[Finding]:
    """What is wrong with a workspace that everybody can read while a recipient forbids publication."""
    place = visibility_place(root)
    return [b.finding(place) for slug in slugs for b in publication_block(root, slug)] if place else []


def despite_of(code: str, reason: str, by: str, known: Sequence[str], today: dt.date, action: str) -> Despite:
    """An escape that was asked for. Raises ``UsageError`` where it does not say why, or on whose word."""
    if not reason.strip():
        raise UsageError(f"--despite {code} needs --reason", "Say in a sentence why the rule does not hold.")
    if by not in known:
        raise UsageError(f"--despite {code} needs --by with an id of contributors.yaml", f"Known: {', '.join(known) or 'none'}.")
    return Despite(code=code, reason=reason.strip(), by=by, date=today, action=action)
