"""A small paper with a change of every kind, for programs that are too slow to be asked about many."""

from __future__ import annotations

from wordmarks import DATE, DELETED, INSERTED, cell, table

from penholder.adapters.change import Change
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Node
from penholder.stages.resolve import changes


def paper() -> list[Node]:
    """Numbers of tables and recommendations are those that a program would count itself."""
    return [
        tree.header(1, tree.attr("first"), [*tree.words("The heading"), tree.SPACE, _del("old"), _ins("new")]),
        _para("Kept text ", _del("gone words"), _ins("fresh words", _note("An added note")), " and ", _del("lost", _note("A lost note")), " end."),
        _inserted(_para("An inserted paragraph")),
        _deleted(_para("A deleted paragraph", _note("Its note"))),
        _moved("moved-from", "block", _para("A moved paragraph of text")),
        {"t": "BulletList", "c": [[_item("one")], [_inserted(_item("two"))], [_deleted(_item("three"))], [_item("four")]]},
        _inserted(tree.header(2, tree.attr("second"), tree.words("An inserted heading")), _para("With its text")),
        _para("A middle paragraph", _note("A kept note ", _ins("with more words"))),
        _moved("moved-to", "block", _para("A moved paragraph of text")),
        _para("See ", tree.link([tree.string("the page"), _ins("there")], "https://example.org/"), " for more."),
        _inserted(_captioned("tbl-new", "1", [_row("alpha", "beta")])),
        _para("Between the tables."),
        _captioned("tbl-old", "2", [_row("a", "b"), _marked(INSERTED, "in", "x"), _marked(DELETED, "out", "y"), _row("c", "d")], was="1"),
        _para("Some ", _move("moved-from", "words that move"), "stay."),
        _moved("moved-from", "rows", table([_row("travels", "far")])),
        _para("After the table. ", _move("moved-to", "words that move")),
        _moved("moved-to", "rows", table([_row("travels", "far")])),
        _para("After the other table."),
        _deleted(table([_row("all", "gone")])),
        _inserted(_recommendation("1", "All", "Do that.")),
        _recommendation("2", "All", "Do it.", was="1", was_to="Nobody"),
        tree.header(1, tree.attr("annex", values={"number": "annexB", changes.WAS_NUMBER: "annexA"}), tree.words("The annex")),
        _para("Last words"),
    ]


def _inlines(*pieces: str | Node) -> list[Node]:
    return [tree.string(piece) if isinstance(piece, str) else piece for piece in pieces]


def _para(*pieces: str | Node) -> Node:
    return tree.para(_inlines(*pieces))


def _item(text: str) -> Node:
    return tree.plain(tree.words(f"item {text}"))


def _note(*pieces: str | Node) -> Node:
    return {"t": "Note", "c": [_para(*pieces)]}


def _ins(*pieces: str | Node) -> Node:
    return changes.mark_inlines(INSERTED, _inlines(*pieces))


def _del(*pieces: str | Node) -> Node:
    return changes.mark_inlines(DELETED, _inlines(*pieces))


def _move(kind: changes.Kind, text: str) -> Node:
    return changes.mark_inlines(Change(kind, "Anna", DATE, "words"), tree.words(text))


def _inserted(*blocks: Node) -> Node:
    return changes.mark_blocks(INSERTED, blocks)


def _deleted(*blocks: Node) -> Node:
    return changes.mark_blocks(DELETED, blocks)


def _moved(kind: changes.Kind, name: str, *blocks: Node) -> Node:
    return changes.mark_blocks(Change(kind, "Anna", DATE, name), blocks)


def _row(*texts: str) -> list[object]:
    return [tree.attr(), [cell([tree.plain(tree.words(text))]) for text in texts]]


def _marked(change: Change, *texts: str) -> list[object]:
    return changes.mark_row(change, _row(*texts))


def _captioned(identifier: str, number: str, rows: list[list[object]], was: str = "") -> Node:
    values = {"number": number, **({changes.WAS_NUMBER: was} if was else {})}
    caption = tree.div(tree.attr(classes=["caption"]), [tree.plain(tree.words("A caption"))])
    return tree.div(tree.attr(identifier, ["table-block"], values), [caption, table(rows)])


def _recommendation(number: str, to: str, text: str, was: str = "", was_to: str = "") -> Node:
    before = {changes.WAS_NUMBER: was, changes.WAS_TO: was_to}
    values = {"number": number, "to": to, **{k: v for k, v in before.items() if v}}
    return tree.div(tree.attr("", ["recommendation"], values), [_para(text)])
