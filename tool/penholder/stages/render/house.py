"""What pages hold that no author wrote: the contents and the running header, which would stand in for a heading that is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from penholder.adapters.pandoc import tree
from penholder.patterns import later
from penholder.stages.render.expected import RIGHT_TO_LEFT, Passage, fold
from penholder.stages.render.front import Front
from penholder.stages.resolve.parts import Document, as_printed


class House(NamedTuple):
    """The words of the running header, the title of the contents (``""``: none), and what their lines may say, in order.

    ``before`` is what stands before the contents, and not in them: the text of the summary, which may hold the same words.
    """

    header: str = ""
    contents: str = ""
    entries: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def changed(self, change: Callable[[str], str]) -> House:
        """The same in other letters."""
        return House(change(self.header), change(self.contents), tuple(map(change, self.entries)), tuple(map(change, self.before)))


def house_of(document: Document, front: Front, header: str, expected: Sequence[Passage]) -> House:
    """What the house prints around ``document``, of which all that is ``expected`` must come back.

    In a redline that is the newer version, whose headings the contents hold.
    """
    if not front.contents:
        return House(header)
    before = tuple(p.text for p in expected if p.section and p.section.kind == "summary" and p.kind not in ("heading", "footnote"))
    headings = [
        tree.text_of(node["c"][2])
        for section in as_printed(document.sections)
        for node in tree.visit(section.blocks)
        if node["t"] == "Header" and node["c"][0] <= front.contents_depth
    ]
    return House(header, front.words["contents"], (*headings, document.references_title), before)


def without_house(pages: Sequence[str], house: House) -> list[str]:
    """Folded pages without the running header and the contents, where both are as the house prints them.

    What is not known for certain stays: a look of its own may print them otherwise.
    """
    return _without_contents(_without_header(pages, fold(house.header)), house)


def _without_header(pages: Sequence[str], header: str) -> list[str]:
    if not header or len(pages) < 2 or not all(page.startswith(header) for page in pages[1:]):
        return list(pages)
    return [pages[0], *(page[len(header) :] for page in pages[1:])]


_LEADER = later(r"\.{3,}(?=\d)")  # before the number of a page, whose end nobody knows: a year may open what follows
_NUMBER = 24  # so many letters may that number, and the one of the heading, have


def _without_contents(pages: list[str], house: House) -> list[str]:
    if not house.contents:
        return pages
    lines = _Lines([fold(entry) for entry in house.entries])
    first, start, stop = _start(pages, house, lines)
    for index in range(first, len(pages)):
        end = lines.end(pages[index], stop)
        if not end:
            break
        pages[index] = pages[index][:start] + pages[index][end:]
        start = stop = 0
    return pages


def _start(pages: Sequence[str], house: House, lines: _Lines) -> tuple[int, int, int]:
    """On which page the contents begin, where on it their title does, and where their first line, right behind it."""
    label = re.compile(re.escape(fold(house.contents)))
    page, at = _behind(pages, [fold(text) for text in house.before])
    for index in range(page, len(pages)):
        for found in label.finditer(pages[index], at if index == page else 0):
            leader = _LEADER.search(pages[index], found.end())
            if leader and lines.opens(pages[index][found.end() : leader.start()]):
                return index, found.start(), found.end()
    return len(pages), 0, 0


def _behind(pages: Sequence[str], texts: Sequence[str]) -> tuple[int, int]:
    """The page and the place on it where ``texts`` end, as far as they are found in order."""
    page = at = 0
    for text in texts:
        for index in range(page, len(pages)):
            found = pages[index].find(text, at if index == page else 0)
            if found >= 0:
                page, at = index, found + len(text)
                break
    return page, at


class _Lines:
    """The lines of the contents as they are come to, in order; some headings may have none, or one that is not known again."""

    def __init__(self, entries: Sequence[str]) -> None:
        self._entries = [entry.rstrip(".") for entry in entries if entry.rstrip(".")]
        self._next = 0

    def opens(self, line: str) -> bool:
        """Whether ``line`` is one of a heading, from its beginning on."""
        return any(_ends(line, entry) and len(line) <= len(entry) + _NUMBER for entry in self._entries)

    def end(self, page: str, start: int) -> int:
        """Where the last line on a page ends, but for the number of its page; 0 if there is none."""
        end, at = 0, start
        for leader in _LEADER.finditer(page, start):
            line = page[at : leader.start()]
            number = next((i for i in range(self._next, len(self._entries)) if _ends(line, self._entries[i])), None)
            if number is not None:
                self._next = number + 1
                end = at = leader.end()
        return end


def _ends(line: str, entry: str) -> bool:
    """Whether a line ends with a heading; from the right, readers give the letters in an order of their own."""
    if line.endswith(entry):
        return True
    if not RIGHT_TO_LEFT.search(entry) or len(line) > len(entry) + _NUMBER:
        return False
    return not Counter(filter(str.isalnum, entry)) - Counter(line)
