"""Where sentences end, by sentencex (Wikimedia's segmenter, some 300 languages)."""

from __future__ import annotations

import re

import sentencex

# An abbreviation before a number or a small letter ends no sentence, whatever the segmenter thinks.
_OPEN = re.compile(
    r"(?:^|[\s(])(?:paras?|vol|ch|chap|sch|reg|regs|art|arts|s|ss|cl|cls|app|ed|eds|c|cf|approx|no|nos|p|pp|fig|figs|etc|ie|eg|i\.e|e\.g|incl|max|min|St|Mr|Mrs|Ms|Dr|Prof|Rt|Hon|v|vs)\.\s*$",
    re.I,
)


def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a paragraph as (start, end) character offsets; blanks around them left out."""
    found: list[tuple[int, int]] = []
    for each in sentencex.get_sentence_boundaries(language.split("-", maxsplit=1)[0], text):
        start, end = int(each["start_index"]), int(each["end_index"])
        if found and _OPEN.search(text[found[-1][0] : found[-1][1]]) and re.match(r"\s*[\da-z(]", text[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(_trimmed(text, start, end) for start, end in found if text[start:end].strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
