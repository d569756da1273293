"""The ledger filled: a fact added, a decision recorded, every other byte of the file as it was.

The new text is read again before it is written, whole: a ledger that could be read
before can be read afterwards, and says one thing more.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penholder.adapters import files, longyaml, yaml
from penholder.adapters.yamltext import Edit, UnsafeEdit, appended, with_key
from penholder.errors import UsageError
from penholder.library.search import bare, nearest
from penholder.model.evidence import Decision, EvidenceFile, Fact, FactSource
from penholder.source import SourceFile
from penholder.stages.authored import authored
from penholder.stages.discover import Workspace
from penholder.stages.ledger import NAME, Ledger, open_ledger, said
from penholder.stages.resolve.cite import library_of
from penholder.stages.where import choose

HEAD = "# The evidence ledger: every figure once, with its source (`penholder schema evidence` says what a fact may hold).\nschema_version: 1\n"
_ORDER = Fact.key_names()


@dataclass(frozen=True)
class Written:
    """What was written, and where: the ledger's path in the workspace and the line."""

    path: str
    line: int
    fact: Fact | None = None
    decision: Decision | None = None
    superseded: str = ""


def add_fact(workspace: Workspace, fields: Mapping[str, Any], *, paper: str | None = None, supersedes: str = "") -> Written:
    """Add a fact to the workspace's ledger, or a paper's own; ``supersedes`` is the id of the fact whose place it takes.

    Raises ``UsageError`` where a value cannot be used, the id is there already or a source is not; ``UnusableError``
    where the disk does not let us write. Nothing is written then.
    """
    folder = workspace.paper_folder(choose(workspace.papers, [paper])[0]) if paper else None
    ledger, _ = open_ledger(workspace.root, folder)
    item = _tidied(fields)
    fact = _fact(item)
    if fact.id in ledger.facts:
        place = ledger.places[fact.id]
        raise UsageError(f"there is a fact {fact.id} already ({place.path}:{place.line})", f"Give another id, or change that one: penholder evidence show {fact.id}.")
    _sourced(workspace, folder, fact)
    for name in (supersedes, fact.superseded_by or ""):
        if name and name not in ledger.facts:
            raise UsageError(f"there is no fact {name}.{ledger.hint(name)}".rstrip("."), "`penholder evidence list` shows the ids.")
    path = _own(folder) if folder else workspace.root / "citations" / NAME
    with files.locked(workspace.cache, workspace.root):
        change = _Change(workspace, path)
        change.append("facts", item)
        if supersedes:
            change.supersede(ledger, supersedes, fact.id)
        line = change.write()
    return Written(files.relative(workspace.root, path), line, fact=fact, superseded=supersedes)


def decide(workspace: Workspace, name: str, use: str, because: str, by: str, *, paper: str | None = None, today: dt.date | None = None) -> Written:
    """Record which figure papers are to use for a measure. ``name`` is the measure or a fact of it, ``use`` a figure or a fact's id.

    Raises as ``add_fact`` does.
    """
    folder = workspace.paper_folder(choose(workspace.papers, [paper])[0]) if paper else None
    ledger, _ = open_ledger(workspace.root, folder)
    measure = _measure(ledger, name)
    fact = _used(ledger.by_measure(measure), use, measure)
    if by not in workspace.contributors:
        near = nearest(by, list(workspace.contributors), 3)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"there is no contributor {by}{meant}", "Name an id of contributors.yaml.")
    item = _tidied({"measure": measure, "use": fact.id, "because": because, "by": by, "date": today or dt.date.today()})
    made, problems = Decision.lenient(item)
    if made is None or problems:
        raise UsageError(_said_of(problems), "Say in a few words why: --because TEXT.")
    held = ledger.decided(measure)
    if held is not None and (held.use, held.by, held.because) == (made.use, made.by, made.because):
        raise UsageError(f"this was decided already, on {held.date.isoformat()}", "Nothing was written.")
    path = workspace.root / ledger.places[fact.id].path
    with files.locked(workspace.cache, workspace.root):
        change = _Change(workspace, path)
        change.append("decisions", item)
        line = change.write()
    return Written(files.relative(workspace.root, path), line, fact=fact, decision=made)


