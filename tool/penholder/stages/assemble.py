"""From a paper to its manuscript: each section's Markdown with its templates filled in.

Sections are rendered one by one, in one child process with limits, so that a
section that loops for ever costs its own text and nobody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from penholder import codes
from penholder.adapters import files, yaml
from penholder.findings import Finding, Findings
from penholder.patterns import later
from penholder.source import LineMap, SourceFile, Span
from penholder.stages.load import Paper, Section
from penholder.stages.texts import TEMPLATE_MARK, has_template, printable

if TYPE_CHECKING:  # what only templates need is imported where there are some
    from penholder.adapters.jinja import Rendered
    from penholder.stages.ledger import Ledger

_FACT = later(r"\{[{%](?:(?!\}\}|%\}).)*?\bfact(?:s_table)?\b", re.S)
_PARTIAL = later(r"\{%[-+]?\s*(?:include|import|from|extends)\b")


class Text(NamedTuple):
    """A section's Markdown after its templates, and the way back to the files it came from.

    ``filled`` is false where a fault left the author's template marks standing.
    ``facts`` are the facts of the ledger that its templates asked for, and where.
    """

    section: Section
    markdown: str
    map: LineMap
    filled: bool = True
    files: tuple[SourceFile, ...] = ()
    facts: tuple[tuple[str, Span], ...] = ()


class Manuscript(NamedTuple):
    """A paper whose sections are plain pandoc Markdown; ``ledgers`` are the ledgers whose facts stand in it."""

    paper: Paper
    texts: tuple[Text, ...]
    ledgers: tuple[str, ...] = ()


def assemble(paper: Paper) -> tuple[Manuscript, Findings]:
    """Fill in the templates of every section."""
    findings = Findings()
    wanted = [s for s in paper.sections if s.source is not None and has_template(s.source.text[s.body_start :])]
    ledger = _Ledger(paper)
    if any(_may_state(paper, s) for s in wanted):
        findings.extend(ledger.read[1])  # before the child is made, whose time and memory are for templates
    rendered, found = _render(paper, wanted, ledger) if wanted else ({}, [])
    findings.extend(found)
    texts = []
    for section in paper.sections:
        if section.source is None:
            texts.append(Text(section, "", LineMap((0,), (SourceFile(section.path, ""),), (0,), (True,))))
        elif section.slug in rendered:
            made = rendered[section.slug]
            texts.append(Text(section, made.text, made.map, made.filled, made.files, tuple(_noted(made))))
            findings.extend(_faults(made))
            findings.extend(_partials(paper, made))
        else:
            body = section.source.text[section.body_start :]
            identity = LineMap.identity(section.source, section.body_start)
            texts.append(Text(section, body, identity, not has_template(body), (section.source,)))
    ledgers = ledger.read[0].files if any(text.facts for text in texts) else ()
    return Manuscript(paper, tuple(texts), ledgers), findings


def _may_state(paper: Paper, section: Section) -> bool:
    """Whether the templates of a section, or of partials it may include, name the ledger's functions."""
    body = _source(section).text[section.body_start :]
    if _FACT.search(body):
        return True
    return _PARTIAL.search(body) is not None and any(_FACT.search(text) for text in _Partials(paper).texts)


class _Ledger:
    """The ledger of a paper, read when it is first asked for."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    @cached_property
    def read(self) -> tuple[Ledger, Findings]:
        from penholder.stages.ledger import open_ledger

        return open_ledger(self._paper.workspace.root, self._paper.folder)


def _source(section: Section) -> SourceFile:
    """The file of a section that is known to have one."""
    return section.source or SourceFile(section.path, "")


def _faults(made: Rendered) -> Iterator[Finding]:
    known = {f.path: f for f in made.files}
    for fault in made.faults:
        source = known.get(fault.path)
        span = source.span(fault.offset, fault.offset + fault.length) if source else Span(fault.path, 1, 1, 1, 1)
        yield codes.BY_ID[fault.code].at(span, _sentence(fault.message))


def _sentence(message: str) -> str:
    """A message with a capital, unless it begins with a file's name, which must stay as it is."""
    first = message.split(maxsplit=1)[0] if message.strip() else ""
    return message if "/" in first or "." in first[:-1] else message[:1].upper() + message[1:]


def _noted(made: Rendered) -> Iterator[tuple[str, Span]]:
    """The facts that the templates of a section asked for, and where."""
    known = {f.path: f for f in made.files}
    for noted in made.noted:
        source = known.get(noted.path)
        if source is not None:
            yield noted.word, source.span(noted.offset, noted.offset + noted.length)


def _partials(paper: Paper, made: Rendered) -> Iterator[Finding]:
    """What is wrong with the bytes of the partials a section was made of."""
    root = paper.workspace.root
    for partial in made.files[1:]:
        source, found = files.read_text(root, root / partial.path)
        yield from found
        yield from printable(source)[1]


