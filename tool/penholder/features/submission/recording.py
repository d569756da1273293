"""Record what became of a submission: the very bytes that were sent, how they differ from what was agreed, and when.

The record is YAML that people may edit; it is changed by a round trip that keeps every comment. Files that hold contact
details are not kept in the repository, where everybody who gets it would read them, but in the ignored ``private/``.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from penholder.adapters import files, yaml
from penholder.errors import UnusableError, UsageError
from penholder.features.submission.contacts import PRIVATE
from penholder.features.submission.difference import Difference, difference, paragraphs_of
from penholder.features.submission.filing import plain_name
from penholder.features.submission.standing import EMBARGO, Standing, forbids, record_path
from penholder.features.submission.states import NAMES, fault_of_step
from penholder.model.paper import SCHEMA_VERSION
from penholder.model.profile import State
from penholder.model.record import Came, Despite, SentFile, Step
from penholder.model.submission import ContactFile
from penholder.stages.where import SUBMISSIONS

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker

KEPT = "record"
_HEAD = """\
# What became of this submission. `penholder submission record` adds to it; so may you, at the end of a list.
"""
_MOST_BYTES = 200_000_000


class Sent(NamedTuple):
    """A file that somebody says was sent: its path as given, and its bytes."""

    path: Path
    data: bytes

    @property
    def kind(self) -> str:
        return self.path.suffix.removeprefix(".").lower()


class Recorded(NamedTuple):
    """What was written: the step, the paths of its files from the workspace's root, those kept in private/, and the record."""

    step: Step
    kept: tuple[str, ...]
    private: tuple[str, ...]
    path: str


def read_sent(paths: Sequence[Path]) -> list[Sent]:
    """The files that were sent. Raises ``UsageError`` for one that cannot be read, is empty, or is far too large."""
    sent = []
    for path in paths:
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise UsageError(f"{path} has more than {_MOST_BYTES // 1_000_000} MB", "No recipient takes that; name the file that was sent.")
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}", "Name the file that was sent.") from None
        if not data:
            raise UsageError(f"{path} is empty", "Name the file that was sent.")
        sent.append(Sent(path, data))
    return [each for file in sent for each in (file, *_attached(file))]


def _attached(file: Sent) -> list[Sent]:
    """The files that an e-mail carried: it is they that were sent."""
    if file.kind != "eml":
        return []
    parts = email.message_from_bytes(file.data, policy=email.policy.default).iter_attachments()
    found = [(PurePosixPath((p.get_filename() or "attachment").replace("\\", "/")).name, p.get_payload(decode=True)) for p in parts]
    return [Sent(Path(name), data) for name, data in found if isinstance(data, bytes) and data]


def check_step(standing: Standing, state: State, day: dt.date, despite: Despite | None = None) -> None:
    """Raises ``UsageError`` where the state may not follow, the day lies before the last step, or the recipient forbids it."""
    fault = fault_of_step(standing.state, state)
    if fault:
        raise UsageError(f"{standing.slug} {standing.id}: {fault[:1].lower()}{fault[1:]}", f"`penholder submission status {standing.slug} {standing.id}` shows where it stands.")
    if standing.since and day < standing.since:
        raise UsageError(f"{day.isoformat()} is before {standing.since.isoformat()}, when it became {NAMES[standing.state]}", "Give the day with --date YYYY-MM-DD.")
    if state == "public" and forbids(standing.head, standing.state) and (despite is None or despite.code != EMBARGO):
        said = standing.head.profile.file.publication
        raise UsageError(
            f"it is {NAMES[standing.state]}, and may not be made public. {said.rule} ({'; '.join(filter(None, (said.source, said.mark)))})",
            f"Record the permission first (permission-granted), or give --despite {EMBARGO} --reason WHY --by ID.",
        )


# how it differs ------------------------------------------------------------------------------------


def compare(sent: Sequence[Sent], agreed: Mapping[str, bytes], worker: Worker) -> tuple[str, ...]:
    """How the files that were sent differ from the agreed ones, in words; where there are several, with their names."""
    lines: list[str] = []
    sent = [file for file in sent if file.kind != "eml"]
    for file in sent:
        found = counterpart(file, agreed)
        if found is None:
            told = Difference((f"There is no agreed file to compare {file.path.name} with.",))
        else:
            told = difference(agreed[found], file.data, found.rpartition(".")[2], file.kind, worker)
        named = len(sent) > 1 and not told.lines[0].startswith("There is no agreed file")
        lines += [f"{file.path.name}: {line}" if named else line for line in told.lines]
    return tuple(lines)