# what is asked for


def _tidied(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, in the order of the model, each text on one line."""
    plain = {key: _one_line(value) for key, value in fields.items()}
    known = [key for key in (*_ORDER, *plain) if key in plain]
    return {key: plain[key] for key in dict.fromkeys(known) if plain[key] not in (None, "", (), [], {}, False)}


def _one_line(value: Any) -> Any:
    if isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise UsageError("a value holds bytes that are no text", "Type it again, in UTF-8.")
        return re.sub(r"[ \t\r\n]+", " ", value).strip()
    if isinstance(value, Mapping):
        return {key: _one_line(each) for key, each in value.items() if each}
    return [_one_line(each) for each in value] if isinstance(value, list | tuple) else value


def _fact(item: Mapping[str, Any]) -> Fact:
    made, problems = Fact.lenient(item)
    if made is None or problems:
        raise UsageError(_said_of(problems), "`penholder evidence add --help` shows how each is given.")
    return made


def _said_of(problems: Sequence[Any]) -> str:
    told = []
    for problem in problems:
        key = ".".join(str(step) for step in problem.where if isinstance(step, str)) or "this"
        what = "is missing" if problem.kind == "missing" else problem.message[:1].lower() + problem.message[1:]
        shown = f" (it says {str(problem.value)[:60]!r})" if problem.kind != "missing" and isinstance(problem.value, str) else ""
        told.append(f"{key}: {what}{shown}")
    return "; ".join(told) or "this cannot be used"


def _sourced(workspace: Workspace, folder: Path | None, fact: Fact) -> None:
    if fact.source is None:
        return
    library, _ = library_of(workspace.root, folder, workspace.cache)
    if fact.source.key not in library:
        near = library.nearest(fact.source.key)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"no source has the key {fact.source.key}{meant}", "`penholder cite find WORDS` looks one up, `penholder cite import FILE` takes some in.")


def source_of(key: str, locator: str) -> dict[str, str] | None:
    """The source of a fact as its file says it, of what a person pasted (``@key`` and ``[@key]`` mean ``key``)."""
    return FactSource(key=bare(key), locator=locator).data("unusual") if key else None


def _own(folder: Path) -> Path:
    """The ledger of a paper: the one that is there."""
    within = folder / "citations" / NAME
    return within if within.is_file() and not (folder / NAME).is_file() else folder / NAME


def _measure(ledger: Ledger, name: str) -> str:
    """The measure that is meant by its name, or by a fact of it."""
    fact = ledger.facts.get(name)
    if fact is not None:
        if not fact.measure:
            place = ledger.places[name]
            raise UsageError(f"the fact {name} has no measure", f"Say in {place.path}:{place.line} what it measures, as the fact it differs from does.")
        return fact.measure
    same = ledger.by_measure(name)
    if same:
        return same[0].measure
    known = sorted({f.measure for f in ledger.facts.values() if f.measure})
    near = nearest(name, [*known, *ledger.facts], 3)
    meant = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
    raise UsageError(f"there is no measure or fact {name!r}{meant}", "`penholder evidence list` shows both.")


def _used(facts: Sequence[Fact], use: str, measure: str) -> Fact:
    """The one fact of a measure that is meant by its id or its figure."""
    wanted = _bare(use)
    found = [f for f in facts if f.id == use] or [f for f in facts if wanted in (_bare(f.value), _bare(said(f.value, f.unit)))]
    if len(found) == 1:
        return found[0]
    shown = "; ".join(f"{f.id} ({said(f.value, f.unit)}{f', {f.period}' if f.period else ''})" for f in (found or facts))
    what = f"{use!r} is said by several facts" if found else f"no fact of “{measure}” says {use!r}"
    raise UsageError(f"{what}: {shown}", "Name the id of one of them: --use ID.")


def _bare(text: str) -> str:
    return re.sub(r"[\s,\u00a0\u202f]+", "", text).casefold()


# what is written


class _Change:
    """The text of a ledger while it is changed. Raises ``UsageError`` where it cannot be read or changed with certainty."""

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self._root = workspace.root
        self._name = files.relative(workspace.root, path)
        try:
            self._path = files.inside(workspace.root, path)  # a link stays a link
        except files.OutsideError:
            raise UsageError(f"{self._name} leads out of the workspace", "Put the ledger itself there.") from None
        data, findings = files.read_bytes(workspace.root, path) if path.exists() else (b"", [])
        if findings:
            raise UsageError(findings[0].message.rstrip("."), findings[0].help)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(f"{self._name} is not UTF-8", "Save the file as UTF-8 in your editor.") from None
        self._mark = "\ufeff" if text.startswith("\ufeff") else ""
        self._before = self._text = text.removeprefix(self._mark)
        self._expected: dict[str, Any] = self._read(self._text) if self._text.strip() else {}
        self._at = 0

    def append(self, name: str, item: Mapping[str, Any]) -> None:
        """An item at the end of a list."""
        try:
            edit = appended(self._text, name, item, HEAD)
        except UnsafeEdit as why:
            raise self._unsafe(str(why)) from None
        self._make(edit)
        self._at = edit.start
        if not self._expected and "schema_version" in edit.new:
            self._expected["schema_version"] = 1
        self._expected[name] = [*(self._expected.get(name) or []), yaml.plain(item)]

    def supersede(self, ledger: Ledger, old: str, new: str) -> None:
        """A line in the old fact that names the new one."""
        place = files.relative(self._root, self._path)
        facts = self._expected.get("facts") or []
        index = next((i for i, f in enumerate(facts) if isinstance(f, Mapping) and str(f.get("id")) == old), None)
        if index is None:
            raise UsageError(f"{old} stands in {ledger.places[old].path}, not in {place}", f"Add `superseded_by: {new}` there by hand.")
        if facts[index].get("superseded_by"):
            raise UsageError(f"{old} is superseded by {facts[index]['superseded_by']} already", "Name that one: --supersedes.")
        try:
            self._make(with_key(self._text, "facts", index, "superseded_by", new))
        except UnsafeEdit as why:
            raise self._unsafe(str(why)) from None
        facts[index] = {**facts[index], "superseded_by": new}

    def write(self) -> int:
        """Write the text, if it says what it should; returns the line of what was appended."""
        if self._read(self._text) != self._expected:
            raise self._unsafe("it is written in an unusual way")
        files.write_whole(self._path, (self._mark + self._text).encode())
        before = self._text[: self._at]
        new = self._text[self._at :]
        return len(re.findall(r"\r\n|\n|\r", before + new[: len(new) - len(new.lstrip("\r\n"))])) + 1

    def _make(self, edit: Edit) -> None:
        self._text = edit.made(self._text)
        if edit.start < self._at:
            self._at += len(edit.new) - (edit.end - edit.start)

    def _read(self, text: str) -> dict[str, Any]:
        """What a text says. Raises ``UsageError`` where it cannot be read."""
        source = SourceFile(self._name, re.sub(r"\r\n?", "\n", text))
        document, findings = longyaml.load(source)
        if document.data is None:
            return {}
        _, found = authored(EvidenceFile, document.data, document.place)
        if findings or not isinstance(document.data, Mapping):
            first = [*findings, *found][0]
            raise UsageError(f"{first.span}: {first.message.rstrip('.')}", "Mend the ledger first.")
        made: dict[str, Any] = yaml.plain(document.data)
        return made

    def _unsafe(self, why: str) -> UsageError:
        return UsageError(f"{self._name} cannot be changed with certainty: {why}", "Add the lines by hand; nothing was written.")
