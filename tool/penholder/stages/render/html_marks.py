"""A redline as a web page: the marks of change as ``ins`` and ``del``, and the part of the page that says how to read them.

What changed is said four times over: by the element (with who and when), by colour, by a line, and by a sign at either
end, in whose place a screen reader says where an insertion or a deletion begins and ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

from penholder.adapters.change import Change
from penholder.adapters.dates import long_date
from penholder.adapters.pandoc import tree
from penholder.adapters.pandoc.tree import Attr, Node
from penholder.model.theme import Theme
from penholder.packaged import DEFAULT_THEME
from penholder.stages.render.emit import Versioned
from penholder.stages.render.html_emit import HtmlEmitter, raw
from penholder.stages.render.html_links import unlinked
from penholder.stages.render.legend import CoverChange, Legend, how_to_read
from penholder.stages.render.marking import MarkingEmitter
from penholder.stages.render.marks import DELETED, INSERTED, Move, moved_words, sign_of

_ENDS = ("now", "was")


def style(theme: Theme) -> str:
    """The marks' look, for the head of the page."""
    look = (DEFAULT_THEME / "redline.css").read_text(encoding="utf-8")
    colours = theme.colours
    return f"\n<style>\n:root {{ --colour-inserted: {colours.inserted}; --colour-deleted: {colours.deleted}; }}\n{look}</style>"


class RedlineHtml(MarkingEmitter, HtmlEmitter):
    """Writes what both versions hold, marked; ``moves`` is what was moved, the marks are spread on the words."""

    def __init__(
        self, words: Mapping[str, str], targets: Collection[str], taken: Collection[str], language: str, moves: Mapping[str, Move]
    ) -> None:
        super().__init__(words, targets, taken)
        self._language = language
        self._moves = moves
        self._ids = {(move, end): self._id(f"moved-{move}-{end}") for move in moves for end in _ENDS}
        self._shown_ids: set[str] = set()

    def _node(self, node: Node) -> Node | list[Node]:
        made = super()._node(node)
        if node["t"] != "CodeBlock" or not self._change or isinstance(made, list):
            return made
        opening, closing = _around(self._change, self._words, self._title(self._change))
        return [raw(opening), made, raw(closing)]

    # what has changed

    def changed(self, change: Change, inlines: list[Node]) -> list[Node]:
        opening, closing = _around(change, self._words, self._title(change))
        sign = f'<span class="sign {_kind(change)}" aria-hidden="true">{sign_of(change)}</span>'
        return [_inline(sign + opening), *inlines, _inline(closing + sign)]

    def changed_blocks(self, change: Change, blocks: list[Node]) -> list[Node]:
        return [raw(f'<div class="changed {_kind(change)}">'), *self._moved(change), *blocks, raw("</div>")]

    def _moved(self, change: Change) -> list[Node]:
        """The line that says where what was moved is or was, and leads there."""
        if not change.move or change.move not in self._moves:
            return []
        move = self._moves[change.move]
        before, place, behind = (escape(text) for text in moved_words(change, move, self._words))
        here, there = (self._ids[change.move, end] for end in (_ENDS if change.is_new else _ENDS[::-1]))
        own = "" if here in self._shown_ids else f' id="{escape(here)}"'
        self._shown_ids.add(here)
        where = place if move.other(change) is None else f'<a href="#{escape(there)}">{place}</a>'
        return [raw(f'<p class="moved"{own}>{before}{where}{behind}</p>')]

    def _title(self, change: Change) -> str:
        """``Inserted by NAME on DATE``, or as much of it as is known."""
        what = self._words[f"redline_{_kind(change)}"]
        if not (change.author and change.date):
            return what
        date = long_date(dt.date.fromisoformat(change.date[:10]), self._language)
        return self._words["redline_by"].replace("{what}", what).replace("{date}", date).replace("{name}", change.author)

    # what stands in blocks that have changed, and is no words

    def picture(self, attributes: Attr, name: str) -> Node | list[Node]:  # type: ignore[override]
        return self._own(super().picture(attributes, name))

    def math(self, display: bool, source: str, words: str) -> Node | list[Node]:  # type: ignore[override]
        made = super().math(display, source, words)
        return self._own(made) if display else made

    def _own(self, made: Node) -> Node | list[Node]:
        """It in tags alone: the bar beside its block has the sign."""
        if not self._change or self._in_mark:
            return made
        opening, closing = _around(self._change, self._words, self._title(self._change))
        return [_inline(opening), made, _inline(closing)]

    # headings and numbers

    def _header(self, content: Any) -> Node | list[Node]:
        """Contents list what the newer version has, as it reads there."""
        count = len(self.entries)
        made = super()._header(content)
        for entry in self.entries[count:]:
            plain = HtmlEmitter(self._words, self._targets, ()).blocks([tree.plain(content[2])])[0]["c"]
            self.entries[count:] = [] if self._gone else [entry._replace(inlines=unlinked(plain, [], entry=True))]
        return made

    def _versions(self, number: Versioned) -> list[Node]:
        return [_inline(self._shown(number))]

    def _shown(self, number: Versioned) -> str:
        if self._gone or not number.was:
            return _small("del", number, self._words) if self._gone and number else escape(number)
        return f"{_small('del', number.was, self._words)} {escape(number)}"

    def _addressee(self, to: Versioned) -> str:
        return self._shown(to) if self._gone or to.was is None else _versions(to.was, to, self._words)


