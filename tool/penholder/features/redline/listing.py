"""The changes of merged blocks one by one, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.saying import row_said, said
from penholder.stages.resolve.changes import change_at, change_of

_NEAR = 4  # words beside a change by which it is found
_LINES = frozenset(("Para", "Plain", "Header", "Note"))


class Told(NamedTuple):
    """One change as a reader is told of it: the words that went and came (either may be empty), and whose it is.

    ``paragraph`` is the number of the paragraph it is in (``""``: it has none). ``after`` are the words before it in its
    line, ``before`` those behind it where it begins the line; both are empty for what is a line by itself.
    """

    deleted: str
    inserted: str
    change: Change
    paragraph: str = ""
    after: str = ""
    before: str = ""

    @property
    def moved(self) -> bool:
        return bool(self.change.move)

    @property
    def says(self) -> bool:
        """Whether there is anything to read in it."""
        return bool(self.deleted or self.inserted)


class _Stretch(NamedTuple):
    """What went or came; ``change`` is ``None`` for what stayed, and for the end of a line (not ``inline``).

    ``nodes`` are those changed, for a row of a table its cells' in ``text`` alone.
    """

    change: Change | None
    text: str = ""
    paragraph: str = ""
    inline: bool = False
    nodes: Sequence[Node] = ()

    @property
    def shown(self) -> str:
        """What the newer version has of it, with the spaces at its ends."""
        if self.change is None:
            return self.text
        return tree.text_of(self.nodes) if self.change.is_new else ""


def changes_in(blocks: Sequence[Node]) -> Iterator[Told]:
    """The changes in merged blocks, in reading order; what went and what came in its place are one."""
    row = list(_stretches(blocks, ""))
    at = 0
    while at < len(row):
        change = row[at].change
        if change is not None:
            behind = at + 2 if _replaced(row[at : at + 2]) else at + 1
            yield _told(row, at, behind)
            at = behind
        else:
            at += 1


def _replaced(both: Sequence[_Stretch]) -> bool:
    """Whether of two stretches the second came where the first went."""
    if len(both) < 2 or both[0].change is None or both[1].change is None:
        return False
    gone, come = both[0].change, both[1].change
    return not (gone.move or come.move or gone.is_new) and come.is_new and bool(both[0].text)


def _told(row: Sequence[_Stretch], at: int, behind: int) -> Told:
    """The change that the stretches from ``at`` up to ``behind`` are."""
    gone = next((s for s in row[at:behind] if s.change and not s.change.is_new), None)
    come = next((s for s in row[at:behind] if s.change and s.change.is_new), None)
    words = [s.text if s else "" for s in (gone, come)]
    if gone and come and gone.text == come.text:
        words = [said(s.nodes, whole=True) or s.text for s in (gone, come)]
    last = row[behind - 1]
    assert last.change is not None
    after = _near(s.shown for s in _same_line(row, range(at - 1, -1, -1))) if last.inline else ""
    before = _near((s.shown for s in _same_line(row, range(behind, len(row)))), back=False) if last.inline and not after else ""
    return Told(words[0], words[1], last.change, last.paragraph, after, before)


def _same_line(row: Sequence[_Stretch], places: Iterable[int]) -> Iterator[_Stretch]:
    """The stretches at some places, as far as the line goes."""
    for place in places:
        if not row[place].inline:
            return
        yield row[place]


def _near(texts: Iterable[str], *, back: bool = True) -> str:
    """The nearest words of texts, which are given from the nearest on."""
    line = ""
    for text in texts:
        line = f"{text}{line}" if back else f"{line}{text}"
        if len(line.split()) > _NEAR:
            break
    words = line.split()
    return " ".join(words[-_NEAR:] if back else words[:_NEAR])


# stretches ------------------------------------------------------------------------------------------


def _stretches(nodes: Sequence[Node], paragraph: str) -> Iterator[_Stretch]:
    """What changed and what stayed, in reading order."""
    for node in nodes:
        kind = node["t"]
        change = change_at(node)
        if change is not None:
            yield _changed(node, change, paragraph)
        elif kind == "Table":
            yield from _in_table(node, paragraph)
        elif kind == "Image" or kind not in tree.HOLDERS:
            yield _Stretch(None, tree.text_of([node]), inline=True)
        else:
            yield from _inside(node, paragraph)


def _changed(node: Node, change: Change, paragraph: str) -> _Stretch:
    inner: list[Node] = node["c"][1]
    return _Stretch(change, said(inner), paragraph or _number(inner), node["t"] == "Span", inner)


def _inside(node: Node, paragraph: str) -> Iterator[_Stretch]:
    kind = node["t"]
    number = _number([node]) if kind == "Div" else ""
    for inner in (node["c"][1],) if kind == "Cite" else tree.children(node):
        if kind == "Note":
            yield _Stretch(None)
        yield from _stretches(inner, number or paragraph)
        yield _Stretch(None, inline=kind not in _LINES and kind not in _BLOCKS)


_BLOCKS = frozenset(("Div", "BulletList", "OrderedList", "DefinitionList", "LineBlock", "BlockQuote", "Figure"))


def _in_table(table: Node, paragraph: str) -> Iterator[_Stretch]:
    yield from _stretches(table["c"][1][1], paragraph)
    for row in tree.table_rows(table):
        change = change_of(row[0])
        if change is not None:
            yield _Stretch(change, row_said([cell[4] for cell in row[1]]), paragraph)
            continue
        for cell in row[1]:
            yield from _stretches(cell[4], paragraph)
            yield _Stretch(None)


def _number(blocks: Sequence[Node]) -> str:
    """The number of a paragraph that blocks are."""
    node = blocks[0] if len(blocks) == 1 else None
    if node is None or node["t"] != "Div" or not tree.has_class(node["c"][0], "numbered"):
        return ""
    return tree.value_of(node["c"][0], "number")
