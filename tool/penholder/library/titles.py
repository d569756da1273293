"""BibLaTeX entries rewritten so that pandoc prints the titles that were typed.

pandoc's reader turns English titles into sentence case ("Procurement act
2023"), because citation styles are meant to restore the capitals; most do not.
It leaves titles of other languages alone. So an English entry goes to pandoc
under the language ``zxx`` (ISO 639: no linguistic content) and gets its own
language back afterwards; styles with title case (Chicago) then still work.
Braces that protect words, which pandoc honours in English only, travel as a
pair of private-use characters and come back as CSL's ``nocase`` spans.
"""

from __future__ import annotations

import re
from typing import Any

from penholder.patterns import later

_OPEN, _SHUT = "\ue0c0", "\ue0c1"
_NOCASE = '<span class="nocase">'
_NEUTRAL = "zxx"
# pandoc's own names for English (Text.Pandoc.BibTeX), as BCP 47.
_ENGLISH = {
    "english": "en-US", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ",
}  # fmt: skip
_TITLES = frozenset(
    ["title", "subtitle", "titleaddon", "shorttitle", "booktitle", "booksubtitle", "booktitleaddon", "maintitle", "mainsubtitle", "maintitleaddon", "journaltitle", "journalsubtitle", "journal", "issuetitle", "issuesubtitle", "eventtitle", "origtitle", "reprinttitle", "series"]
)
_DROPPED = frozenset({"ids", "langid", "hyphenation", "file", "keywords"})
_GROUP = later(r"(\\[A-Za-z]+\*?\s*(?:\[[^\]]*\])?\s*|\\[^A-Za-z]|\$|[\]}_^]\s*)?\{|\\.|\$|\}", re.S)


def language_of(values: dict[str, str]) -> str:
    """The language an entry names, bare and in lower case; empty where it names none."""
    return (values.get("langid") or values.get("hyphenation") or "").strip('{}" \n').lower()


def is_english(language: str) -> bool:
    """Whether pandoc would sentence-case titles of this language (none counts as English)."""
    return not language or language in _ENGLISH or (language[:2] == "en" and language[2:3] in ("", "-"))


def for_pandoc(kind: str, key: str, values: dict[str, str], language: str) -> str:
    """The text of an entry for pandoc's biblatex reader. ``language`` is its own or inherited one."""
    english = is_english(language)
    kept = {n: v for n, v in values.items() if n not in _DROPPED}
    if english:
        kept = {n: protected(v) if n in _TITLES else v for n, v in kept.items()}
    kept["langid"] = "{" + (_NEUTRAL if english else language) + "}"
    lines = "".join(f"  {name} = {value},\n" for name, value in kept.items())
    return f"@{kind}{{{key},\n{lines}}}\n"


def protected(value: str) -> str:
    """A raw title with the private-use marks in its protecting brace groups.

    A group is protecting when it is no argument of a command, does not begin
    with a command, and stands outside mathematics (BibLaTeX manual, 4.6.4).
    """
    begin = 1 if value[:1] in '{"' else -1
    if begin < 0 or "#" in value or "{" not in value[1:]:
        return value
    out: list[str] = []
    stack: list[bool] = []
    at, math = 0, False
    for token in _GROUP.finditer(value, begin):
        text = token.group()
        if text == "$":
            math = not math
        if text == "}" and stack:
            marked = stack.pop()
            out += [value[at : token.start()], _SHUT if marked else "", "}"]
            at = token.end()
        elif text.endswith("{") and not (text[:1] == "\\" and len(text) == 2 and token.group(1) is None):
            guarded = token.group(1) is None and not math and not any(stack) and value[token.end() : token.end() + 1] != "\\"
            stack.append(guarded)
            out += [value[at : token.end()], _OPEN if guarded else ""]
            at = token.end()
    return "".join([*out, value[at:]])


def restored(item: dict[str, Any], language: str) -> dict[str, Any]:
    """The CSL item with ``nocase`` spans for the marks and its own language again."""
    found = {name: _unmarked(value) for name, value in item.items()}
    if found.get("language") == _NEUTRAL:
        del found["language"]
        if language:
            found["language"] = _ENGLISH.get(language) or _tag(language)
    return found


def _tag(language: str) -> str:
    parts = language.split("-")
    return "-".join([parts[0], *(p.upper() for p in parts[1:])])


def _unmarked(value: Any) -> Any:
    if not isinstance(value, str) or (_OPEN not in value and _SHUT not in value):
        return value
    missing = value.count(_OPEN) - value.count(_SHUT)  # pandoc cut a short title at its colon
    value += _SHUT * missing
    return (value if missing >= 0 else _OPEN * -missing + value).replace(_OPEN, _NOCASE).replace(_SHUT, "</span>")


def nocase(text: str) -> str:
    """The text of a CSL field, kept as typed by every style."""
    if not text or (text.startswith(_NOCASE) and text.find("</span>") == len(text) - len("</span>")):
        return text
    return f"{_NOCASE}{text}</span>"
