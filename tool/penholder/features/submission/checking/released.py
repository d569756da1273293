"""What of a workspace was made public, as far as its records say: the texts that a submission must not repeat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from penholder.adapters import files, word
from penholder.errors import PenholderError
from penholder.features.submission.checking.subject import Released
from penholder.features.submission.deriving import derived
from penholder.features.submission.opening import Submission, open_submission
from penholder.features.submission.standing import Standing, publication_block, standings, visibility_place
from penholder.features.submission.states import NAMES
from penholder.findings import Finding
from penholder.stages.where import papers_of

PUBLIC = ("published", "public")


def released_texts(submission: Submission) -> Iterator[Released]:
    """The texts of all other submissions of the workspace that their records call published or public."""
    root = submission.paper.workspace.root
    found, _ = standings(root, papers_of(root))
    for standing in found:
        if standing.state not in PUBLIC or (standing.slug, standing.id) == (submission.paper.slug, submission.id):
            continue
        where = f"{NAMES[standing.state]} on {standing.since.isoformat()}" if standing.since else NAMES[standing.state]
        yield Released(f"{standing.slug}/{standing.id}", where, _text_of(submission, standing))


def _text_of(submission: Submission, standing: Standing) -> str:
    """The very words that were sent, where a file of them is kept; else those of the sections they were made from."""
    root = submission.paper.workspace.root
    for file in standing.sent.files if standing.sent else ():
        text = _kept(root, file.kept)
        if text:
            return text
    other, _ = open_submission(submission.paper.workspace, standing.slug, standing.id)
    sections = derived(other)[0].paper.sections
    return "\n\n".join(s.source.text[s.body_start :] for s in sections if s.source is not None)


def _kept(root: Path, name: str) -> str:
    if not name:
        return ""
    data, found = files.read_bytes(root, root / name)
    try:
        if found or not name.endswith((".docx", ".txt")):
            return ""
        return word.read_text(data).text if name.endswith(".docx") else data.decode("utf-8", "replace")
    except PenholderError:
        return ""


def too_early(submission: Submission) -> Iterator[Finding]:
    """What is wrong where everybody can read the workspace, and the recipient forbids publication now."""
    root = submission.paper.workspace.root
    place = visibility_place(root)
    for block in publication_block(root, submission.paper.slug) if place else ():
        if block.standing.id == submission.id:
            yield block.finding(place)
