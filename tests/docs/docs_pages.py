"""What the pages of documentation say, taken apart so that each piece can be tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = tuple(sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]))

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the other words after it, its text, and where it stands."""

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"

    def value(self, key: str) -> str:
        """The value of ``key=value`` among the words, or ``""``."""
        return next((w.removeprefix(f"{key}=") for w in self.words if w.startswith(f"{key}=")), "")


def blocks(page: Path, language: str = "") -> Iterator[Block]:
    """The fenced blocks of a page, all of them or those of one language."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        given, *words = found["info"].split() or [""]
        if not language or given == language:
            yield Block(page, text.count("\n", 0, found.start()) + 1, given, tuple(words), found["text"])


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, its head left out."""
    text = page.read_text(encoding="utf-8")
    below = re.split(rf"^#+ {re.escape(heading)}\n", text, maxsplit=1, flags=re.M)[1]
    lines = re.search(r"(?:^\|.*\n?)+", below, re.M)
    assert lines, f"no table below {heading!r} in {page.name}"
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[0].strip().split("\n")[2:]]
