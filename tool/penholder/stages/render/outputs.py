"""Write one document in the formats asked for, side by side, and read each one back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from penholder import codes
from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler, TypstFailure
from penholder.errors import LimitError
from penholder.findings import Finding
from penholder.source import Span
from penholder.stages.look import Look
from penholder.stages.render.expected import Passage, passages
from penholder.stages.render.front import Front
from penholder.stages.render.readback import Written, lost, written, written_pages
from penholder.stages.resolve.parts import Document

FORMATS = ("docx", "pdf", "html")
_PICTURE_PPI = 300


@dataclass
class Tools:
    """The resident programs of a build."""

    worker: Worker
    compiler: Compiler

    def close(self) -> None:
        self.worker.close()
        self.compiler.close()


@dataclass
class Outputs:
    """The bytes of each format, what was found while writing, and what was lost.

    A format with lost text is not among ``files``.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def write(document: Document, front: Front, look: Look, formats: Sequence[str], tools: Tools, step: Callable[[str], None]) -> Outputs:
    """Write ``document`` in each of ``formats`` and check each against the document.

    Typst lays the PDF out in its own process while pandoc writes the others.
    """
    outputs = Outputs()
    expected = passages(document)
    seconds = document.manuscript.paper.workspace.settings.limits.typst_seconds
    with _picture_files(document, tools, outputs) as pictures:
        if "pdf" in formats:
            step("typeset")
            tools.compiler.send(_typst_job(document, front, look, tools), timestamp=front.epoch, fonts=look.fonts)
        if "docx" in formats:
            step("write DOCX")
            _take(outputs, expected, "docx", _docx(document, front, look, tools, pictures))
        if "html" in formats:
            step("write HTML")
            _take(outputs, expected, "html", _html(document, front, look, tools))
        if "pdf" in formats:
            step("write PDF")
            _pdf(document, outputs, expected, tools, seconds)
    return outputs


def _take(outputs: Outputs, expected: Sequence[Passage], name: str, made: tuple[bytes, Written]) -> None:
    """Keep an output if it holds everything."""
    data, text = made
    missing = lost(expected, text, name.upper())
    outputs.findings += missing
    if not missing:
        outputs.files[name] = data


def _typst_job(document: Document, front: Front, look: Look, tools: Tools) -> dict[str, bytes]:
    from penholder.stages.render.typst import typst_files

    job = typst_files(document, front, look.theme, look.typst, tools.worker)
    if look.theme.logo:
        job[look.theme.logo.path] = look.logo
    return job


def _pdf(document: Document, outputs: Outputs, expected: Sequence[Passage], tools: Tools, seconds: float) -> None:
    from penholder.adapters import pdf

    place = Span(document.manuscript.paper.source.path, 1, 1, 1, 1)
    try:
        data = tools.compiler.receive(seconds=seconds)
    except TypstFailure as failure:
        outputs.findings.append(codes.TYPESET_FAILED.at(_blamed(document, failure.diagnostic) or place, f"Typst says: {failure.message}."))
        return
    except LimitError as error:
        outputs.findings.append(codes.TYPESET_FAILED.at(place, f"The PDF was given up: {error.message}."))
        return
    _take(outputs, expected, "pdf", (data, written_pages(pdf.read_text(data).pages)))


def _blamed(document: Document, diagnostic: str) -> Span | None:
    """The section that shows the picture Typst complains of, if it does complain of one."""
    from penholder.adapters.pandoc import tree

    for name, picture in document.pictures.items():
        if name in diagnostic:
            for section in document.sections:
                if any(n["t"] == "Image" and n["c"][2][0] == name for n in tree.visit(section.blocks)):
                    from penholder.stages.resolve.locate import Finder

                    return Finder(section.text).find(picture.path.name)
    return None


def _docx(document: Document, front: Front, look: Look, tools: Tools, pictures: Path) -> tuple[bytes, Written]:
    from penholder.adapters import word
    from penholder.stages.render.docx import docx_request, finished, reference_of

    reference = pictures / "reference.docx"
    reference.write_bytes(reference_of(document, front, look))
    shown = {p.name: p for p in pictures.iterdir() if p.suffix in (".png", ".jpg", ".gif")}
    payload, options = docx_request(document, front, look, shown, reference)
    data = finished(tools.worker.ask("write", "docx", payload, options, seconds=300).payload, document, front)
    text = word.read_text(data)
    references = [p.text for p in text.body if p.style == "Bibliography"]
    return data, written([p.text for p in text.body], text.footnotes, references)


def _html(document: Document, front: Front, look: Look, tools: Tools) -> tuple[bytes, Written]:
    from penholder.stages.render.html import html_page
    from penholder.stages.render.html_read import html_text

    data = html_page(document, front, look.theme, tools.worker)
    text = html_text(data)
    return data, written(text.body, text.footnotes, text.references)


@contextmanager
def _picture_files(document: Document, tools: Tools, outputs: Outputs) -> Iterator[Path]:
    """A private folder with the pictures as Word takes them: an SVG as a PNG of 300 ppi."""
    with tempfile.TemporaryDirectory(prefix="penholder-") as name:
        folder = Path(name)
        for picture in document.pictures.values():
            if picture.kind != "svg":
                (folder / picture.name).write_bytes(picture.data)
                continue
            text = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("p.svg", width: 160mm)'
            tools.compiler.send({"main": text, "p.svg": picture.data}, fmt="png", ppi=_PICTURE_PPI)
            try:
                (folder / f"{picture.name[:-4]}.png").write_bytes(tools.compiler.receive())
            except TypstFailure as failure:
                place = Span(document.manuscript.paper.source.path, 1, 1, 1, 1)
                outputs.findings.append(codes.IMAGE_KIND.at(place, f"{picture.path.name} cannot be drawn: {failure.message}."))
        yield folder