def counterpart(file: Sent, agreed: Mapping[str, bytes]) -> str | None:
    """Which agreed file it was: the same bytes, the same name, the only one of its kind, the only one there is."""
    same = [n for n, data in agreed.items() if data == file.data]
    named = [n for n in agreed if PurePosixPath(n).name == file.path.name]
    kind = [n for n in agreed if n.rpartition(".")[2] == file.kind]
    for found in (same[:1], named, kind, list(agreed)):
        if len(found) == 1:
            return found[0]
    return None


# what is kept, and where -------------------------------------------------------------------------


def keep(root: Path, standing: Standing, sent: Sequence[Sent], day: dt.date, contact: ContactFile | None, worker: Worker) -> list[SentFile]:
    """Put the bytes where they stay, under names with their day and hash; a file once kept is never written over."""
    kept = []
    for file in sent:
        seal = files.sha256(file.data)
        folder = root / "papers" / standing.slug / SUBMISSIONS / standing.id / KEPT
        if holds_contact(file, contact, worker):
            folder = root / PRIVATE / SUBMISSIONS / standing.slug / standing.id
        stem = plain_name(file.path.stem) or "file"
        ending = re.sub(r"[^a-z0-9]", "", file.kind)
        path = folder / f"{day.isoformat()}-{seal[:8]}-{stem}{f'.{ending}' if ending else ''}"
        try:
            target = files.inside(root, path)
        except files.OutsideError:
            raise UnusableError(f"{path} leads out of the workspace", "Remove the link.") from None
        if not (target.is_file() and files.sha256(target.read_bytes()) == seal):
            files.write_whole(target, file.data)
        name = unicodedata.normalize("NFC", file.path.name)
        kept.append(SentFile(name=name, kept=files.relative(root, path), sha256=seal, size=len(file.data)))
    return kept


def holds_contact(file: Sent, contact: ContactFile | None, worker: Worker) -> bool:
    """Whether a file shows contact details: any e-mail always does, a document where those of the contact stand in it."""
    if file.kind in ("eml", "msg"):
        return True
    if contact is None:
        return False
    text = "\n".join(paragraphs_of(file.data, file.kind, worker) or [])
    squeezed = re.sub(r"[^0-9a-z@.]", "", text.casefold())
    details = [contact.email, *contact.address[:1]]
    wanted = [re.sub(r"[^0-9a-z@.]", "", d.casefold()) for d in details if d]
    phone = re.sub(r"\D", "", contact.phone)
    return any(w in squeezed for w in wanted) or (len(phone) > 5 and phone in re.sub(r"\D", "", text))


# the record ---------------------------------------------------------------------------------------


def write_step(root: Path, standing: Standing, step: Step, despite: Despite | None = None) -> Recorded:
    """Add a step, and an escape that was used for it, to the record."""
    added: dict[str, Any] = {"steps": [_plain(step)]}
    if despite:
        added["despite"] = [_plain(despite)]
    path = _add(root, standing, added)
    private = tuple(f.kept for f in step.files if f.kept.startswith(f"{PRIVATE}/"))
    return Recorded(step, tuple(f.kept for f in step.files if f.kept not in private), private, path)


def write_came(root: Path, standing: Standing, what: str, came: Came) -> str:
    """Add an ``outcome`` or an ``impact`` to the record; returns its path from the root."""
    return _add(root, standing, {what: [_plain(came)]})


def _plain(value: Step | Came | Despite) -> dict[str, Any]:
    """The data of a model, without what it does not say. Dates stay dates, so that YAML writes them bare."""
    return value.data("unusual")


def _add(root: Path, standing: Standing, added: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Append to the lists of the record as it lies there, comments kept, and read it back before it is written."""
    path = record_path(root, standing.slug, standing.id)
    name = files.relative(root, path)
    try:
        target = files.inside(root, path)
    except files.OutsideError:
        raise UnusableError(f"{name} leads out of the workspace", "Remove the link.") from None
    with files.locked(target.parent, root):
        source, found = files.read_text(root, target) if target.exists() else (None, [])
        document, faults = yaml.load(source) if source else (None, [])
        if found or faults:
            raise UsageError(f"{name} cannot be read, so nothing is added to it", str((found or faults)[0].message))
        if document and not isinstance(document.data, Mapping | None):
            raise UsageError(f"{name} cannot be read, so nothing is added to it", "It should be lines of `key: value`.")
        before = source.text if source and document and document.data is not None else f"{_HEAD}schema_version: {SCHEMA_VERSION}\n"
        try:
            text = yaml.added(before, added)
        except ValueError as error:
            raise UsageError(f"{name} cannot be added to: {error}", "Make it a list, or take it out.") from None
        files.write_whole(target, text.encode())
    return name
