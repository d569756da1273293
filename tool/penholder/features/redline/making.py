"""A redline: two versions merged, told in words, and written in the formats asked for, each read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from penholder.adapters import files
from penholder.adapters.dates import long_date
from penholder.features.redline.authorship import OneAuthor, TextAuthors
from penholder.features.redline.documents import merge_documents
from penholder.features.redline.merging import Merger
from penholder.features.redline.telling import Telling, tell
from penholder.features.redline.versions import Version
from penholder.findings import Finding, Findings, Severity
from penholder.stages.render.front import Front, front_of, identity_text
from penholder.stages.render.legend import Legend, SectionChanges, title_of
from penholder.stages.render.older import Older
from penholder.stages.render.outputs import Tools, write


class Redline(NamedTuple):
    """What one redline gave: the two versions, what changed in words, the files by format, everything found.

    ``refused`` are the formats that were not written, because text would have been lost.
    """

    old: Version
    new: Version
    telling: Telling
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    refused: tuple[str, ...] = ()


def make(old: Version, new: Version, formats: Sequence[str], tools: Tools, step: Callable[[str], None] = lambda _: None) -> Redline:
    """Merge two versions of a paper and write what came of it; no file is put anywhere yet."""
    step("compare")
    authors = TextAuthors(old, new)
    merged = merge_documents(old.document, new.document, authors, OneAuthor(authors.of_library()))
    was, now = _front(old), _front(new)
    telling = tell(merged, was, now)
    findings = Findings([f for version in (old, new) for f in version.findings if f.severity == Severity.ERROR])
    if not formats:
        return Redline(old, new, telling, {}, tuple(findings))
    shown = now._replace(legend=_legend(old, new, telling, now))
    older = Older(old.document, new.document, was, Merger(OneAuthor(authors.of_cover())).blocks)
    outputs = write(merged.document, shown, new.look, formats, tools, step, older=older)
    findings.extend(outputs.findings)
    refused = tuple(f for f in formats if f not in outputs.files)
    return Redline(old, new, telling, outputs.files, tuple(findings), refused)


def place(redline: Redline, root: Path, out: Path | None) -> dict[str, Path]:
    """Write the files of a redline, whole or not at all, into ``out`` or ``dist/<slug>/``; returns them by format.

    A file of an earlier redline goes where this one has none of its format to give. Raises ``UnusableError`` where
    they cannot be written, or the folder leads out of the workspace.
    """
    slug = redline.new.slug
    folder = out or root / "dist" / slug
    if out is None:
        files.keep_inside(root, folder, "Remove the link, or name a folder with --out.")
    paths = {fmt: folder / f"{slug}-redline.{fmt}" for fmt in (*redline.files, *redline.refused)}
    wanted = {paths[fmt]: data for fmt, data in redline.files.items()}
    stale = [paths[fmt] for fmt in redline.refused if paths[fmt].exists()]
    if stale or not all(files.holds(path, data) for path, data in wanted.items()):
        with files.locked(folder, root):
            files.write_together({path: data for path, data in wanted.items() if not files.holds(path, data)})
            for path in stale:  # nobody shall take it for this one
                path.unlink(missing_ok=True)
    return {fmt: paths[fmt] for fmt in redline.files}


def _front(version: Version) -> Front:
    """The front that a build of a version would have."""
    faulty = any(f.severity == Severity.ERROR for f in version.findings)
    return front_of(version.paper, version.identity, version.look.theme, faulty=faulty)


def _legend(old: Version, new: Version, telling: Telling, front: Front) -> Legend:
    """How the redline introduces itself."""
    sections = (*telling.sections, *([telling.references] if telling.references else []))
    rows = tuple(SectionChanges(s.title, s.counts.inserted, s.counts.deleted) for s in sections if s.changes)
    title = title_of(_label(old, front), _label(new, front), front.words)
    unmarked = len(telling.reformatted) + telling.respaced
    facts = [_named(old, front), _named(new, front)]
    if unmarked:
        facts.append(front.words["redline_unmarked"].replace("{number}", str(unmarked)))
    return Legend(title, tuple(facts), rows, telling.cover)


def _label(version: Version, front: Front) -> str:
    """The revision as it was typed; what lies in the folder is called by a word that readers know."""
    return version.label if version.commit else front.words["redline_now"]


def _named(version: Version, front: Front) -> str:
    """``v1.0: commit 1a2b3c4d5e, 3 March 2030``; no date for what is not committed."""
    told = [identity_text(version.identity, front.words)]
    if version.identity.commit and not version.identity.modified:
        told.append(long_date(datetime.fromtimestamp(version.identity.epoch, UTC).date(), front.language))
    label = version.label if version.commit else front.words["redline_now"].capitalize()
    return f"{label}: {', '.join(told)}"
