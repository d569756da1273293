"""Split a `.bib` into its entries, fast and forgivingly.

The rules are those of the programs that read such files: BibTeX's manual
(``btxdoc``: anything outside an entry is a comment; braces inside a value
balance; an entry may stand in parentheses) and pandoc's reader, which also
passes over a backslash and the character after it. On top of them stand two
of our own:

* A ``%`` outside an entry comments out the rest of its line, as pandoc, JabRef
  and Emacs take it.
* ``@word{`` at the beginning of a line always begins an entry. So an entry
  whose closing brace is missing ends there, and swallows nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

_START = re.compile(r"@[ \t]*([A-Za-z][\w-]*)\s*([{(])|%[^\n]*")
_LINE_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.M)
# Up to four levels of braces in one match; deeper ones are counted one by one.
_B0 = r"(?:[^{}\\]++|\\.)*+"
_B1 = rf"{_B0}(?:\{{{_B0}\}}{_B0})*+"
_B2 = rf"{_B0}(?:\{{{_B1}\}}{_B0})*+"
_B3 = rf"{_B0}(?:\{{{_B2}\}}{_B0})*+"
_BRACED = re.compile(_B3 + r"\}", re.S)
_QUOTED = rf'"(?:[^"{{}}\\]++|\\.|\{{{_B2}\}})*+"'
_PARENS = re.compile(rf'(?:[^{{}}()"\\]++|\\.|\{{{_B2}\}}|{_QUOTED})*+\)', re.S)
_BRACE = re.compile(r"\\.|[{}]", re.S)
_KEY = re.compile(r"\s*([^\s,{}()\"=%#\\]+)?\s*(.?)", re.S)

_VALUE_KINDS = frozenset({"string", "preamble", "comment"})


class BibEntry(NamedTuple):
    """One entry: its type in lower case, its key, and where it is in the text.

    ``text[start:end]`` is the entry from ``@`` to its closing delimiter;
    ``body`` is the offset behind the key's comma (behind the opening delimiter
    for ``@string`` and ``@preamble``, which have no key). Lines and columns
    count from 1.
    """

    type: str
    key: str
    start: int
    body: int
    end: int
    line: int
    column: int = 1


class BibTrouble(NamedTuple):
    """One thing wrong: at which offset and line, what, and the key where it is known."""

    start: int
    end: int
    line: int
    message: str
    key: str = ""


@dataclass(frozen=True)
class BibScan:
    """A file's entries in order; its ``@string``, ``@preamble`` and ``@comment``; its troubles."""

    entries: list[BibEntry] = field(default_factory=list)
    strings: list[BibEntry] = field(default_factory=list)
    others: list[BibEntry] = field(default_factory=list)
    troubles: list[BibTrouble] = field(default_factory=list)


def scan(text: str) -> BibScan:
    """Split the text of a `.bib` (``\\n`` line ends) into entries.

    Total: any text is read, what cannot be read becomes a ``BibTrouble``, and
    nothing is raised. ``@string`` names are lower-cased keys of ``strings``.
    """
    return _Scanner(text).run()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found = BibScan()
        self.boundaries = [m.start() for m in _LINE_START.finditer(text)]
        self.line, self.counted = 1, 0

    def run(self) -> BibScan:
        at = 0
        while match := _START.search(self.text, at):
            if match.group(1) is None:
                at = match.end()
                continue
            at = self._entry(match)
        return self.found

    def _line_of(self, offset: int) -> int:
        """The line of an offset; offsets are asked for in ascending order."""
        self.line += self.text.count("\n", self.counted, offset)
        self.counted = offset
        return self.line

    def _entry(self, match: re.Match[str]) -> int:
        """Take the entry that begins at ``match``; return where to go on."""
        start, inside = match.start(), match.end()
        kind = match.group(1).lower()
        line = self._line_of(start)
        following = bisect_right(self.boundaries, start)
        limit = self.boundaries[following] if following < len(self.boundaries) else len(self.text)
        close = _close(self.text, inside, limit, match.group(2))
        if close < 0:
            key = "" if kind in _VALUE_KINDS else _first_word(self.text, inside, limit)
            named = f' "{key}"' if key else ""
            closing = "}" if match.group(2) == "{" else ")"
            self.found.troubles.append(
                BibTrouble(start, limit, line, f'the @{kind} entry{named} has no closing "{closing}"', key)
            )
            return limit
        column = start - self.text.rfind("\n", 0, start)
        if kind in _VALUE_KINDS:
            self._value_kind(BibEntry(kind, "", start, inside, close, line, column))
        else:
            self._keyed(BibEntry(kind, "", start, inside, close, line, column))
        return close

    def _value_kind(self, entry: BibEntry) -> None:
        if entry.type != "string":
            self.found.others.append(entry)
            return
        named = _KEY.match(self.text, entry.body, entry.end - 1)
        if named is None or not named.group(1) or named.group(2) != "=":
            self._trouble(entry, 'the @string has no name = "value"')
            return
        self.found.strings.append(
            entry._replace(key=named.group(1).lower())
        )

    def _keyed(self, entry: BibEntry) -> None:
        named = _KEY.match(self.text, entry.body, entry.end - 1)
        key, then = (named.group(1) or "", named.group(2)) if named else ("", "")
        if not key or then == "=":
            self._trouble(entry, f"the @{entry.type} entry has no key")
        elif then not in (",", ""):
            self._trouble(entry, f'no comma after the key "{key}"', key)
        else:
            body = named.end() if named and then else entry.end - 1
            self.found.entries.append(entry._replace(key=key, body=body))

    def _trouble(self, entry: BibEntry, message: str, key: str = "") -> None:
        self.found.troubles.append(BibTrouble(entry.start, entry.end, entry.line, message, key))


def _close(text: str, inside: int, limit: int, opener: str) -> int:
    """The offset behind the closing delimiter, before ``limit``; -1 where there is none."""
    quick = (_BRACED if opener == "{" else _PARENS).match(text, inside, limit)
    if quick:
        return quick.end()
    if opener == "(":
        return -1
    depth = 1
    for token in _BRACE.finditer(text, inside, limit):
        mark = token.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                return token.end()
    return -1


def _first_word(text: str, inside: int, limit: int) -> str:
    named = _KEY.match(text, inside, limit)
    return named.group(1) or "" if named and named.group(2) == "," else ""
