"""The edition: files that appear whole or not at all, and the record of what they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from penholder import codes
from penholder.adapters import files
from penholder.errors import PenholderError
from penholder.findings import Code, Finding, Findings, Severity
from penholder.source import Span
from penholder.stages.render.identity import Identity
from penholder.stages.render.store import Store, Stored
from penholder.stages.render.versions import tool_versions

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker
    from penholder.adapters.typst.compiler import Compiler
    from penholder.stages.discover import Workspace
    from penholder.stages.load import Paper
    from penholder.stages.look import Look
    from penholder.stages.render.outputs import Outputs
    from penholder.stages.resolve import Document
    from penholder.stages.resolve.parts import Part, Picture


LOST = "text would have been lost"
FAULTY = "errors were found and --strict was given"
FORBIDDEN = "a recipient forbids publication now"


class Order(NamedTuple):
    """What is wanted of each paper. ``out`` replaces ``dist/<slug>/``; ``alone`` says one paper is built into it.

    ``despite`` are rules that were set aside on purpose: they are told in the record.
    """

    formats: tuple[str, ...]
    out: Path | None = None
    strict: bool = False
    alone: bool = True
    despite: tuple[dict[str, str], ...] = ()


class Edition(NamedTuple):
    """What one build of one paper gave: files by format, its identity, and everything found.

    ``refused`` says why nothing was written, where it was not; ``inputs`` is the digest of
    what it was made of.
    """

    slug: str
    files: dict[str, Path]
    identity: Identity
    words: int
    findings: tuple[Finding, ...]
    refused: str = ""
    cached: bool = False
    inputs: str = ""

    @property
    def errors(self) -> int:
        return sum(f.severity == Severity.ERROR for f in self.findings)


class Inspector(Protocol):
    """Whoever looks at the text of a paper before it is written, and may make a draft of it.

    ``until`` says how long what it finds holds: a word that changes when it has to look again.
    """

    until: str

    def begin(self, paper: Paper) -> Callable[[Part], None]:
        """A paper is about to be read; what is returned is shown each section."""

    def errors(self, paper: Paper, look: Look, findings: Sequence[Finding]) -> list[Finding]:
        """The errors it sees in the paper that was read; ``findings`` were made by reading it."""


def key_of(store: Store, slug: str, order: Order, inspector: Inspector | None = None) -> str:
    """The key under which an edition is stored."""
    return store.key(slug, (*order.formats, *([inspector.until] if inspector else ())))


def stored(root: Path, slug: str, order: Order, store: Store, inspector: Inspector | None = None) -> Edition | None:
    """The edition as it was built before from the very same inputs, put in its place again."""
    kept = store.get(slug, key_of(store, slug, order, inspector)) if store.knows(slug) else None
    if kept is None:
        return None
    edition = _edition_of(slug, kept, store.inputs(slug))
    if edition is None or (order.strict and edition.errors):
        return None
    return _placed(root, edition, order, kept.files)


def build(
    workspace: Workspace,
    slug: str,
    order: Order,
    worker: Worker,
    compiler: Compiler,
    *,
    step: Callable[[str], None] = lambda _: None,
    house: Sequence[Finding] = (),
    store: Store | None = None,
    inspector: Inspector | None = None,
    last: bool = False,
) -> Edition:
    """Build one paper, from its files to its edition.

    ``house`` are the findings about the workspace's own files. ``step`` is told
    what is being done. What was built is kept in ``store``. ``inspector`` looks at
    the text before it is written. ``last`` says that ``worker`` is not needed for
    another paper.
    """
    from penholder.stages.prepare import prepare
    from penholder.stages.render.identity import identify
    from penholder.stages.resolve import resolve

    begun = store.standing(slug) if store else ""
    findings = Findings(list(house))
    step("read")
    (paper, manuscript, look), found = prepare(workspace, slug)
    findings.extend(found)
    step("cite")

    @cache
    def identified(*shared: str) -> Identity:
        return identify(manuscript, [*shared, *manuscript.ledgers])

    def ask(library: Sequence[str], pictures: Mapping[str, Picture]) -> None:
        worker.errands.appendleft(partial(identified, *library, *shown(workspace, pictures)))  # Git answers while pandoc cites

    document, found = resolve(manuscript, look.theme, worker, inspector.begin(paper) if inspector else None, ask)
    findings.extend(found)
    if inspector:
        findings.extend(inspector.errors(paper, look, findings.items))
    identity = identified(*document.library, *shown(workspace, document.pictures))
    if identity.problem:
        findings.add(codes.GIT_SILENT.at(Span("penholder.toml", 1, 1, 1, 1), f"Git cannot tell the commit: {identity.problem}."))
    edition = Edition(slug, {}, identity, _count(document), tuple(findings))
    if order.strict and findings.errors:
        return edition._replace(refused=FAULTY)
    outputs = _written(document, identity, look, order, worker, compiler, step, faulty=findings.errors > 0, last=last)
    findings.extend(outputs.findings)
    edition = edition._replace(findings=tuple(findings))
    if any(f.code is codes.TEXT_LOST for f in outputs.findings):
        return edition._replace(refused=LOST)
    if order.strict and findings.errors:
        return edition._replace(refused=FAULTY)
    edition = edition._replace(inputs=store.inputs(slug) if store else "")
    step("save")
    placed = _placed(workspace.root, edition, order, outputs.files, cached=False)
    if store and set(outputs.files) == set(order.formats) and Store(workspace.root).standing(slug) == begun:
        key = key_of(store, slug, order, inspector)
        outside = {p: files.sha256(d) for p, d in _elsewhere(workspace, slug, document).items()}
        store.put(slug, key, {**_record_of(edition), "elsewhere": outside}, outputs.files)
    return placed


def _written(
    document: Document, identity: Identity, look: Look, order: Order, worker: Worker, compiler: Compiler, step: Callable[[str], None],
    *, faulty: bool, last: bool,
) -> Outputs:  # fmt: skip
    """The files of a paper; an error found while they are written makes all of them a draft's."""
    from penholder.stages.render.front import front_of
    from penholder.stages.render.outputs import Tools, write

    front = front_of(document.manuscript.paper, identity, look.theme, faulty=faulty)
    tools = Tools(worker, compiler, last)
    outputs = write(document, front, look, order.formats, tools, step)
    if not front.draft and any(f.severity == Severity.ERROR for f in outputs.findings):
        worker.close()  # it may have been let go already; a new one starts by itself
        outputs = write(document, front._replace(draft=True), look, order.formats, tools, step)
    return outputs


