"""How a file that was sent differs from the agreed text, in words that a person can read out.

Somebody mends a typo in Word ten minutes before the deadline. What was sent is then no longer what was agreed, and the
record has to say so: not as a diff, but as a sentence for each change.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from penholder.adapters.pandoc.worker import Worker

SAME = "No difference: the bytes that were sent are those that were built."
SAME_WORDS = "No word differs from the agreed text; the file itself was saved again after it was built."
_MOST = 25
_LONG = 12
_BY_PANDOC = {"odt": "odt", "rtf": "rtf", "html": "html", "htm": "html"}


class Difference(NamedTuple):
    """What differs. ``lines`` say it in words, the tally first; ``same`` says that no word differs."""

    lines: tuple[str, ...]
    same: bool = False


def difference(agreed: bytes, sent: bytes, agreed_kind: str, sent_kind: str, worker: Worker) -> Difference:
    """Compare two files, each of the kind its ending says."""
    if agreed == sent:
        return Difference((SAME,), same=True)
    before, after = paragraphs_of(agreed, agreed_kind, worker), paragraphs_of(sent, sent_kind, worker)
    if before is None or after is None:
        return Difference((f"A .{sent_kind} file cannot be compared with the agreed text here: read both.",))
    if "pdf" in (agreed_kind, sent_kind):  # which has lines, and no paragraphs
        before, after = _sentences(before), _sentences(after)
    return compared(before, after)


def compared(before: Sequence[str], after: Sequence[str]) -> Difference:
    """Compare two texts, a paragraph an item."""
    old, new = [_spaced(p) for p in before], [_spaced(p) for p in after]
    old, new = [p for p in old if p], [p for p in new if p]
    changes = list(_changes(old, new))
    if not changes:
        return Difference((SAME_WORDS,), same=True)
    out, into = sum(c.out for c in changes), sum(c.into for c in changes)
    tally = f"{_places(len(changes))} from the agreed text: {_words(out)} taken out, {_words(into)} put in."
    lines = [tally, *(c.said for c in changes[:_MOST])]
    if len(changes) > _MOST:
        lines.append(f"And {len(changes) - _MOST} more: compare the two files.")
    return Difference(tuple(lines))


class _Change(NamedTuple):
    said: str
    out: int
    into: int


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    """Paragraph by paragraph, then word by word within those that changed."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs, gone, come = _paired(old[a:b], new[c:d])
        for was, now in pairs:
            yield from _within(was, now)
        for text in gone:
            yield _Change(f"Taken out: the paragraph “{_short(text)}”.", len(text.split()), 0)
        for text in come:
            yield _Change(f"Put in: a paragraph “{_short(text)}”.", 0, len(text.split()))


def _paired(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Which paragraph became which: in order, the first that is alike; and those that came or went whole."""
    pairs, gone = [], []
    start = 0
    rest = set(range(len(new)))
    for was in old:
        found = next((i for i in range(start, len(new)) if _alike(was, new[i])), None)
        if found is None:
            gone.append(was)
            continue
        pairs.append((was, new[found]))
        rest.discard(found)
        start = found + 1
    return pairs, gone, [new[i] for i in sorted(rest)]


def _alike(a: str, b: str) -> bool:
    matcher = SequenceMatcher(None, a.split(), b.split(), autojunk=False)
    if matcher.real_quick_ratio() >= 0.5 and matcher.ratio() >= 0.5:
        return True
    return len(a.split()) < _LONG and SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.7


def _within(was: str, now: str) -> Iterator[_Change]:
    old, new = was.split(), now.split()
    where = f"in “{_short(was)}”"
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        out, into = " ".join(old[a:b]), " ".join(new[c:d])
        if tag == "replace":
            yield _Change(f"“{_short(out)}” became “{_short(into)}” {where}.", b - a, d - c)
        elif tag == "delete":
            yield _Change(f"“{_short(out)}” was taken out {where}.", b - a, 0)
        elif tag == "insert":
            yield _Change(f"“{_short(into)}” was put in {_after(old[:a])} {where}.", 0, d - c)


def _after(words: Sequence[str]) -> str:
    return f"after “{' '.join(words[-3:])}”" if words else "at the beginning"


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= _LONG else f"{' '.join(words[: _LONG - 2])} …"


def _spaced(text: str) -> str:
    """A paragraph as its words: how it is spaced and composed is no difference."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u00ad", "")).split())


def _words(number: int) -> str:
    return f"{number:,} word{'' if number == 1 else 's'}"


def _places(number: int) -> str:
    return "It differs in 1 place" if number == 1 else f"It differs in {number:,} places"


# the text of a file --------------------------------------------------------------------------


def paragraphs_of(data: bytes, kind: str, worker: Worker) -> list[str] | None:
    """The paragraphs of a file, notes at the end; ``None`` where it is of a kind that cannot be read, or is broken."""
    from penholder.errors import PenholderError

    try:
        if kind == "docx":
            from penholder.adapters.word import read_text

            text = read_text(data)
            return [*(p.text for p in text.body), *text.footnotes]
        if kind in ("txt", "md"):
            return re.split(r"\n\s*\n", data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
        if kind == "pdf":
            from penholder.adapters import pdf

            return list(pdf.read_text(data).pages)
        if kind in _BY_PANDOC:
            return _by_pandoc(data, kind, worker)
    except (PenholderError, ValueError):
        return None
    return None


def _by_pandoc(data: bytes, kind: str, worker: Worker) -> list[str]:
    """Pandoc reads the file; it can reach no other."""
    from penholder.adapters.pandoc import tree

    blocks = json.loads(worker.ask("read", _BY_PANDOC[kind], data).payload)["blocks"]
    return [tree.text_of([b], notes=True) for b in tree.visit(blocks) if b["t"] in ("Para", "Plain", "Header")]


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return re.split(r"(?<=[.?!:])\s+", " ".join(" ".join(paragraphs).split()))
