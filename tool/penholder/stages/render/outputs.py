"""Write one document in the formats asked for, side by side, and read each one back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from penholder import codes
from penholder.adapters.pandoc.worker import Worker
from penholder.adapters.typst.compiler import Compiler, TypstFailure, quoted
from penholder.errors import LimitError
from penholder.findings import Finding
from penholder.source import Span
from penholder.stages.look import Look
from penholder.stages.render.expected import Passage, passages
from penholder.stages.render.front import Front
from penholder.stages.render.glyphs import substitute
from penholder.stages.render.house import House, house_of
from penholder.stages.render.older import Older
from penholder.stages.render.readback import Written, lost, written, written_pages
from penholder.stages.resolve.parts import Document

if TYPE_CHECKING:
    from penholder.stages.render.typeset import PdfJob

_LOGO = "house-logo"
_PLAIN: tuple[Literal["odt", "rtf", "txt"], ...] = ("odt", "rtf", "txt")
_PICTURE_PPI = 300
_CONTENTS = "TOC"  # what Word calls the styles of contents


class Tools(NamedTuple):
    """The resident programs of a build."""

    worker: Worker
    compiler: Compiler
    last: bool = False  # no other paper will need them

    def written(self) -> None:
        """Pandoc has written everything that was wanted of this paper."""
        if self.last:
            self.worker.dismiss()

    def laid_out(self) -> None:
        """Typst has laid out everything that was wanted of this paper."""
        if self.last:
            self.compiler.dismiss()

    def close(self) -> None:
        self.worker.close()
        self.compiler.close()


class Outputs:
    """The bytes of each format, what was found while writing, and what was lost.

    A format with lost text is not among ``files``.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.findings: list[Finding] = []


def write(
    document: Document, front: Front, look: Look, formats: Sequence[str], tools: Tools, step: Callable[[str], None],
    *, older: Older | None = None,
) -> Outputs:  # fmt: skip
    """Write ``document`` in each of ``formats`` and check each against the document.

    A document with marks of change comes with the ``older`` of its two versions: a Word file must then hold the
    newer once all changes are accepted, and the older once all are rejected.

    Typst lays the PDF out in its own process while pandoc writes the others, and
    what is asked next is made ready while either is busy.
    """
    outputs = Outputs()
    seconds = document.manuscript.paper.workspace.settings.limits.typst_seconds
    with _picture_files(document, look, tools, outputs) as pictures, _nothing_left(tools):
        step("typeset")
        pdf = _pdf_job(document, front, look, tools) if "pdf" in formats else None
        if pdf is not None:
            pdf.typeset()
        docx = DocxJob(document, front, look, tools, pictures, older) if "docx" in formats else None
        if docx is not None:
            step("write DOCX")
            docx.send(tools.worker)
        expected = passages(document)
        if docx is not None:
            docx.receive(tools.worker)
        page = b""
        if "html" in formats:
            step("write HTML")
            page = _html(document, front, look, tools)
        for fmt in (f for f in _PLAIN if f in formats):
            from penholder.stages.render.flow import flow_file

            step(f"write {fmt.upper()}")
            _take(outputs, expected, fmt, flow_file(document, front, look, fmt, tools.worker, pictures))
        if "md" in formats:
            from penholder.stages.render.markdown import markdown_file

            step("write Markdown")
            _take(outputs, expected, "md", markdown_file(document, front, tools.worker))
        tools.written()
        if docx is not None:
            _docx(docx, outputs, expected, older)
        if page:
            _take(outputs, expected, "html", _read_html(page))
        if pdf is not None:
            step("write PDF")
            expected = _with_signs(document) if front.legend else expected
            house = house_of(older.newer if older else document, front, pdf.header, expected)
            _pdf(pdf, outputs, expected, house, tools, seconds)
    return outputs


def _with_signs(document: Document) -> list[Passage]:
    """What a redline must hold where its marks are signs in the text."""
    from penholder.stages.render.marks import signed

    return passages(signed(document))


@contextmanager
def _nothing_left(tools: Tools) -> Iterator[None]:
    """Where a paper is given up, its PDF on the way must not be taken for the next one's."""
    try:
        yield
    except BaseException:
        tools.compiler.close()
        raise


def _take(outputs: Outputs, expected: Sequence[Passage], name: str, made: tuple[bytes, Written]) -> None:
    """Keep an output if it holds everything."""
    data, text = made
    missing = lost(expected, text, name.upper())
    outputs.findings += missing
    if not missing:
        outputs.files[name] = data


def _docx(job: DocxJob, outputs: Outputs, expected: Sequence[Passage], older: Older | None) -> None:
    """Keep the Word file if it holds everything; one with tracked changes, if it holds everything of both versions."""
    from penholder.adapters import word

    data = job.finished()
    if older is None:
        _take(outputs, expected, "docx", (data, _read_docx(data)))
        return
    missing = lost(passages(older.newer), _read_docx(word.accepted(data)), "DOCX, all changes accepted,")
    missing += lost(passages(older.document), _read_docx(word.rejected(data)), "DOCX, all changes rejected,")
    outputs.findings += missing
    if not missing:
        outputs.files["docx"] = data