def refused(slug: str, findings: Sequence[Finding], why: str) -> Edition:
    """The edition of a paper that was not read at all, because it may not be written."""
    return Edition(slug, {}, Identity("", 0, False), 0, tuple(findings), why)


def given_up(slug: str, error: PenholderError, house: Sequence[Finding] = ()) -> Edition:
    """The edition of a paper on which a program was stopped, or which it refused, as a whole."""
    finding = codes.PAPER_GIVEN_UP.at(Span(f"papers/{slug}/paper.yaml", 1, 1, 1, 1), f"The paper was given up: {error.message}.")
    return Edition(slug, {}, Identity("", 0, False), 0, (*house, finding), error.message)


def shown(workspace: Workspace, pictures: Mapping[str, Picture]) -> list[str]:
    """The pictures of a paper, by path."""
    return [files.relative(workspace.root.resolve(), p.path) for p in pictures.values()]


def _elsewhere(workspace: Workspace, slug: str, document: Document) -> dict[str, bytes]:
    """The pictures that lie outside the paper's folder, by path."""
    own = workspace.paper_folder(slug).resolve()
    shown = document.pictures.values()
    return {files.relative(workspace.root.resolve(), p.path): p.data for p in shown if not p.path.is_relative_to(own)}


def _placed(root: Path, edition: Edition, order: Order, made: dict[str, bytes], *, cached: bool = True) -> Edition:
    """Write the files of an edition where they belong, and the record beside them; the same bytes stay."""
    folder = order.out or root / "dist" / edition.slug
    name = "edition.json" if order.out is None or order.alone else f"{edition.slug}.edition.json"
    paths = {fmt: folder / f"{edition.slug}.{fmt}" for fmt in made}
    if order.out is None:
        files.keep_inside(root, folder, "Remove the link, or name a folder with --out.")
    if order.out is not None and order.alone and not _is_record(folder / name):
        name = f"{edition.slug}.edition.json"  # an edition.json of somebody else's stays
    wanted = {paths[fmt]: data for fmt, data in made.items()}
    others, old = _others(folder / name, edition, order)
    wanted[folder / name] = edition_json(edition, made, others, order.despite).encode()
    if old or not all(files.holds(path, data) for path, data in wanted.items()):
        with files.locked(folder, root):
            others, old = _others(folder / name, edition, order)  # once more: another build may have been here
            wanted[folder / name] = edition_json(edition, made, others, order.despite).encode()
            files.write_together({path: data for path, data in wanted.items() if not files.holds(path, data)})
            for path in old:  # nobody shall send an old PDF
                path.unlink(missing_ok=True)
    return Edition(edition.slug, paths, edition.identity, edition.words, edition.findings, cached=cached)


