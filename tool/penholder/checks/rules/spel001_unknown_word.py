"""SPEL001: a word that the dictionary does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penholder.adapters.spelling import Speller, SpellingMissing, speller
from penholder.checks.prose import Passage
from penholder.checks.rule import Example, Hit, Rule, Scope
from penholder.checks.views import PaperView, SectionView
from penholder.findings import Code, Finding, Severity

CODE = Code(
    "SPEL001", Severity.NOTE, "A word that the dictionary does not hold",
    "A misspelt word makes readers doubt the care behind the figures, too.",
    "Correct the word, or add it to `spelling_words` in the settings of checks.",
    "https://hunspell.github.io/",
)  # fmt: skip

_WORD = re.compile(r"(?<![\w@#/.\\’'-])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w@/\\-])(?!\.\w)")
# Syllables that make new words of known ones; "un" is none of them, for "untill".
_BEFORE = re.compile(r"(?:pre|sub|re|de|mis|bio|geo|eco|non|over|under|multi|inter|trans|micro|macro|meta|hyper|anti|semi|post|cyber|neuro|auto|co)(?=[a-z]{5})")
_MARKED = frozenset({"emph", "link", "smallcaps"})  # titles, other languages, addresses
_SHORT = 3
_UNCHECKED = "Spelling was not checked"


def is_unchecked(finding: Finding) -> bool:
    """Whether a finding says that there is no dictionary on this machine: nothing of the papers."""
    return finding.code.id == "SPEL001" and finding.message.startswith(_UNCHECKED)


def look(paper: PaperView) -> Iterator[Hit]:
    """Each unknown word once, where it stands first. Names, acronyms, emphasis and quotations are passed over."""
    if not paper.settings.spelling:
        return
    words = _words(paper)
    try:
        known = speller(paper.paper.language)
    except SpellingMissing as missing:
        span = paper.key_span("spelling")
        yield Hit(span, f"{_UNCHECKED}: {missing}.", help="Install what is missing, or set `spelling: false`.")
        return
    allowed = paper.settings.spelling_words | paper.settings.allow_words | _names(paper)
    for word, (count, section, passage, start) in words.items():
        if word.casefold() in allowed or _known(known, word):
            continue
        near = known.near(word)
        times = f" ({count} times)" if count > 1 else ""
        guess = f" Perhaps {' or '.join(f'“{n}”' for n in near)}?" if near else ""
        yield section.hit(
            passage, start, start + len(word), f"“{word}” is not in the dictionary{times}.{guess}",
            ask=f"Is “{word}” spelt as you mean it?" + (f" The dictionary has “{near[0]}”." if near else ""),
        )  # fmt: skip


def _words(paper: PaperView) -> dict[str, tuple[int, SectionView, Passage, int]]:
    """The words in small letters, each with how often and where first."""
    found: dict[str, tuple[int, SectionView, Passage, int]] = {}
    for section in paper.sections:
        for passage in section.prose:
            language = passage.marked_language(0, len(passage.text)) or section.language
            if language.partition("-")[0] != section.language.partition("-")[0]:
                continue
            marked = [(m.start, m.end) for m in passage.marks if m.kind in _MARKED]
            for match in _WORD.finditer(passage.plain):
                word = match[0]
                if len(word) <= _SHORT or not word.islower() or any(a <= match.start() < b for a, b in marked):
                    continue
                count, holder, place, start = found.get(word, (0, section, passage, match.start()))
                found[word] = (count + 1, holder, place, start)
    return found


def _known(known: Speller, word: str) -> bool:
    """As it stands, without a possessive or a plural's ending, or each part of a compound by itself."""
    plain = word.replace("’", "'")
    if known.knows(plain) or (plain.endswith("'s") and known.knows(plain[:-2])):
        return True
    if plain.endswith("s") and known.knows(plain[:-1]):
        return True
    before = _BEFORE.match(plain)
    if before and known.knows(plain[before.end() :]):
        return True
    parts = plain.split("-")
    return len(parts) > 1 and all(len(p) <= _SHORT or known.knows(p) for p in parts)


def _names(paper: PaperView) -> frozenset[str]:
    """Words of the paper's contributors, organisations and acronyms, which no dictionary holds."""
    said = [c.name for c in paper.paper.contributors] + [o.name for o in paper.paper.organisations]
    return frozenset(word.casefold() for name in said for word in name.split()) | frozenset(a.casefold() for a in paper.settings.acronyms)


_PAPER = "schema_version: 1\ntitle: A paper\ndate: 2026-05-01\nlanguage: en-US\ncheck:\n  spelling: true\n"
RULE = Rule(
    CODE, Scope.PAPER, look,
    bad=Example("The goverment buys for good.", {"papers/paper/paper.yaml": _PAPER}),
    good=Example("The government buys for good, says Xyzzy of the OECD.", {"papers/paper/paper.yaml": _PAPER}),
)  # fmt: skip
