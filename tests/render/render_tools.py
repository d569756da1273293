"""Readers that share no code with Penholder: python-docx and lxml, PDFium and pdfminer, html.parser."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree
from render_web import Web

ROOT = Path(__file__).parents[2]
DATE = "2026-11-20T10:00:00+00:00"
SLUG = "social-value-commissioning"
NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"
_ALIKE = str.maketrans("’‘“”–—‑−‐\u00a0", "''\"\"----- ")


def copy_workspace(root: Path) -> Path:
    """The workspace of this repository, without what was built."""
    root.mkdir(parents=True)
    for name in ("penholder.toml", "contributors.yaml"):
        shutil.copy(ROOT / name, root)
    for name in ("papers", "citations", "templates"):
        shutil.copytree(ROOT / name, root / name)
    return root


def git(root: Path, *arguments: str, date: str = "") -> str:
    """Run Git as a test person."""
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, env={**os.environ, **dates})
    return done.stdout.strip()


def built(root: Path, *arguments: str) -> Outputs:
    """Build the workspace's own paper in this process; no finding is allowed."""
    from penholder.cli.main import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["-C", str(root), "build", "--to", "docx,pdf,html", *arguments])
    assert code == 0, said.getvalue()
    return Outputs.of(root / "dist" / SLUG, SLUG)


def same(text: str) -> str:
    """A text as it is compared between formats: no white space, plain quotes and hyphens."""
    folded = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2060\ufffe]+", "", folded)


