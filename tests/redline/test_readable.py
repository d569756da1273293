"""A merged tree shows what a reader calls a change, and nothing else."""

from __future__ import annotations

from trees import Hands

from penholder.adapters.pandoc import tree
from penholder.features.redline.merging import Merger
from penholder.stages.resolve.changes import change_of


def changes(nodes):
    """Every change: of inlines, blocks or a row; its kind and its words."""
    out = []
    for node in nodes:
        change = change_of(node["c"][0]) if node["t"] in ("Span", "Div") else None
        if change is not None:
            out.append((node["t"], change.kind, " ".join(tree.text_of([node], notes=True).split())))
            continue
        if node["t"] == "Table":
            for row in tree.table_rows(node):
                cells = [block for cell in row[1] for block in cell[4]]
                change = change_of(row[0])
                out += [("row", change.kind, " ".join(tree.text_of(cells).split()))] if change else changes(cells)
            continue
        for inner in tree.children(node):
            out += changes(inner)
    return out


def test_a_word(merge):
    both, _ = merge("Authorities may consider it first.", "Authorities must consider it first.")
    assert changes(both) == [("Span", "deleted", "may"), ("Span", "inserted", "must")]


def test_lines_broken_otherwise_are_no_change(merge):
    both, merger = merge("One two three\nfour five.\n\n- a b\n  c", "One two\nthree four\nfive.\n\n* a\n  b c")
    assert changes(both) == []
    assert merger.reformatted == []


def test_a_sign_is_changed_without_its_word(merge):
    both, _ = merge("Price, quality, value.", "Price, quality; value.")
    assert changes(both) == [("Span", "deleted", ","), ("Span", "inserted", ";")]


def test_a_sentence_written_anew_is_one_change(merge):
    both, _ = merge(
        "Councils in the north buy most of what they need from large firms.",
        "In Wales a duty holds since 2023, and three in four bodies say that it changed nothing.",
    )
    assert [kind for _, kind, _ in changes(both)] == ["deleted", "inserted"]


def test_words_shared_by_chance_are_not_kept_apart(merge):
    both, _ = merge("It was not only cheap and old but of no use.", "It was not only dear and new but of no use.")
    assert changes(both) == [("Span", "deleted", "cheap and old"), ("Span", "inserted", "dear and new")]


def test_an_address_behind_the_same_words_is_a_change(merge):
    both, _ = merge("See [the guide](https://a.example).", "See [the guide](https://b.example).")
    assert changes(both) == [("Span", "deleted", "the guide"), ("Span", "inserted", "the guide")]


def test_formatting_alone_is_listed_and_not_marked(merge):
    both, merger = merge("It is a duty of every authority.", "It is a *duty of* every authority.")
    assert changes(both) == []
    assert merger.reformatted == ["duty of"]


TABLE = "| Nation | Duty | Since |\n|---|---|---|\n| England | no | |\n| Wales | yes | 2015 |\n| Scotland | yes | 2014 |\n"


def test_a_table_changes_cell_by_cell(merge):
    both, _ = merge(TABLE, TABLE.replace("2015", "2023"))
    assert changes(both) == [("Span", "deleted", "2015"), ("Span", "inserted", "2023")]


def test_rows_come_and_go_whole(merge):
    both, _ = merge(TABLE, TABLE.replace("| Wales | yes | 2015 |\n", "").rstrip("\n") + "\n| Ireland | soon | 2026 |\n")
    assert changes(both) == [("row", "deleted", "Wales yes 2015"), ("row", "inserted", "Ireland soon 2026")]


def test_a_table_with_another_column_is_another_table(merge):
    both, _ = merge(TABLE, "| Nation | Duty |\n|---|---|\n| England | no |\n| Wales | yes |\n")
    assert [(where, kind) for where, kind, _ in changes(both)] == [("Div", "deleted"), ("Div", "inserted")]


