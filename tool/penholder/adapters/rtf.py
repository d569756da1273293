"""The text of an RTF, to prove that none was lost (Rich Text Format Specification 1.9.1, Microsoft).

Pandoc's own reader takes the letter after a Unicode character for its stand-in, even where the stand-in was there.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]+)(?P<number>-?\d+)? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>.)|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)", re.S
)
_SKIPPED = frozenset(("fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "header", "footer", "listtable"))
_SPOKEN = {
    "par": "\n", "line": "\n", "cell": "\n", "row": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}"}


def read_text(data: bytes) -> str:
    """The text in reading order, footnotes where they are referred to; running headers and footers left out."""
    reader = _Reader()
    for match in _TOKEN.finditer(data.decode("ascii", "replace")):
        reader.take(match)
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self._units = bytearray()  # UTF-16, in which RTF counts: a letter may be two of them
        self._skipping = [False]  # a group within a group that is not text is none either
        self._starred = False  # a group that begins so may be skipped by who does not know it
        self._stand_in = False  # the next letter stands in for the Unicode one before it

    def text(self) -> str:
        return self._units.decode("utf-16-le", "replace")

    def take(self, token: re.Match[str]) -> None:
        brace, word, sign = token["brace"], token["word"], token["sign"]
        if brace == "{":
            self._skipping.append(self._skipping[-1])
        elif brace == "}":
            self._skipping[-2:] = self._skipping[-2:-1] or [False]
        elif sign == "*":
            self._starred = True
        elif word in _SKIPPED or (word and self._starred and word != "footnote"):
            self._skipping[-1] = True
        elif not self._skipping[-1]:
            self._say(token)
        if word:
            self._starred = False

    def _say(self, token: re.Match[str]) -> None:
        if token["word"] == "u":
            self._units += (int(token["number"]) & 0xFFFF).to_bytes(2, "little")
            self._stand_in = True
            return
        text = token["text"] or _SPOKEN.get(token["word"], "") or _SIGNS.get(token["sign"], "")
        if token["code"]:
            text = bytes.fromhex(token["code"]).decode("cp1252", "replace")
        if text and self._stand_in:
            text, self._stand_in = text[1:], False
        self._units += text.encode("utf-16-le")