def _is_record(path: Path) -> bool:
    """Whether there is no file at ``path`` yet, or a record of ours."""
    try:
        return {"paper", "tools", "files"} <= set(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return True
    except (OSError, ValueError, TypeError):
        return False


def _others(record: Path, edition: Edition, order: Order) -> tuple[list[dict[str, Any]], list[Path]]:
    """The other formats that lie there: entries of those made of the same text, paths of an older text's."""
    try:
        before = json.loads(record.read_bytes())
        rest = [f for f in before["files"] if f["name"].rpartition(".")[2] not in order.formats]
        if before["inputs"] == edition.inputs and before["commit"] == (edition.identity.commit or None):
            return [f for f in rest if (record.parent / f["name"]).is_file()], []
        return [], [record.parent / Path(f["name"]).name for f in rest if f["name"].rpartition(".")[0] == edition.slug]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [], []


def edition_json(
    edition: Edition, made: dict[str, bytes], others: Sequence[dict[str, Any]] = (), despite: Sequence[dict[str, str]] = ()
) -> str:
    """The record beside the files: what they are, what made them, what was found, and which rules were set aside."""
    listed = [{"name": f"{edition.slug}.{fmt}", "bytes": len(data), "sha256": files.sha256(data)} for fmt, data in made.items()]
    record = {
        "paper": edition.slug,
        "commit": edition.identity.commit or None,
        "modified": edition.identity.modified,
        "epoch": edition.identity.epoch,
        "words": edition.words,
        "tools": tool_versions(),
        "inputs": edition.inputs,
        "files": sorted([*listed, *others], key=lambda f: str(f["name"])),
        "findings": {s.label: sum(f.severity == s for f in edition.findings) for s in Severity},
    }
    if despite:
        record["despite"] = list(despite)
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _record_of(edition: Edition) -> dict[str, Any]:
    """An edition as JSON data, its files left out."""
    return {
        "identity": edition.identity._asdict(),
        "words": edition.words,
        "codes": {f.code.id: f.code._asdict() for f in edition.findings if f.code.id not in codes.BY_ID},
        "findings": [[f.code.id, f.span._asdict(), f.message, f.help, int(f.severity)] for f in edition.findings],
    }


def _edition_of(slug: str, kept: Stored, inputs: str) -> Edition | None:
    """The edition a record tells of; ``None`` where it speaks of findings nobody knows any more."""
    record = kept.record
    try:
        told = {c: Code(**{**fields, "severity": Severity(fields["severity"])}) for c, fields in record["codes"].items()}
        known = {**codes.BY_ID, **told}
        findings = tuple(Finding(known[c], Span(**span), m, h, Severity(s)) for c, span, m, h, s in record["findings"])
        return Edition(slug, {}, Identity(**record["identity"]), record["words"], findings, inputs=inputs)
    except (KeyError, TypeError, ValueError):
        return None


def _count(document: Document) -> int:
    """The words its authors wrote: headings, tables and notes in; citations and references out."""
    from penholder.adapters.pandoc import tree

    return sum(len(tree.text_of(section.blocks, notes=True, cites=False).split()) for section in document.sections)
