"""The text of an RTF, to prove that none was lost (Rich Text Format Specification 1.9.1, Microsoft).

Pandoc's own reader takes the letter after a Unicode character for its stand-in, even where the stand-in was there.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_SKIPPED = frozenset(("fonttbl", "colortbl", "stylesheet", "info", "pict", "fldinst", "header", "footer", "listtable"))
_BREAKS = {"par": "\n", "line": "\n", "cell": "\n", "row": "\n", "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•"}
_QUOTES = {"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad"}


def read_text(data: bytes) -> str:
    """The text in reading order, footnotes where they are referred to; running headers and footers left out."""
    out: list[str] = []
    units: list[int] = []  # of UTF-16: a letter may take two
    skipping: list[bool] = [False]
    starred = False
    spare = 0  # letters that stand in for a Unicode one and are not text

    def flush() -> None:
        if units:
            out.append(b"".join(u.to_bytes(2, "little") for u in units).decode("utf-16-le", "replace"))
            units.clear()

    for word, number, code, sign, brace, text in _TOKEN.findall(data.decode("ascii", "replace")):
        if brace == "{":
            skipping.append(skipping[-1])
            starred = False
        elif brace == "}":
            if len(skipping) > 1:
                skipping.pop()
        elif word in _SKIPPED or (starred and word and word != "footnote"):
            skipping[-1] = True
        elif sign == "*":
            starred = True
        elif skipping[-1]:
            continue
        elif word == "u":
            units.append(int(number) & 0xFFFF)
            spare = 1
        elif spare and (text or code or sign):
            spare = 0
            flush_after = text[1:]
            if flush_after:
                flush()
                out.append(flush_after)
        else:
            flush()
            spoken = text or _BREAKS.get(word) or _QUOTES.get(word) or _SIGNS.get(sign) or (sign if sign in "\\{}" else "")
            out.append(bytes.fromhex(code).decode("cp1252", "replace") if code else spoken)
        if word != "" and word != "u":
            starred = False
    flush()
    return "".join(out)
