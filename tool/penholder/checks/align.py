"""From a word of pandoc's tree to its place in the Markdown it was read from.

Pandoc gives no positions. Its words stand in the tree in the order of the text, so
each is looked for after the one before; marks between them are stepped over, and
each block is looked for afresh, so that one word not found loses no other.
"""

from __future__ import annotations

import re

_NEAR = 240  # characters of marks between two words of a paragraph
_FAR = {1: 1000, 2: 4000}  # how far ahead one or two words that begin a block may be: further on, others begin like it
_AFTER_LINK = re.compile(r"[ \t\n]*\](?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\]\n]*\])?(?:\{[^}\n]*\})?")
_AFTER_SPAN = re.compile(r"[*_~^]*\]\{[^}\n]*\}")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_SPELT = (("–", "--"), ("—", "---"), ("…", "..."))


def _opening(words: list[str]) -> re.Pattern[str]:
    """What matches the first words of a block, whatever marks stand between them."""
    pieces = [re.escape(max(re.findall(r"\w+", w.translate(_SAME)), key=len)) for w in words]
    return re.compile(r"(?<!\w)" + r"(?!\w)\W{1,12}?(?:\w{1,20}\W{1,12}){0,3}?".join(pieces) + r"(?!\w)")


class Aligner:
    """Walks through one section's Markdown, forward."""

    def __init__(self, markdown: str) -> None:
        self.text = _COMMENT.sub(lambda m: " " * len(m[0]), markdown.translate(_SAME))
        self.at = self._before = 0

    def word(self, word: str) -> tuple[int, int] | None:
        """Start and end of the next ``word``; ``None``, without a step, where it cannot be found near."""
        plain = word.translate(_SAME)
        found = self._near(plain)
        if found is None:
            for printed, typed in _SPELT:
                if printed in plain:
                    plain = plain.replace(printed, typed)
            found = self._near(plain)
        if found is None:
            core = max(re.findall(r"\w+", plain), key=len, default="")
            found = self._near(core) if core and core != plain else None
            plain = core
        if found is None:
            return None
        self.at = found + len(plain)
        return found, self.at

    def _near(self, word: str) -> int | None:
        text, low, high = self.text, self.at, self.at + _NEAR + len(word)
        starts, ends = word[:1].isalnum(), word[-1:].isalnum()
        while (found := text.find(word, low, high)) >= 0:
            end = found + len(word)
            if not (starts and found and text[found - 1].isalnum()) and not (ends and text[end : end + 1].isalnum()):
                return found
            low = found + 1
        return None

    def block(self, words: list[str]) -> None:
        """Step to where a block begins that begins with ``words``, if it is ahead.

        A block that is not ahead, but behind where the one before it was looked for, tells
        that the one before it was found too far down.
        """
        chosen = [w for w in words if any(c.isalnum() for c in w)][:4]
        before, self._before = self._before, self.at
        sure = len(chosen) > 2
        while chosen:
            pattern = _opening(chosen)
            found = pattern.search(self.text, self.at, self.at + _FAR.get(len(chosen), len(self.text))) or (pattern.search(self.text, before, self.at) if sure else None)
            if found:
                begin = found.start()
                floor = before if begin < self.at else self.at
                while begin > floor and not self.text[begin - 1].isspace():  # marks and the front half of “I’ll” belong to it
                    begin -= 1
                self.at = begin
                return
            if len(chosen) == 1:
                return
            chosen, sure = chosen[: len(chosen) // 2], False

    def citation(self, keys: list[str]) -> tuple[int, int] | None:
        """The next citation of ``keys``, with its brackets; steps behind it."""
        start = end = -1
        for key in keys:
            pattern = re.compile(rf"@(?:\{{{re.escape(key)}\}}|{re.escape(key)}(?!\w))")
            found = pattern.search(self.text, self.at if end < 0 else end)
            if found is None or found.start() > self.at + 4000:
                continue
            start, end = (found.start() if start < 0 else start), found.end()
        if start < 0:
            return None
        opened = self._opening(start)
        if opened >= 0:
            closed = self._closing(end)
            start, end = (opened, closed) if closed > 0 else (start, end)
        elif following := re.compile(r"[ ]\[(?!\^)(?:[^\]\n]|\n(?!\n)){0,200}\]").match(self.text, end):  # @key [p. 3]
            end = end if self.text[following.end() : following.end() + 1] == "(" else following.end()
        self.at = end
        return start, end

    def _opening(self, start: int) -> int:
        """The bracket that opens a citation whose first key is at ``start``, or -1."""
        depth = 0
        for at in range(start - 1, max(self.at - 2, start - 600, -1), -1):
            char = self.text[at]
            if char == "]":
                depth += 1
            elif char == "[":
                if depth == 0:
                    return at
                depth -= 1
            elif char == "\n" and self.text[at - 1 : at] == "\n":
                return -1
        return -1

    def _closing(self, end: int) -> int:
        """Behind the bracket that closes a citation whose last key ends at ``end``, or -1."""
        depth = 0
        for at in range(end, min(end + 600, len(self.text))):
            char = self.text[at]
            if char == "[":
                depth += 1
            elif char == "]":
                if depth == 0:
                    return at + 1
                depth -= 1
        return -1

    def literal(self, text: str) -> tuple[int, int] | None:
        """The next place of code or an equation; steps behind it."""
        wanted = text.translate(_SAME)
        found = self.text.find(wanted, self.at) if wanted else -1
        if found < 0:
            return None
        self.at = found + len(wanted)
        return found, self.at

    def step_over(self, *, link: bool) -> None:
        """Step behind the target of the link, or the attributes of the span, that ends here."""
        if after := (_AFTER_LINK if link else _AFTER_SPAN).match(self.text, self.at):
            self.at = after.end()

    def note(self) -> int | None:
        """Where the text of the footnote begins whose mark is next; steps behind the mark."""
        found = re.compile(r"\[\^([^\s\]]+)\](?!:)|\^\[").search(self.text, self.at, self.at + _NEAR)
        if found is None:
            return None
        if found[1] is None:
            self.at = found.end()
            return None
        self.at = found.end()
        told = re.compile(rf"^ {{0,3}}\[\^{re.escape(found[1])}\]:", re.M).search(self.text)
        return told.end() if told else None