@dataclass(frozen=True)
class Outputs:
    """A paper in three formats."""

    docx: bytes
    pdf: bytes
    html: bytes

    @staticmethod
    def of(folder: Path, slug: str) -> Outputs:
        return Outputs(*((folder / f"{slug}.{ending}").read_bytes() for ending in ("docx", "pdf", "html")))

    # DOCX ---------------------------------------------------------------------

    def part(self, name: str) -> Any:
        with zipfile.ZipFile(io.BytesIO(self.docx)) as package:
            return etree.fromstring(package.read(name))

    @cached_property
    def parts(self) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.docx)) as package:
            return package.namelist()

    @cached_property
    def document(self) -> Any:
        return self.part("word/document.xml")

    @cached_property
    def paragraphs(self) -> list[WordParagraph]:
        """Paragraphs in order with the number Word shows before them."""
        return list(_numbered(self.document, self.part("word/styles.xml"), self.part("word/numbering.xml")))

    def word_texts(self) -> list[str]:
        """What a reader of the Word file sees, a paragraph an entry."""
        return [f"{p.number} {p.text}".strip() for p in self.paragraphs]

    # PDF ----------------------------------------------------------------------

    @cached_property
    def pages(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()

    @cached_property
    def tagged(self) -> list[tuple[str, str]]:
        """The structure tree's blocks, tag and text, in reading order."""
        import pdfplumber

        with pdfplumber.open(io.BytesIO(self.pdf)) as document:
            texts: dict[tuple[int, int], str] = {}
            for page in document.pages:
                mark = None
                for char in page.chars:
                    # a nested ``/Span <</ActualText>>`` makes pdfplumber forget what it stands in
                    mark = char.get("mcid") if char.get("mcid") is not None else mark
                    if mark is not None and char.get("tag") != "Artifact":
                        key = (page.page_obj.pageid, mark)
                        texts[key] = texts.get(key, "") + char["text"]
            out: list[tuple[str, str]] = []
            _gather(document.doc.catalog["StructTreeRoot"], 0, texts, [], out)
            return out

    # HTML ---------------------------------------------------------------------

    @cached_property
    def web(self) -> Web:
        reader = Web()
        reader.feed(self.html.decode())
        reader.close()
        return reader


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph as Word shows it."""

    style: str
    number: str
    text: str
    element: Any

    @property
    def with_notes(self) -> str:
        """A pattern for the text with any digits where a note is referred to."""
        pieces = [""]
        for node in self.element.iter(W + "t", W + "footnoteReference"):
            if node.tag == W + "t":
                pieces[-1] += node.text or ""
            else:
                pieces.append("")
        return same(self.number) + r"\d+".join(re.escape(same(piece)) for piece in pieces)


def _numbered(document: Any, styles: Any, numbering: Any) -> Iterator[WordParagraph]:
    """Count numbered styles as Word does (ECMA-376, 17.9), for decimal lists of any level."""
    by_id = {s.get(W + "styleId"): s for s in styles.iterfind("w:style", NS)}
    abstract = {n.get(W + "numId"): n.find("w:abstractNumId", NS).get(W + "val") for n in numbering.iterfind("w:num", NS)}
    levels = {
        (a.get(W + "abstractNumId"), lv.get(W + "ilvl")): (
            lv.find("w:numFmt", NS).get(W + "val"),
            lv.find("w:lvlText", NS).get(W + "val"),
        )
        for a in numbering.iterfind("w:abstractNum", NS)
        for lv in a.iterfind("w:lvl", NS)
    }
    counts: dict[str, list[int]] = {}
    for element in document.iter(W + "p"):
        style = element.find("w:pPr/w:pStyle", NS)
        name = "" if style is None else style.get(W + "val")
        text = "".join(_text(element))
        number, level = _num_of(element, name, by_id)
        shown = ""
        if number != "0" and number in abstract:
            series = abstract[number]
            form, pattern = levels.get((series, level), ("bullet", ""))
            if form == "decimal":
                ours = name == "NumberedParagraph" or name.startswith("Heading")
                at = counts.setdefault(series if ours else number, [0] * 9)
                at[int(level)] += 1
                at[int(level) + 1 :] = [0] * (8 - int(level))
                shown = pattern
                for place, count in enumerate(at, start=1):
                    shown = shown.replace(f"%{place}", str(count))
        yield WordParagraph(name, shown, text, element)


def _num_of(element: Any, style: str, by_id: dict[str, Any]) -> tuple[str, str]:
    place = element.find("w:pPr/w:numPr", NS)
    while place is None and style in by_id:
        place = by_id[style].find("w:pPr/w:numPr", NS)
        based = by_id[style].find("w:basedOn", NS)
        style = "" if based is None else based.get(W + "val")
    if place is None:
        return "0", "0"
    number, level = place.find("w:numId", NS), place.find("w:ilvl", NS)
    return number.get(W + "val"), "0" if level is None else level.get(W + "val")


def _text(element: Any) -> Iterator[str]:
    for node in element.iter(W + "t", W + "tab", W + "br", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"):
        parent = node.getparent()
        if node.tag == W + "t" or "math" in node.tag:
            yield node.text or ""
        elif parent.tag == W + "r":
            yield " "


_BLOCKS = frozenset(("P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "LBody", "Lbl", "TD", "TH", "Note", "FENote", "Title", "TOCI"))


def _gather(node: Any, page: int, texts: dict[tuple[int, int], str], into: list[str], out: list[tuple[str, str]]) -> None:
    """Walk the structure tree (ISO 32000, 14.7): text goes to ``into``, finished blocks to ``out``."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    node = resolve1(node)
    if isinstance(node, int):
        into.append(texts.get((page, node), ""))
        return
    if isinstance(node, list):
        for kid in node:
            _gather(kid, page, texts, into, out)
        return
    if isinstance(node.get("Pg"), PDFObjRef):
        page = node["Pg"].objid
    if "MCID" in node:
        into.append(texts.get((page, node["MCID"]), ""))
        return
    tag = getattr(node.get("S"), "name", "")
    if tag == "Lbl" and "".join(into).strip():  # the mark of a note in its paragraph
        _gather(node.get("K", []), page, texts, into, out)
        return
    if tag not in _BLOCKS:
        _gather(node.get("K", []), page, texts, into, out)
        return
    if tag not in ("Note", "FENote") and "".join(into).strip():  # what stood before a block inside a block
        out.append(("", "".join(into)))
        into.clear()
    own: list[str] = []
    at = len(out)
    _gather(node.get("K", []), page, texts, own, out)
    if "".join(own).strip():
        notes = [n for n, (kind, _) in enumerate(out[at:], at) if kind in ("Note", "FENote", "Lbl")]
        out.insert(notes[0] if notes and tag == "P" else len(out), (tag, "".join(own)))


def small_paper(root: Path, text: str, paper: str = "", language: str = "en-GB") -> Outputs:
    """A paper of one section, for fixtures that serve many tests."""
    from penholder.cli.main import run

    (root / "papers/p/sections").mkdir(parents=True)
    (root / "penholder.toml").write_text('schema_version = 1\nname = "Test"\n')
    (root / "contributors.yaml").write_text("schema_version: 1\ncontributors: []\n")
    (root / "papers/p/paper.yaml").write_text(
        f"schema_version: 1\ntitle: A small paper\nlanguage: {language}\ndate: 2026-01-02\nstatus: final\n"
        f"numbering: {{paragraphs: false, headings: false}}\nsections:\n  - 10-a.md\n{paper}"
    )
    (root / "papers/p/sections/10-a.md").write_text(text)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        run(["-C", str(root), "build", "--to", "docx,pdf,html"])
    assert "LOST001" not in said.getvalue(), said.getvalue()
    return Outputs.of(root / "dist/p", "p")
