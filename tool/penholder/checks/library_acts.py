"""Names of Acts in a text: where they stand, and whether they have their year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from penholder.checks.prose import Passage

# A capital word, or a small word between two; the title ends in "Act", "Measure" is rare and left out.
_WORD = r"[A-Z][\w’'-]*"
_JOIN = r"(?:and|of|the|for|to|in|on|with|etc\.?|&)"
_NAME = re.compile(
    rf"(?<![\w’'-])(?P<name>{_WORD},?(?: (?:{_WORD},?|\({_WORD}(?: (?:{_WORD}|{_JOIN}))*\)|{_JOIN})){{0,12}} Act)(?P<comma>,)?(?:(?: of)? (?P<year>1[0-9]{{3}}|20\d\d))?(?![\w’'-])"
)
_FIRST = re.compile(r"^(?:(?:We|They|You|I|It|He|She|The|This|That|Any|An|A|Our|In|Under|By|Since|Before|After|As|Although|When|While|If|For|Both|Each|Every|Section|And|But|On|With|See|Unlike|Like|Every|No|Some|What|Where|Because|UK|Scottish|Welsh|English|British|US|Irish|Australian|Canadian)\s+)+")


@dataclass(frozen=True)
class ActName:
    """An Act named in a passage: its title without "the" in front, its year if it has one, whether a comma parts them."""

    start: int
    end: int
    name: str
    year: str
    comma: bool


def acts_in(passage: Passage, text: str) -> Iterator[ActName]:
    """The Acts named in ``text`` (of the passage), in order; "the Act" alone is none."""
    if " Act" not in text:
        return
    for found in _NAME.finditer(text):
        name = found["name"]
        lead = _FIRST.match(name)
        skip = lead.end() if lead else 0
        # A sentence may run on into the title: "Public bodies and the Care Act"
        cut = max(name.rfind(" the "), name.rfind(", "))
        if cut >= 0 and name[cut:].strip(", ").count(" "):
            skip = max(skip, cut + (5 if name[cut:].startswith(" the ") else 2))
        title = name[skip:]
        if title.strip() in ("Act", "") or not title[0].isupper():
            continue
        yield ActName(found.start() + skip, found.end(), title, found["year"] or "", found["comma"] is not None)
