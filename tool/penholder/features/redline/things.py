"""What a block is, for pairing it with its other version: its kind, its words, its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.features.redline.atoms import Place, atoms_of
from penholder.features.redline.pairing import Thing
from penholder.stages.resolve.ids import attributes_of

_KINDS = (
    "numbered", "labelled", "table-block", "figure", "recommendation", "gap", "caption", "table-source", "figure-source",
    "references",
)  # fmt: skip
"""Classes that say what a block is; what others it has (the list of references some of its style) makes no other of it."""
_INLINES = frozenset(("Para", "Plain", "Header"))


def kind_of(block: Node) -> str:
    """What a block is: only those of one kind can be versions of one."""
    kind: str = block["t"]
    if kind == "Div":
        attributes = block["c"][0]
        own = [c for c in _KINDS if c in attributes[1]]
        return f"Div {' '.join(own or attributes[1])} {tree.value_of(attributes, 'custom-style')}"
    if kind == "Header":
        return f"Header {block['c'][0]}"
    return "Para" if kind == "Plain" else kind


def thing_of(block: Node) -> Thing:
    """A block as something to pair."""
    attributes = attributes_of(block) if block["t"] in ("Div", "Header") else None
    name = attributes[0] or tree.value_of(attributes, "custom-style") if attributes else ""
    return Thing(kind_of(block), tuple(words_in([block])), name)


def words_in(blocks: Iterable[Node]) -> Iterator[str]:
    """The words of blocks and what else says something, in order: each as its key."""
    for block in blocks:
        kind = block["t"]
        if kind in _INLINES:
            for atom in atoms_of(block["c"][2] if kind == "Header" else block["c"]):
                if not atom.text.isspace():
                    yield atom.key
                if atom.node is not None and atom.node["t"] == "Note":
                    yield from words_in(atom.node["c"])
        elif kind == "CodeBlock":
            yield from block["c"][1].split()
        elif kind in ("HorizontalRule", "RawBlock"):
            yield f"\0{kind} {block.get('c')}"
        else:
            for inner in tree.children(block):
                yield from words_in(inner) if inner and inner[0]["t"] in tree.BLOCKS else words_in([tree.plain(inner)])


def leaves(blocks: Sequence[Node]) -> Iterator[Place]:
    """The place of every word in blocks."""
    for node in tree.visit(blocks):
        if node["t"] in tree.LEAVES:
            yield from (Place(id(node), n) for n in range(len(tree.leaf_text(node).split())))


def names_in(blocks: Sequence[Node]) -> set[str]:
    """The ids in blocks."""
    found = set()
    for node in tree.visit(blocks):
        attributes = attributes_of(node)
        if attributes and attributes[0]:
            found.add(attributes[0])
    return found
