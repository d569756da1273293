"""Two versions of a row of blocks as one tree, with marks of change where they differ.

What is kept is written as the newer version has it; where a block is of another kind than
before, or built otherwise, the older one goes and the newer one comes, whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.features.redline.atoms import Place
from penholder.features.redline.formulas import displayed, parted, trimmed
from penholder.features.redline.inlines import merge_inlines
from penholder.features.redline.pairing import Pair, Thing, pairs
from penholder.features.redline.tables import merge_table
from penholder.features.redline.things import kind_of, leaves, names_in, thing_of
from penholder.stages.resolve.changes import WAS_NUMBER, WAS_TO, change_at, mark_blocks

_FLOATS = frozenset(("table-block", "figure"))
_LINES = frozenset(("Para", "Plain"))
_NOTHING = Place(0, 0)


class Authors(Protocol):
    """Who changed what: asked with the place of a word in the older or the newer text."""

    def deleted(self, place: Place) -> Change: ...

    def inserted(self, place: Place) -> Change: ...


class Merger:
    """Merges blocks. ``reformatted`` gathers words whose formatting alone has changed."""

    def __init__(self, authors: Authors, names: Iterable[str] = ()) -> None:
        """``names`` are the ids of the newer version, which nothing that was deleted may have."""
        self._authors = authors
        self._names = frozenset(names)
        self.reformatted: list[str] = []

    # rows of blocks -----------------------------------------------------------

    def blocks(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """One row of blocks that stands for both."""
        out: list[Node] = []
        for i, j in [(0, 0)] if _alone(old, new) else paired(old, new):
            out += self.pair(old[i] if i is not None else None, new[j] if j is not None else None)
        return out

    def pair(self, old: Node | None, new: Node | None) -> list[Node]:
        """The blocks that stand for two versions of one, or for one that went or came."""
        if new is None:
            return [] if old is None else self.gone(old)
        if old is None:
            return self.come(new)
        made = new if old == new else self._merged(old, new)
        return [made] if made is not None else [*self.gone(old), *self.come(new)]

    def gone(self, block: Node) -> list[Node]:
        """A block that was deleted; its ids are others where the newer version has them."""
        return self._whole(self._renamed(block), self._authors.deleted, block)

    def come(self, block: Node) -> list[Node]:
        """A block that was inserted."""
        return self._whole(block, self._authors.inserted, block)

    def moved(self, old: Node, new: Node, move: str) -> tuple[Node, Node]:
        """The two ends of a move: where the block was, and where it is."""
        change = whose(self._authors.inserted, new)
        left = mark_blocks(change._replace(kind="moved-from", move=move), [self._renamed(old)])
        return left, mark_blocks(change._replace(kind="moved-to", move=move), [new])

    def _whole(self, block: Node, who: Callable[[Place], Change], asked: Node) -> list[Node]:
        """A block marked as one; the items of a list each by itself where more than one hand wrote them."""
        items = _items(block)
        changes = [_whose_of(who, item) for item in _items(asked) or ()]
        if items is None or len(set(changes)) < 2:
            return [mark_blocks(whose(who, asked), [block])]
        return [_with_items(block, [[mark_blocks(change, item)] for change, item in zip(changes, items, strict=True)])]

    def _renamed(self, block: Node) -> Node:
        return renamed(block, self._names)

    # one block, changed -------------------------------------------------------

    def _merged(self, old: Node, new: Node) -> Node | None:
        """One block for both; ``None`` where they are built too differently."""
        kind = new["t"]
        if kind in _LINES and old["t"] in _LINES:
            line = self._line(old["c"], new["c"])
            return None if line is None else {"t": kind, "c": line}
        if old["t"] != kind:
            return None
        merge = {
            "Header": self._header, "Div": self._div, "BulletList": self._list, "OrderedList": self._list,
            "BlockQuote": self._quotation, "DefinitionList": self._definitions, "Table": self._table,
        }.get(kind)  # fmt: skip
        return merge(old["c"], new["c"], kind) if merge else None

    def inlines(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """One line for both."""
        merged = merge_inlines(old, new, self._authors.deleted, self._authors.inserted, self._note)
        self.reformatted += merged.reformatted
        return [self._renamed(n) if _is_gone(n) else n for n in merged.inlines]

    def _line(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node] | None:
        """One line for both; ``None`` if it is broken by other formulas: each of them parts what stands around it."""
        before, after = parted(old), parted(new)
        if list(map(displayed, before)) != list(map(displayed, after)):
            return None
        if len(after) == 1:
            return self.inlines(old, new)
        return [node for a, b in zip(before, after, strict=True) for node in (b if displayed(b) else self._part(a, b))]

    def _part(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """What stands beside a formula; the spaces at its ends are no part of a paragraph's text, and have no marks."""
        before, words, behind = trimmed(new)
        return [*before, *self.inlines(trimmed(old)[1], words), *behind]

    def _note(self, old: Node, new: Node) -> Node:
        return {"t": "Note", "c": self.blocks(old["c"], new["c"])}

    def _header(self, old: Any, new: Any, kind: str) -> Node | None:
        if old[0] != new[0] or _counting(old[1]) != _counting(new[1]):
            return None
        return {"t": kind, "c": [new[0], _with_was(old[1], new[1]), self.inlines(old[2], new[2])]}

    def _div(self, old: Any, new: Any, kind: str) -> Node | None:
        if kind_of({"t": kind, "c": old}) != kind_of({"t": kind, "c": new}):
            return None
        if _FLOATS & set(new[0][1]) and not _alike(old[1], new[1]):
            return None  # both are shown, each with its caption
        inner = self.blocks(old[1], new[1])
        return None if _FLOATS & set(new[0][1]) and any(map(change_at, inner)) else tree.div(_with_was(old[0], new[0]), inner)

    def _list(self, old: Any, new: Any, kind: str) -> Node | None:
        if kind == "OrderedList" and old[0] != new[0]:
            return None
        before, after = (old, new) if kind == "BulletList" else (old[1], new[1])
        items: list[list[Node]] = []
        for i, j in paired_items(before, after):
            both = self._item(before[i], after[j]) if i is not None and j is not None else None
            if both is not None:
                items.append(both)
                continue
            items += [[b for each in before[i] for b in self.gone(each)]] if i is not None else []
            items += [[b for each in after[j] for b in self.come(each)]] if j is not None else []
        return {"t": kind, "c": items if kind == "BulletList" else [new[0], items]}

    def _item(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node] | None:
        """One item for both, if it begins alike: its first block has the bullet, and must not go while others stay."""
        if not old or not new:
            return None
        first = new[0] if old[0] == new[0] else self._merged(old[0], new[0])
        return None if first is None else [first, *self.blocks(old[1:], new[1:])]

    def _quotation(self, old: Any, new: Any, kind: str) -> Node:
        return {"t": kind, "c": self.blocks(old, new)}

    def _definitions(self, old: Any, new: Any, kind: str) -> Node | None:
        """Terms that are all still there, one for one; else the list was built anew."""
        if [len(ds) for _, ds in old] != [len(ds) for _, ds in new]:
            return None
        items = [
            [self.inlines(a, b), [self.blocks(d, e) for d, e in zip(ds, es, strict=True)]]
            for (a, ds), (b, es) in zip(old, new, strict=True)
        ]
        return {"t": kind, "c": items}

    def _table(self, old: Any, new: Any, kind: str) -> Node | None:
        made = merge_table(old, new, self.blocks, self._row_gone, self._row_come)
        return None if made is None else {"t": kind, "c": made}

    def _row_gone(self, cells: Sequence[Node]) -> Change:
        return _whose_of(self._authors.deleted, cells)

    def _row_come(self, cells: Sequence[Node]) -> Change:
        return _whose_of(self._authors.inserted, cells)


