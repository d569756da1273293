"""Which citation style a paper is printed in: one by name, or a body's own file; the default where neither will do."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from penholder import codes
from penholder.adapters import csl, files
from penholder.findings import Finding, Findings
from penholder.source import SourceFile, Span
from penholder.stages.load import Paper

DEFAULT_STYLE = "harvard-cite-them-right"


def style_of(paper: Paper, findings: Findings) -> tuple[str, str]:
    """The name and the text of the paper's citation style; the default one where it cannot be used."""
    wanted = paper.citation_style
    found = _own(paper, wanted, findings) if wanted.endswith(".csl") else _named(wanted, style_place(paper), findings)
    return found or (DEFAULT_STYLE, csl.style_text(DEFAULT_STYLE))


def style_place(paper: Paper) -> Span:
    """Where the style is chosen."""
    at = paper.source.text.find("citation_style")
    return paper.source.span(at, at + len("citation_style")) if at >= 0 else Span("penholder.toml", 1, 1, 1, 1)


def _named(wanted: str, place: Span, findings: Findings) -> tuple[str, str] | None:
    try:
        style = csl.load_style(wanted)
    except csl.NoStyleError as error:
        hint = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
        findings.add(codes.STYLE_UNKNOWN.at(place, f"{error.message[:1].upper()}{error.message[1:]}.{hint}"))
        return None
    return style.independent, style.text


def _own(paper: Paper, wanted: str, findings: Findings) -> tuple[str, str] | None:
    """A style file of the paper or the workspace, read before citeproc is: it would ask the network for a parent."""
    root = paper.workspace.root
    for folder in (paper.folder, root / "citations", root / "templates", root):
        if not (folder / wanted).is_file():
            continue
        source, found = files.read_text(root, folder / wanted)
        parent, fault = _parent(source)
        findings.extend(found or fault)
        if found or fault:
            return None
        return _named(parent, Span(source.path, 1, 1, 1, 1), findings) if parent else (Path(wanted).stem, source.text)
    findings.add(codes.STYLE_UNKNOWN.at(style_place(paper), f"There is no style file {wanted}."))
    return None


def _parent(source: SourceFile) -> tuple[str, list[Finding]]:
    """The name of the style a dependent one stands for, and what keeps a file from being a style."""
    names: list[str] = []
    parents: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name.rsplit(" ", 1)[-1])
        if attributes.get("rel") == "independent-parent":
            parents.append(attributes.get("href", "").rstrip("/").rsplit("/", 1)[-1] or "?")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    line, column, why = 1, 1, ""
    try:
        parser.Parse(source.text, True)
    except expat.ExpatError as error:
        line, column = error.lineno, error.offset + 1
        why = f"its XML is broken ({expat.ErrorString(error.code)})"
    if not why and (not names or names[0] != "style"):
        why = "it holds no style"
    elif not why and "citation" not in names and not parents:
        why = "it does not say how to cite"
    if why:
        return "", [codes.STYLE_UNKNOWN.at(Span(source.path, line, column, line, column), f"This style cannot be used: {why}.")]
    return parents[0] if parents else "", []
