"""What rendering gives back, and how it gets out of the child process that made it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from penholder.source import LineMap, SourceFile


@dataclass(frozen=True)
class Fault:
    """Something wrong met while rendering: a code of ``penholder.codes`` at an offset of a file."""

    code: str
    path: str
    offset: int
    message: str
    length: int = 0


@dataclass(frozen=True)
class Noted:
    """A word that a template function noted (the id of a fact), and the call that did: an offset and a length in a file."""

    word: str
    path: str
    offset: int
    length: int


class AuthorFault(Exception):
    """Raised by a template function to say what the author got wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Run:
    """What one section's rendering gathers."""

    files: list[SourceFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)

    def file(self, path: str) -> SourceFile | None:
        return next((f for f in self.files if f.path == path), None)


@dataclass(frozen=True)
class Rendered:
    """A rendered section: its text, the way back, and what was wrong.

    ``filled`` is false where the template failed as a whole and the text is the
    author's own, marks and all. ``files`` are all the files the text was made of,
    ``noted`` what template functions noted on the way.
    """

    text: str
    map: LineMap
    faults: tuple[Fault, ...]
    filled: bool
    files: tuple[SourceFile, ...] = ()
    noted: tuple[Noted, ...] = ()


def to_line(rendered: Rendered) -> bytes:
    """A rendering as one line of JSON, to send out of the child that made it."""
    numbers = {id(f): i for i, f in enumerate(rendered.files)}
    return json.dumps(
        {
            "text": rendered.text,
            "filled": rendered.filled,
            "faults": [[f.code, f.path, f.offset, f.message, f.length] for f in rendered.faults],
            "noted": [[n.word, n.path, n.offset, n.length] for n in rendered.noted],
            "files": [[f.path, f.text, f.removed] for f in rendered.files[1:]],
            "map": [
                rendered.map.starts,
                [numbers.get(id(f), 0) for f in rendered.map.files],
                rendered.map.origins,
                rendered.map.verbatim,
            ],
        }
    ).encode()


def from_line(line: bytes, source: SourceFile) -> Rendered:
    """The rendering of ``source`` that ``to_line`` wrote."""
    data = json.loads(line)
    files = [source, *(SourceFile(path, text, tuple(removed)) for path, text, removed in data["files"])]
    starts, owners, origins, verbatim = data["map"]
    return Rendered(
        data["text"],
        LineMap(tuple(starts), tuple(files[i] for i in owners), tuple(origins), tuple(verbatim)),
        tuple(Fault(*f) for f in data["faults"]),
        data["filled"],
        tuple(files),
        tuple(Noted(*n) for n in data["noted"]),
    )
