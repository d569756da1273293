"""From a node of pandoc's tree back to the author's line.

Pandoc's Markdown reader gives no positions, so the words of the tree are looked
for in the section's text, forward and in order: the same thing for the second
time is looked for after its first place.
"""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import unquote

from penholder.patterns import later
from penholder.source import Span
from penholder.stages.assemble import Text

_CODE = later(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|(?<!`)(?P<tick>`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=tick)(?!`)|<!--.*?-->",
    re.S | re.M,
)


class Finder:
    """Looks for things in one section's text, each kind of thing in order."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._seen: dict[str, int] = {}

    def find(self, needle: str) -> Span:
        """The next place of exactly ``needle``; the last one again when there is no next."""
        return self.pattern(re.escape(needle), needle)

    def target(self, target: str) -> Span:
        """The next place of a link's or picture's target, which pandoc gives without backslashes and percent-encoded."""
        pieces = re.findall(r"(?:%[0-9A-Fa-f]{2})+|.", target, re.S)
        written = (re.escape(p) + f"|{re.escape(unquote(p))}" if p[0] == "%" else re.escape(p) for p in pieces)
        return self.pattern("".join(rf"\\?(?:{p})" for p in written), target, outside_code=True)

    def citation(self, key: str) -> Span:
        """The next ``@key`` or ``@{key}``."""
        return self.pattern(_cited(key), "@" + key, outside_code=True)

    def citation_within(self, outer: str, inner: str) -> Span:
        """The next ``@outer`` with ``@inner`` behind it in the same brackets, from the one to the other."""
        between = (r"[^@;\[\]]*", r"[^@;\]]*")  # the inner one rarely has brackets of its own
        found = next((f for b in between if (f := self._search(_cited(outer) + b + _cited(inner), f"@{outer} @{inner}", self._prose))), None)
        return self.text.map.span(*found) if found else self.citation(inner)

    def words(self, text: str, count: int = 6) -> Span:
        """The next place where the first few words of ``text`` stand, marks between them allowed."""
        chosen = re.findall(r"\w+", text)[:count]
        while chosen:
            found = self._search(r"[\W_]*?".join(map(re.escape, chosen)), " ".join(chosen), self.text.markdown)
            if found:
                return self.text.map.span(*found)
            chosen = chosen[: len(chosen) // 2]
        return self.start

    def note(self, text: str) -> Span:
        """The next footnote, in its line or on one of its own, that begins as ``text`` does."""
        words = re.findall(r"\w+", text)[:6]
        begins = r"(?:\^\[|\[\^[^\s\]]+\]:)[\W_]*?" + r"[\W_]*?".join(map(re.escape, words))
        found = self._search(begins, "note " + " ".join(words), self.text.markdown) if words else None
        return self.text.map.span(*found) if found else self.words(text)

    def pattern(self, pattern: str, name: str, *, outside_code: bool = False) -> Span:
        """The next match of a regular expression, counted under ``name``; if asked, not one in code."""
        found = self._search(pattern, name, self._prose) if outside_code else None
        found = found or self._search(pattern, name, self.text.markdown)
        return self.text.map.span(*found) if found else self.start

    def at(self, line: int, column: int) -> Span:
        """The place of a line and column (from 1) of the text that pandoc read."""
        lines = self.text.markdown.split("\n")
        offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        return self.text.map.span(min(offset, len(self.text.markdown)))

    @property
    def start(self) -> Span:
        """Where the section's text begins."""
        text = self.text.markdown
        return self.text.map.span(len(text) - len(text.lstrip())) if text else Span(self.text.section.path, 1, 1, 1, 1)

    @cached_property
    def _prose(self) -> str:
        """The text with its code and comments blanked, every other character in its place."""
        return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), self.text.markdown)

    def _search(self, pattern: str, name: str, text: str) -> tuple[int, int] | None:
        compiled = re.compile(pattern)
        found = compiled.search(text, self._seen.get(name, 0)) or compiled.search(text)
        if found is None:
            return None
        self._seen[name] = found.end()
        return found.start(), found.end()


def _cited(key: str) -> str:
    return rf"(?<![\w@\\])@(?:\{{{re.escape(key)}\}}|{re.escape(key)}(?![\w]))"