def _kind(change: Change) -> str:
    return "inserted" if change.is_new else "deleted"


def _inline(text: str) -> Node:
    return tree.raw_inline("html", text)


def _around(change: Change, words: Mapping[str, str], title: str) -> tuple[str, str]:
    """The tags around something changed, and what a screen reader says in them."""
    tag, name = ("ins", "insertion") if change.is_new else ("del", "deletion")
    when = f' datetime="{escape(change.date)}"' if change.date else ""
    begun, ended = (f'<span class="said">{text}</span>' for text in _begun_and_ended(name, words))
    return f'<{tag}{when} title="{escape(title)}">{begun}', f"{ended}</{tag}>"


def _begun_and_ended(name: str, words: Mapping[str, str]) -> tuple[str, str]:
    return f" [{escape(words[f'redline_{name}'])}] ", f" [{escape(words[f'redline_{name}_end'])}] "


def _small(tag: str, text: str, words: Mapping[str, str]) -> str:
    """A change without an author: of a number, of an addressee, of the cover."""
    kind, sign, name = ("inserted", INSERTED, "insertion") if tag == "ins" else ("deleted", DELETED, "deletion")
    begun, ended = (f'<span class="said">{said}</span>' for said in _begun_and_ended(name, words))
    side = f'<span class="sign {kind}" aria-hidden="true">{sign}</span>'
    return f"{side}<{tag}>{begun}{escape(text)}{ended}</{tag}>{side}"


def _versions(was: str, now: str, words: Mapping[str, str]) -> str:
    return " ".join(_small(tag, text, words) for tag, text in (("del", was), ("ins", now)) if text)


# how to read it -------------------------------------------------------------------------------------


def legend(given: Legend, words: Mapping[str, str]) -> str:
    """What stands before the text: the versions, how to read the marks, what has changed where."""
    facts = [f"<p>{escape(fact)}</p>" for fact in given.facts]
    pieces = [f"<h2>{escape(given.title)}</h2>", *facts, f"<h3>{escape(words['redline_how'])}</h3>", _how(words)]
    if given.rows:
        pieces += [_by_section(given, words)]
    if given.cover:
        pieces += [f"<h3>{escape(words['redline_cover'])}</h3>", "<ul>", *(_cover(change, words) for change in given.cover), "</ul>"]
    return "\n".join(['<section class="redline">', *pieces, "</section>\n"])


def _how(words: Mapping[str, str]) -> str:
    samples = (
        _small("ins", words["redline_inserted"], words), _small("del", words["redline_deleted"], words),
        '<span class="bar" aria-hidden="true">+</span>', f'<span class="number" aria-hidden="true">{_bare(DELETED, "11")} 12</span>', "",
    )  # fmt: skip
    lines = (f"<li><span>{sample}</span> <span>{escape(line)}</span></li>" for sample, line in zip(samples, how_to_read(words), strict=True))
    return "\n".join(['<ul class="how">', *lines, "</ul>"])


def _bare(sign: str, text: str) -> str:
    return f'<span class="sign deleted">{sign}</span><del>{text}</del><span class="sign deleted">{sign}</span>'


def _by_section(given: Legend, words: Mapping[str, str]) -> str:
    heads = "".join(f'<th scope="col">{escape(words[f"redline_{key}"])}</th>' for key in ("section", "words_inserted", "words_deleted"))
    rows = (f'<tr><th scope="row">{escape(r.title)}</th><td>{r.inserted}</td><td>{r.deleted}</td></tr>' for r in given.rows)
    caption = f'<caption>{escape(words["redline_by_section"])}</caption>'
    scroll = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(words["redline_by_section"])}">'
    return "\n".join([scroll, "<table>", caption, f"<thead><tr>{heads}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>", "</div>"])


def _cover(change: CoverChange, words: Mapping[str, str]) -> str:
    return f"<li>{escape(change.label)}: {_versions(change.was, change.now, words)}</li>"
