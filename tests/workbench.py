"""A small real workspace in a real Git repository, built by the real tools: what tests build in, and what they look at."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples import squeezed

TOOL = Path(__file__).parent.parent / "tool"

LIBRARY = """\
@book{alpha2020,
  author = {Alpha, Anna}, title = {{First Things}}, date = {2020}, publisher = {North Press}, location = {Leeds},
}
@book{beta2021,
  author = {Beta, Bob}, title = {{Second Thoughts}}, date = {2021}, publisher = {South Press}, location = {Bath},
}
@legislation{act2012,
  title = {{Public Services (Social Value) Act 2012}}, date = {2012},
}
"""
WORKSPACE = 'schema_version = 1\nname = "Test"\n\n[limits]\npandoc_seconds = 2\ntemplate_seconds = 1\n'
UNCHECKED = '\n[check]  # small papers are not good papers\nignore = ["ACCE", "CREF", "EVID", "PLAI", "STRU"]\n'
PEOPLE = """\
schema_version: 1
contributors:
  - id: anna
    name: Anna Author
    affiliation: North Body
    roles: [writing-original-draft]
    consent_to_be_named: true
  - id: shy
    name: Shy Person
"""
@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """Its answer as JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class Seen:
    """A finding as the JSON report prints it."""

    code: str
    path: str
    line: int
    column: int
    message: str
    severity: str = ""
    end_line: int = 0
    end_column: int = 0

    @property
    def at(self) -> tuple[str, int, int]:
        return self.path, self.line, self.column

    @property
    def name(self) -> tuple[str, str, int, int]:
        """Code, file name, line, column: what a test compares."""
        return self.code, self.path.rsplit("/", 1)[-1], self.line, self.column


@dataclass
class Built:
    """What one run of the command gave."""

    code: int
    out: str
    err: str
    folder: Path
    slug: str
    findings: list[Seen] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        return [f.code for f in self.findings]

    def of(self, code: str) -> list[Seen]:
        return [f for f in self.findings if f.code == code]

    def path(self, ending: str) -> Path:
        return self.folder / f"{self.slug}.{ending}"

    @property
    def docx(self) -> str:
        """The DOCX's body as python-docx's tree holds it, a paragraph a line, squeezed."""
        import docx
        from docx.oxml.ns import qn

        body = docx.Document(str(self.path("docx"))).element.body
        lines = []
        for paragraph in body.iter(qn("w:p")):
            lines.append("".join(t.text or "" for t in paragraph.iter(qn("w:t"), qn("m:t"))))
        return "\n".join(squeezed(line) for line in lines)

    @property
    def notes(self) -> list[str]:
        """The DOCX's footnotes."""
        from lxml import etree

        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        with zipfile.ZipFile(self.path("docx")) as package:
            if "word/footnotes.xml" not in package.namelist():
                return []
            root = etree.fromstring(package.read("word/footnotes.xml"))
        notes = ["".join(t.text or "" for t in note.iter(f"{w}t")) for note in root]
        return [squeezed(n) for n in notes if n.strip()]

    @property
    def pdf(self) -> str:
        """The PDF's text as PDFium reads it, squeezed."""
        import pypdfium2

        document = pypdfium2.PdfDocument(self.path("pdf").read_bytes())
        try:
            return squeezed(" ".join(page.get_textpage().get_text_bounded() for page in document))
        finally:
            document.close()

    def holds(self, *texts: str) -> None:
        """Every text is in the DOCX (notes counted) and in the PDF."""
        docx = self.docx + "\n" + "\n".join(self.notes)
        pdf = self.pdf.replace(" ", "")
        for text in texts:
            assert text in docx, f"DOCX lacks {text!r}:\n{docx}"
            assert text.replace(" ", "") in pdf, f"PDF lacks {text!r}:\n{self.pdf}"

    def lacks(self, *texts: str) -> None:
        """No text is in the DOCX or in the PDF."""
        docx = self.docx + "\n" + "\n".join(self.notes)
        for text in texts:
            assert text not in docx
            assert text not in self.pdf


