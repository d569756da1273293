"""Trees with marks of change, at random; the two versions each stands for; and their Word files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from penholder.adapters import word
from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.adapters.pandoc.worker import Worker
from penholder.model.theme import Furniture
from penholder.stages.look import default_theme
from penholder.stages.render.docx_emit import WordEmitter
from penholder.stages.resolve import changes

FRONT: Any = SimpleNamespace(
    epoch=1_795_000_000,
    words={"table": "Table", "figure": "Figure", "recommendation": "Recommendation", "annex": "Annex", "to": "To"},
    body="North Body",
)
SPEC = word.FinishSpec(title="T", creator="North Body", epoch=1_795_000_000)
DATE = "2030-01-31T12:00:00Z"
INSERTED, DELETED = Change("inserted", "Anna", DATE), Change("deleted", "Bob", DATE)

Line = tuple[Change | None, word.ContentsEntry]


# the two versions -----------------------------------------------------------------


def version(nodes: Sequence[Node], *, new: bool) -> list[Node]:
    """One of the two versions that nodes with marks stand for: what a tree without marks would be."""
    out: list[Node] = []
    for node in nodes:
        out += _version(node, new)
    return out


def _version(node: Node, new: bool) -> list[Node]:
    kind, content = node["t"], node.get("c")
    if kind in ("Span", "Div"):
        if change := changes.change_of(content[0]):
            return version(content[1], new=new) if change.is_new == new else []
        return [{"t": kind, "c": [_attributes(content[0], new), version(content[1], new=new)]}]
    if kind == "Table":
        return [{"t": kind, "c": _table(content, new)}]
    if kind == "Header":
        return [tree.header(content[0], _attributes(content[1], new), version(content[2], new=new))]
    if kind in ("BulletList", "OrderedList"):
        items = [made for item in (content if kind == "BulletList" else content[1]) if (made := version(item, new=new))]
        return [{"t": kind, "c": items if kind == "BulletList" else [content[0], items]}]
    if kind in ("Para", "Plain", "Emph", "Strong", "BlockQuote", "Note"):
        return [{"t": kind, "c": version(content, new=new)}]
    if kind == "Link":
        return [tree.link(version(content[1], new=new), content[2][0], content[0])]
    return [node]


def _attributes(attributes: list[Any], new: bool) -> list[Any]:
    values = dict(attributes[2])
    for key, was in (("number", changes.WAS_NUMBER), ("to", changes.WAS_TO)):
        before = values.pop(was, None)
        if before is not None and not new:
            values[key] = before
    return tree.attr(attributes[0], attributes[1], values)


def _table(content: list[Any], new: bool) -> list[Any]:
    def rows(given: list[Any]) -> list[Any]:
        out = []
        for attributes, cells in given:
            change = changes.change_of(attributes)
            if change is None or change.is_new == new:
                out.append([tree.attr(), [[*cell[:4], version(cell[4], new=new)] for cell in cells]])
        return out

    attributes, caption, columns, head, bodies, foot = content
    return [attributes, caption, columns, [head[0], rows(head[1])], [[b[0], b[1], rows(b[2]), rows(b[3])] for b in bodies], foot]


# Word files -----------------------------------------------------------------------


class Press:
    """Writes Word files in the tool's own way, in the house's look."""

    def __init__(self, worker: Worker, folder: Path) -> None:
        theme = default_theme("en-GB")[1]
        self._worker, self._reference = worker, folder / "reference.docx"
        self._reference.write_bytes(word.reference_docx(word.ReferenceSpec(theme, Furniture(), heading_numbers=True)))

    def docx(self, blocks: Sequence[Node], lines: Sequence[Line] = ()) -> bytes:
        """The finished file of blocks, behind contents with some lines."""
        emitter = WordEmitter(FRONT)
        made = [*([contents(lines, emitter)] if lines else []), *emitter.blocks(blocks)]
        options = {"epoch": "1795000000", "settings": {"reference_doc": str(self._reference)}}
        written = self._worker.ask("write", "docx", json.dumps(tree.document(made)).encode(), options).payload
        return word.finish(written, SPEC._replace(revisions=tuple(emitter.changes.revisions)))


# nodes at random --------------------------------------------------------------------

WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
CHANGES = st.sampled_from([INSERTED, DELETED])
STRINGS = st.sampled_from(WORDS).map(tree.string)


def _of_kind(kind: str) -> Any:
    return lambda inner: {"t": kind, "c": inner}


def simple(*, notes: bool = True) -> st.SearchStrategy[Node]:
    """An inline that holds no mark."""
    some = st.lists(STRINGS, min_size=1, max_size=2)
    note = some.map(lambda inner: {"t": "Note", "c": [tree.para(inner)]})
    return st.one_of(
        STRINGS,
        STRINGS,
        some.map(_of_kind("Emph")),
        some.map(_of_kind("Strong")),
        some.map(lambda inner: tree.link(inner, "https://example.org/")),
        some.map(lambda inner: tree.link(inner, "#there", tree.attr(classes=["xref"], values={"kind": "tbl", "number": "1"}))),
        note if notes else STRINGS,
        st.sampled_from([{"t": "LineBreak"}, {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}, {"t": "Code", "c": [tree.attr(), "code"]}]),
    )


PLAIN = st.lists(simple(), max_size=3).map(lambda rest: [tree.string("kept"), *rest])


@st.composite
def inlines(draw: st.DrawFn, *, notes: bool = True) -> list[Node]:
    """Inlines of which some have changed; one has not, for a paragraph of none is no paragraph."""
    out = [tree.string("still")]
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["plain", "mark", "mark", "in link", "in emph", "note"]))
        mark = changes.mark_inlines(draw(CHANGES), draw(st.lists(simple(notes=notes), min_size=1, max_size=3)))
        if kind == "plain":
            out.append(draw(simple(notes=notes)))
        elif kind == "mark":
            out.append(mark)
        elif kind == "in link":
            few = changes.mark_inlines(draw(CHANGES), [draw(STRINGS)])
            out.append(tree.link([tree.string("link"), few], "https://example.org/"))
        elif kind == "in emph":
            out.append({"t": "Emph", "c": [tree.string("stressed"), mark]})
        elif notes:
            out.append({"t": "Note", "c": draw(paragraphs())})
    return draw(st.permutations(out))


@st.composite
def paragraphs(draw: st.DrawFn) -> list[Node]:
    """The paragraphs of a note or a cell: one at least in each version, any of them changed."""
    out: list[Node] = []
    for _ in range(draw(st.integers(1, 4))):
        change = draw(st.sampled_from([None, INSERTED, DELETED]))
        if change is None:
            out.append(tree.para(draw(inlines(notes=False))))
        else:
            out.append(changes.mark_blocks(change, [tree.para([tree.string(draw(st.sampled_from(WORDS)))])]))
    for new in (True, False):
        if not version(out, new=new):
            out.append(changes.mark_blocks(INSERTED if new else DELETED, [tree.para([tree.string("only")])]))
    return out


def cell(blocks: list[Node]) -> list[Any]:
    return [tree.attr(), {"t": "AlignDefault"}, 1, 1, blocks]


def table(rows: Sequence[Any]) -> Node:
    column = [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]
    head = [tree.attr(), [[tree.attr(), [cell([tree.plain([tree.string("head")])]) for _ in range(2)]]]]
    return {"t": "Table", "c": [tree.attr(), [None, []], [column, column], head, [[tree.attr(), 0, [], list(rows)]], [tree.attr(), []]]}


@st.composite
def rows(draw: st.DrawFn) -> list[Any]:
    out = []
    for _ in range(draw(st.integers(1, 4))):
        change = draw(st.sampled_from([None, None, INSERTED, DELETED]))
        inside = PLAIN.map(lambda i: [tree.plain(i)]) if change else st.one_of(paragraphs(), inlines().map(lambda i: [tree.plain(i)]))
        row = [tree.attr(), [cell(draw(inside)), cell(draw(inside))]]
        out.append(changes.mark_row(change, row) if change else row)
    return out


@st.composite
def items(draw: st.DrawFn) -> list[list[Node]]:
    """Items of a list, one of them kept."""
    paragraph = draw(st.sampled_from([tree.para, tree.plain]))
    out = [[paragraph(draw(inlines()))]]
    for _ in range(draw(st.integers(0, 3))):
        change = draw(st.sampled_from([None, INSERTED, DELETED]))
        if change:
            out.append([changes.mark_blocks(change, [paragraph(draw(PLAIN))])])
            continue
        nested = draw(st.booleans())
        out.append([paragraph(draw(inlines())), *([{"t": "BulletList", "c": draw(items())}] if nested else [])])
    return draw(st.permutations(out))


_WHOLE = st.one_of(
    PLAIN.map(tree.para),
    PLAIN.map(lambda i: tree.header(2, tree.attr(), i)),
    PLAIN.map(lambda i: tree.header(1, tree.attr("annex-b", values={"number": "annexB"}), i)),
    PLAIN.map(lambda i: tree.div(tree.attr(classes=["numbered"], values={"number": "3"}), [tree.para(i)])),
    PLAIN.map(lambda i: {"t": "BulletList", "c": [[tree.plain(i)], [tree.plain([tree.string("more")])]]}),
    PLAIN.map(lambda i: {"t": "BlockQuote", "c": [tree.para(i)]}),
    PLAIN.map(lambda i: table([[tree.attr(), [cell([tree.plain(i)]), cell([])]]])),
    st.just(tree.para([tree.string("where"), {"t": "Math", "c": [{"t": "DisplayMath"}, "x^2"]}, tree.string("is")])),
    st.just({"t": "CodeBlock", "c": [tree.attr(), "one\ntwo"]}),
    st.just({"t": "HorizontalRule"}),
)


@st.composite
def captioned(draw: st.DrawFn) -> Node:
    """A table with a caption whose number was another."""
    values = {"number": "2", changes.WAS_NUMBER: "1"} if draw(st.booleans()) else {"number": "2"}
    caption = tree.div(tree.attr(classes=["caption"]), [tree.plain(draw(inlines()))])
    return tree.div(tree.attr("tbl-x", ["table-block"], values), [caption, table(draw(rows()))])


@st.composite
def recommendation(draw: st.DrawFn) -> Node:
    values = {"number": "2", "to": draw(st.sampled_from(["", "All"]))}
    if draw(st.booleans()):
        values |= {changes.WAS_NUMBER: "1"}
    if draw(st.booleans()):
        values |= {changes.WAS_TO: "Nobody"}
    return tree.div(tree.attr("", ["recommendation"], values), [tree.para(draw(inlines()))])


@st.composite
def annex(draw: st.DrawFn) -> Node:
    values = {"number": "annexB", changes.WAS_NUMBER: draw(st.sampled_from(["annexA", "A.1"]))}
    return tree.header(1, tree.attr("an-annex", values=values), draw(inlines(notes=False)))


@st.composite
def blocks(draw: st.DrawFn) -> list[Node]:
    """Blocks of a paper: kept ones with changes inside, and runs of changed ones."""
    kept = st.one_of(
        inlines().map(tree.para),
        inlines(notes=False).map(lambda i: tree.header(2, tree.attr(), i)),
        inlines().map(lambda i: tree.div(tree.attr(classes=["numbered"], values={"number": "1"}), [tree.para(i)])),
        items().map(lambda i: {"t": "BulletList", "c": i}),
        items().map(lambda i: {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], i]}),
        rows().map(table),
        captioned(),
        recommendation(),
        annex(),
    )
    changed = st.builds(changes.mark_blocks, CHANGES, st.lists(_WHOLE, min_size=1, max_size=3))
    out = draw(st.lists(st.one_of(kept, changed), min_size=1, max_size=6))
    for name in draw(st.sampled_from([[], [], ["one"], ["one", "other"]])):
        moved = draw(st.lists(_WHOLE, min_size=1, max_size=2))
        for kind in ("moved-from", "moved-to"):
            place = draw(st.integers(0, len(out)))
            out.insert(place, changes.mark_blocks(Change(kind, "Anna", DATE, name), moved))
    first, last = tree.para([tree.string("title")]), tree.para([tree.string("identity")])  # every paper has both
    return [first, *out, last]


@st.composite
def contents_lines(draw: st.DrawFn) -> list[Line]:
    """Lines of contents, some of which have come or gone; each version has one at least."""
    out: list[Line] = []
    for number in range(draw(st.integers(1, 5))):
        change = draw(st.sampled_from([None, INSERTED, DELETED]))
        out.append((change, word.ContentsEntry(draw(st.integers(1, 2)), draw(st.sampled_from(["", "1"])), f"line {number}", "a")))
    for change in (INSERTED, DELETED):
        if all(c is not None and c.is_new != change.is_new for c, _ in out):
            out.append((change, word.ContentsEntry(1, "", "last line", "a")))
    return out


def contents(lines: Sequence[Line], emitter: WordEmitter) -> Node:
    """The contents with their marks."""
    entries = [e if c is None else e._replace(revision=emitter.changes.number(c)) for c, e in lines]
    return tree.raw_block("openxml", word.contents(entries, "Contents"))
