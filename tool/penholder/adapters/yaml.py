"""YAML as authors write it, with the place of every key (ruamel.yaml, YAML 1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import AliasEvent

from penholder import codes
from penholder.findings import Finding
from penholder.source import SourceFile, Span

_NODES = 200_000
_UNBROKEN = 10_000


class _Unreadable(dict[str, Any]):
    """The data of a YAML text that could not be read: nothing."""


UNREADABLE = _Unreadable()


class _Constructor(RoundTripConstructor):
    """Builds what the YAML says; a key that stands twice counts once and is remembered."""

    twice: list[tuple[str, StringMark]]

    def check_mapping_key(self, node: Any, key_node: Any, mapping: Any, key: Any, value: Any) -> bool:
        if key not in mapping:
            return True
        self.twice.append((str(key), key_node.start_mark))
        return False


class Document(NamedTuple):
    """A YAML text: ``data`` (mappings, lists, scalars) and the way back to its lines."""

    source: SourceFile
    data: Any
    start: int = 0  # the line before the text's first one, where it is part of a file

    def place(self, where: Sequence[str | int] = ()) -> Span:
        """The span of the key or item at ``where``, or of the nearest thing around it."""
        line, column, width = 1 + self.start, 1, 0
        current = self.data
        for step in where:
            marks = getattr(current, "lc", None)
            if marks is None:
                break
            try:
                at = marks.key(step) if isinstance(current, Mapping) else marks.item(step)
            except (KeyError, IndexError, TypeError, AttributeError):
                break
            if at is None:  # `{}` has no marks
                break
            line, column, width = at[0] + 1 + self.start, at[1] + 1, len(str(step)) if isinstance(step, str) else 1
            current = current[step]
        return Span(self.source.path, line, column, line, column + width)


def load(source: SourceFile, text: str | None = None, start: int = 0) -> tuple[Document, list[Finding]]:
    """Read the YAML of a file (or of ``text``, which begins after line ``start`` of it).

    Returns the document and the findings. Where nothing could be read, ``data``
    is ``UNREADABLE``, an empty mapping.
    """
    body = source.text if text is None else text
    try:
        if "&" in body or "*" in body:
            _refuse_aliases(body)
        reader = YAML(typ="rt", pure=True)
        reader.Constructor = _Constructor
        reader.constructor.twice = []
        data = reader.load(body)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1 + start, mark.column + 1) if mark else (1 + start, 1)
        what = " ".join(str(error.problem or error.context or error).split())
        return Document(source, UNREADABLE, start), [
            codes.YAML_BROKEN.at(Span(source.path, line, column, line, column), f"This YAML cannot be read: {what}.")
        ]
    except (YAMLError, ValueError, RecursionError) as error:
        span = Span(source.path, 1 + start, 1, 1 + start, 1)
        what = " ".join(str(error).split()) or "it is nested too deeply"
        return Document(source, UNREADABLE, start), [codes.YAML_BROKEN.at(span, f"This YAML cannot be read: {what}.")]
    return Document(source, data, start), [_twice(source, start, key, mark) for key, mark in reader.constructor.twice]


def _twice(source: SourceFile, start: int, key: str, mark: StringMark) -> Finding:
    line, column = mark.line + 1 + start, mark.column + 1
    span = Span(source.path, line, column, line, column + len(key))
    return codes.VALUE_WRONG.at(span, f"`{key}` stands here twice; the first one counts.", help="Take one of the two out.")


def dump(data: Any, width: int = 100) -> str:
    """YAML text for data, comments of a round trip kept, lines not longer than ``width`` where they can be broken."""
    out = StringIO()
    writer = YAML(typ="rt", pure=True)
    writer.width = width
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(data, out)
    return out.getvalue()


def added(text: str, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """A YAML text with items put at the end of its lists, by key; nothing that stands in it is lost, least of all a comment.

    ``text`` must be a mapping that could be read. Raises ``ValueError`` where a key holds something else than a list.
    """
    reader = YAML(typ="rt", pure=True)
    reader.preserve_quotes = True
    data = reader.load(text)
    for key, new in items.items():
        there = data.get(key)
        if there is not None and not isinstance(there, list):
            raise ValueError(f"`{key}` is not a list")
        if there:
            there.extend(new)
        else:
            data[key] = list(new)
    return dump(data, _UNBROKEN)


def plain(value: Any) -> Any:
    """The same data in plain dicts, lists and scalars."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, bool):
        return value
    return next((kind(value) for kind in (int, float, str) if isinstance(value, kind)), value)


def _refuse_aliases(text: str) -> None:
    """An alias can make a page of YAML stand for gigabytes; authors have no use for one."""
    for count, event in enumerate(YAML(typ="rt", pure=True).parse(StringIO(text))):
        if isinstance(event, AliasEvent):
            raise MarkedYAMLError(problem="anchors and aliases (&, *) are not used here", problem_mark=event.start_mark)
        if count > _NODES:
            raise MarkedYAMLError(problem="the file is too large", problem_mark=event.start_mark)
