"""From a word of pandoc's tree to its place in the Markdown it was read from.

Pandoc gives no positions. Its words stand in the tree in the order of the text, so
each is looked for after the one before; marks between them are stepped over, and
each block is looked for afresh, so that one word not found loses no other.
"""

from __future__ import annotations

import re

from penholder.checks.typed import Typed, blanked

_NEAR = 240  # characters of marks between two words of a paragraph
_NEXT = 24  # the same before a word that is all marks (an escaped ##): it may not be taken for the marks of another block
_AHEAD = (0, 6000, 8000, 12_000, 10_000_000)  # how far ahead a block is looked for by one to four of its words: what few words find far off is another one
_FAR = 800  # within this the next block usually begins
_BETWEEN = 600  # the same for code and equations in a line; as much again for each line of a block of code
_AFTER_LINK = re.compile(r"[ \t\n]*\](?:\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[[^\]\n]*\])?(?:\{[^}\n]*\})?")
_AFTER_SPAN = re.compile(r"[*_~^]*\]\{[^}\n]*\}")
_RUN = re.compile(r"[^\W_]+")
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"  # of a run of letters
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_SPELT = (("–", "--"), ("—", "---"), ("…", "..."))
Pieces = tuple[tuple[int, int, int], ...]  # of a word: from which of its characters on, start and end in the text


def _beginning(words: list[str]) -> re.Pattern[str]:
    """The longest run of letters of each word, one after the other, with marks and at most a word's rest between."""
    pieces = [re.escape(max(_RUN.findall(w.translate(_SAME)), key=len)) for w in words]
    return re.compile(_BEGINS + rf"{_ENDS}[\W_]{{1,12}}?(?:[^\W_]*[\W_]{{1,12}})??".join(pieces) + _ENDS)


class Aligner:
    """Walks through one section's Markdown, forward."""

    def __init__(self, markdown: str) -> None:
        typed = Typed(markdown)
        hidden = sorted([*typed.comments, *typed.tags])  # what pandoc does not print, or it would be taken for what it does
        self.text = blanked(markdown.translate(_SAME), hidden)
        self.at = self.began = 0
        self._flat = self.text.replace("\n", " ")

    def run(self, words: str) -> int | None:
        """Where ``words`` begin if they are next and typed as they are printed, line ends apart; steps behind them."""
        plain = words.translate(_SAME)
        start = self.at + 1 if self._flat[self.at : self.at + 1] == " " else self.at
        end = start + len(plain)
        if not self._flat.startswith(plain, start) or (plain[-1:].isalnum() and self._flat[end : end + 1].isalnum()):
            return None
        if start and plain[:1].isalnum() and self._flat[start - 1].isalnum():
            return None
        self.at = end
        return start

    def word(self, word: str) -> Pieces:
        """Where the next ``word`` stands, in the pieces in which it is written; none, without a step, where it cannot be found near."""
        plain = word.translate(_SAME)
        found = self._near(plain)
        if found is None and (pieces := self._escaped(plain)):
            return pieces
        skipped = 0
        if found is None:
            for printed, typed in _SPELT:
                if printed in plain:
                    plain = plain.replace(printed, typed)
            found = self._near(plain)
        if found is None:
            core = max(_RUN.findall(plain), key=len, default="")
            found = self._near(core) if core and core != plain else None
            skipped, plain = max(word.find(core), 0), core
        if found is None:
            return ()
        self.at = found + len(plain)
        return ((skipped, found, self.at),)

    def _escaped(self, word: str) -> Pieces:
        """The pieces of a word with backslashes before its marks: ``\\[TODO\\]``."""
        high = self.at + _NEAR + 2 * len(word)
        if word.isalnum() or "\\" not in self.text[self.at : high]:
            return ()
        written = "".join(re.escape(c) if c.isalnum() else rf"\\?{re.escape(c)}" for c in word)
        whole = rf"{_BEGINS if word[0].isalnum() else ''}{written}{_ENDS if word[-1].isalnum() else ''}"
        found = re.compile(whole).search(self.text, self.at, high)
        if found is None:
            return ()
        pieces, begun, at = [], (0, found.start()), found.start()
        for n, char in enumerate(word):
            if self.text[at] == "\\" and self.text[at + 1] == char:
                pieces.append((*begun, at))
                at += 1
                begun = n, at
            at += 1
        self.at = at
        return tuple(p for p in (*pieces, (*begun, at)) if p[1] < p[2])

    def _near(self, word: str) -> int | None:
        reach = _NEAR if any(c.isalnum() for c in word) else _NEXT
        text, low, high = self.text, self.at, self.at + reach + len(word)
        starts, ends = word[:1].isalnum(), word[-1:].isalnum()
        while (found := text.find(word, low, high)) >= 0:
            end = found + len(word)
            if not (starts and found and text[found - 1].isalnum()) and not (ends and text[end : end + 1].isalnum()):
                return found
            low = found + 1
        return None

    def block(self, words: list[str]) -> None:
        """Step to where a block begins that begins with ``words``, if it is ahead (or just behind, where a word led too far)."""
        chosen = [w for w in words if any(c.isalnum() for c in w)][:4]
        if chosen and self._is_next(chosen):
            return
        tries = [chosen[:n] for n in (4, 2, 1) if n <= len(chosen) or n == 4] if chosen else []
        places = [(self.at, self.at + _FAR, tries[:2]), (max(self.began + 1, self.at - _FAR), self.at + 1, tries[:1]), (self.at, len(self.text), tries)]
        for low, high, attempts in places:
            for attempt in attempts:
                reach = min(high, self.at + _AHEAD[len(attempt)])
                found = _beginning(attempt).search(self.text, low, reach)
                if found:
                    begin = found.start()
                    while begin > low and not self.text[begin - 1].isspace():  # marks and the front half of “I’ll” belong to it
                        begin -= 1
                    self.at = self.began = begin
                    return

    def _is_next(self, words: list[str]) -> bool:
        """Whether a block's words are the next ones, typed as they are printed; then step to where it begins."""
        first = _RUN.search(self.text, self.at, self.at + _NEXT)
        if first is None or (first.start() and self.text[first.start() - 1].isalnum()):
            return False
        begin = first.start()
        plain = " ".join(words).translate(_SAME)
        plain = plain[next(n for n, c in enumerate(plain) if c.isalnum()) :]
        end = begin + len(plain)
        if not self._flat.startswith(plain, begin) or self._flat[end : end + 1].isalnum():
            return False
        while begin > self.at and not self.text[begin - 1].isspace():
            begin -= 1
        self.at = self.began = begin
        return True

    def citation(self, keys: list[str]) -> tuple[int, int] | None:
        """The next citation of ``keys``, with its brackets; steps behind it."""
        start = end = -1
        for key in keys:
            found = self._key(key, self.at if end < 0 else end)
            if found is None or found[0] > self.at + 4000:
                continue
            start, end = (found[0] if start < 0 else start), found[1]
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

    def _key(self, key: str, low: int) -> tuple[int, int] | None:
        """Start and end of the next ``@key`` or ``@{key}``."""
        text, at = self.text, low
        while (at := text.find(key, at)) >= 0:
            end = at + len(key)
            after = text[end : end + 1]
            if at > low and text[at - 1] == "@" and not (after.isalnum() or after == "_"):
                return at - 1, end
            if at > low + 1 and text[at - 2 : at] == "@{" and after == "}":
                return at - 2, end + 1
            at += 1
        return None

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
        found = self.text.find(wanted, self.at, self.at + _BETWEEN * (1 + wanted.count("\n")) + len(wanted)) if wanted else -1
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