def test_items_of_a_list(merge):
    both, _ = merge("- ask the people\n- set a baseline\n- count it twice", "- ask the people first\n- count it twice\n- publish the result")
    assert changes(both) == [
        ("Span", "inserted", "first"), ("Div", "deleted", "set a baseline"), ("Div", "inserted", "publish the result"),
    ]  # fmt: skip


def test_a_note_is_merged_in_its_place(merge):
    both, _ = merge("A claim.[^a] Another.\n\n[^a]: From the survey of 2023.", "A claim.[^a] Another.\n\n[^a]: From the survey of 2024.")
    assert changes(both) == [("Span", "deleted", "2023"), ("Span", "inserted", "2024")]
    assert sum(node["t"] == "Note" for node in tree.visit(both)) == 1


def test_a_note_that_came_brings_its_words(merge):
    both, _ = merge("A claim.", "A claim.[^a]\n\n[^a]: From the survey.")
    assert changes(both) == [("Span", "inserted", "From the survey.")]


def test_a_heading_of_another_level_is_another_heading(merge):
    both, _ = merge("# The duty", "## The duty")
    assert changes(both) == [("Div", "deleted", "The duty"), ("Div", "inserted", "The duty")]


def test_a_paragraph_in_the_middle_leaves_its_neighbours_alone(merge):
    old = "The first has these words in it.\n\nThe last has quite others."
    both, _ = merge(old, old.replace("\n\n", "\n\nBetween them stands what nobody had said before.\n\n"))
    assert changes(both) == [("Div", "inserted", "Between them stands what nobody had said before.")]


def test_quotations_code_and_terms(merge):
    both, _ = merge("> As they said.\n\nA\n:   one thing\n\n```\nx = 1\n```", "> As he said.\n\nA\n:   one rule\n\n```\nx = 2\n```")
    assert changes(both) == [
        ("Span", "deleted", "they"), ("Span", "inserted", "he"), ("Span", "deleted", "thing"), ("Span", "inserted", "rule"),
        ("Div", "deleted", "x = 1"), ("Div", "inserted", "x = 2"),
    ]  # fmt: skip


def test_a_block_is_whose_it_mostly_is(merge):
    class Two(Hands):
        def inserted(self, place):
            return super().inserted(place)._replace(author="Bob" if place.word < 2 else "Cem")

    merger = Merger(Two())
    assert merger.come(tree.para([tree.string("one two three four five")]))[0]["c"][0][2][1] == ["author", "Cem"]


def test_items_by_two_hands_are_marked_each(merge):
    items = [[tree.plain([tree.string("one two")])], [tree.plain([tree.string("three four")])]]
    first = {id(items[0][0]["c"][0])}

    class Two(Hands):
        def inserted(self, place):
            return super().inserted(place)._replace(author="Bob" if place.leaf in first else "Cem")

    made = Merger(Two()).come({"t": "BulletList", "c": items})
    assert [change_of(item[0]["c"][0]).author for item in made[0]["c"]] == ["Bob", "Cem"]


def test_a_space_of_another_width_leads_no_comparison_astray(merge):
    both, _ = merge("We use 14.4 million, for the whole of it.", "We use 14.4\u00a0million people, for the whole of it.")
    assert [change for change in changes(both) if change[2]] == [("Span", "inserted", "people")]


def test_a_reference_that_only_counts_anew_is_nobody_s():
    def led(number, target="#tbl-a"):
        return [tree.string("See"), tree.SPACE, tree.link(tree.words(f"Table {number}"), target, tree.attr(classes=["xref"]))]

    merged = Merger(Hands()).inlines(led(1), led(2))
    other = Merger(Hands()).inlines(led(1), led(1, "#tbl-b"))
    found = [change_of(n["c"][0]) for n in merged if n["t"] == "Span"]
    assert [(c.kind, c.author, c.date) for c in found] == [("deleted", "", ""), ("inserted", "", "")]
    assert all(change_of(n["c"][0]).author for n in other if n["t"] == "Span")
