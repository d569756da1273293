"""Long YAML, quickly: what libyaml reads in a breath, a reader in Python takes minutes for (2 ms an item of a ledger).

Only the plain YAML of data is read here. Whatever is out of the ordinary (a fault, a key twice,
an alias, a tag) is left to ``penholder.adapters.yaml``, which says what is wrong with it. The
two read the same: a test compares them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from penholder.adapters import yaml as careful
from penholder.findings import Finding
from penholder.source import SourceFile, Span

_SHORT = 2_000  # characters: below this, the careful reader is quick enough
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DOUBTFUL = re.compile(r"[-+]?(?:0[xob][0-9a-fA-F_]*|[0-9._]+(?:[eE][-+]?[0-9]*)?|\.(?:inf|nan))|=|<<|\d{4}-\d\d?-\d\d?.*", re.I)
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")  # line ends to YAML 1.1, letters to 1.2

_MARKED = re.compile(r"[&*!]")  # where there may be anchors, aliases and tags


class _Unusual(Exception):
    """Something that the careful reader is to look at."""


class Document:
    """A YAML text as ``penholder.adapters.yaml.Document``: ``data``, and the place of every key and item."""

    def __init__(self, source: SourceFile, data: Any, marks: Any) -> None:
        self.source = source
        self.data = data
        self._marks = marks

    def place(self, where: Sequence[str | int] = ()) -> Span:
        """The span of the key or item at ``where``, or of the nearest thing around it."""
        line, column, width, current = 1, 1, 0, self._marks
        for step in where:
            inner = current[1] if current is not None else {}
            if step not in inner:
                break
            at, current = inner[step][0], inner[step]
            line, column, width = at[0] + 1, at[1] + 1, len(step) if isinstance(step, str) else 1
        return Span(self.source.path, line, column, line, column + width)


def load(source: SourceFile) -> tuple[Document | careful.Document, list[Finding]]:
    """Read the YAML of a file. Returns the document and the findings, as ``adapters.yaml.load`` does."""
    if len(source.text) >= _SHORT and not _BREAKS.search(source.text):
        try:
            return _read(source), []
        except _Unusual:
            pass
    return careful.load(source)


def _read(source: SourceFile) -> Document:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _MARKED.search(source.text):
            for event in yaml.parse(source.text, Loader=loader):
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
                    raise _Unusual
        root = yaml.compose(source.text, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _Unusual from error
    if root is None:
        raise _Unusual
    data, inner = _made(root, 0)
    return Document(source, data, ((0, 0), inner))


def _made(node: Any, depth: int) -> tuple[Any, Any]:
    """A node's data, and for each key or index where it stands and what stands in it."""
    if depth > 40:
        raise _Unusual
    if node.id == "scalar":
        return _scalar(node), {}
    data: Any
    marks: dict[str | int, tuple[tuple[int, int], Any]] = {}
    if node.id == "sequence":
        data = []
        for index, item in enumerate(node.value):
            made, inner = _made(item, depth + 1)
            data.append(made)
            marks[index] = ((item.start_mark.line, item.start_mark.column), inner)
        return data, marks
    data = {}
    for name, value in node.value:
        key = _scalar(name) if name.id == "scalar" else None
        if not isinstance(key, str) or key in data:
            raise _Unusual
        data[key], inner = _made(value, depth + 1)
        marks[key] = ((name.start_mark.line, name.start_mark.column), inner)
    return data, marks


def _scalar(node: Any) -> Any:
    """What a scalar says by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), and dates."""
    text: str = node.value
    if node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise _Unusual from error
    if _DOUBTFUL.fullmatch(text):  # a number or time in another spelling
        raise _Unusual
    return text