def paired(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """Which blocks of two rows are versions of one."""
    return pairs([thing_of(b) for b in old], [thing_of(b) for b in new])


def paired_items(old: Sequence[Sequence[Node]], new: Sequence[Sequence[Node]]) -> list[Pair]:
    """Which items of two lists are versions of one."""
    return pairs([_item(i) for i in old], [_item(i) for i in new])


def _item(blocks: Sequence[Node]) -> Thing:
    return Thing("item", tuple(word for b in blocks for word in thing_of(b).words))


def whose(who: Callable[[Place], Change], block: Node) -> Change:
    """Whose change a whole block is: of whom most of its words are."""
    return _whose_of(who, [block])


def _whose_of(who: Callable[[Place], Change], blocks: Sequence[Node]) -> Change:
    counts = Counter(who(place) for place in leaves(blocks))
    return counts.most_common(1)[0][0] if counts else who(_NOTHING)


def renamed(block: Node, names: frozenset[str]) -> Node:
    """A copy in which ids that ``names`` has are others: what the older version called so is not what the newer does."""
    if not names & names_in([block]):
        return block
    made: Node = _renamed(block, names)
    return made


def _renamed(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {k: _renamed(v, names) for k, v in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list) and value[0] in names:
        return [_other_name(value[0], names), value[1], value[2]]
    return [_renamed(v, names) for v in value]


def _other_name(name: str, names: frozenset[str]) -> str:
    while name in names:
        name += "-was"
    return name


def _with_was(old: Attr, new: Attr) -> Attr:
    """The newer attributes, with what was number and addressee before where they were others."""
    values = [list(pair) for pair in new[2]]
    for key, was in (("number", WAS_NUMBER), ("to", WAS_TO)):
        before = tree.value_of(old, key)
        if before != tree.value_of(new, key):
            values.append([was, before])
    return [new[0], new[1], values]


def _alone(old: Sequence[Node], new: Sequence[Node]) -> bool:
    """Whether both are one block of one kind: what a cell, a note, an item or a numbered paragraph mostly holds."""
    return len(old) == len(new) == 1 and kind_of(old[0]) == kind_of(new[0])


def _counting(attributes: Attr) -> str:
    """How a heading comes by its number: by itself, as a typed one (``Annex A``), or not at all; Word keeps them apart."""
    number = tree.value_of(attributes, "number")
    return "none" if not number else "counted" if number[0].isdigit() else "typed"


def _is_gone(node: Node) -> bool:
    change = change_at(node)
    return change is not None and not change.is_new


def _items(block: Node) -> list[list[Node]] | None:
    if block["t"] == "BulletList":
        return block["c"]  # type: ignore[no-any-return]
    if block["t"] == "OrderedList":
        return block["c"][1]  # type: ignore[no-any-return]
    return None


def _with_items(block: Node, items: list[list[Node]]) -> Node:
    return {"t": block["t"], "c": items if block["t"] == "BulletList" else [block["c"][0], items]}


def _alike(old: Sequence[Node], new: Sequence[Node]) -> bool:
    """Whether two figures or tables have the same parts, and the same pictures in them."""
    return [_part(b) for b in old] == [_part(b) for b in new]


def _part(block: Node) -> tuple[str, list[str]]:
    name = " ".join(block["c"][0][1]) if block["t"] == "Div" else str(block["t"])
    return name, [node["c"][2][0] for node in tree.visit([block]) if node["t"] == "Image"]
