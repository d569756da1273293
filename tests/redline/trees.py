"""Trees to compare: made at random, and their text in a form that says all that a law speaks of."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.features.redline.atoms import atoms_of

WORDS = st.sampled_from(["the", "social", "value", "of", "a", "contract", "is", "not", "its", "price", "alone", "say", "58%", "councils", "who", "buy", "services,", "again.", "well-being", "£3.5m"])
TEXT = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


class Hands:
    """Two hands: one deleted, the other inserted."""

    def deleted(self, place: object) -> Change:
        return Change("deleted", "Ada", "2030-01-01T00:00:00Z")

    def inserted(self, place: object) -> Change:
        return Change("inserted", "Bob", "2030-02-01T00:00:00Z")


def _inline(depth: int = 1) -> st.SearchStrategy[list[dict[str, Any]]]:
    plain = TEXT.map(tree.words)
    leaf = st.one_of(
        plain,
        st.just([{"t": "LineBreak"}]),
        TEXT.map(lambda t: [{"t": "Code", "c": [tree.attr(), t]}]),
        st.sampled_from(["x^2", "a+b"]).map(lambda m: [{"t": "Math", "c": [{"t": "InlineMath"}, m]}]),
        st.sampled_from(["1.png", "2.png"]).map(lambda n: [{"t": "Image", "c": [tree.attr(), [tree.string("seen")], [n, ""]]}]),
    )
    if depth == 0:
        return leaf
    inner = inlines(depth - 1)
    return st.one_of(
        plain,
        leaf,
        inner.map(lambda c: [{"t": "Emph", "c": c}]),
        inner.map(lambda c: [{"t": "Strong", "c": c}]),
        inner.map(lambda c: [{"t": "Quoted", "c": [{"t": "DoubleQuote"}, c]}]),
        st.tuples(inner, st.sampled_from(["https://a.example", "https://b.example", "#sec-a"])).map(lambda p: [tree.link(p[0], p[1])]),
        inner.map(lambda c: [{"t": "Cite", "c": [[], c]}]),
        inner.map(lambda c: [{"t": "Note", "c": [tree.para(c)]}]),
    )


def inlines(depth: int = 2) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A line: pieces with spaces between."""

    def joined(pieces: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for piece in pieces:
            out += [tree.SPACE, *piece] if out else piece
        return out

    return st.lists(_inline(depth), min_size=1, max_size=4).map(joined)


def _table(rows: list[list[list[dict[str, Any]]]]) -> dict[str, Any]:
    width = len(rows[0])
    made = [[tree.attr(), [[tree.attr(), {"t": "AlignDefault"}, 1, 1, [tree.plain(cell)] if cell else []] for cell in row]] for row in rows]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * width
    return {"t": "Table", "c": [tree.attr(), [None, []], columns, [tree.attr(), made[:1]], [[tree.attr(), 0, [], made[1:]]], [tree.attr(), []]]}


def _tables() -> st.SearchStrategy[dict[str, Any]]:
    cell = st.one_of(st.just([]), TEXT.map(tree.words))
    return st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=4)).map(_table)


def blocks(depth: int = 2) -> st.SearchStrategy[list[dict[str, Any]]]:
    """The blocks of a section."""
    leaf = st.one_of(
        inlines().map(tree.para),
        inlines(1).map(lambda c: tree.header(2, tree.attr(), c)),
        st.tuples(inlines(), st.integers(1, 9)).map(lambda p: tree.div(tree.attr(classes=["numbered"], values={"number": str(p[1])}), [tree.para(p[0])])),
        TEXT.map(lambda t: {"t": "CodeBlock", "c": [tree.attr(), t]}),
        st.just({"t": "HorizontalRule"}),
        _tables(),
    )
    if depth == 0:
        return st.lists(leaf, min_size=1, max_size=3)
    items = st.lists(blocks(0), min_size=1, max_size=4)
    return st.lists(
        st.one_of(
            leaf,
            leaf,
            items.map(lambda c: {"t": "BulletList", "c": c}),
            st.tuples(st.integers(1, 2), items).map(lambda p: {"t": "OrderedList", "c": [[p[0], {"t": "Decimal"}, {"t": "Period"}], p[1]]}),
            blocks(0).map(lambda c: {"t": "BlockQuote", "c": c}),
        ),
        max_size=6,
    )


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Two versions of some blocks: much of the newer is the older, moved, dropped, added to."""
    old = draw(blocks())
    new = [b for b in old if draw(st.integers(0, 5))]
    if draw(st.booleans()):
        new = draw(st.permutations(new))
    for block in draw(blocks(1)):
        new.insert(draw(st.integers(0, len(new))), block)
    return old, new


def said(nodes: list[dict[str, Any]], *, looks: bool) -> Any:
    """What blocks say: their build, their words in order, notes and pictures in place; with ``looks`` formatting, too."""
    return [_said(node, looks) for node in nodes]


def _line(line: list[dict[str, Any]], looks: bool) -> Any:
    out: list[Any] = []
    for atom in atoms_of(line):
        inner = said(atom.node["c"], looks=looks) if atom.node is not None and atom.node["t"] == "Note" else None
        out.append((atom.key, atom.look if looks else (), inner))
    return out


def _said(node: dict[str, Any], looks: bool) -> Any:
    kind, content = node["t"], node.get("c")
    if kind in ("Para", "Plain"):
        return ("Para", _line(content, looks))
    if kind == "Header":
        return ("Header", content[0], content[1][2], _line(content[2], looks))
    if kind == "Div":
        return ("Div", content[0][1], content[0][2], said(content[1], looks=looks))
    if kind == "Table":
        return ("Table", [[said(cell[4], looks=looks) for cell in row[1]] for row in tree.table_rows(node)])
    if kind in ("BulletList", "OrderedList"):
        items = content if kind == "BulletList" else content[1]
        return (kind, [] if kind == "BulletList" else content[0], [said(item, looks=looks) for item in items])
    if kind == "BlockQuote":
        return (kind, said(content, looks=looks))
    return (kind, content)
