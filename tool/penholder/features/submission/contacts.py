"""Contact details: read from the ignored ``private/`` only, and never from a file that Git keeps."""

from __future__ import annotations

import contextlib
from pathlib import Path, PurePosixPath

from penholder.adapters import files, git, yaml
from penholder.features.submission import codes
from penholder.findings import Finding
from penholder.model.submission import ContactFile
from penholder.source import Span
from penholder.stages.authored import authored

PRIVATE = "private"


def contact_of(root: Path, name: str, place: Span) -> tuple[ContactFile | None, list[Finding]]:
    """The contact details in the file ``name`` (from the workspace's root); ``None`` where they cannot, or must not, be read.

    ``place`` is where the submission names the file.
    """
    if not name:
        return None, []
    path = root / PurePosixPath(name.replace("\\", "/"))
    if _tracked(root, name):
        return None, [codes.CONTACT_TRACKED.at(place, f"{name} is tracked by Git.")]
    if not _private(root, path):
        return None, [codes.CONTACT_PLACE.at(place, f"{name} does not lie in {PRIVATE}/.")]
    if not path.is_file():
        return None, [codes.CONTACT_AWAY.at(place, f"There is no {name} here.")]
    source, findings = files.read_text(root, path)
    document, found = yaml.load(source)
    made, more = authored(ContactFile, document.data, document.place)
    return made, [*findings, *found, *(more if document.data is not yaml.UNREADABLE else [])]


def _tracked(root: Path, name: str) -> bool:
    """Whether Git keeps the file, under this name or the one a link leads to."""
    names = [name]
    with contextlib.suppress(files.OutsideError):
        names.append(files.relative(root.resolve(), files.inside(root, root / name)))
    return bool(git.tracked(root, names))


def _private(root: Path, path: Path) -> bool:
    try:
        return files.inside(root / PRIVATE, path).is_relative_to(root.resolve() / PRIVATE)
    except files.OutsideError:
        return False