def _render(paper: Paper, sections: list[Section], ledger: _Ledger) -> tuple[dict[str, Rendered], list[Finding]]:
    """Render sections in children with limits; one that breaks its limits is left as written."""
    import penholder.stages.facts  # noqa: F401 (here, and not in the child)
    from penholder.adapters import jinja
    from penholder.adapters.system import ChildEnded, run_limited

    limits = paper.workspace.settings.limits
    done: dict[str, Rendered] = {}
    findings: list[Finding] = []
    todo = list(sections)
    while todo:

        def work(todo: list[Section] = todo) -> Iterator[bytes]:
            env = jinja.environment(_Partials(paper).read)
            values = template_values(paper)
            env.globals |= _functions(paper, env, ledger)
            for section in todo:
                values["section"] = _section_values(section)
                yield jinja.to_line(jinja.render(env, _source(section), section.body_start, values))

        def each(line: bytes, todo: list[Section] = todo) -> None:
            section = todo.pop(0)
            done[section.slug] = jinja.from_line(line, _source(section))

        try:
            run_limited(work, seconds=limits.template_seconds, memory_megabytes=limits.template_megabytes, each=each)
        except ChildEnded as ended:
            if not todo:
                break
            section = todo.pop(0)
            why = {
                "time": f"took longer than {limits.template_seconds:g} seconds",
                "memory": f"grew beyond {limits.template_megabytes} MB",
            }.get(ended.why, "brought the template engine down")
            source = _source(section)
            first = TEMPLATE_MARK.search(source.text, section.body_start)
            place = source.span(first.start() if first else section.body_start)
            findings.append(codes.TEMPLATE_LIMIT.at(place, f"The templates of this section {why}."))
        else:
            break
    return done, findings


def _functions(paper: Paper, env: Any, ledger: _Ledger) -> dict[str, Any]:
    """The functions that a template may call."""
    from penholder.adapters import jinja
    from penholder.stages.facts import Facts, gap

    made: dict[str, Any] = {"table": jinja.forgiving(env, _TableMaker(paper).table, "table")}
    for name in ("fact", "facts_table"):
        told = jinja.Reporter(env, name)
        facts = Facts(lambda: ledger.read[0], told.fault, told.note)
        made[name] = jinja.forgiving(env, getattr(facts, name), name, gap if name == "fact" else None)
    return made


def template_values(paper: Paper) -> dict[str, Any]:
    """What a template may name: plain data only."""
    from penholder.stages.data import DataFiles

    meta = paper.meta
    organisations = [{"name": o.name, "url": o.url or ""} for o in paper.organisations]
    return {
        "paper": {
            "title": meta.title,
            "subtitle": meta.subtitle,
            "short_title": meta.short_title or meta.title,
            "abstract": meta.abstract,
            "date": meta.date.isoformat() if meta.date else "",
            "year": str(meta.date.year) if meta.date else "",
            "status": meta.status,
            "version": meta.version,
            "slug": paper.slug,
            "language": paper.language,
            "addressee": meta.addressee,
            "keywords": list(meta.keywords),
            **{str(k): v for k, v in yaml.plain(meta.variables).items()},
        },
        "organisation": organisations[0] if organisations else {"name": "", "url": ""},
        "organisations": organisations,
        "contributors": [
            {"id": c.id, "name": c.name, "affiliation": ", ".join(c.affiliation), "roles": list(c.roles)} for c in paper.contributors
        ],
        "data": DataFiles(paper),
    }


def _section_values(section: Section) -> dict[str, Any]:
    front = section.front
    return {
        "title": front.title,
        "kind": front.kind,
        "owner": front.owner or "",
        "status": front.status,
        "contributors": list(front.contributors),
        "slug": section.slug,
    }


class _Partials:
    """Shared boilerplate: the paper's own partials/ before the workspace's."""

    def __init__(self, paper: Paper) -> None:
        self._root = paper.workspace.root
        self._folders = (paper.folder / "partials", self._root / "templates" / "partials")

    @property
    def texts(self) -> Iterator[str]:
        """The text of every partial."""
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield files.read_text(self._root, path)[0].text

    def read(self, name: str) -> SourceFile | None:
        for folder in self._folders:
            try:
                path = files.inside(folder, folder / name)
            except files.OutsideError:
                continue
            if path.is_file():
                return printable(files.read_text(self._root, path)[0])[0]
        return None


class _TableMaker:
    def __init__(self, paper: Paper) -> None:
        self._root = paper.workspace.root
        self._folder = paper.folder / "data"

    def table(self, file: str, caption: str = "", *, columns: Any = None, align: Any = "", format: Any = "", id: str = "", source: str = "") -> str:
        """What ``{{ table("file.csv", ...) }}`` prints."""
        from penholder.adapters.jinja import AuthorFault
        from penholder.stages.data import read_data
        from penholder.stages.tables import table_text

        data = read_data(self._root, self._folder, str(file))
        if not (isinstance(data, list) and all(isinstance(row, dict) for row in data)):
            raise AuthorFault("TMPL003", f"{file} is not a table: it should be a CSV file or a list of rows")
        return table_text(data, caption=str(caption), columns=columns, align=align, format=format, id=str(id), source=str(source))
