"""Pictures: found from the section's folder, then the paper's; checked; named by what they hold."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from penholder import codes
from penholder.adapters import files
from penholder.adapters.pictures import KINDS, kind_of
from penholder.findings import Finding
from penholder.patterns import later
from penholder.source import Span
from penholder.stages.load import Paper, Section
from penholder.stages.resolve.parts import Picture
from penholder.stages.resolve.sound import fault_of

_REMOTE = later(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:data|https?|ftp|file):", re.I)
_LARGEST = 60 * 1024 * 1024


class Pictures:
    """The pictures of a paper, each checked once."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.checked: dict[str, Picture] = {}
        self._faults: dict[Path, str] = {}

    def check(self, target: str, section: Section, span: Span) -> tuple[Picture | None, Finding | None]:
        """The picture behind ``target``, or the finding that says why there is none."""
        if _REMOTE.match(target):
            return None, codes.IMAGE_REMOTE.at(span, f"{target[:80]} is not a file of the workspace.")
        root = self._paper.workspace.root
        folder = (root / section.path).parent
        name = unquote(target)
        if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
            return None, codes.FILE_OUTSIDE.at(span, f"{target} is an absolute path.")
        outside = False
        for base in (folder, self._paper.folder, self._paper.folder / "figures"):
            try:
                path = files.inside(root, base / name)
            except files.OutsideError:
                outside = True
                continue
            if path.is_file():
                return self._take(path, target, span)
        if outside:
            return None, codes.FILE_OUTSIDE.at(span, f"{target} leads out of the workspace.")
        return None, codes.IMAGE_MISSING.at(span, f"There is no picture {target}.")

    def _take(self, path: Path, target: str, span: Span) -> tuple[Picture | None, Finding | None]:
        if path.stat().st_size > _LARGEST:
            return None, codes.IMAGE_KIND.at(span, f"{target} is larger than 60 MB.")
        data = path.read_bytes()
        kind = kind_of(data)
        if kind is None:
            return None, codes.IMAGE_KIND.at(span, f"{target} is not a picture that can be used ({KINDS}).")
        if path not in self._faults:
            self._faults[path] = fault_of(data, kind)
        if fault := self._faults[path]:
            return None, codes.IMAGE_KIND.at(span, f"{target} cannot be used: {fault}.")
        name = f"{files.digest(data)[:16]}.{kind}"
        picture = self.checked.setdefault(name, Picture(path, kind, name, data))
        return picture, None