class Bench:
    """A workspace with one paper, ``p``, to which a test adds what it needs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.slug = "p"
        self.sections: list[str] = []
        self.listed: list[str] | None = None
        self.extra = ""
        self.file("penholder.toml", WORKSPACE + UNCHECKED)
        self.file("contributors.yaml", PEOPLE)
        self.file("citations/library.bib", LIBRARY)
        self._paper()

    @property
    def folder(self) -> Path:
        return self.root / "papers" / self.slug

    def file(self, path: str, content: str | bytes) -> Path:
        """Write a file of the workspace."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def section(self, name: str, content: str | bytes, *, listed: bool = True) -> Path:
        """Write a section; it joins the list of paper.yaml."""
        if listed and name not in self.sections:
            self.sections.append(name)
            self._paper()
        return self.file(f"papers/{self.slug}/sections/{name}", content)

    def paper(self, extra: str = "", sections: list[str] | None = None) -> None:
        """More lines for paper.yaml, and another list of sections."""
        self.extra = extra or self.extra
        self.listed = sections if sections is not None else self.listed
        self._paper()

    def _paper(self) -> None:
        names = self.sections if self.listed is None else self.listed
        title = "" if re.search(r"(?m)^title:", self.extra) else "title: A small paper\n"
        listed = "sections:\n" + "".join(f"  - {n}\n" for n in names) if names else ""
        numbering = "" if "numbering:" in self.extra else "numbering: {paragraphs: false, headings: false}\n"
        self.file(
            f"papers/{self.slug}/paper.yaml",
            f"schema_version: 1\n{title}language: en-GB\ndate: 2026-01-02\nstatus: final\n{numbering}{listed}{self.extra}",
        )

    def commit(self) -> None:
        """Commit everything, in a repository of its own."""
        run = lambda *a: subprocess.run(["git", *a], cwd=self.root, check=True, capture_output=True)  # noqa: E731
        if not (self.root / ".git").exists():
            run("init", "-q")
        run("add", "-A")
        run("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x")

    def build(self, *arguments: str, to: str = "docx,pdf", git: bool = False) -> Built:
        """Run ``penholder build --format json`` in this process."""
        from penholder.cli.main import run

        if git:
            self.commit()
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["-C", str(self.root), "build", "--to", to, "--format", "json", *arguments])
        return self._built(code, out.getvalue(), err.getvalue())

    def command(self, *arguments: str) -> list[str]:
        """The command line of a build in a process of its own."""
        return [sys.executable, "-m", "penholder", "-C", str(self.root), "build", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(TOOL), "NO_COLOR": "1", **more}

    def spawn(self, *arguments: str, **more: Any) -> subprocess.Popen[str]:
        """Start a build as a process of its own."""
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": self.environment()} | more
        return subprocess.Popen(self.command(*arguments), **more)

    def run(self, *arguments: str, **more: Any) -> Built:
        """Run a build as a process of its own to its end."""
        process = self.spawn(*arguments, **more)
        out, err = process.communicate(timeout=120)
        return self._built(process.returncode, out, err)

    def _built(self, code: int, out: str, err: str) -> Built:
        made = Built(code, out, err, self.root / "dist" / self.slug, self.slug)
        if out.startswith("{"):
            data = json.loads(out)
            keys = Seen.__dataclass_fields__
            made.findings = [Seen(**{k: v for k, v in f.items() if k in keys}) for f in data["findings"]]
            made.summary = data["summary"]
        return made

    # without rendering: quicker, for what the stages say --------------------------

    def assembled(self) -> tuple[Any, list[Any]]:
        """The manuscript and all findings up to it."""
        from penholder.stages.assemble import assemble
        from penholder.stages.discover import discover
        from penholder.stages.load import load

        workspace, findings = discover(self.root)
        paper, found = load(workspace, self.slug)
        findings.extend(found)
        manuscript, found = assemble(paper)
        findings.extend(found)
        return manuscript, findings.sorted()


@dataclass(frozen=True)
class Resolved:
    """A document that was resolved but not written, and what was found."""

    document: Any
    findings: list[Seen]

    @property
    def text(self) -> str:
        from penholder.adapters.pandoc import tree

        return "\n".join(squeezed(tree.text_of(s.blocks, notes=True)) for s in self.document.sections)

    def nodes(self, kind: str) -> list[dict[str, Any]]:
        from penholder.adapters.pandoc import tree

        return [n for s in self.document.sections for n in tree.visit(s.blocks) if n["t"] == kind]

    def of(self, code: str) -> list[Seen]:
        return [f for f in self.findings if f.code == code]

    @property
    def codes(self) -> list[str]:
        return [f.code for f in self.findings]
