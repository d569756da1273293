"""ACCE014: words in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from penholder.checks.prose import HOLE
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.rules._links import is_own
from penholder.checks.views import PaperView
from penholder.findings import Code, Severity

CODE = Code(
    "ACCE014", Severity.WARNING, "Words in capitals",
    "They are slow to read, and a screen reader may spell them out as if they were acronyms.",
    "Write them in small letters; mark what matters with **strong**.",
    "https://www.gov.uk/guidance/style-guide/a-to-z#capitalisation",
)  # fmt: skip

_UPPER = "[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞİĹĽŁŃŇŐŒŘŚŞŠŤŮŰŴŶŸŹŻŽΑ-ΩЀ-Я]"
_WORD = rf"{_UPPER}(?:{_UPPER}|['’-](?={_UPPER}))*"
_RUN = re.compile(rf"(?<![\w@#/.\\-]){_WORD}(?:[ \u00a0]{_WORD})*(?![\w@/\\])")
_TWO = re.compile(rf"{_UPPER}{{2}}[ \u00a0]{_UPPER}")
_EACH = re.compile(_WORD)
_ALL = re.compile(r"\b[^\W\d_]+\b")
# Words no acronym is made of, in the languages the house prints.
_SMALL = """
    the and of for in to is are was not no must shall will may with from by on at or but this that all any you we our your it be do if as an
    yn ac ar yr gan mae nid le la les des et pour der die das und nicht el los las
"""
_SMALLEST = frozenset(_SMALL.split())
_LONG = 7  # letters: longer acronyms are rare
# Words of duty in standards, written in capitals on purpose (https://www.rfc-editor.org/info/bcp14).
_DUTY = frozenset(["MUST", "SHALL", "SHOULD", "MAY", "NOT", "REQUIRED", "RECOMMENDED", "OPTIONAL"])
_SEEN: WeakKeyDictionary[PaperView, frozenset[str]] = WeakKeyDictionary()


def look(paper: PaperView) -> Iterator[Hit]:
    """Two words at least that are no acronyms, side by side, once in a passage; a heading of one long word, too. Words of duty may stand so."""
    for section, passage in paper.passages:
        if not (_TWO.search(passage.text) or passage.kind == "heading") or not is_own(passage):
            continue
        for found in _RUN.finditer(passage.text):
            words = [w for w in _EACH.findall(found[0]) if len(w) > 1]
            if _is_shouted(paper, words) or (passage.kind == "heading" and found[0] == passage.text.strip() and _is_long(paper, words)):
                shown = found[0]
                yield section.hit(
                    passage, found.start(), found.end(), f"“{shown}” is written in capitals.",
                    ask=f"“{shown}” is in capitals. May we write it in small letters?",
                )  # fmt: skip
                break
    for section in paper.sections:
        title = section.front.title.strip()
        words = [w for w in _EACH.findall(title) if len(w) > 1]
        if title and title == title.upper() != title.lower() and (_is_shouted(paper, words) or _is_long(paper, words)):
            yield section.at(
                section.front_span("title"), f"The title “{title}” is written in capitals.", quote=title,
                ask=f"The title “{title}” is in capitals. May we write it in small letters?",
            )  # fmt: skip


def _is_shouted(paper: PaperView, words: list[str]) -> bool:
    """Whether two or more of the words are ordinary ones, and at least half of all."""
    if _DUTY.issuperset(words) and _defines_duty(paper):
        return False
    plain = [w for w in words if _is_word(paper, w)]
    return len(plain) >= 2 and 2 * len(plain) >= len(words) and max(map(len, plain)) > 3


def _is_long(paper: PaperView, words: list[str]) -> bool:
    return len(words) == 1 and len(words[0]) >= _LONG and _is_word(paper, words[0])


def _is_word(paper: PaperView, word: str) -> bool:
    """Whether a word in capitals is an ordinary one: a small one, a long one, or one the paper writes in small letters."""
    small = word.replace("’", "'").casefold()
    if word in paper.settings.acronyms or small in paper.settings.allow_words:
        return False
    return small in _SMALLEST or (len(word) >= _LONG and _spoken(small)) or (len(word) >= 4 and small in _seen(paper))


def _spoken(word: str) -> bool:
    """Whether a word has vowels where one that is spoken has them; other scripts pass."""
    return not word.isascii() or (re.search(r"[bcdfghjklmnpqrstvwxz]{5}", word) is None and re.search("[aeiouy]", word) is not None)


def _defines_duty(paper: PaperView) -> bool:
    return any("RFC" in p.text and re.search(r"RFC[ -]?(?:2119|8174)", p.text.replace("\u00a0", " ")) for _, p in paper.passages)


def _seen(paper: PaperView) -> frozenset[str]:
    """The words that the paper writes in small letters."""
    if paper not in _SEEN:
        _SEEN[paper] = frozenset(w for _, p in paper.passages for w in _ALL.findall(p.text.replace(HOLE, " ")) if w.islower())
    return _SEEN[paper]


RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("Councils MUST NOT IGNORE the law."),
    good=Example("Councils **must not ignore** the law, say the OECD, NHS ENGLAND and the UK GDPR."),
)  # fmt: skip