def _read_docx(data: bytes) -> Written:
    from penholder.adapters import word

    text = word.read_text(data)
    body = [p for p in text.body if not p.style.startswith(_CONTENTS)]
    return written([p.text for p in body], text.footnotes, [p.text for p in body if p.style == "Bibliography"])


def _pdf_job(document: Document, front: Front, look: Look, tools: Tools) -> PdfJob:
    from penholder.stages.render.typeset import PdfJob

    return PdfJob(document, front, look, tools.worker, tools.compiler)


def _pdf(job: PdfJob, outputs: Outputs, expected: Sequence[Passage], house: House, tools: Tools, seconds: float) -> None:
    from penholder.adapters import pdf

    try:
        data = job.receive(seconds)
    except (TypstFailure, LimitError) as why:
        outputs.findings.append(job.refused(why, seconds))
        return
    tools.laid_out()
    outputs.findings += job.found()
    if job.unshown:
        expected = [p._replace(text=substitute(p.text, job.unshown)) for p in expected]
        house = house.changed(lambda text: substitute(text, job.unshown))
    pages = pdf.read_text(data).pages
    _take(outputs, expected, "pdf", (data, written_pages(pages, right_to_left=job.right_to_left, house=house)))


class DocxJob:
    """A Word file on its way through pandoc."""

    def __init__(self, document: Document, front: Front, look: Look, tools: Tools, pictures: Path, older: Older | None = None) -> None:
        from penholder.stages.render.docx import docx_request, reference_of

        self._document, self._front, self._older = document, front, older
        made = reference_of(document, front, look)
        self._styles = made.styles
        reference = pictures / "reference.docx"
        reference.write_bytes(made.docx)
        shown = {p.name: p for p in pictures.iterdir() if p.suffix in (".png", ".jpg", ".gif")}
        if look.theme.logo:
            shown[look.theme.logo.path] = next(p for p in pictures.iterdir() if p.stem == _LOGO)
        self._payload, self._options, self._revisions = docx_request(document, front, look, shown, reference, older)

    def send(self, worker: Worker) -> None:
        worker.send("write", "docx", self._payload, self._options)

    def receive(self, worker: Worker) -> None:
        """Fetch pandoc's file."""
        self._made = worker.receive(seconds=300).payload

    def finished(self) -> bytes:
        """The finished file."""
        from penholder.stages.render.docx import finished

        return finished(self._made, self._styles, self._document, self._front, self._revisions, self._older)


def _html(document: Document, front: Front, look: Look, tools: Tools) -> bytes:
    from penholder.stages.render.html import html_page

    return html_page(document, front, look.theme, tools.worker, template=look.page, logo=look.logo)


def _read_html(data: bytes) -> tuple[bytes, Written]:
    from penholder.stages.render.html_read import html_text

    text = html_text(data)
    return data, written(text.body, text.notes, text.references)


@contextmanager
def _picture_files(document: Document, look: Look, tools: Tools, outputs: Outputs) -> Iterator[Path]:
    """A private folder with the pictures as Word takes them: a drawing as a PNG of 300 ppi."""
    with tempfile.TemporaryDirectory(prefix="penholder-") as name:
        folder = Path(name)
        for picture in document.pictures.values():
            if picture.kind != "svg":
                (folder / picture.name).write_bytes(picture.data)
                continue
            try:
                (folder / f"{picture.name[:-4]}.png").write_bytes(_drawn(picture.data, look, tools))
            except (TypstFailure, LimitError) as failure:
                from penholder.stages.render.typeset import shown_at

                place = shown_at(document, picture.name) or Span(document.manuscript.paper.source.path, 1, 1, 1, 1)
                outputs.findings.append(codes.IMAGE_KIND.at(place, f"{picture.path.name} cannot be drawn: {failure.message}."))
        if look.theme.logo:
            kind = look.theme.logo.path.rpartition(".")[2]
            logo = _drawn(look.logo, look, tools) if kind == "svg" else look.logo
            (folder / f"{_LOGO}.{'png' if kind == 'svg' else kind}").write_bytes(logo)
        yield folder


def _drawn(svg: bytes, look: Look, tools: Tools) -> bytes:
    """A drawing as a PNG, its words in the theme's font. Raises ``TypstFailure`` and ``LimitError``."""
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: {quoted(look.theme.fonts.body)})\n#image("p.svg", width: 160mm)'
    tools.compiler.send({"main.typ": page.encode(), "p.svg": svg}, fmt="png", ppi=_PICTURE_PPI, fonts=look.fonts)
    return tools.compiler.receive(seconds=30)
