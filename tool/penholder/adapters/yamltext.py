"""YAML written into what somebody wrote: an item at the end of a list, a key at the end of an item, no other byte touched.

Where to write is asked of the parser, which knows where each node ends. The caller
reads the new text again, and writes it only if it says what it should.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

_PLAIN = re.compile(r"(?:[^\W\d_]|[£€])(?:[\w £€%’.()/+–-]*[\w%.)])?")
_WORDS = re.compile(r"(?:true|false|null|yes|no|on|off|y|n|inf|nan)\.?", re.I)  # words to one YAML or another
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class UnsafeEdit(Exception):
    """A text into which nothing can be written with certainty; the message says why."""


class Edit(NamedTuple):
    """``text[start:end]`` gives way to ``new``."""

    start: int
    end: int
    new: str

    def made(self, text: str) -> str:
        """The text after the edit."""
        return text[: self.start] + self.new + text[self.end :]


def scalar(value: Any) -> str:
    """A value on one line, as any YAML reader takes it: plain where that is safe, else in quotation marks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {scalar(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(scalar(v) for v in value) + "]"
    text = str(value)
    if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text):
        return text
    return _RAW.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def appended(text: str, name: str, item: Mapping[str, Any], head: str = "") -> Edit:
    """The edit that puts ``item`` at the end of the list ``name``; ``head`` opens a text that is empty.

    Raises ``UnsafeEdit`` where the text is no YAML or no mapping of ``key: value`` lines.
    """
    root = _composed(text)
    line = _line_end(text)
    if root is None:
        return _at_end(text, f"{head.replace(chr(10), line)}{name}:{line}{_item(item, 2, 4, line)}", line)
    if root.id != "mapping" or root.flow_style:
        raise UnsafeEdit("it does not hold `key: value` lines")
    held = next((value for key, value in root.value if key.value == name), None)
    if held is None:
        return _at_end(text, f"{line if text.strip() else ''}{name}:{line}{_item(item, 2, 4, line)}", line)
    if held.id == "scalar":  # nothing, or null
        return _below(text, held, item, line)
    if held.id != "sequence":
        raise UnsafeEdit(f"`{name}` is no list")
    if held.flow_style:
        return _below(text, held, item, line) if not held.value else _in_brackets(text, held.end_mark.index - 1, scalar(dict(item)))
    dash = held.start_mark.column
    inner = held.value[-1].start_mark.column
    at = _after(text, held.value[-1], dash)
    gap = line if _apart(text, held) else ""
    before = "" if text[at - 1 : at] in ("\n", "\r") else line
    return Edit(at, at, f"{before}{gap}{_item(item, dash, inner, line)}")


def with_key(text: str, name: str, index: int, key: str, value: Any) -> Edit:
    """The edit that puts ``key: value`` at the end of an item of the list ``name``. Raises ``UnsafeEdit``."""
    root = _composed(text)
    held = next((v for k, v in root.value if k.value == name), None) if root is not None and root.id == "mapping" else None
    if held is None or held.id != "sequence" or index >= len(held.value) or held.value[index].id != "mapping":
        raise UnsafeEdit(f"`{name}` is no list of items")
    item = held.value[index]
    if item.flow_style:
        return _in_brackets(text, item.end_mark.index - 1, f"{key}: {scalar(value)}")
    line = _line_end(text)
    at = _line_after(text, _last(item).end_mark.index)
    before = "" if text[at - 1 : at] in ("\n", "\r") else line
    return Edit(at, at, f"{before}{' ' * item.start_mark.column}{key}: {scalar(value)}{line}")


def _composed(text: str) -> Any:
    import yaml

    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnsafeEdit("it cannot be read") from error


def _item(item: Mapping[str, Any], dash: int, inner: int, line: str) -> str:
    """An item of a block list, a line for each key."""
    lines = [f"{key}: {scalar(value)}" for key, value in item.items()]
    first = f"{' ' * dash}-{' ' * (inner - dash - 1)}{lines[0]}{line}"
    return first + "".join(f"{' ' * inner}{each}{line}" for each in lines[1:])


def _at_end(text: str, new: str, line: str) -> Edit:
    return Edit(len(text), len(text), f"{line if text and text[-1] not in chr(10) + chr(13) else ''}{new}")


def _below(text: str, held: Any, item: Mapping[str, Any], line: str) -> Edit:
    """A list of one item in place of ``[]`` or nothing: what stands behind it on its line stays."""
    start, end = held.start_mark.index, held.end_mark.index
    rest = text[end : _line_after(text, end)]
    kept = rest.rstrip("\r\n")
    if not kept.strip():
        start = len(text[:start].rstrip(" "))
    return Edit(start, end + len(rest), f"{kept}{line}{_item(item, 2, 4, line)}")


def _in_brackets(text: str, at: int, new: str) -> Edit:
    """Before a closing bracket."""
    before = text[:at].rstrip()
    end = len(before)
    return Edit(end, end, f"{'' if before.endswith((',', '[', '{')) else ','} {new}")


def _last(node: Any) -> Any:
    """The last thing written in a node."""
    while node.id != "scalar" and not node.flow_style and node.value:
        node = node.value[-1][1] if node.id == "mapping" else node.value[-1]
    return node


def _after(text: str, node: Any, dash: int) -> int:
    """Where the line after a node begins; comments that are set in like the node belong to it."""
    at = _line_after(text, _last(node).end_mark.index)
    while found := re.compile(r"([ \t]*)#[^\n]*(?:\n|\Z)").match(text, at):
        if len(found[1]) <= dash:
            break
        at = found.end()
    return at


def _line_after(text: str, index: int) -> int:
    """Where the next line begins; a block scalar's end is taken back to its last line."""
    while index and text[index - 1] in "\r\n":
        index -= 1
    found = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)").match(text, index)
    return found.end() if found else len(text)


def _apart(text: str, held: Any) -> bool:
    """Whether the items of a list stand apart, with an empty line between them."""
    starts: Sequence[int] = [item.start_mark.line for item in held.value]
    lines = re.split(r"\r\n|\n|\r", text)
    return len(starts) > 1 and not lines[starts[-1] - 1].strip()


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"
