"""The PDF of a document, on its way through Typst; what Typst refuses is laid at the door of its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from penholder import codes
from penholder.adapters.pandoc import tree
from penholder.adapters.typst.compiler import TypstFailure
from penholder.errors import LimitError
from penholder.findings import Finding
from penholder.patterns import later
from penholder.source import Span
from penholder.stages.look import Look
from penholder.stages.render.front import Front
from penholder.stages.render.glyphs import alike, findings_for, missing_in, substitute
from penholder.stages.render.typst import WRITER, section_at, sections_alone, typst_body
from penholder.stages.render.typst_files import furniture, typst_files
from penholder.stages.resolve.locate import Finder
from penholder.stages.resolve.parts import Document

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler

_NO_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><rect width="160" height="40" fill="none" stroke="#9b1c1c"/></svg>'
_LEAST_SECONDS = 1.0
_TEXTS = {"main.typ", "meta.json", "redline.json"}  # what holds words of the paper
_LABEL = later(r'\\.|"(?:[^"\\]|\\.)*"|<[\w.:-]+>', re.S)  # or what may hold something like it: an escape, a string
_AT = later(r"\bmain\.typ:(\d+):")


class PdfJob:
    """A PDF on its way through Typst: sent once, sent again without what no font can show."""

    def __init__(self, document: Document, front: Front, look: Look, worker: Worker, compiler: Compiler) -> None:
        self.document = document
        self.unshown: set[str] = set()
        self.undrawn: set[str] = set()
        self.right_to_left = front.direction == "rtl"
        self.header = furniture(front, look.theme)["header"]
        self._front, self._look = front, look
        self._worker, self._compiler = worker, compiler
        self._options = {"timestamp": front.epoch, "fonts": look.fonts}
        self._body, self._written = typst_body(document, front)
        if not self._written:
            self._worker.send("write", WRITER, self._body)

    def typeset(self) -> None:
        """Hand the paper on to Typst, once pandoc has written what is left to it of its Typst text."""
        look = self._look
        body = self._body if self._written else self._worker.receive(seconds=300).payload
        self._files = typst_files(self.document, self._front, look.theme, look.typst, body)
        if look.theme.logo:
            self._files[look.theme.logo.path] = look.logo
        self.send()

    def send(self) -> None:
        self._compiler.send(self._files, **self._options)  # type: ignore[arg-type]

    def receive(self, seconds: float) -> bytes:
        """The PDF. Raises ``LimitError``, and ``TypstFailure`` for anything but a character or picture."""
        while True:
            try:
                return self._compiler.receive(seconds=seconds)
            except TypstFailure as failure:
                missing = set(missing_in(failure.diagnostic)) - self.unshown
                broken = {name for name in self.document.pictures if name in failure.diagnostic} - self.undrawn
                if missing:
                    self._spare("".join(missing))
                elif broken:
                    self._blank(broken)
                else:
                    raise

    def found(self) -> Iterator[Finding]:
        """What was found while it was laid out."""
        place = Span(self.document.manuscript.paper.source.path, 1, 1, 1, 1)
        for name in sorted(self.undrawn):
            message = f"{self.document.pictures[name].path.name} cannot be drawn; the PDF has a gap in its place."
            yield codes.IMAGE_KIND.at(shown_at(self.document, name) or place, message)
        if self.unshown:
            yield from findings_for(self.document, self.unshown)

    def refused(self, why: TypstFailure | LimitError, seconds: float) -> Finding:
        """Why there is no PDF, at the section whose text it is."""
        if isinstance(why, LimitError):
            index, said = self._too_much(seconds), f"The PDF was given up: {why.message}."
        else:
            at = _AT.search(why.diagnostic)
            index = section_at(self._files["main.typ"].decode(), int(at[1])) if at else None
            said = f"Typst says: {why.message}."
        if index is None:
            return codes.TYPESET_FAILED.at(Span(self.document.manuscript.paper.source.path, 1, 1, 1, 1), said)
        section = self.document.sections[index]
        return codes.TYPESET_FAILED.at(Finder(section.text).start, f"The text of {section.text.section.path} cannot be typeset. {said}")

    def _too_much(self, seconds: float) -> int | None:
        """The section that is too much for Typst even alone, in its share of the time; ``None`` where all together are."""
        share = max(_LEAST_SECONDS, seconds / max(1, len(self.document.sections)))
        for index, main in sections_alone(self._files["main.typ"].decode()):
            self._files["main.typ"] = main.encode()
            self.send()
            try:
                self._compiler.receive(seconds=share)
            except LimitError:
                return index
            except TypstFailure:
                continue
        return None

    def _blank(self, names: set[str]) -> None:
        """Put an empty drawing in the place of pictures that Typst cannot draw."""
        self.undrawn |= names
        for name in names:
            main = self._files["main.typ"].replace(name.encode(), f"{name}.svg".encode())
            self._files = {**self._files, "main.typ": main, f"{name}.svg": _NO_PICTURE}
        self.send()

    def _spare(self, missing: str) -> None:
        for name in _TEXTS & self._files.keys():
            text = self._files[name].decode()
            self.unshown |= alike(missing, text)
            named = _relabelled(text, self.unshown) if name == "main.typ" else text
            self._files[name] = substitute(named, self.unshown).encode()
        self.send()


def _relabelled(main: str, characters: set[str]) -> str:
    """Typst text whose labels have none of ``characters``: in what would be put in their place, a label ends."""

    def name(found: re.Match[str]) -> str:
        return "".join(f"u{ord(c):x}" if c in characters else c for c in found[0]) if found[0][0] == "<" else found[0]

    return _LABEL.sub(name, main)


def shown_at(document: Document, name: str) -> Span | None:
    """Where a picture is shown."""
    for section in document.sections:
        if any(n["t"] == "Image" and n["c"][2][0] == name for n in tree.visit(section.blocks)):
            return Finder(section.text).find(document.pictures[name].path.name)
    return None
