"""The two versions of a paper that a redline compares, each read as a build at its revision would read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from penholder import codes
from penholder.adapters import files, history
from penholder.adapters.history import Commit
from penholder.adapters.pandoc.worker import PandocFailure, Worker
from penholder.errors import LimitError, UnusableError, UsageError
from penholder.findings import Finding, Findings
from penholder.source import Span
from penholder.stages.discover import Workspace, discover
from penholder.stages.load import Paper
from penholder.stages.look import Look
from penholder.stages.prepare import prepare
from penholder.stages.render import identity
from penholder.stages.render.edition import shown
from penholder.stages.render.identity import Identity
from penholder.stages.resolve import Document, resolve
from penholder.stages.where import MARKER, PAPER, find_root, papers_of

WORKING_TREE = "working tree"
_NEVER = ("dist", "private", ".penholder")  # no paper is made of these


class Version(NamedTuple):
    """A paper at one revision.

    ``label`` is the revision as it was typed, ``commit`` what it names (None for the working
    tree). ``findings`` are what a build would find, the paths of an older version's files
    written as Git writes them (``v1.0:papers/x/paper.yaml``).
    """

    label: str
    commit: Commit | None
    slug: str
    workspace: Workspace
    paper: Paper
    document: Document
    look: Look
    identity: Identity
    findings: Findings

    @property
    def root(self) -> Path:
        """The workspace whose history this is a version from."""
        return self.workspace.cache_of or self.workspace.root


class _Place(NamedTuple):
    """Where the files of a version lie, the workspace of all versions, and the findings made on the way."""

    label: str
    commit: Commit | None
    folder: Path
    root: Path
    findings: Findings

    def name(self, path: str) -> str:
        return f"{self.label}:{path}" if self.commit else path


@contextmanager
def open_versions(
    root: Path, slug: str, old: str, new: str | None, worker: Worker, step: Callable[[str], None] = lambda _: None
) -> Iterator[tuple[Version, Version]]:
    """The older and the newer version of the paper that is ``slug`` at ``new`` (None: the working tree).

    The files of a revision, and with them the pictures of its document, are gone when the context ends.
    ``step`` is told what is being read. Raises ``UsageError`` where a revision or its paper does not exist,
    ``UnusableError`` where the paper as a whole cannot be read; an author's mistake in either version is a finding.
    """
    root = find_root(root)
    older = history.commit_of(root, old)
    newer = history.commit_of(root, new) if new is not None else None
    with TemporaryDirectory(prefix="penholder-") as made, TemporaryDirectory(prefix="penholder-") as made_too:
        now = _place(root, new or WORKING_TREE, newer, Path(made).resolve())
        was = _place(root, old, older, Path(made_too).resolve())
        _want(now, slug)
        former = _former(was, newer, slug)
        for place, after in ((now, None), (was, now)):
            _mark(place, after)
        step(f"read {was.label}")
        before = _read(was, former, worker)
        step(f"read {now.label}")
        yield before, _read(now, slug, worker)


def _place(root: Path, label: str, commit: Commit | None, folder: Path) -> _Place:
    """Lay out the files of a revision in ``folder``; those of the working tree lie where they are."""
    findings = Findings()
    place = _Place(label, commit, folder if commit else root, root, findings)
    if commit:
        left_out = history.snapshot(root, commit.hash, folder, lambda path: path.split("/", 1)[0] not in _NEVER)
        for path in left_out:
            message = f"{path} of {label} has a name that cannot be used here; it was left out."
            findings.add(codes.FILE_UNREADABLE.at(Span(path), message))
    return place


def _want(place: _Place, slug: str) -> None:
    """Raise ``UsageError`` unless the paper is there."""
    if slug in papers_of(place.folder):
        return
    first, last = history.first_and_last(place.root, slug, f"papers/{slug}/{PAPER}")
    where = f"; it is first in {first}" if first else ""
    where += f" and last in {last}" if last else ""
    others = ", ".join(papers_of(place.folder))
    raise UsageError(
        f"there is no paper called {slug!r} in {_spoken(place)}{where}",
        f"Name a revision that has it{f', or one of the papers there: {others}' if others else ''}.",
    )


def _former(was: _Place, newer: Commit | None, slug: str) -> str:
    """What the paper was called in the older version; raises ``UsageError`` where it was not there."""
    if slug in papers_of(was.folder):
        return slug
    assert was.commit is not None
    former = history.renamed_from(was.root, was.commit.hash, newer.hash if newer else None, slug)
    if former not in papers_of(was.folder):
        _want(was, slug)
    return former


def _mark(place: _Place, after: _Place | None) -> None:
    """See to it that the folder of a revision is a workspace: one that was none yet takes the settings of the newer version."""
    marker = place.folder / MARKER
    if marker.is_file():
        return
    if after is None:
        raise UsageError(f"{_spoken(place)} is no Penholder workspace: it has no {MARKER}", "Name a later revision.")
    files.write_whole(marker, (after.folder / MARKER).read_bytes())
    message = f"{place.label} has no {MARKER}; the settings of {_spoken(after)} are used."
    place.findings.add(codes.FILE_UNREADABLE.at(Span(MARKER), message, help="Nothing needs to be done."))


def _spoken(place: _Place) -> str:
    return place.label if place.commit else f"the {place.label}"


def _read(place: _Place, slug: str, worker: Worker) -> Version:
    """Take a paper through the stages up to its document."""
    try:
        return _through(place, slug, worker)
    except (LimitError, PandocFailure) as error:
        raise UnusableError(f"{slug} cannot be read at {_spoken(place)}: {error.message}", error.remedy or "Name another revision.") from error


def _through(place: _Place, slug: str, worker: Worker) -> Version:
    findings = place.findings
    workspace, found = discover(place.folder)
    workspace = workspace._replace(cache_of=place.root)
    findings.extend(found)
    (paper, manuscript, look), found = prepare(workspace, slug)
    findings.extend(found)
    document, found = resolve(manuscript, look.theme, worker)
    findings.extend(found)
    shared = [*document.library, *manuscript.ledgers, *shown(workspace, document.pictures)]
    known = identity.identify(manuscript, shared, identity.Commit(place.root, place.commit.hash) if place.commit else None)
    if known.problem:
        findings.add(codes.GIT_SILENT.at(Span(MARKER, 1, 1, 1, 1), f"Git cannot tell the commit: {known.problem}."))
    named = Findings([_at(place, finding) for finding in findings])
    return Version(place.label, place.commit, slug, workspace, paper, document, look, known, named)


def _at(place: _Place, finding: Finding) -> Finding:
    """A finding whose place says of which version it is."""
    return finding._replace(span=finding.span._replace(path=place.name(finding.span.path)))
